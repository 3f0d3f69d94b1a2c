import type { Destination, Message } from "../../src/tracker/destination.js";
import type { SentRequest } from "./fake-fetch.js";

/** A destination whose wire format is the messages themselves, so that a test can read all of them. */
export function fakeDestination(batchSize = 50): Destination {
  return {
    batchSize,
    deliver: (messages) => ({
      url: "https://collector.test/in",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify(messages),
      credentials: "omit",
    }),
    complaint: (answer) => (answer.includes('"status":0') ? answer : ""),
  };
}

/** The messages that a request to a fake destination carried. */
export function messagesIn({ body }: SentRequest): Message[] {
  return JSON.parse(body) as Message[];
}
