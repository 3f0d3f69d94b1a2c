import type { Level } from "./level.js";
import type { Page } from "./page.js";

/** Who an event is about. At the anonymous level, someone who exists for this page alone. */
export interface Identity {
  /** A random UUID, made on the first event after a grant and removed on withdrawal. */
  readonly deviceId: string;
  /** The site's own id for the visitor, from `identify()`. */
  readonly userId?: string;
  /** Where the visitor came from when this identity was made; empty when they came directly. */
  readonly initialReferrer?: string;
  /** Properties that go with every event, from `register()`. */
  readonly registered?: Properties;
}

/** What a caller hands over: anything that JSON can hold. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a tracker can be told. */
export type Verb = "track" | "page" | "identify" | "set" | "register" | "reset";

/** One call, with the moment and the page it was made on. */
export interface Call {
  readonly verb: Verb;
  /** The event's name or the user's id; empty where the verb has none. */
  readonly name: string;
  readonly properties: Properties;
  /** When it was made, in milliseconds since the epoch. */
  readonly time: number;
  readonly page: Page | undefined;
  /** The level that it was made at. */
  readonly level: Level;
}

/** A call that may be sent, before it takes a vendor's form. Its verb is `track`, `page`, `identify` or `set`. */
export interface Message extends Call {
  /** Unique, and the same at every attempt to send. */
  readonly id: string;
  readonly who: Identity;
  /** For `identify`: the id that the visitor had before. */
  readonly before?: string | undefined;
}

/** One request, ready for `fetch`. */
export interface Delivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly credentials: RequestCredentials;
}

/** Turns messages into one vendor's wire format. One file a vendor; the tracker knows nothing of it but this. */
export interface Destination {
  /** The most messages in one request. */
  readonly batchSize: number;
  /** The request for messages of one level, in order: either events alone, or profile updates (`set`) alone. */
  deliver(messages: readonly Message[], now: number): Delivery;
  /** Why the receiver refused a request that it answered with success; empty when it took it. */
  complaint(answer: string): string;
}

/** A destination, or how to fetch it. It is fetched when there is something to send, and not before. */
export type DestinationInput = Destination | (() => Promise<Destination>);
