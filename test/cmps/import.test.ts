import { expect } from "@open-wc/testing";
import type { Decision, Earlier } from "../../src/cmps/earlier.js";
import { importDecision, removeEarlier } from "../../src/cmps/import.js";
import { toMilliseconds } from "../../src/consent/duration.js";
import { createStore } from "../../src/consent/store.js";
import { catchError } from "../support/catch-error.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";

const DAY = 864e5;
const clock = fakeClock();
const now = clock();

/** A layer that has kept the given decisions. */
function layer(
  name: string,
  ...decisions: [Decision["choices"], daysAgo?: number][]
): Earlier {
  return {
    name,
    stores: {},
    read: () =>
      decisions.map(([choices, days = 10]) => ({
        choices,
        time: now - days * DAY,
      })),
  };
}

/** Imports into an empty storage, and returns what a store made with it knows. */
function imported(
  from: Earlier[],
  options: Partial<Parameters<typeof importDecision>[0]> = {},
  storage = new FakeRecordStorage(),
) {
  importDecision({ storage, from, clock, ...options });
  return createStore({
    storage,
    clock,
    purposes: ["necessary", "functional", "analytics", "marketing"],
    ...(options.maxAge && { maxAge: toMilliseconds(options.maxAge) }),
    ...(options.revision && { revision: options.revision }),
  });
}

