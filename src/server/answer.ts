/** An answer that says all by its status, and is for this request alone. */
export const answer = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(null, {
    status,
    headers: { "cache-control": "no-store", ...headers },
  });
