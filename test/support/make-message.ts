import type { Message } from "../../src/tracker/destination.js";
import { stripPage } from "../../src/tracker/strip.js";
import { START } from "./fake-timers.js";

/** A message as the sender makes them: an event at the full level, unless told otherwise. */
export function makeMessage(
  name: string,
  details: Partial<Message> = {},
): Message {
  const message: Message = {
    verb: "track",
    name,
    properties: {},
    time: START,
    page: { url: "https://shop.test/", title: "Shop", referrer: "" },
    id: `id-of-${name}`,
    level: "full",
    who: { deviceId: "0a1b2c3d-0000-4000-8000-000000000001" },
    serverAnonymity: false,
    view: "6f1a2b3c-0000-4000-8000-000000000002",
    ...details,
  };
  return message.level === "full"
    ? message
    : { ...message, page: stripPage(message.page) };
}
