/** The names of the cookies that an answer really sets. Taking one away sets nothing. */
export function setNames(setCookies: readonly string[]): string[] {
  return setCookies
    .filter((line) => /^[^=;]+=\s*"?[^;"\s]/.test(line))
    .filter((line) => !/;\s*(?:max-age=(?:0|-)|expires=[^;]*1970)/i.test(line))
    .map((line) => line.split("=", 1)[0]!.trim());
}
