import type { Entity } from "./destination.js";
import type { Level } from "./level.js";

/** Names of fields that tell who somebody is, or that are the same on another day. */
const LASTING =
  /(user|tab|device|advertising|previous_?session)_?id$|idf[av]$|app_?set_?id|e-?mail|phone_?number/i;

/**
 * Entities as they may be sent at `level`. Below `full` every field that is named like a lasting identifier (`userId`,
 * `tabId`, `deviceId`, `previousSessionId`, `appleIdfv`, `appSetId`, `email` …) is taken out of them, at any depth;
 * `userId` becomes the null UUID, because `client_session` must have one. At `anonymous` there is no session, and so no
 * `client_session` either. What fields of other names say is the caller's business.
 */
export function stripEntities(
  entities: readonly Entity[],
  level: Level,
): readonly Entity[] {
  if (level === "full") return entities;
  return JSON.parse(
    JSON.stringify(
      entities.filter(
        ({ schema }) =>
          level === "session" || !schema.includes("/client_session/"),
      ),
      (key, value) =>
        value === null || !LASTING.test(key)
          ? value
          : key === "userId"
            ? "00000000-0000-0000-0000-000000000000"
            : undefined,
    ),
  ) as Entity[];
}
