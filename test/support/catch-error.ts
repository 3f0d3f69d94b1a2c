/** Runs `body` and returns what it threw as `TypeError: what it says`, or `nothing`. */
export function catchError(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return String(error);
  }
  return "nothing";
}
