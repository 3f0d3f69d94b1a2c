import { unescaped } from "./escapes.js";
import { textsIn } from "./json.js";
import type { Finding } from "./leak.js";

/** Names of parameters that say who somebody is, in a page's address. `_sp` is Snowplow's decoration of links. */
const PARAMETER = /[?&#](?:_sp|duid|u(?:ser_?)?id|e-?mail|token)=/i;

// A letter after the @ keeps `icon@2x.png` out.
const ADDRESS = /[\w.+-]+@[a-z][\w-]*(?:\.[\w-]+)*\.[a-z]{2,}/i;

/** Whether an address has a parameter that says who somebody is. */
export const namesSomebody = (url: string): boolean =>
  PARAMETER.test(unescaped(url));

/** What the texts of an event tell, wherever the site has put them. */
export function textLeaks(where: string, event: unknown): Finding[] {
  return textsIn(event).flatMap(([path, text]) => {
    const plain = unescaped(text);
    const kinds = [
      PARAMETER.test(plain) && "a parameter that identifies",
      ADDRESS.test(plain) && "an e-mail address",
    ];
    return kinds
      .filter(Boolean)
      .map((kind) => ({ where, what: `${path} with ${kind}` }));
  });
}
