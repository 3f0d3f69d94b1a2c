import type { CapturedRequest } from "./capture.js";
import type { Contents } from "./contents.js";
import { unescaped } from "./escapes.js";
import { fieldsOf, isSaid, type Fields } from "./json.js";
import type { Finding } from "./leak.js";
import { setNames } from "./set-cookie.js";
import { textLeaks } from "./texts.js";

/** Properties that only somebody who is known has. */
const USER_PROPERTIES = [
  "$user_id",
  "$anon_distinct_id",
  "alias",
  // Of $identify and $merge, as the ingestion API takes them.
  "$identified_id",
  "$anon_id",
  "$distinct_ids",
  "$name",
  "$first_name",
  "$last_name",
  "$email",
  "$phone",
  // One click on an advertisement, which its network knows by this.
  "gclid",
  "dclid",
  "wbraid",
  "fbclid",
  "msclkid",
  "ttclid",
  "twclid",
  "li_fat_id",
];

/** Properties with a network address. */
const ADDRESS_PROPERTIES = ["ip", "$ip"];

const REFERRERS = ["$referrer", "$initial_referrer", "referrer"];

/** No referrer, Mixpanel's word for that, or an origin. */
const FAR_ENOUGH = /^(?:\$direct|[^/?#]*\/\/[^/?#]*\/?)?$/;

/** What an event, or an update of a profile, says that the level `anonymous` does not allow. */
export function mixpanelEventLeaks(item: Fields): Finding[] {
  if (typeof item.event !== "string")
    return [{ where: `update ${operationOf(item)}`, what: "a profile" }];
  const where = `event ${item.event}`;
  const found: Finding[] = [];
  const add = (what: string) => void found.push({ where, what });
  const properties = fieldsOf(item.properties);
  const { distinct_id: id, $current_url, current_url_search } = properties;

  for (const name of USER_PROPERTIES) if (isSaid(properties[name])) add(name);
  // With 0 Mixpanel takes no address.
  for (const name of ADDRESS_PROPERTIES)
    if (isSaid(properties[name]) && `${properties[name]}` !== "0") add(name);
  if (isSaid(id) && !`${id}`.startsWith("$device:"))
    add("distinct_id that is no device's");
  if (/[?#]./.test(`${$current_url ?? ""}`))
    add("$current_url with a query or a hash");
  if (current_url_search) add("current_url_search");
  for (const name of REFERRERS)
    if (!FAR_ENOUGH.test(`${properties[name] ?? ""}`))
      add(`${name} with more than an origin`);
  return [...found, ...textLeaks(where, item)];
}

/** What a request to Mixpanel says beside its events, or the answer gives. */
export function mixpanelRequestLeaks(
  { headers, setCookies }: CapturedRequest,
  beside: Contents["beside"],
): Finding[] {
  const found: Finding[] = [];
  const add = (where: string, what: string) => void found.push({ where, what });
  for (const [where, fields] of Object.entries(beside)) {
    if (`${fields.ip}` === "1")
      add(where, "ip=1, a place from the network address");
    // Such as a question for feature flags.
    if (/distinct_id|device_id|user_id/.test(unescaped(JSON.stringify(fields))))
      add(where, "an identifier's name");
  }
  if (headers.cookie) add("header cookie", "cookies");
  if (headers.referer?.includes("?")) add("header referer", "a query");
  for (const name of setNames(setCookies)) add("set-cookie", `sets ${name}`);
  return found;
}

/** What an update does, such as `$set`. */
function operationOf(update: Fields): string {
  const names = Object.keys(update);
  return (
    names.find((name) =>
      /^\$(?!token|distinct_id|device_id|user_id|group_)/.test(name),
    ) ?? "without an operation"
  );
}
