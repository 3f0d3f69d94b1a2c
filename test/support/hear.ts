import type { ConsentNews } from "../../src/consent/events.js";

/** Every event of the elements that reaches `document`, as text such as `consent-show banner`, in order. */
export function hear(): string[] {
  const heard: string[] = [];
  for (const type of [
    "consent-ready",
    "consent-submit",
    "consent-change",
    "consent-show",
    "consent-hide",
    "consent-error",
  ])
    document.addEventListener(
      type,
      (event) => {
        const { layer } = event as Event & Partial<ConsentNews["consent-show"]>;
        heard.push(layer ? `${type} ${layer}` : type);
      },
      { signal: stop.signal },
    );
  return heard;
}

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});
