import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import type { Tracker } from "../../src/tracker/facade.js";
import {
  createTracker,
  type TrackerOptions,
} from "../../src/tracker/tracker.js";
import { carried } from "../support/carried.js";
import { catchError } from "../support/catch-error.js";
import { catchPageErrors } from "../support/catch-page-errors.js";
import { fakeDestination } from "../support/fake-destination.js";
import { scene } from "../support/tracker-scene.js";

const consent = createStore();
const destination = fakeDestination();
const create = (options: unknown) => createTracker(options as TrackerOptions);

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

type Loose = Record<keyof Tracker, (...args: unknown[]) => void>;

const REFUSED: [string, () => unknown, RegExp][] = [
  [
    "no options",
    () => create(undefined),
    /^TypeError: consent-elements: consent or destination is null; write both$/,
  ],
  [
    "no store",
    () => create({ destination }),
    /^TypeError: consent-elements: consent or destination is null; write both$/,
  ],
  [
    "no destination",
    () => create({ consent }),
    /^TypeError: consent-elements: consent or destination is null; write both$/,
  ],
  [
    "a destination that is null",
    () => create({ consent, destination: null }),
    /^TypeError: consent-elements: consent or destination is null; write both$/,
  ],
  [
    "an option that it does not know",
    () => create({ consent, destination, flushIntervall: 5 }),
    /^TypeError: consent-elements: an option is \["flushIntervall"\]; write .*\bflushInterval\b/,
  ],
  [
    "a purpose that the store does not know",
    () => create({ consent, destination, purpose: "analytic" }),
    /^RangeError: consent-elements: purpose is "analytic"; write necessary or analytics$/,
  ],
  [
    "properties of $opt_in that JSON cannot hold",
    () => create({ consent, destination, optInProperties: { when: Infinity } }),
    /^TypeError: consent-elements: when is \["Infinity"\]; write JSON$/,
  ],
  [
    "a wrong word for beforeChoice",
    () => create({ consent, destination, beforeChoice: "wait" }),
    /^RangeError: consent-elements: beforeChoice is "wait"; write hold or drop or anonymous$/,
  ],
  [
    "something else for beforeChoice",
    () => create({ consent, destination, beforeChoice: true }),
    /^TypeError: consent-elements: beforeChoice is true; write hold or drop or anonymous$/,
  ],
  [
    "a wrong word for whenDenied",
    () => create({ consent, destination, whenDenied: "hold" }),
    /^RangeError: consent-elements: whenDenied is "hold"; write off or anonymous$/,
  ],
];

const BAD_CALLS: [string, (tracker: Loose) => void, RegExp][] = [
  ...[undefined, null, "", 7, {}, ["a"], true].flatMap(
    (name): [string, (tracker: Loose) => void, RegExp][] => [
      [
        `track(${JSON.stringify(name)})`,
        (tracker) => tracker.track(name),
        /^(Type|Range)Error: consent-elements: event name is .*; write a text$/,
      ],
      [
        `identify(${JSON.stringify(name)})`,
        (tracker) => tracker.identify(name),
        /^(Type|Range)Error: consent-elements: user id is .*; write a text$/,
      ],
    ],
  ),
  ...[null, "text", 7, true].flatMap((properties) =>
    (["track", "page", "set", "register"] as const).map(
      (verb): [string, (tracker: Loose) => void, RegExp] => [
        `${verb}() with ${JSON.stringify(properties)}`,
        (tracker) =>
          verb === "track"
            ? tracker.track("a", properties)
            : tracker[verb](properties),
        /^(Type|Range)Error: consent-elements: the properties is .*; write \{ key: 1 \} below 1 MB$/,
      ],
    ),
  ),
  [
    "a cycle",
    (tracker) => tracker.track("a", cycle),
    /^TypeError: .*(circular|cyclic)/,
  ],
  [
    "a BigInt",
    (tracker) => tracker.track("a", { n: 1n }),
    /^TypeError: consent-elements: n is \["1"\]; write JSON$/,
  ],
  [
    "a getter that throws",
    (tracker) =>
      tracker.track("a", {
        get n() {
          throw new RangeError("no value");
        },
      }),
    /^RangeError: no value$/,
  ],
];

const BAD_OPTIONS: [string, (tracker: Loose) => unknown, RegExp][] = [
  [
    "a misspelt option of identify()",
    (tracker) => tracker.identify("ann@shop.test", { hashed: true }),
    /^RangeError: consent-elements: an option is "hashed"; write hash$/,
  ],
  [
    "more of a call than its options",
    (tracker) => tracker.identify("user-42", { hash: true, verb: "track" }),
    /^RangeError: consent-elements: an option is "verb"; write hash$/,
  ],
];

const NOT_PROPERTIES: [string, unknown][] = [
  ["a list", ["a", "b"]],
  ["a function", () => {}],
  ["a date", new Date(0)],
  ["a symbol", Symbol("s")],
  ["an object that hides its content", { toJSON: () => undefined }],
];

