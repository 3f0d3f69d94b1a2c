import { AsyncLocalStorage } from "node:async_hooks";
import type { RecordStorage } from "../../src/consent/ports.js";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import type { Message } from "../../src/tracker/destination.js";
import { createTracker } from "../../src/tracker/tracker.js";
import { fakeDestination } from "../support/fake-destination.js";
import { fakeLocks, type LockUser } from "../support/fake-locks.js";
import { FakeStorage } from "../support/fake-storage.js";
import type { Rules } from "./truth.js";

/** What the network does with a request. */
export const WEATHER = [
  "answers 200",
  "answers 500",
  "answers 429, Retry-After: 7",
  "answers 400",
  "answers nothing yet",
  "takes all and loses the answer",
  "is down",
] as const;
export type Weather = (typeof WEATHER)[number];

/** The tabs of the story. */
export const TABS = ["A", "B"] as const;
export type TabName = (typeof TABS)[number];

export const NAME = "model";
export const START = Date.UTC(2026, 10, 22, 10, 15);

/** One page in a tab, from its load to its end. */
export interface Page {
  readonly tab: TabName;
  readonly number: number;
  readonly consent: ConsentStore;
  readonly tracker: ReturnType<typeof createTracker>;
  readonly local: FakeStorage;
  readonly session: FakeStorage;
  readonly errors: unknown[];
  isAlive: boolean;
  isFrozen: boolean;
  /** Whether a profile is being deleted on its word. */
  isErasing: boolean;
  hear(text?: string): void;
  /** What happens to it when it thaws. */
  readonly later: (() => void)[];
}

/** A request that has left. */
export interface Request {
  readonly page: Page;
  readonly messages: readonly Message[];
  readonly init: RequestInit;
  isOver: boolean;
  /** What the receiver said, where it has spoken. */
  status?: number;
}

/** What the oracle hears of the world, the moment it happens. */
export interface Watcher {
  left(request: Request): void;
  answered(request: Request, status: number): void;
  used(page: Page, area: "local" | "session", what: string, key: string): void;
  looked(page: Page): void;
  /** A record was written, to be kept until `expires`. */
  wrote(text: string, expires: Date): void;
  /** The record has moved, as `page` sees it. */
  heard(page: Page): void;
  random(page: Page): void;
  /** A page begins. */
  loaded(): void;
}

interface Timer {
  readonly page: Page;
  readonly at: number;
  readonly run: () => void;
}

/** A storage that tells what is done with it. */
class WatchedStorage extends FakeStorage {
  constructor(
    other: FakeStorage | undefined,
    private readonly told: (what: string, key: string) => void,
  ) {
    super(other);
  }
  override getItem(key: string): string | null {
    const value = super.getItem(key);
    this.told("read", key);
    return value;
  }
  override setItem(key: string, value: string): void {
    super.setItem(key, value);
    this.told("write", key);
  }
}

const tick = globalThis.setImmediate;
const whose = new AsyncLocalStorage<Page>();

/** Numbers that look random and are the same in every run. (mulberry32) */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A browser with two tabs of one site, and everything around it. Nothing in it moves but by the story. */
export class World {
  readonly rules: Rules;
  readonly watcher: Watcher;
  readonly pages: Partial<Record<TabName, Page>> = {};
  readonly requests: Request[] = [];
  /** The record's cookies. */
  texts: { text: string; expires: number }[] = [];
  weather: Weather = "answers 200";
  messages: "arrive" | "wait" | "are lost" = "arrive";
  /** How far the computer's clock is off. In milliseconds. */
  skew = 0;
  elapsed = 0;
  /** Whether a storage has failed in this story. */
  hadFault = false;
  hadJump = false;
  /** Whether a page may have missed news. */
  hadSleep = false;
  readonly timers = new Map<number, Timer>();
  #count = 0;
  #post: { from: Page; text: string }[] = [];
  readonly #hanging: { request: Request; end(weather: Weather): void }[] = [];
  readonly #disk = new FakeStorage();
  readonly #sessions: Partial<Record<TabName, FakeStorage>> = {};
  readonly #locks = fakeLocks();
  readonly #users = new Map<Page, { user: LockUser; busy: number }>();
  readonly #undo: (() => void)[] = [];

