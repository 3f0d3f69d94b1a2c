import { refuse, withDefaults, type Loose } from "../../consent/refuse.js";
import { asciiJson } from "../ascii.js";
import type { Destination } from "../destination.js";
import { stripEntities } from "../strip-entities.js";
import { endpoint, headers } from "./endpoint.js";

/** Where a receiver of the site's own takes events. */
export interface JsonOptions {
  /** Where requests go: `https://shop.example/events`, or a path such as `/events`. */
  endpoint: string;
  /** More headers. On another origin the receiver must allow each of them to pages (CORS). Default: none. */
  headers?: Readonly<Record<string, string>>;
  /** The most events in one request, 1 to 1000. Default: 50. */
  batchSize?: number;
}

const DEFAULTS: Required<JsonOptions> = {
  endpoint: "",
  headers: {},
  batchSize: 50,
};

/**
 * Posts `{ "sentAt": …, "events": [ … ] }` as `application/json` to a receiver of the site's own. Any answer from 200 to
 * 299 means that all of it was taken. An event is:
 *
 * - `id`: a UUID, the same at every attempt, so that the receiver can tell a second copy;
 * - `type`: the verb (`track`, `page`, `consent`, `identify`, `alias`, `profile`, `group`); `name`; `properties`;
 * - `time`, and `trueTime` where the caller gave one: ISO 8601, UTC;
 * - `level`: `full`, `session` or `anonymous`; `serverAnonymity`: whether the network address is to be forgotten;
 * - `page`: `{ url, title, referrer }`; `view`: a UUID for the view of it;
 * - `anonymousId`: whose it is. It lasts at the level `full`, as long as the session at `session`, else as the page;
 * - `session`: `{ id, index, previousId, firstEventId, firstEventTime, eventIndex }`, not at `anonymous`;
 * - `entities`, `group` and `decision`, where the call has them;
 * - at `full` alone `userId`, `before` (the id that `identify` or `alias` takes over from), `initialReferrer` and
 *   `registered` (properties from `register()`).
 *
 * What has no value is left out. Below `full` addresses go without query and hash, referrers as the origin alone, and
 * entities without lasting identifiers (`stripEntities`).
 *
 * Throws a `TypeError` for an unknown option or headers that are no texts, and a `RangeError` for an endpoint or a batch
 * size that cannot be.
 */
export function json(
  options: Loose<JsonOptions> & Pick<JsonOptions, "endpoint">,
): Destination {
  const given = withDefaults(DEFAULTS, options);
  const { batchSize } = given;
  const url = endpoint(given.endpoint, "https://shop.example/events");
  const more = headers("headers", given.headers);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 1000)
    refuse("batchSize", batchSize, "a whole number from 1 to 1000");
  return {
    batchSize,
    needs: ["session"],
    write(message) {
      const { level, page, who, session, entities } = message;
      const full = level === "full";
      return {
        route: "events",
        text: asciiJson({
          id: message.id,
          type: message.verb,
          name: message.name || undefined,
          properties: message.properties,
          time: iso(message.time),
          trueTime: message.trueTime && iso(message.trueTime),
          level,
          serverAnonymity: message.serverAnonymity,
          page,
          view: message.view,
          anonymousId: who.deviceId,
          ...(full && {
            userId: who.userId,
            before: message.before,
            initialReferrer: who.initialReferrer,
            registered: who.registered,
          }),
          // One by one: what keeps a session has more to remember than its own.
          session:
            session && level !== "anonymous"
              ? {
                  id: session.id,
                  index: session.index,
                  previousId: session.previousId,
                  firstEventId: session.firstEventId,
                  firstEventTime: session.firstEventTime,
                  eventIndex: session.eventIndex,
                }
              : undefined,
          entities: entities && stripEntities(entities, level),
          group: message.group,
          decision: message.decision,
        }),
      };
    },
    deliver: ({ texts, now }) => ({
      url,
      headers: { ...more, "content-type": "application/json" },
      body: `{"sentAt":"${iso(now)}","events":[${texts}]}`,
    }),
  };
}

const iso = (time: number) => new Date(time).toISOString();
