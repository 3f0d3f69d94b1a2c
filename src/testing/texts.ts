import type { CapturedRequest } from "./capture.js";
import { unescaped } from "./escapes.js";
import { textsIn } from "./json.js";
import type { Finding } from "./leak.js";

/** Names of parameters that say who somebody is, in a page's address. `_sp` is Snowplow's decoration of links. */
const PARAMETER = /[?&#](?:_sp|duid|u(?:ser_?)?id|e-?mail|token)=/i;

/** An e-mail address, in any script. What ends as a file does (`icon@2x.png`) is none: no domain ends so. */
const ADDRESS =
  /[\p{L}\p{M}\p{N}_.+-]+@(?:[\p{L}\p{M}\p{N}_-]+\.)+(?!(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|json|html|woff2?|mp[34]|webm|pdf)\b)(?:\p{L}{2,}|xn--[a-z\d-]+)(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])/iu;

const AN_ADDRESS = "an e-mail address";

/** Whether an address has a parameter that says who somebody is. */
export const namesSomebody = (url: string): boolean =>
  PARAMETER.test(unescaped(url));

/** What the texts of an event tell, wherever the site has put them. */
export function textLeaks(where: string, event: unknown): Finding[] {
  return textsIn(event).flatMap(([path, text]) => {
    const plain = unescaped(text);
    const kinds = [
      PARAMETER.test(plain) && "a parameter that identifies",
      ADDRESS.test(plain) && AN_ADDRESS,
    ];
    return kinds
      .filter(Boolean)
      .map((kind) => ({ where, what: `${path} with ${kind}` }));
  });
}

/** Where a request has an e-mail address in its path, a header or a cookie that the answer sets. */
export function addressLeaks(request: CapturedRequest): Finding[] {
  const { url, headers, setCookies } = request;
  // What is before the host (`https://key@c.test/`) is the collector's.
  const path = url.replace(/[?#].*/s, "").replace(/^\w+:\/\/[^/]*@/, "");
  const places = [
    ["url", path],
    ...Object.entries(headers).map(([name, text]) => [`header ${name}`, text]),
    ...setCookies.map((cookie) => ["set-cookie", cookie]),
  ] as [string, string][];
  return places
    .filter(([, text]) => ADDRESS.test(unescaped(text)))
    .map(([where]) => ({ where, what: AN_ADDRESS }));
}
