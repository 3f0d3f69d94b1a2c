import { afterThisTest } from "./undo.js";

/** Everything this page's scripts can read in the jar, one `name=value` each. */
export function readCookies(): string[] {
  return document.cookie ? document.cookie.split("; ") : [];
}

/** Writes `name=value; Path=path`, and removes it when the test is over. */
export function setCookie(cookie: string, path = "/"): void {
  document.cookie = `${cookie}; Path=${path}`;
  afterThisTest(() => {
    document.cookie = `${cookie}; Path=${path}; Max-Age=0`;
  });
}
