import { createStore } from "../../src/consent/store.js";
import type { Choice } from "../../src/consent/choice.js";
import type { Message } from "../../src/tracker/destination.js";
import type { Level } from "../../src/tracker/level.js";
import { choiceIn, height, levelFor } from "./truth.js";
import {
  NAME,
  type Page,
  type Request,
  type Watcher,
  type World,
} from "./world.js";

/** Something that was told to a tracker, and what became of it. */
interface Told {
  readonly name: string;
  readonly page: Page;
  /** When, in the order of everything that happens; a fraction where `$opt_in` goes before what was held. */
  readonly order: number;
  /** The decisions after this moment count for it. */
  readonly since: number;
  /** The page's clock at the call. */
  readonly time: number;
  /** What the page thought was permitted. */
  readonly level: Level;
  /** What was. */
  readonly truth: Level;
  /** Whether it thought right. */
  readonly isCurrent: boolean;
  /** Whether it must arrive if nothing forbids it. */
  readonly isWanted: boolean;
  /** Why it need not arrive. */
  excuse?: string;
  /** At what level its page has handed it over to be sent, and whether to the disk. */
  taken?: Level;
  /** The first level that its page has heard of at which it may leave. */
  first?: Level;
  isSafe: boolean;
  /**
   * Whether its page has heard a no since, and had a turn with it. A gap that is known: a no that allows anonymous events
   * and a yes in one task, while the code that sends is on its way, let what was held before both leave at the yes.
   */
  hasHeardNo: boolean;
  /** The ids it left with. */
  readonly ids: Set<string>;
  isTried: boolean;
  hasArrived: boolean;
  isAcknowledged: boolean;
}

/** What may be permitted, from a moment on. */
interface Sample {
  readonly order: number;
  readonly choice: Choice | undefined;
  readonly level: Level;
}

const HOLD_TIME = 600_000;

/** Knows at each moment what may be stored and what may leave, and in the end what must have arrived: the promises P1 to P6. */
export class Oracle implements Watcher {
  /** What was promised and not kept. */
  readonly broken: string[] = [];
  readonly told = new Map<string, Told>();
  readonly #world: World;
  #order = 0;
  /** What was permitted after each decision, and at all times: a record may also be damaged, expire, or lie in the future. */
  readonly #decided: Sample[] = [];
  readonly #all: Sample[] = [];
  /** How often a decision ended or began the level `full`, and what each page knows of that. */
  #era = 0;
  readonly #eras = new Map<Page, number>();
  /** How often the record has come to permit less than `full`, and up to which time each page has looked: also by a duplicate. */
  #falls = 0;
  readonly #seen = new Map<Page, number>();
  /** Under what an identifier was seen. */
  readonly #ids = new Map<string, string>();
  readonly #mayHaveIds = new Set<Page>();
  readonly #last = new Map<string, number>();
  #mustBeEmpty = false;
  /** Whether a blocked storage may have kept something over a refusal, and whether a page has begun since, which cannot know. */
  hasLeftovers = false;
  #isLost = false;
  #erasures = 0;
  #erased = 0;

  constructor(world: World) {
    this.#world = world;
  }

