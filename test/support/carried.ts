import type { SentRequest } from "./fake-fetch.js";
import { messagesIn } from "./fake-destination.js";
import { entriesIn } from "./mixpanel-body.js";

/** What each request carried: the names of its events, or what was done where there is no name. */
export function carried(requests: readonly SentRequest[]): string[][] {
  return requests.map((request) =>
    request.body.startsWith("data=")
      ? entriesIn(request).map(({ event }) => event ?? "set")
      : messagesIn(request).map(({ name, verb }) =>
          ["track", "consent", "profile"].includes(verb) ? name : verb,
        ),
  );
}
