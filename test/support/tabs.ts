import type { Loose } from "../../src/consent/refuse.js";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import type { Message } from "../../src/tracker/destination.js";
import {
  createEngine,
  type Engine,
  type EngineOptions,
} from "../../src/tracker/engine.js";
import { fakeDestination, messagesIn } from "./fake-destination.js";
import { fakeFetch, type Answer, type SentRequest } from "./fake-fetch.js";
import { fakeLocks } from "./fake-locks.js";
import { FakeRecordStorage } from "./fake-record-storage.js";
import { FakeStorage } from "./fake-storage.js";
import { fakeTimers, type FakeTimers } from "./fake-timers.js";
import { turn } from "./turn.js";

/** One tab: a store and an engine. */
export interface Tab {
  readonly consent: ConsentStore;
  readonly engine: Engine;
  /** What `consent-error` told. */
  readonly errors: unknown[];
  /** The tab's view of the storages; flags set here are this tab's alone. */
  readonly local: FakeStorage;
  readonly session: FakeStorage;
  track(...names: string[]): void;
  /** The tab is gone at once, without a word: nothing of it runs any more. */
  crash(): void;
}

interface TabOptions extends Partial<Omit<EngineOptions, "consent">> {
  /** What the consent store is made of, beside what all tabs share. */
  store?: Loose<StoreOptions>;
  /** A tab that this one is a later page of: they share the session storage. */
  after?: Tab;
}

/** A browser with tabs of one site. What is stored, the network and the time are theirs together. */
export interface Tabs {
  readonly time: FakeTimers;
  readonly requests: SentRequest[];
  readonly record: FakeRecordStorage;
  readonly local: FakeStorage;
  /** How many tabs sent at the same time, at most. */
  readonly most: number;
  /** The messages of all requests. */
  messages(): Message[];
  /** Opens a tab. */
  open(options?: TabOptions): Tab;
  /** Waits until the code that sends is there, and for `ms` milliseconds. */
  pass(ms?: number): Promise<void>;
}

/** What all entries of a tab's engine begin with. */
export const NAME = "tabs";

export function tabs(...answers: Answer[]): Tabs {
  const time = fakeTimers();
  const network = fakeFetch(...answers);
  const record = new FakeRecordStorage();
  const local = new FakeStorage();
  const locks = fakeLocks();
  return {
    time,
    requests: network.requests,
    record,
    local,
    get most() {
      return locks.most;
    },
    messages: () => network.requests.flatMap(messagesIn),
    open({ store, after, ...options } = {}) {
      const consent = createStore({
        clock: time.now,
        storage: record,
        ...store,
      });
      const errors: unknown[] = [];
      consent.addEventListener("consent-error", ({ error }) =>
        errors.push(error),
      );
      const { inTurn, die } = locks.user();
      const view = new FakeStorage(local);
      const session = new FakeStorage(after?.session);
      let isAlive = true;
      const engine = createEngine({
        consent,
        destination: fakeDestination(),
        name: NAME,
        optInEvent: "",
        clock: time.now,
        inTurn,
        fetch: (...request) =>
          isAlive ? network.fetch(...request) : new Promise(() => {}),
        storage: () => view,
        sessionStorage: () => session,
        ...options,
      });
      return {
        consent,
        engine,
        errors,
        local: view,
        session,
        track(...names) {
          for (const name of names) engine.call("track", name);
        },
        crash() {
          isAlive = false;
          view.blocked = session.blocked = true;
          die();
        },
      };
    },
    async pass(ms = 0) {
      await import("../../src/tracker/sender.js");
      await turn();
      await time.advance(ms);
    },
  };
}
