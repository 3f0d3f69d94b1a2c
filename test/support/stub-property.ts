import { afterThisTest } from "./undo.js";

/** Gives `target` a property of its own that reads as `get()`, until the test is over. */
export function stubProperty(
  target: object,
  name: PropertyKey,
  get: () => unknown,
  set?: (value: unknown) => void,
): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, {
    configurable: true,
    get,
    ...(set && { set }),
  });
  afterThisTest(() => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  });
}
