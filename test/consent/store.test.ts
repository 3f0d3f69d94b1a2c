import { expect } from "@open-wc/testing";
import { MODES, type Choice, type Choices } from "../../src/consent/choice.js";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { catchError } from "../support/catch-error.js";
import { collectChanges } from "../support/collect-changes.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeNeighbours } from "../support/fake-neighbours.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";

const PURPOSES = ["necessary", "analytics", "marketing"];
const TIME = "2026-11-22T10:15:00.000Z";

const create = (options: StoreOptions = {}): ConsentStore =>
  createStore({ purposes: PURPOSES, clock: fakeClock(TIME), ...options });

const answers = (store: ConsentStore) =>
  store.purposes.map(({ name }) => store.get(name));

describe("a new store", () => {
  it("asks about analytics, opt-in, when it is told nothing else", () => {
    const { purposes, mode, revision, record, needsChoice } = createStore();
    expect({ purposes, mode, revision, record, needsChoice }).to.deep.equal({
      purposes: [
        { name: "necessary", required: true },
        { name: "analytics", required: false },
      ],
      mode: "opt-in",
      revision: "1",
      record: undefined,
      needsChoice: true,
    });
  });

  it("takes undefined for any option as not written", () => {
    const store = createStore({
      purposes: undefined,
      mode: undefined,
      revision: undefined,
      maxAge: undefined,
      storage: undefined,
      neighbours: undefined,
      clock: undefined,
    });
    const before = Date.now();
    const at = Date.parse(store.grantAll().time);
    expect(store.purposes.length).to.equal(2);
    expect(at).to.be.within(before, Date.now());
  });

  it("writes nothing and tells nothing before there is a decision", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const store = create({ storage, neighbours });
    const changes = collectChanges(store);
    answers(store);
    PURPOSES.map(store.isGranted);
    store.refresh();
    neighbours.say();
    expect([storage.writes, neighbours.told, changes]).to.deep.equal([
      [],
      [],
      [],
    ]);
  });

  it("refuses options that it cannot use", () => {
    const cases: readonly (readonly [object, string])[] = [
      [
        { mode: "optin" },
        'RangeError: consent-elements: mode is "optin"; write opt-in or opt-out or notice',
      ],
      [
        { mode: null },
        "TypeError: consent-elements: mode is null; write opt-in or opt-out or notice",
      ],
      [
        { purposes: ["no good"] },
        `RangeError: consent-elements: a purpose's name is "no good"; write a word such as analytics`,
      ],
      [
        { purposes: ["ads", "chat", { name: "ads" }] },
        'RangeError: consent-elements: a purpose is "ads"; write it once',
      ],
    ];
    expect(
      cases.map(([options]) => [options, catchError(() => create(options))]),
    ).to.deep.equal(cases);
  });

  it("has a list of purposes that nobody else can change", () => {
    const { purposes } = create();
    expect(
      catchError(() => (purposes as unknown[]).push("more")).split(":")[0],
    ).to.equal("TypeError");
  });

  it("reads a decision that is already kept", async () => {
    const storage = new FakeRecordStorage();
    const kept = create({ storage }).set({ analytics: "granted" });
    const store = create({ storage });
    expect(store.record).to.deep.equal(kept);
    expect(await store.ready).to.deep.equal(kept);
  });

  it("is ready without a record when nobody was asked", async () => {
    expect(await create().ready).to.equal(undefined);
  });
});

