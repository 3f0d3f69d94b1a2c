import Cookies from "js-cookie";
import type { RecordStorage } from "../consent/ports.js";

// The record's text is made of characters that a cookie may hold, so it stays readable in the developer tools.
const jar = Cookies.withConverter({
  read: (value) => value,
  write: (value) => value,
});

/**
 * Keeps the record in a cookie: `SameSite=Lax`, `Path=/`, `Secure` on https. With a `domain` (`"shop.example"`) the
 * subdomains share it; without, it is this host's alone.
 */
export function cookieStorage(
  name = "consent",
  domain?: string,
): RecordStorage {
  const read = () =>
    document.cookie
      .split("; ")
      .filter((cookie) => cookie.startsWith(`${name}=`))
      .map((cookie) => cookie.slice(name.length + 1));

  /** Script cannot see which domain and path a cookie has: all that it could have are removed. */
  const removeAll = () => {
    let path = "";
    for (const part of location.pathname.split(/(\/)/)) {
      path += part;
      // Without a domain first, then with this host and each of its parents.
      let host = "";
      do {
        jar.remove(name, { path, domain: host });
        host = host ? host.replace(/^[^.]*\.?/, "") : location.hostname;
      } while (host);
    }
  };

  return {
    read,
    write(text, expires) {
      const write = () =>
        text &&
        jar.set(name, text, {
          expires,
          sameSite: "lax",
          secure: location.protocol === "https:",
          domain: domain!,
        });
      write();
      // One cookie is the rule; a host cookie beside a domain cookie would speak with two voices.
      if (read().length !== (text ? 1 : 0)) {
        removeAll();
        write();
      }
    },
  };
}
