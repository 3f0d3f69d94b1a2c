/**
 * Lets the named methods of `sdk` through only while `isOpen()` says so. For an SDK that keeps early calls and sends them
 * later, or has no call that stops it: what the page calls without a yes is gone.
 */
export function silence(
  sdk: object,
  names: readonly string[],
  isOpen: () => boolean,
): void {
  for (const name of names) {
    const method: unknown = Reflect.get(sdk, name);
    if (typeof method === "function")
      Reflect.set(sdk, name, (...details: unknown[]) =>
        isOpen() ? Reflect.apply(method, sdk, details) : Promise.resolve(),
      );
  }
}
