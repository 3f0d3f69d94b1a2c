/** In bytes. Mixpanel's own limit for a request. */
const BODY_LIMIT = 10 * 1024 * 1024;

/**
 * @typedef {{ text: string, fault?: undefined } | { fault: "cut" | "too large" | "not UTF-8" }} Body
 */

/**
 * Reads a request to its end.
 *
 * @param {import("node:http").IncomingMessage} req
 * @returns {Promise<Body>}
 */
export async function readBody(req) {
  const chunks = [];
  let length = 0;
  try {
    for await (const chunk of req) {
      length += chunk.length;
      // The rest is read and thrown away: a client that is still writing would not see the answer.
      if (length <= BODY_LIMIT) chunks.push(chunk);
    }
  } catch {
    return { fault: "cut" };
  }
  if (length > BODY_LIMIT) return { fault: "too large" };
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return { text: decoder.decode(Buffer.concat(chunks)) };
  } catch {
    return { fault: "not UTF-8" };
  }
}
