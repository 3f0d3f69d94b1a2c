/**
 * The UTF-8 text behind a base64 or base64url string.
 * Node's decoder skips what it cannot read; a collector that did so would bless a broken client.
 *
 * @param {string} base64
 * @returns {string}
 */
export function textOfBase64(base64) {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) {
    throw new SyntaxError(`not base64: ${base64.slice(0, 40)}`);
  }
  const bytes = Buffer.from(base64, "base64");
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
