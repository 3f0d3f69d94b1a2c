/**
 * SHA-256 of `salt` followed by `id`, in hexadecimal. Throws where the page is not secure: SubtleCrypto is missing there,
 * and an id that cannot be hashed must not be used as it is.
 */
export async function hashed(id: string, salt: string): Promise<string> {
  if (!globalThis.crypto?.subtle)
    throw new TypeError(
      "consent-elements: an id cannot be hashed here; write https, since insecure pages have no SubtleCrypto",
    );
  const bytes = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(salt + id),
  );
  return Array.from(new Uint8Array(bytes), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
