/** What ended before this library was there had ended before it was set: that takes a cookie away. */
const BEGINNING = Date.parse("2026-01-01");

/** The names of the cookies that an answer really sets. Taking one away sets nothing. */
export function setNames(setCookies: readonly string[]): string[] {
  return setCookies
    .flatMap(unfolded)
    .filter((line) => /^[^=;]+=\s*"?[^;"\s]/.test(line))
    .filter((line) => !isRemoval(line))
    .map((line) => line.split("=", 1)[0]!.trim());
}

/** Several cookies that a proxy or a log has put into one line. A date has a comma too, but no `=` behind its next word. */
const unfolded = (line: string) => line.split(/,\s*(?=[^;,=\s]+=)/);

/** Whether a line takes its cookie away. `Max-Age` counts before `Expires` (RFC 6265, section 5.3). */
function isRemoval(line: string): boolean {
  const age = /;\s*max-age="?(-?\d+)/i.exec(line)?.[1];
  if (age !== undefined) return Number(age) <= 0;
  return Date.parse(/;\s*expires=([^;]*)/i.exec(line)?.[1] ?? "") < BEGINNING;
}