describe("the import of an earlier decision", () => {
  it("gives the store a record with the decision's own time, marked as imported and by whom", () => {
    const { record, needsChoice } = imported([
      layer("cookiebot", [
        { preferences: "denied", statistics: "granted", marketing: "denied" },
      ]),
    ]);
    expect(record).to.deep.equal({
      choices: {
        functional: "denied",
        analytics: "granted",
        marketing: "denied",
      },
      revision: "1",
      time: new Date(now - 10 * DAY).toISOString(),
      source: "import",
      action: "cookiebot",
    });
    expect(needsChoice).to.equal(false);
  });

  it("lets it end when it would have ended here, counted from the decision", () => {
    const time = fakeClock();
    const storage = new FakeRecordStorage();
    const from = [layer("x", [{ analytics: "granted" }, 179])];
    importDecision({ storage, from, clock: time });
    expect(storage.expires).to.equal(new Date(now + DAY).toISOString());
    const store = createStore({ storage, clock: time });
    expect(store.isGranted("analytics")).to.equal(true);
    time.move(DAY);
    store.refresh();
    expect(store.isGranted("analytics")).to.equal(false);
    expect(store.needsChoice).to.equal(true);
  });

  for (const [what, days] of [
    ["as old as max-age", 180],
    ["of the future", -1],
    ["without a time", NaN],
  ] as const)
    it(`takes a decision ${what} for none`, () => {
      const storage = new FakeRecordStorage();
      const from = [layer("x", [{ analytics: "granted" }, days])];
      const store = imported(from, {}, storage);
      expect(storage.writes).to.deep.equal([]);
      expect(store.record).to.equal(undefined);
      expect(store.needsChoice).to.equal(true);
    });

  it("never overwrites a record of the site's own, be it older, of another revision or damaged", () => {
    for (const text of [
      "analytics=denied&revision=1&time=2026-06-01T00:00:00.000Z&source=user&action=save",
      "analytics=denied&revision=0&time=2026-11-01T00:00:00.000Z&source=user&action=save",
      "damaged",
    ]) {
      const storage = new FakeRecordStorage(text);
      const from = [layer("x", [{ analytics: "granted" }])];
      expect(importDecision({ storage, from, clock })).to.equal(undefined);
      expect(storage.writes).to.deep.equal([]);
    }
  });

  it("asks about what was not asked over there", () => {
    const store = imported([layer("x", [{ statistics: "granted" }])]);
    expect(store.isGranted("analytics")).to.equal(true);
    expect(store.get("marketing")).to.equal(undefined);
    expect(store.needsChoice).to.equal(true);
  });

  const cases: [
    string,
    Decision["choices"],
    Record<string, string | string[]>,
    string | undefined,
  ][] = [
    ["one category, granted", { a: "granted" }, { analytics: "a" }, "granted"],
    ["one category, refused", { a: "denied" }, { analytics: "a" }, "denied"],
    [
      "two, both granted",
      { a: "granted", b: "granted" },
      { analytics: ["a", "b"] },
      "granted",
    ],
    [
      "two, one refused",
      { a: "granted", b: "denied" },
      { analytics: ["a", "b"] },
      "denied",
    ],
    [
      "two, one not asked",
      { a: "granted" },
      { analytics: ["a", "b"] },
      undefined,
    ],
    ["a category that is not there", {}, { analytics: "a" }, undefined],
    [
      "a category that the map leaves out",
      { analytics: "granted" },
      { marketing: "ads" },
      undefined,
    ],
    [
      "a service of a refused category",
      { a: "denied" },
      { analytics: ["a/one"] },
      "denied",
    ],
    [
      "a service that was not accepted in an accepted category",
      { "a/one": "granted" },
      { analytics: ["a/one", "a/two"] },
      undefined,
    ],
    [
      "names that every object has",
      { a: "granted" },
      { analytics: "constructor" },
      undefined,
    ],
  ];
  for (const [what, choices, purposes, answer] of cases)
    it(`reads ${what} as ${answer ?? "not asked"}`, () => {
      const store = imported([layer("x", [choices])], { purposes });
      expect(store.get("analytics")).to.equal(answer);
    });

  it("knows the usual names of categories, and refuses where two of them disagree", () => {
    const store = imported([
      layer("x", [
        {
          C0002: "granted",
          Performance: "granted",
          targeting: "granted",
          advertising: "denied",
          personalization: "granted",
          unknown: "granted",
        },
      ]),
    ]);
    expect(store.record?.choices).to.deep.equal({
      analytics: "granted",
      marketing: "denied",
      functional: "granted",
    });
  });

  it("takes the newest of several decisions, and of one time the stricter", () => {
    const newest = imported([
      layer("old", [{ analytics: "granted" }, 20]),
      layer("new", [{ analytics: "denied" }, 10]),
    ]);
    expect(newest.record?.action).to.equal("new");
    expect(newest.get("analytics")).to.equal("denied");
    const [yes, no] = [
      [{ analytics: "granted" }],
      [{ analytics: "denied" }],
    ] as [Decision["choices"]][];
    for (const both of [
      [yes!, no!],
      [no!, yes!],
    ])
      expect(imported([layer("x", ...both)]).get("analytics")).to.equal(
        "denied",
      );
  });

  it("writes for the revision and the max-age of the store", () => {
    const from = [layer("x", [{ analytics: "granted" }, 40])];
    expect(
      imported(from, { revision: "2026-11" }).isGranted("analytics"),
    ).to.equal(true);
    expect(imported(from, { maxAge: "P30D" }).record).to.equal(undefined);
  });

  it("leaves a visitor whose storage is blocked unanswered, and tells", () => {
    const storage = new FakeRecordStorage();
    storage.unwritable = true;
    const errors: unknown[] = [];
    const from = [layer("x", [{ analytics: "granted" }])];
    const report = (error: unknown) => errors.push(error);
    expect(importDecision({ storage, from, clock, report })).to.equal(
      undefined,
    );
    expect(String(errors)).to.contain("writing is blocked");
  });

  const storage = new FakeRecordStorage();
  const from = [layer("x", [{ analytics: "granted" }])];
  for (const [what, options, message] of [
    ["no storage", { from }, "TypeError: consent-elements: storage is null"],
    ["no layer", { storage, from: [] }, "TypeError: consent-elements: from is"],
    [
      "an option that there is not",
      { storage, from, purpose: {} },
      "TypeError: consent-elements: an option",
    ],
    [
      "a required purpose",
      { storage, from, purposes: { necessary: "a" } },
      "RangeError: consent-elements: a required purpose",
    ],
    [
      "a purpose that no record could hold",
      { storage, from, purposes: { time: "a" } },
      "RangeError: consent-elements: a purpose's name",
    ],
    [
      "a purpose without categories",
      { storage, from, purposes: { analytics: [] } },
      "TypeError: consent-elements: analytics is null",
    ],
  ] as [string, object, string][])
    it(`refuses ${what}`, () => {
      expect(catchError(() => importDecision(options as never))).to.contain(
        message,
      );
    });
});

describe("the removal of what an earlier layer has kept", () => {
  it("waits until the store has a decision", async () => {
    let reads = 0;
    const from: Earlier[] = [
      {
        ...layer("x"),
        get stores() {
          reads++;
          return {};
        },
      },
    ];
    const consent = createStore();
    await removeEarlier(from, consent);
    expect(reads).to.equal(0);
    consent.denyAll();
    await removeEarlier(from, consent);
    expect(reads).to.equal(1);
  });
});