describe("whether a purpose may run", () => {
  it("is what the visitor answered, and else what the mode makes of no answer", () => {
    const choices = [undefined, "granted", "anonymous", "denied"] as const;
    const table = MODES.flatMap((mode) =>
      choices.map((choice) => {
        const store = create({ mode });
        if (choice) store.set({ analytics: choice });
        return [
          mode,
          store.get("analytics"),
          store.isGranted("analytics"),
          store.isGranted("marketing"),
          store.isGranted("necessary"),
        ];
      }),
    );
    expect(table).to.deep.equal([
      ["opt-in", undefined, false, false, true],
      ["opt-in", "granted", true, false, true],
      ["opt-in", "anonymous", false, false, true],
      ["opt-in", "denied", false, false, true],
      ["opt-out", undefined, true, true, true],
      ["opt-out", "granted", true, true, true],
      ["opt-out", "anonymous", false, true, true],
      ["opt-out", "denied", false, true, true],
      ["notice", undefined, true, true, true],
      ["notice", "granted", true, true, true],
      ["notice", "anonymous", false, true, true],
      ["notice", "denied", false, true, true],
    ]);
  });

  it("cannot be asked about a purpose that there is not", () => {
    const store = create();
    const names = ["Analytics", "toString", "__proto__", ""];
    expect(
      names.flatMap((name) => [
        catchError(() => store.get(name)),
        catchError(() => store.isGranted(name)),
      ]),
    ).to.deep.equal(
      names.flatMap((name) =>
        Array(2).fill(
          `RangeError: consent-elements: purpose is ${JSON.stringify(name)}; write necessary or analytics or marketing`,
        ),
      ),
    );
  });
});

describe("a decision", () => {
  it("is recorded with its choices, revision, time, source and action", () => {
    const decisions: readonly [string, (store: ConsentStore) => unknown][] = [
      ["grant-all", (store) => store.grantAll()],
      ["deny-all", (store) => store.denyAll()],
      ["withdraw", (store) => store.withdraw()],
      ["set", (store) => store.set({ analytics: "anonymous" })],
    ];
    const all = (choice: Choice) => ({ analytics: choice, marketing: choice });
    const rest = { revision: "2026-11", time: TIME, source: "api" };
    expect(
      decisions.map(([, decide]) => decide(create({ revision: "2026-11" }))),
    ).to.deep.equal([
      { choices: all("granted"), ...rest, action: "grant-all" },
      { choices: all("denied"), ...rest, action: "deny-all" },
      { choices: all("denied"), ...rest, action: "withdraw" },
      { choices: { analytics: "anonymous" }, ...rest, action: "set" },
    ]);
  });

  it("is what the store then holds, keeps, tells its neighbours and returns", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const store = create({ storage, neighbours });
    const returned = store.grantAll();
    const line = `analytics=granted&marketing=granted&revision=1&time=${TIME}&source=api&action=grant-all`;
    expect([
      store.record === returned,
      storage.texts,
      neighbours.told,
    ]).to.deep.equal([true, [line], [line]]);
  });

  it("names who made it and what they did, when the caller says so", () => {
    const store = create();
    const made = [
      store.grantAll({ source: "user", action: "accept" }),
      store.denyAll({ source: "signal" }),
      store.withdraw({ action: "leave" }),
      store.set({ analytics: "granted" }, { source: "import", action: "old" }),
      store.set({ analytics: "granted" }, { source: "tab" }),
    ];
    expect(made.map(({ source, action }) => [source, action])).to.deep.equal([
      ["user", "accept"],
      ["signal", "deny-all"],
      ["api", "leave"],
      ["import", "old"],
      ["tab", "set"],
    ]);
  });

  it("leaves the answers that it does not name as they are", () => {
    const store = create();
    const steps: readonly Choices[] = [
      { analytics: "granted" },
      { marketing: "anonymous" },
      { analytics: "denied" },
      {},
    ];
    expect(steps.map((choices) => store.set(choices).choices)).to.deep.equal([
      { analytics: "granted" },
      { analytics: "granted", marketing: "anonymous" },
      { analytics: "denied", marketing: "anonymous" },
      { analytics: "denied", marketing: "anonymous" },
    ]);
  });

  it("keeps the answers that other pages recorded on purposes unknown here", () => {
    const storage = new FakeRecordStorage();
    create({ storage, purposes: ["chat"] }).denyAll();
    const store = create({ storage });
    expect([store.grantAll().choices, answers(store)]).to.deep.equal([
      { chat: "denied", analytics: "granted", marketing: "granted" },
      ["granted", "granted", "granted"],
    ]);
  });

  it("does not hold on to the caller's object", () => {
    const store = create();
    const choices: Record<string, Choice> = { analytics: "denied" };
    store.set(choices);
    choices["analytics"] = "granted";
    expect(store.get("analytics")).to.equal("denied");
  });

  it("is not asked of required purposes, and none is recorded for them", () => {
    const store = create({ purposes: [{ name: "login", required: true }] });
    expect([
      store.needsChoice,
      store.get("login"),
      store.denyAll().choices,
      store.get("login"),
      store.isGranted("login"),
    ]).to.deep.equal([false, "granted", {}, "granted", true]);
  });

  it("cannot be undone by an older record that says a required purpose is refused", () => {
    const storage = new FakeRecordStorage();
    create({ storage, purposes: ["login"] }).denyAll();
    const store = create({
      storage,
      purposes: [{ name: "login", required: true }],
    });
    expect(store.isGranted("login")).to.equal(true);
  });

  it("records nothing at all when a part of it is wrong", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const store = create({ storage, neighbours });
    const changes = collectChanges(store);
    const set = (choices: object, details?: object) => () =>
      store.set(choices as Choices, details);
    const cases: readonly (readonly [() => unknown, string])[] = [
      [
        set({ marketing: "granted", analytics: "yes" }),
        'RangeError: consent-elements: analytics is "yes"; write granted or anonymous or denied',
      ],
      [
        set({ marketing: "granted", analytics: true }),
        "TypeError: consent-elements: analytics is true; write granted or anonymous or denied",
      ],
      [
        set({ marketing: "granted", analytics: undefined }),
        "TypeError: consent-elements: analytics is undefined; write granted or anonymous or denied",
      ],
      [
        set({ marketing: "granted", analytisc: "granted" }),
        'RangeError: consent-elements: purpose is "analytisc"; write necessary or analytics or marketing',
      ],
      [
        set({ marketing: "granted", necessary: "granted" }),
        'RangeError: consent-elements: a required purpose is "necessary"; write another',
      ],
      [
        set({ marketing: "granted" }, { source: "robot" }),
        'RangeError: consent-elements: source is "robot"; write user or signal or api or tab or import',
      ],
      [
        () => store.reset("analytisc"),
        'RangeError: consent-elements: purpose is "analytisc"; write necessary or analytics or marketing',
      ],
      [
        () => store.reset(""),
        'RangeError: consent-elements: purpose is ""; write necessary or analytics or marketing',
      ],
    ];
    expect(cases.map(([call]) => catchError(call))).to.deep.equal(
      cases.map(([, message]) => message),
    );
    expect([
      store.record,
      storage.writes,
      neighbours.told,
      changes,
    ]).to.deep.equal([undefined, [], [], []]);
  });
});

