import type { Destination, Message } from "../../src/tracker/destination.js";
import type { SentRequest } from "./fake-fetch.js";

/**
 * A destination whose wire format is the messages themselves, so that a test can read all of them. Profiles have a
 * route of their own.
 */
export function fakeDestination(
  batchSize = 50,
  more: Partial<Destination> = {},
): Destination {
  return {
    batchSize,
    write: (message) =>
      message.verb === "consent" && !message.name
        ? undefined
        : {
            route: message.verb === "profile" ? "profiles" : "events",
            text: JSON.stringify(message),
          },
    deliver: ({ texts }) => ({
      url: "https://collector.test/in",
      headers: { "content-type": "text/plain" },
      body: `[${texts.join()}]`,
    }),
    complaint: (answer) => (answer.includes('"status":0') ? answer : ""),
    ...more,
  };
}

/** The messages that a request to a fake destination carried. */
export function messagesIn({ body }: SentRequest): Message[] {
  return JSON.parse(body) as Message[];
}
