/** What `storage()` has under `key`, as JSON, where that is what `isOurs` takes it for: forged or damaged, it must not be adopted. */
export function readStored<T>(
  storage: () => Pick<Storage, "getItem">,
  key: string,
  isOurs: (kept: unknown) => kept is T,
): T | undefined {
  try {
    const kept: unknown = JSON.parse(storage().getItem(key)!);
    return isOurs(kept) ? kept : undefined;
  } catch {
    // Blocked, or no JSON.
    return;
  }
}

/** The names of all that `storage` has. */
export const keysOf = (storage: Pick<Storage, "length" | "key">): string[] =>
  Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");

/** Whether `value` is a text, and of this shape. */
export const isText = (value: unknown, shape: RegExp = /^/): value is string =>
  typeof value === "string" && shape.test(value);

export const isUuid = (value: unknown): value is string =>
  isText(value, /^[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}$/);
