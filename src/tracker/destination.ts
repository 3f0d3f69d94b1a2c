import type { ConsentRecord } from "../consent/record.js";
import type { Level } from "./level.js";
import type { Page } from "./page.js";
import type { Terms } from "./terms.js";

/** What a caller hands over: anything that JSON can hold. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a tracker can be told. The last four change who the visitor is, and never reach a destination. */
export type Verb =
  | "track"
  | "page"
  | "consent"
  | "profile"
  | "group"
  | "identify"
  | "alias"
  | "register"
  | "unregister"
  | "session"
  | "reset";

/** What some calls say beyond a name and properties. A destination takes what it knows. */
export interface More {
  /** Self-describing JSON about an event, for destinations that have entities. */
  readonly entities?: readonly Entity[];
  /** Which group a call with the verb `group` is about. */
  readonly group?: { readonly key: string; readonly id: unknown };
  /** For `register`: keep a value that is there. For `identify`: hash the id before it is stored or sent. */
  readonly once?: boolean;
  readonly hash?: boolean | undefined;
  /** The decision that a call with the verb `consent` tells of. */
  readonly decision?: ConsentRecord | undefined;
  /** When it happened, in milliseconds since the epoch, where the caller knows better than the clock. */
  readonly timestamp?: number;
  /** Where it happened, where the caller knows better than the document. */
  readonly page?: Page | undefined;
  /** A device's own clock reading that the caller vouches for. In milliseconds since the epoch. */
  readonly trueTime?: number;
  /** `anonymous` for what must not be joined to anybody, whatever the level: it leaves alone, and asks for server anonymity. */
  readonly least?: Level;
  /** The level that it counts as taken at, where that is a stricter one than the level now: a fall to it keeps the call. */
  readonly level?: Level;
}

/** Data with the address of its schema: `iglu:com.example/thing/jsonschema/1-0-0`. */
export interface Entity {
  readonly schema: string;
  readonly data: Properties;
}

/** One call, with the moment and the page it was made on. */
export interface Call extends More {
  readonly verb: Verb;
  /** The event's name, the user's id, or what to do with a profile (`set`, `add` …); empty where the verb has none. */
  readonly name: string;
  /** The properties as JSON: a copy, whose length is known. */
  readonly json: string;
  /** When it was made, in milliseconds since the epoch: how long it has waited, and which visit it belongs to. */
  readonly time: number;
  readonly page?: Page | undefined;
  /** The level that it was made at. */
  readonly level: Level;
  /** The last level below `full` that let it leave while it waited: it leaves no higher. */
  least?: Level;
}

/** Who an event is about. Below the level `full`, someone who exists for this page or this session alone. */
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

/** A visit, for destinations that count in visits. It ends after 30 minutes without an event. */
export interface Session {
  /** A random UUID. */
  readonly id: string;
  /** The visitor's first session is 1. */
  readonly index: number;
  /** Always null below the level `full`. */
  readonly previousId: string | null;
  /** The id and the time (ISO 8601) of its first event. */
  readonly firstEventId: string;
  readonly firstEventTime: string;
  /** The event's place in it; the first is 1. */
  readonly eventIndex: number;
}

/** A call that may be sent, before it takes a vendor's form. */
export interface Message
  extends Omit<Call, "json" | "least" | "timestamp">, Terms {
  readonly properties: Properties;
  /** When it happened, in milliseconds since the epoch. */
  readonly time: number;
  /** A UUID: unique, and the same at every attempt to send. */
  readonly id: string;
  readonly who: Identity;
  /** A UUID for this view of the page; another one after each `page()` and each change of level. */
  readonly view: string;
  /** The visit, where the destination needs it and the level has one. */
  readonly session?: Session | undefined;
  /** A UUID for this tab, where the destination needs it; only at the level `full`. */
  readonly tab?: string | undefined;
  /** For `identify` and `alias`: the id that the visitor had before. */
  readonly before?: string | undefined;
}

/** A message in a vendor's form. Those with the same route may share a request. */
export interface Item {
  /** Which of the vendor's addresses it goes to. Without line breaks. */
  readonly route: string;
  /** The message as JSON, without line breaks. */
  readonly text: string;
}

/** What goes into one request: items of one route, taken on the same terms. */
export interface Batch extends Terms {
  readonly route: string;
  readonly texts: readonly string[];
  /** When it is sent, in milliseconds since the epoch. */
  readonly now: number;
}

/** One request, ready for `fetch`. */
export interface Delivery {
  readonly url: string;
  /** Default: `"POST"`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** ASCII only, so that its length is its size. */
  readonly body?: string;
  /** At the level `full`. Below it no credentials are ever sent. Default: `"omit"`. */
  readonly credentials?: RequestCredentials;
}

/** Turns messages into one vendor's wire format. One file a vendor; the tracker knows nothing of it but this. */
export interface Destination {
  /** The most items in one request. */
  readonly batchSize: number;
  /** What its messages must carry beyond the rest. Default: nothing. */
  readonly needs?: readonly ("session" | "tab")[];
  /** Whether it is told of every decision that lets something leave, not of a new yes alone. Default: `false`. */
  readonly decisions?: boolean;
  /** What may be stored of a visitor: without what is never sent. Default: all of it. */
  toStore?(identity: Identity): Identity;
  /** Throws for a call that the vendor would refuse: a `TypeError` or a `RangeError` that says what to write instead. */
  check?(call: Call): void;
  /** The vendor's form of a message; `undefined` where the vendor has none for it. */
  write(message: Message): Item | undefined;
  /** The request for a batch. */
  deliver(batch: Batch): Delivery;
  /** Why the receiver refused a request that it answered with success; empty when it took it. Default: it never does. */
  complaint?(answer: string): string;
}

/** A destination, or how to fetch it. It is fetched when there is something to send, and not before. */
export type DestinationInput = Destination | (() => Promise<Destination>);