  #fail(promise: string) {
    this.broken.push(promise);
  }

  #now(): Sample {
    const { rules } = this.#world;
    const choice = choiceIn(this.#world.record(), this.#world.clock());
    return { order: ++this.#order, choice, level: levelFor(choice, rules) };
  }

  #note(samples: Sample[]): Sample {
    const now = this.#now();
    const last = samples.at(-1);
    if (last?.level !== now.level || last.choice !== now.choice)
      if (samples.push(now) && samples === this.#all && now.level !== "full")
        this.#falls++;
    return now;
  }

  /** What the stored record permits. */
  get truth(): Sample {
    return this.#now();
  }

  /** What a page thinks is permitted. */
  levelOf({ consent }: Page): Level {
    return levelFor(consent.get("analytics"), this.#world.rules);
  }

  looked(page: Page): void {
    this.#note(this.#all);
    this.#eras.set(page, this.#era);
    this.#seen.set(page, this.#falls);
  }

  wrote(text: string, expires: Date): void {
    const time = Date.parse(new URLSearchParams(text).get("time") ?? "");
    if (+expires - time !== 180 * 86_400_000)
      this.#fail(`P6 ${text} is kept until ${expires.toISOString()}`);
  }

  loaded(): void {
    if (this.hasLeftovers) this.#isLost = true;
  }

  heard(page: Page): void {
    const level = this.levelOf(page);
    for (const told of this.told.values())
      if (told.page === page) {
        if (page.consent.get("analytics") === "denied") told.hasHeardNo = true;
        // What waits for an answer takes the first that its page hears of.
        if (told.level === "hold" && height(level) >= 0) told.first ??= level;
      }
    if (!this.#world.isBlocked) return;
    this.hasLeftovers = true;
    // What cannot be read may have changed: the stricter reading is that the old grant is over.
    for (const told of this.told.values())
      if (told.page === page)
        told.excuse ??= "no storage told whether its grant was still the same";
  }

  random(page: Page): void {
    // What asks for a deletion names itself.
    if (height(this.levelOf(page)) >= 0 || page.isErasing)
      this.#mayHaveIds.add(page);
    if (!this.#mayHaveIds.has(page))
      this.#fail("P1 an identifier was made before anything may leave");
  }

  used(page: Page, area: "local" | "session", what: string, key: string): void {
    const needed = area === "local" ? "full" : "session";
    const level = what === "write" ? this.truth.level : this.levelOf(page);
    if (level !== needed && !page.isErasing)
      this.#fail(
        `P1 tab ${page.tab} may not ${what} ${key} in ${area}Storage at the level ${level}`,
      );
  }

  /** A page is about to be told something. */
  tell(
    page: Page,
    name: string,
    given: Partial<Pick<Told, "level" | "order" | "since" | "isWanted">> = {},
  ): Told {
    const now = ++this.#order;
    const { level = this.levelOf(page), order = now } = given;
    const { since = now, isWanted = true } = given;
    const told: Told = {
      name,
      page,
      order,
      since,
      time: this.#world.clock(),
      level,
      // The higher of what was decided and what is stored: nobody may have seen the record go and come back.
      truth:
        [this.truth.level, this.#decided.at(-1)?.level ?? "full"].find(
          (each) => height(each) >= height(level),
        ) ?? "off",
      isCurrent:
        this.truth.level === this.levelOf(page) &&
        this.#eras.get(page) === this.#era &&
        this.#seen.get(page) === this.#falls,
      isWanted,
      isSafe: false,
      hasHeardNo: false,
      ids: new Set(),
      isTried: false,
      hasArrived: false,
      isAcknowledged: false,
    };
    this.told.set(name, told);
    return told;
  }

  /** A page has just turned no, or no answer, into a yes. */
  granted(page: Page): void {
    const time = page.consent.record?.time;
    const held = [...this.told.values()].find(
      (told) => told.page === page && told.level === "hold" && !told.taken,
    );
    this.tell(page, `$opt_in ${time}`, {
      level: "full",
      order: held ? held.order - 0.5 : ++this.#order,
    });
  }

  /** A decision has just returned in `page`. */
  decided(page: Page, choice: Choice | undefined, before: Sample): void {
    const { choice: found, level } = this.#note(this.#decided);
    if (before.level !== "full" || level !== "full") this.#era++;
    this.#eras.set(page, this.#era);
    if (found !== choice || page.consent.get("analytics") !== choice)
      this.#fail(
        `P6 ${choice ?? "nothing"} was decided, ${found ?? "nothing"} is stored and tab ${page.tab} says ${page.consent.get("analytics") ?? "nothing"}`,
      );
    // To forget what no record says is no news: who still knows of a record that is damaged clears up when it looks.
    if (!choice && !before.choice) return;
    this.#mustBeEmpty = false;
    if (level === "full") return;
    if (this.#world.isBlocked) this.hasLeftovers = true;
    else this.#mustBeEmpty = true;
    this.#isClean();
    this.#isQuiet(page);
    if (level !== "session" && !this.#world.isBlocked)
      for (const key of Object.keys(page.session.content))
        this.#fail(`P2 ${key} is in sessionStorage after the decision`);
  }

  /** The visitor wants the profile deleted. */
  erasing(page: Page): void {
    page.isErasing = true;
    this.#erasures++;
  }

  /**
   * Gaps that are known: a page that begins later cannot tell what a blocked storage has kept over a refusal from what
   * came after, and a page whose identity no storage took cannot tell that it has slept through a refusal and a new yes.
   * Nor can one on an opt-out site that knew no record and finds none again.
   */
  get #isBlind(): boolean {
    const { hadFault, hadSleep, rules } = this.#world;
    return this.#isLost || (hadSleep && (hadFault || rules.mode === "opt-out"));
  }

  #isClean() {
    const { kept, isBlocked } = this.#world;
    // Without a record an opt-out site may go on.
    if (this.truth.level === "full") this.#mustBeEmpty = false;
    if (this.#mustBeEmpty && !isBlocked && !this.hasLeftovers && kept[0])
      this.#fail(`P2 ${kept[0].split("/", 2)} is in localStorage after the no`);
  }

  /** What is under way and may not be, by what the page knows. */
  #isQuiet(page: Page) {
    for (const { messages, ...request } of this.#world.hanging)
      if (
        request.page === page &&
        messages.some(
          ({ verb, level }) =>
            verb !== "profile" && height(level) > height(this.levelOf(page)),
        )
      )
        this.#fail(`P2 a request of tab ${page.tab} was not cut off`);
  }

  left(request: Request): void {
    const { page, messages, init } = request;
    const { level: truth, choice } = this.truth;
    const [first] = messages;
    if (!first) return this.#fail("P4 a request is empty");
    if (first.verb === "profile") {
      if (
        choice !== "denied" ||
        messages.length > 1 ||
        init.credentials !== "omit" ||
        !page.isErasing
      )
        this.#fail("P2 a deletion left that nobody had asked for");
      return;
    }
    if (messages.some(({ level }) => level !== first.level))
      this.#fail("P4 a request carries two levels");
    if (
      first.level !== "full" &&
      (init.credentials !== "omit" || init.referrerPolicy !== "origin")
    )
      this.#fail("P4 a request below full carries credentials or a referrer");
    const others = this.#world.hanging.filter((each) => each.page !== page);
    for (const message of messages) {
      if (
        message.level === "full" &&
        !this.#world.hadFault &&
        others.some((each) => each.messages.some(({ id }) => id === message.id))
      )
        this.#fail(`P5 ${message.name} is under way from two tabs`);
      if (height(message.level) > height(truth))
        this.#fail(
          `P${truth === "hold" ? 1 : 2} ${message.name} (${message.level}) left tab ${page.tab} at the level ${truth}`,
        );
      this.#check(page, message);
    }
  }

  #check(page: Page, message: Message) {
    const { verb, name, decision, id, level, who } = message;
    const told = this.told.get(
      verb === "consent" ? `${name} ${decision?.time}` : name,
    );
    if (!told) return this.#fail(`P3 ${name} left, which nobody had told`);
    if (message.time !== told.time)
      this.#fail(`P3 ${told.name} left with another time than its own`);
    told.ids.add(id);
    if (told.ids.size > 1)
      this.#fail(`P${verb === "consent" ? 3 : 5} ${told.name} left as two`);
    if (told.isAcknowledged && !this.#world.hadFault)
      this.#fail(`P5 ${told.name} left again after its acknowledgement`);
    const since = this.#decided.filter(({ order }) => order > told.since);
    const isHeld = told.level === "hold";
    if (!isHeld && height(told.truth) < height(level))
      this.#fail(`P2 ${told.name} was told after the no and left`);
    if (!isHeld && told.level !== level)
      this.#fail(`P4 ${told.name} was told at ${told.level}, left at ${level}`);
    const lower = since.find(
      (sample) =>
        height(sample.level) < height(level) &&
        // What waits for an answer takes the last of them, but none after a no. A gap that is known: below full, a page
        // that has slept through a no and the answer after it cannot tell, because the record says only the last.
        ((level === "full" && !isHeld) ||
          (sample.choice === "denied" && told.hasHeardNo)),
    );
    if (lower && !this.#isBlind)
      this.#fail(
        `P2 ${told.name} (${told.level}) left as ${level} although ${lower.level} had come between`,
      );
    const under = level === "full" ? `full, grant ${this.#era}` : level;
    const ids = {
      device: who.deviceId,
      view: message.view,
      session: message.session?.id,
      tab: message.tab,
      event: id,
    };
    for (const [kind, value] of Object.entries(ids))
      if (value) {
        const other = this.#ids.get(value) ?? under;
        if (other !== under && !this.#isBlind)
          this.#fail(
            `P4 the ${kind} id of ${told.name} (${under}) was that of ${other}`,
          );
        this.#ids.set(value, under);
      }
    if (level !== "full" && (who.userId || who.registered || message.tab))
      this.#fail(`P4 ${told.name} names the visitor at the level ${level}`);
    const { hadFault, hadJump, rules } = this.#world;
    if (
      !told.isTried &&
      told.page === page &&
      !hadFault &&
      !hadJump &&
      rules.mode === "opt-in"
    ) {
      const line = `${page.number} ${level}`;
      if (told.order < (this.#last.get(line) ?? 0))
        this.#fail(`P3 ${told.name} was overtaken`);
      this.#last.set(line, told.order);
    }
    told.isTried = true;
  }

  /** The receiver has spoken; 0: it took all, and nobody heard it say so. */
  answered({ page, messages }: Request, status: number): void {
    for (const { verb, name, decision } of messages) {
      if (verb === "profile" && status < 300 && status)
        if (++this.#erased > this.#erasures)
          this.#fail("P2 a profile was deleted twice");
      const told = this.told.get(
        verb === "consent" ? `${name} ${decision?.time}` : name,
      );
      if (!told) continue;
      if (status < 300) told.hasArrived = true;
      if (status === 400) told.excuse = "it was refused";
      if ((status === 200 || status === 400) && page.isAlive && !page.isFrozen)
        told.isAcknowledged = true;
    }
  }

  /** A step of the story is over, and all it set off. */
  afterStep(isDecision: boolean): void {
    const { pages, messages, hadFault } = this.#world;
    const now = this.#note(this.#all);
    this.#isClean();
    for (const page of Object.values(pages)) {
      if (page.isFrozen) continue;
      this.#isQuiet(page);
      if (
        this.levelOf(page) === "off" &&
        !page.isErasing &&
        [...this.#world.timers.values()].some((timer) => timer.page === page)
      )
        this.#fail(`P2 tab ${page.tab} has a timer after the refusal`);
      if (
        isDecision &&
        messages === "arrive" &&
        page.consent.get("analytics") !== now.choice
      )
        this.#fail(
          `P6 tab ${page.tab} says ${page.consent.get("analytics")}, the record ${now.choice}`,
        );
    }
    const record = this.#world.record();
    const fresh = createStore({
      purposes: ["analytics", "marketing"],
      clock: this.#world.clock,
      storage: { read: () => record, write: () => {} },
    });
    if (fresh.get("analytics") !== now.choice)
      this.#fail(
        `P6 ${record.join(" and ")} reads as ${fresh.get("analytics") ?? "never asked"}`,
      );
    for (const told of this.told.values()) {
      const { page } = told;
      const level = this.levelOf(page);
      if (page.isAlive && !page.isFrozen && height(level) >= 0)
        told.taken ??=
          told.level === "hold" ? (told.first ?? level) : told.level;
      if (page.consent.get("analytics") === "denied") told.hasHeardNo = true;
      const age = Math.abs(this.#world.clock() - told.time);
      if (!told.taken && told.level === "hold" && age >= HOLD_TIME)
        told.excuse ??= "it was held too long";
      if (told.taken === "full" && page.isAlive && !hadFault)
        told.isSafe = true;
      // What no storage took may go with its page, but not without a word.
      const isSilent = told.taken === "full" && !page.errors[0];
      if (!page.isAlive && !told.isSafe && !isSilent)
        told.excuse ??= "it was in the memory of a page that is gone";
    }
  }

  /** The network answers, time has passed: what may arrive is there, and before a page is loaded again what living pages had. */
  atTheEnd(isLast: boolean): void {
    if (!isLast && this.#world.hadFault) return;
    for (const told of this.told.values()) {
      if (!isLast && !told.page.isAlive) continue;
      const { name, level, since, isCurrent, isWanted, excuse } = told;
      if (told.hasArrived || !isWanted || !isCurrent || excuse) continue;
      // A page that waits for news of an answer that came with time: a record of a clock that was ahead.
      if (level === "hold" && !told.taken) continue;
      const before = this.#all.findLast((sample) => sample.order < since);
      const levels = [
        ...(before ? [before] : []),
        ...this.#all.filter((sample) => sample.order > since),
      ].map((sample) => sample.level);
      const first = levels.findIndex((each) => each !== "hold");
      const needed = level === "hold" ? told.taken : level;
      if (!needed || height(needed) < 0) continue;
      const rest = level === "hold" ? levels.slice(first) : levels;
      if (rest.some((each) => height(each) < height(needed))) continue;
      this.#fail(`P5 ${name} (${level}) never arrived`);
    }
    for (const key of this.#world.kept)
      if (isLast && key.includes("/out/") && this.truth.level === "full")
        this.#fail(`P5 ${NAME} still waits although all may leave`);
  }
}
