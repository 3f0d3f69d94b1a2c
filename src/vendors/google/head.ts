/**
 * A classic script for the page's head, of its own: `dist/cdn/google-consent.js`. It stands before every tag of Google's,
 * says no for a visitor who was not asked, and what the record says for one who was, before anything else can run.
 * `docs/google.md` is its manual.
 * @module
 */
import { fromText, newer } from "../../consent/record.js";
import {
  defineGtag,
  layerOf,
  PURPOSES,
  say,
  sayDefault,
  toState,
  type GooglePurposes,
  type GoogleRegion,
} from "./queue.js";

const {
  cookieName = "consent",
  revision = "1",
  maxAge = "P180D",
  dataLayer = "dataLayer",
  purposes = "{}",
  regions = "[]",
  waitForUpdate,
} = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

const layer = layerOf(dataLayer);
defineGtag(dataLayer);
sayDefault(layer, waitForUpdate ? { wait_for_update: +waitForUpdate } : {});
say(layer, "set", "ads_data_redaction", true);

try {
  for (const region of JSON.parse(regions) as GoogleRegion[])
    sayDefault(layer, region);
  const map = {
    ...PURPOSES,
    ...(JSON.parse(purposes) as Partial<GooglePurposes>),
  };
  const now = Date.now();
  const start = `${cookieName}=`;
  const record = document.cookie
    .split("; ")
    .filter((cookie) => cookie.startsWith(start))
    .map((cookie) => fromText(cookie.slice(start.length), now))
    .reduce(newer, undefined);
  if (
    record?.revision === revision &&
    // There is room for days only; another unit is not a number, and no answer counts.
    Date.parse(record.time) + +maxAge.replace(/^P(\d+)D$/, "$1") * 864e5 > now
  ) {
    const isRefused =
      (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl &&
      !/^override-(.*\+)?gpc(\+|$)/.test(record.action);
    say(
      layer,
      "consent",
      "update",
      toState(
        map,
        (purpose, type) =>
          purpose === "necessary" ||
          (record.choices[purpose] === "granted" &&
            !(isRefused && type.startsWith("ad_"))),
      ),
    );
  }
} catch (error) {
  // A mistake in an attribute, or cookies that may not be read: the no stands.
  console.error(error);
}
