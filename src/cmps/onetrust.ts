import {
  cookieTexts,
  readAll,
  toChoices,
  type Decision,
  type Earlier,
} from "./earlier.js";

/**
 * Decisions of OneTrust, from its cookie `OptanonConsent`, whose `groups` are categories (`C0002`), and from
 * `OptanonAlertBoxClosed`, which is there once the visitor has answered and says when. The cookies do not tell a yes from a
 * banner that was closed: take them over only where OneTrust asked for an opt-in. Written after OneTrust's manual and
 * cookies in public code, not run beside OneTrust itself.
 */
export function oneTrust(): Earlier {
  return {
    name: "onetrust",
    stores: { cookies: ["OptanonConsent", "OptanonAlertBoxClosed"] },
    read: () => {
      const closed = cookieTexts("OptanonAlertBoxClosed").map((time) =>
        Date.parse(decodeURIComponent(time)),
      );
      // Two times: the earlier one, so that nothing holds longer than it may.
      const time = Math.min(...closed);
      return closed[0] === undefined
        ? []
        : readAll(cookieTexts("OptanonConsent"), (text) => read(text, time));
    },
  };
}

function read(text: string, time: number): Decision | undefined {
  const fields = new URLSearchParams(text);
  if (
    fields.get("interactionCount") === "0" ||
    // It would ask again.
    fields.get("AwaitingReconsent") === "true"
  )
    return;
  const groups = (fields.get("groups") ?? "").split(",");
  return {
    choices: toChoices(
      groups.map((group) => {
        const [category = "", state = ""] = group.split(":");
        return [category, { 1: true, 0: false }[state]];
      }),
    ),
    time,
  };
}
