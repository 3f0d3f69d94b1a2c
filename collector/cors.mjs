/**
 * What lets a page of any origin post with cookies, as both vendors' collectors do.
 *
 * @param {import("node:http").IncomingMessage} req
 * @returns {Record<string, string>}
 */
export function corsHeaders(req) {
  const { origin } = req.headers;
  if (origin === undefined) return { vary: "origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "origin",
  };
}

/**
 * The answer to a preflight.
 *
 * @param {import("node:http").IncomingMessage} req
 * @returns {Record<string, string>}
 */
export function preflightHeaders(req) {
  return {
    ...corsHeaders(req),
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": "content-type, sp-anonymous",
  };
}
