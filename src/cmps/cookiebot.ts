import {
  cookieTexts,
  readAll,
  toChoices,
  type Decision,
  type Earlier,
} from "./earlier.js";

/**
 * Decisions of Cookiebot, from its cookie `CookieConsent`: `preferences`, `statistics` and `marketing`. Only one of the
 * method `explicit` is taken; Cookiebot's manual calls every other one implied. Written after the manual and cookies in
 * public code, not run beside Cookiebot itself.
 */
export function cookiebot(): Earlier {
  return {
    name: "cookiebot",
    stores: { cookies: ["CookieConsent"] },
    read: () => readAll(cookieTexts("CookieConsent"), read),
  };
}

function read(text: string): Decision | undefined {
  // Like an object in JavaScript's own notation, but only in part encoded, so neither JSON nor safe to run.
  const [, body] = /^\{(.*)\}$/s.exec(decodeURIComponent(text)) ?? [];
  if (body === undefined) return;
  const fields = new Map(
    body.split(",").map((field) => {
      const [name = "", ...value] = field.split(":");
      return [name, value.join(":").replace(/^'(.*)'$/, "$1")] as const;
    }),
  );
  // Where the visitor's region needs no consent, everything is granted by nobody.
  if (fields.get("stamp") === "-1" || fields.get("method") !== "explicit")
    return;
  return {
    choices: toChoices(
      ["preferences", "statistics", "marketing"].map((category) => [
        category,
        { true: true, false: false }[fields.get(category) ?? ""],
      ]),
    ),
    time: Number(fields.get("utc") || NaN),
  };
}