describe("createTracker", () => {
  for (const [name, body, message] of REFUSED)
    it(`refuses ${name}, and says what to write`, () => {
      expect(catchError(body)).to.match(message);
    });

  for (const [option, value] of [
    ["holdBytes", NaN],
    ["holdLimit", -1],
    ["flushInterval", Infinity],
    ["requestTimeout", Infinity],
  ] as const)
    it(`refuses ${value} as ${option}, and says what to write`, () => {
      expect(
        catchError(() => create({ consent, destination, [option]: value })),
      ).to.match(
        new RegExp(
          `^RangeError: consent-elements: ${option} is "${value}"; write a number from 0`,
        ),
      );
    });

  it("refuses a name for the news of a yes that its destination would not take", () => {
    const strict = fakeDestination(50, {
      check({ verb, name }) {
        if (verb === "consent" && name.length > 9) throw new RangeError(name);
      },
    });
    const optInEvent = "far too long";
    expect(
      catchError(() => create({ consent, destination: strict, optInEvent })),
    ).to.equal("RangeError: far too long");
  });

  it("takes an option that is undefined for one that is not there", () => {
    expect(
      catchError(() =>
        create({ consent, destination, beforeChoice: undefined, name: "x" }),
      ),
    ).to.equal("nothing");
  });

  it("leaves nothing behind when it refuses", () => {
    const store = createStore();
    const refused = catchError(() =>
      create({ consent: store, destination, purpose: "analytic" }),
    );
    const errors = catchPageErrors(() => {
      store.grantAll();
      store.denyAll();
    });
    expect([refused.split(":")[0], errors]).to.deep.equal(["RangeError", []]);
  });
});

describe("tracker", () => {
  for (const [name, body, message] of BAD_OPTIONS)
    it(`refuses ${name}, which nothing may come of`, async () => {
      const { tracker, consent: store, pass, requests } = scene();
      store.grantAll();
      expect(catchError(() => body(tracker as unknown as Loose))).to.match(
        message,
      );
      await pass(1000);
      expect(carried(requests)).to.deep.equal([["$opt_in"]]);
    });

  it("refuses a misspelt option of optOut(), with which no profile would be deleted", async () => {
    const { tracker, consent: store } = scene();
    store.grantAll();
    const error = await (
      tracker as unknown as {
        optOut(options: object): Promise<unknown>;
      }
    )
      .optOut({ delete_user: true })
      .catch(String);
    expect([error, store.isGranted("analytics")]).to.deep.equal([
      'RangeError: consent-elements: an option is "delete_user"; write deleteUser',
      true,
    ]);
  });

  for (const [name, body, message] of BAD_CALLS)
    it(`refuses ${name} at the call, and loses nothing else`, async () => {
      const { tracker, consent: store, pass, requests } = scene();
      tracker.track("before");
      const held = catchError(() => body(tracker as unknown as Loose));
      tracker.track("between");
      store.grantAll();
      await pass();
      const sending = catchError(() => body(tracker as unknown as Loose));
      tracker.track("after");
      await pass(1000);
      expect(held).to.match(message);
      expect([sending, carried(requests)]).to.deep.equal([
        held,
        [["$opt_in", "before", "between"], ["after"]],
      ]);
    });

  for (const [name, properties] of NOT_PROPERTIES)
    it(`refuses ${name} for properties, and says what to write`, () => {
      const { tracker } = scene();
      const message = catchError(() =>
        (tracker as unknown as Loose).track("a", properties),
      );
      expect(message).to.match(
        /^TypeError: consent-elements: the properties is .*; write \{ key: 1 \} below 1 MB$/,
      );
    });

  it("refuses a wrong name also after the visitor has", () => {
    const { tracker, consent: store } = scene();
    store.denyAll();
    const loose = tracker as unknown as Loose;
    expect([
      catchError(() => loose.track("")),
      catchError(() => loose.identify(7)),
    ]).to.deep.equal([
      "TypeError: consent-elements: event name is null; write a text",
      "RangeError: consent-elements: user id is 7; write a text",
    ]);
  });

  it("takes what JSON can hold, as JSON holds it", async () => {
    const {
      tracker,
      consent: store,
      pass,
      requests,
    } = scene({
      optInEvent: "",
    });
    store.grantAll();
    tracker.track("a", {
      date: new Date(0),
      none: undefined,
      nothing: null,
      list: [undefined, new Map([[1, 2]])],
      text: "\ud83e\ude81 lone \ud83e",
    });
    await pass(1000);
    const [message] = JSON.parse(requests[0]!.body) as [
      { properties: unknown },
    ];
    expect(message.properties).to.deep.equal({
      date: "1970-01-01T00:00:00.000Z",
      nothing: null,
      list: [null, {}],
      text: "\ud83e\ude81 lone \ud83e",
    });
  });
});
