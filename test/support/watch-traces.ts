import { stubProperty } from "./stub-property.js";

/** Records every trace that code could leave in the browser, or read, and every identifier it makes, in order. */
export function watchTraces(): string[] {
  const seen: string[] = [];
  const watch = (target: object, name: string) => {
    const real = (target as Record<string, (...args: unknown[]) => unknown>)[
      name
    ]!;
    function watched(this: unknown, ...args: unknown[]) {
      seen.push(typeof args[0] === "string" ? `${name} ${args[0]}` : name);
      return real.apply(this, args);
    }
    stubProperty(target, name, () => watched);
  };
  for (const name of ["getItem", "setItem", "removeItem", "clear", "key"])
    watch(Storage.prototype, name);
  watch(IDBFactory.prototype, "open");
  watch(crypto, "getRandomValues");
  watch(crypto, "randomUUID");
  watch(Math, "random");
  stubProperty(
    document,
    "cookie",
    () => {
      seen.push("read cookie");
      return "";
    },
    (text) => seen.push(`write cookie ${text}`),
  );
  return seen;
}
