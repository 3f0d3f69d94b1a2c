/** A version 4 UUID (RFC 9562, section 5.4). */
export function uuid(): string {
  return crypto.randomUUID?.() ?? fromBytes();
}

/** The same where a page is not secure, and `randomUUID` is missing. */
function fromBytes(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, (_, i: number) =>
    (bytes[i]! % 16).toString(16),
  );
}
