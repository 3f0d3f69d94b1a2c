/** Adds a style sheet to the page until the test ends, as the site's own. */
export function pageStyle(css: string): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  added.push(style);
}

const added: Element[] = [];
afterEach(() => {
  for (const style of added.splice(0)) style.remove();
});
