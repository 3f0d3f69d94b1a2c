/**
 * What every copy of the library in a page has in common: the first that asks for `name` makes it. Two versions may meet here, so
 * what is kept under a name never changes its shape.
 */
export function shared<T>(name: string, make: () => T): T {
  const page = globalThis as unknown as Record<symbol, T>;
  const key = Symbol.for(`consent-elements.${name}`);
  if (!(key in page)) Object.defineProperty(page, key, { value: make() });
  return page[key]!;
}