describe("what still waits for an answer", () => {
  it("is every purpose that is not required and has none", () => {
    const store = create();
    const steps = [
      () => undefined,
      () => store.set({ analytics: "denied" }),
      () => store.set({ marketing: "anonymous" }),
      () => store.addPurpose("chat"),
      () => store.denyAll(),
      () => store.reset("chat"),
      () => store.grantAll(),
      () => store.reset(),
    ];
    const waits = steps.map((step) => {
      step();
      return store.needsChoice;
    });
    expect(waits).to.deep.equal([
      true,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it("is the same in every mode", () => {
    expect(MODES.map((mode) => create({ mode }).needsChoice)).to.deep.equal([
      true,
      true,
      true,
    ]);
  });
});

describe("a reset", () => {
  it("forgets the whole record: the visitor was never asked", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const store = create({ storage, neighbours });
    store.grantAll();
    store.reset();
    expect([
      store.record,
      answers(store),
      storage.texts,
      neighbours.told.at(-1),
    ]).to.deep.equal([undefined, ["granted", undefined, undefined], [], ""]);
  });

  it("of one purpose forgets that answer and keeps the others", () => {
    const store = create();
    store.set({ analytics: "granted", marketing: "denied" });
    store.reset("analytics");
    expect([
      store.record?.choices,
      store.record?.action,
      answers(store),
    ]).to.deep.equal([
      { marketing: "denied" },
      "reset",
      ["granted", undefined, "denied"],
    ]);
  });

  it("of every purpose that has an answer leaves no record", () => {
    const storage = new FakeRecordStorage();
    const store = create({ storage });
    store.denyAll();
    store.reset("marketing", "analytics");
    expect([store.record, storage.texts]).to.deep.equal([undefined, []]);
  });

  it("of one purpose first looks at what other pages have decided since", () => {
    const storage = new FakeRecordStorage();
    const clock = fakeClock(TIME);
    const [here, elsewhere] = [
      create({ storage, clock }),
      create({ storage, clock }),
    ];
    here.grantAll();
    elsewhere.denyAll();
    here.reset("analytics");
    expect(here.get("marketing")).to.equal("denied");
  });
});

describe("a purpose that becomes known late", () => {
  it("waits for its answer beside those already given", () => {
    const store = create();
    store.grantAll();
    const changes = collectChanges(store);
    store.addPurpose({ name: "chat" });
    expect([
      store.purposes.map(({ name }) => name),
      store.get("chat"),
      store.isGranted("chat"),
      store.isGranted("analytics"),
      changes,
    ]).to.deep.equal([[...PURPOSES, "chat"], undefined, false, true, []]);
  });

  it("has its answer at once when an earlier page recorded it", () => {
    const storage = new FakeRecordStorage();
    create({ storage, purposes: ["chat"] }).grantAll();
    const store = create({ storage });
    store.addPurpose("chat");
    expect(store.get("chat")).to.equal("granted");
  });

  it("is part of the next decision on all", () => {
    const store = create();
    store.addPurpose("chat");
    expect(store.denyAll().choices).to.deep.equal({
      analytics: "denied",
      marketing: "denied",
      chat: "denied",
    });
  });

  it("changes nothing when its name is known", () => {
    const store = create();
    const before = store.purposes;
    store.addPurpose({ name: "analytics", required: true });
    expect([store.purposes === before, store.get("analytics")]).to.deep.equal([
      true,
      undefined,
    ]);
  });

  it("is refused when the record could not hold its name", () => {
    const store = create();
    expect([
      catchError(() => store.addPurpose("no good")),
      store.purposes.length,
    ]).to.deep.equal([
      `RangeError: consent-elements: a purpose's name is "no good"; write a word such as analytics`,
      3,
    ]);
  });
});

describe("the size of a record", () => {
  const FORTY =
    "functional analytics marketing social personalisation security preferences performance support chat " +
    "video maps fonts audio comments reviews surveys experiments heatmaps recording retargeting affiliates " +
    "newsletter search translation payments fraud accessibility recommendations notifications location " +
    "weather calendar forms captcha embeds podcasts donations partners research";

  it("stays under a kilobyte with forty purposes of ordinary names, cookie name included", () => {
    const storage = new FakeRecordStorage();
    const purposes = FORTY.split(" ");
    const store = create({ storage, purposes });
    const everywhere = (choice: Choice) =>
      Object.fromEntries(purposes.map((name) => [name, choice]));
    const lengths = (["granted", "anonymous", "denied"] as const).map(
      (choice) => {
        store.set(everywhere(choice), { source: "user", action: "save" });
        return `consent=${storage.texts[0]}`.length;
      },
    );
    expect(purposes.length).to.equal(40);
    expect(lengths.filter((length) => length > 1024)).to.deep.equal([]);
  });

  it("is refused above 1024 characters where all of it is granted, and the decision before it stands", () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const store = create({ storage, neighbours });
    const before = store.grantAll();
    const changes = collectChanges(store);
    const bare = storage.texts[0]!.length - "grant-all".length;
    const grantAll = (length: number) => () =>
      store.grantAll({ action: "a".repeat(length - bare) });
    expect([
      catchError(grantAll(1025)),
      store.record === before,
      storage.writes.length,
      neighbours.told.length,
      changes,
    ]).to.deep.equal([
      "RangeError: consent-elements: record size is 1025; write fewer purposes",
      true,
      1,
      1,
      [],
    ]);
    expect(catchError(grantAll(1024))).to.equal("nothing");
    expect(storage.texts[0]?.length).to.equal(1024);
  });

  it("is never too long where something is refused", () => {
    const names = Array.from({ length: 60 }, (_, i) => `a-purpose-${i}`);
    const storage = new FakeRecordStorage();
    const one = create({ storage, purposes: names.slice(0, 30) });
    one.grantAll();
    const all = create({ storage, purposes: names });
    expect(catchError(() => all.withdraw())).to.equal("nothing");
    expect(storage.texts[0]!.length).to.be.above(1024);
    expect(one.isGranted(names[0]!)).to.equal(true);
    one.refresh();
    expect(one.isGranted(names[0]!)).to.equal(false);
  });
});
