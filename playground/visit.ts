/**
 * What a visit carries from page to page. Nothing may be stored before the visitor allows it, so it travels in the
 * address: `?item=tern&item=six` is the basket, `theme`, `dir` and `inspector` are the switches of the playground.
 */
const carried = ["item", "theme", "dir", "inspector"] as const;

export type Switch = "theme" | "dir" | "inspector";

function params(): URLSearchParams {
  return new URLSearchParams(location.search);
}

/** The ids in the basket, one for each piece. */
export function items(): string[] {
  return params().getAll("item");
}

export function addItem(item: string): void {
  const next = params();
  next.append("item", item);
  replace(next);
}

/** The address of this page with one piece fewer in the basket. */
export function addressWithout(item: string): string {
  const next = params();
  const rest = next.getAll("item");
  rest.splice(rest.indexOf(item), 1);
  next.delete("item");
  for (const each of rest) next.append("item", each);
  return next.size > 0 ? `${location.pathname}?${next}` : location.pathname;
}

export function getSwitch(name: Switch): string | undefined {
  return params().get(name) ?? undefined;
}

export function setSwitch(name: Switch, value: string): void {
  const next = params();
  next.set(name, value);
  replace(next);
}

/** Puts the switches on the root element, and the basket and the switches into every link of the shop. */
export function dress(root: HTMLElement = document.documentElement): void {
  const theme = getSwitch("theme");
  if (theme === "dark" || theme === "light") root.dataset["theme"] = theme;
  root.dir = getSwitch("dir") === "rtl" ? "rtl" : "ltr";

  const here = params();
  for (const link of root.querySelectorAll<HTMLAnchorElement>(
    'a[href^="/"]:not([data-complete])',
  )) {
    const url = new URL(link.href);
    for (const name of carried) {
      url.searchParams.delete(name);
      for (const value of here.getAll(name))
        url.searchParams.append(name, value);
    }
    link.setAttribute("href", url.pathname + url.search + url.hash);
  }
  for (const count of root.querySelectorAll("[data-basket-count]"))
    count.textContent = String(items().length);
}

function replace(next: URLSearchParams): void {
  // A change of the basket is not a new page: the back button should leave, not empty the basket.
  history.replaceState(
    history.state,
    "",
    `${location.pathname}?${next}${location.hash}`,
  );
  dress();
}
