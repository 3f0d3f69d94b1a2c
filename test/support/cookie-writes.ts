/** Every text that is assigned to `document.cookie` until the test ends. The browser gets them too. */
export function cookieWrites(): string[] {
  const writes: string[] = [];
  const { get, set } = Object.getOwnPropertyDescriptor(
    Document.prototype,
    "cookie",
  )!;
  Object.defineProperty(document, "cookie", {
    configurable: true,
    get: get!,
    set(text: string) {
      writes.push(text);
      set!.call(document, text);
    },
  });
  return writes;
}

afterEach(() => {
  delete (document as { cookie?: string }).cookie;
});
