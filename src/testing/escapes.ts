/** `text` without percent-encoding and JSON's escapes, also where one is wrapped in the other. */
export function unescaped(text: string): string {
  let result = text;
  // An address in a JSON text in a form has three layers; more than four nobody writes.
  for (let layer = 0; layer < 4; layer++) {
    const before = result;
    result = result
      .replace(/(?:%[\da-f]{2})+/gi, decoded)
      .replace(/\\(?:u([\da-f]{4})|([\\/"]))/gi, (_, code, char) =>
        code ? String.fromCharCode(parseInt(code, 16)) : char,
      );
    if (result === before) break;
  }
  return result;
}

function decoded(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    // Bytes that are no UTF-8 can be no text that somebody asked for.
    return escapes;
  }
}