  constructor(rules: Rules, watcher: (world: World) => Watcher) {
    this.rules = rules;
    this.watcher = watcher(this);
    const random = numbers();
    this.#stub(Math, "random", random);
    const seen = () => {
      const page = whose.getStore();
      if (page?.isAlive) this.watcher.random(page);
    };
    this.#stub(crypto, "randomUUID", () => {
      seen();
      return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () =>
        Math.floor(random() * 16).toString(16),
      );
    });
    this.#stub(crypto, "getRandomValues", (bytes: Uint8Array) => {
      seen();
      return bytes.map(() => random() * 256);
    });
    const { setTimeout, clearTimeout } = globalThis;
    this.#stub(
      globalThis,
      "setTimeout",
      (run: () => void, delay = 0, ...rest: []) => {
        const page = whose.getStore();
        if (!page) return setTimeout(run, delay, ...rest);
        const at = this.elapsed + Math.max(0, delay | 0);
        this.timers.set(++this.#count, { page, at, run });
        return this.#count;
      },
    );
    this.#stub(globalThis, "clearTimeout", (id: number | undefined) =>
      typeof id === "number" ? this.timers.delete(id) : clearTimeout(id),
    );
  }

  /** Gives back what the world has taken. */
  end(): void {
    for (const page of Object.values(this.pages)) this.#kill(page);
    for (const undo of this.#undo) undo();
  }

  readonly clock = (): number => START + this.elapsed + this.skew;

  get room(): number {
    return this.#room;
  }
  #room = Infinity;
  #isBlocked = false;

  /** What the tracker keeps on the disk. */
  get kept(): string[] {
    return Object.keys(this.#disk.content);
  }

  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  storage(state: "works" | "is full" | "is blocked"): void {
    if (state !== "works") this.hadFault = true;
    this.#room = state === "is full" ? 0 : Infinity;
    this.#isBlocked = state === "is blocked";
    for (const page of Object.values(this.pages)) this.#fit(page);
  }

  #fit(page: Page) {
    for (const area of [page.local, page.session]) {
      area.room = this.#room;
      area.blocked = this.#isBlocked || !page.isAlive;
    }
  }

  /** Runs what `page` does. */
  as<T>(page: Page, work: () => T): T {
    return whose.run(page, work);
  }

  /** Lets everything that is due settle. */
  async settle(): Promise<void> {
    await new Promise((done) => tick(done));
    // Messages between tabs take a task.
    while (this.messages === "arrive" && this.#post[0]) {
      this.#deliver();
      await new Promise((done) => tick(done));
    }
  }

  #deliver() {
    for (const { from, text } of this.#post.splice(0))
      for (const page of Object.values(this.pages))
        if (page !== from && page.isAlive && !page.isFrozen)
          this.as(page, () => page.hear(text));
  }

  messagesNow(state: World["messages"]): void {
    this.messages = state;
    if (state !== "arrive") this.hadSleep = true;
    if (state === "are lost") this.#post = [];
  }

  /** Loads a page in `tab`; the one before is gone without a word. */
  load(tab: TabName): Page {
    const before = this.pages[tab];
    if (before) this.#kill(before);
    this.watcher.loaded();
    const page: Page = {
      tab,
      number: ++this.#count,
      errors: [],
      isAlive: true,
      isFrozen: false,
      isErasing: false,
      hear: () => {},
      later: [],
      local: new WatchedStorage(this.#disk, (what, key) =>
        this.watcher.used(page, "local", what, key),
      ),
      session: new WatchedStorage(
        (this.#sessions[tab] ??= new FakeStorage()),
        (what, key) => this.watcher.used(page, "session", what, key),
      ),
    } as Partial<Page> as Page;
    this.pages[tab] = page;
    this.#fit(page);
    const user = this.#locks.user();
    const turns = { user, busy: 0 };
    this.#users.set(page, turns);
    this.as(page, () => {
      const consent = createStore({
        purposes: ["analytics", "marketing"],
        mode: this.rules.mode,
        clock: this.clock,
        storage: this.#record(page),
        neighbours: {
          tell: (text) => {
            if (this.messages !== "are lost")
              this.#post.push({ from: page, text });
          },
          hear: (listener) => (page.hear = listener),
        },
      });
      consent.addEventListener("consent-error", ({ error }) =>
        page.errors.push(error),
      );
      consent.subscribe(() => this.watcher.heard(page));
      Object.assign(page, { consent });
      const tracker = createTracker({
        consent,
        destination: fakeDestination(3, {
          needs: this.rules.hasSessions ? ["session", "tab"] : [],
        }),
        name: NAME,
        beforeChoice: this.rules.beforeChoice,
        whenDenied: this.rules.whenDenied,
        anonymousLevel: this.rules.anonymousLevel,
        clock: this.clock,
        storage: () => page.local,
        sessionStorage: () => page.session,
        fetch: ((_: unknown, init: RequestInit) =>
          this.#fetch(page, init)) as typeof fetch,
        async inTurn(name, work) {
          turns.busy++;
          await user.inTurn(name, work);
          turns.busy--;
        },
      });
      Object.assign(page, { tracker });
    });
    return page;
  }

  #record(page: Page): RecordStorage {
    return {
      read: () => {
        if (!page.isAlive) throw new Error("this page is gone");
        this.watcher.looked(page);
        return this.record();
      },
      write: (text, expires) => {
        if (!page.isAlive) throw new Error("this page is gone");
        if (text) this.watcher.wrote(text, expires);
        this.texts = text ? [{ text, expires: +expires }] : [];
        this.watcher.looked(page);
      },
    };
  }

  /** The record's cookies as a page would read them. */
  record(): string[] {
    const now = this.clock();
    return this.texts
      .filter(({ expires }) => expires > now)
      .map(({ text }) => text);
  }

  #kill(page: Page) {
    page.isAlive = false;
    this.#fit(page);
    this.#users.get(page)?.user.die();
    for (const [id, timer] of this.timers)
      if (timer.page === page) this.timers.delete(id);
    for (const { request } of this.#hanging)
      if (request.page === page) request.isOver = true;
  }

  /** A tab is gone without a word. */
  crash(tab: TabName): void {
    this.#kill(this.pages[tab]!);
    delete this.pages[tab];
  }

  /** Freezes a page. One that holds or waits for a lock is never frozen by a browser. */
  freeze(page: Page): boolean {
    if (this.#users.get(page)!.busy) return false;
    return (this.hadSleep = page.isFrozen = true);
  }

  thaw(page: Page): void {
    page.isFrozen = false;
    this.as(page, () => {
      page.hear();
      for (const work of page.later.splice(0)) work();
    });
  }

  /** Who waits for an answer. */
  get hanging(): Request[] {
    return this.#hanging
      .map(({ request }) => request)
      .filter(({ isOver }) => !isOver);
  }

  /** What hangs is answered. */
  answer(weather: Weather): void {
    for (const { end } of this.#hanging.splice(0)) end(weather);
  }

  #fetch(page: Page, init: RequestInit): Promise<Response> {
    // A page that is gone asks for nothing.
    if (!page.isAlive) return new Promise(() => {});
    const request: Request = {
      page,
      messages: JSON.parse(init.body as string) as Message[],
      init,
      isOver: false,
    };
    this.requests.push(request);
    this.watcher.left(request);
    return new Promise((resolve, reject) => {
      const { signal } = init;
      const after = (work: () => void) => {
        if (page.isFrozen) page.later.push(work);
        else this.as(page, work);
      };
      signal?.addEventListener("abort", () => {
        request.isOver = true;
        reject(signal.reason as Error);
      });
      const end = (weather: Weather): void => {
        if (weather === "answers nothing yet") {
          this.#hanging.push({ request, end });
          return;
        }
        if (request.isOver) return;
        request.isOver = true;
        const status = Number(/\d{3}/.exec(weather)?.[0]);
        if (weather === "takes all and loses the answer")
          this.watcher.answered(request, 0);
        if (!status)
          return after(() => reject(new TypeError("the network failed")));
        request.status = status;
        this.watcher.answered(request, status);
        const answer = {
          status,
          headers: { get: () => (status === 429 ? "7" : null) },
          text: () => Promise.resolve(""),
        };
        return after(() => resolve(answer as unknown as Response));
      };
      end(this.weather);
    });
  }

  /** Lets `ms` milliseconds pass, timer by timer. */
  async wait(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    for (let runs = 0; ; runs++) {
      if (runs > 1000) throw new Error("P5 timers run without a pause");
      const due = [...this.timers]
        .filter(
          ([, { page, at }]) => at <= end && page.isAlive && !page.isFrozen,
        )
        .toSorted(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due) break;
      const [id, { page, at, run }] = due;
      this.timers.delete(id);
      this.elapsed = Math.max(this.elapsed, at);
      this.as(page, run);
      await this.settle();
    }
    this.elapsed = end;
    await this.settle();
  }

  #stub(target: object, name: string, value: unknown) {
    const old = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      writable: true,
    });
    this.#undo.push(() => {
      if (old) Object.defineProperty(target, name, old);
      else Reflect.deleteProperty(target, name);
    });
  }
}
