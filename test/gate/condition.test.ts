import { expect } from "@open-wc/testing";
import type { Choices } from "../../src/consent/choice.js";
import { toText } from "../../src/consent/record.js";
import { createStore, type StoreOptions } from "../../src/consent/store.js";
import { isMet, parseCondition } from "../../src/gate/condition.js";
import { catchError } from "../support/catch-error.js";

const WRITE = `write "analytics marketing" for all of them, "analytics|marketing" for any, "!analytics" for a refusal`;

function store(choices: Choices = {}, options: StoreOptions = {}) {
  const consent = createStore({
    purposes: ["necessary", "analytics", "marketing"],
    ...options,
  });
  if (Object.keys(choices)[0]) consent.set(choices);
  return consent;
}

describe("a condition", () => {
  const yes = { analytics: "granted" } as const;
  const no = { analytics: "denied" } as const;
  const CASES: [text: string, choices: Choices, isMet: boolean][] = [
    ["necessary", {}, true],
    ["analytics", {}, false],
    ["analytics", yes, true],
    [" analytics\n", yes, true],
    ["analytics", no, false],
    ["analytics", { analytics: "anonymous" }, false],
    ["analytics marketing", yes, false],
    ["analytics  marketing", { ...yes, marketing: "granted" }, true],
    ["analytics|marketing", yes, true],
    ["marketing|analytics", yes, true],
    ["analytics|marketing", no, false],
    ["!analytics", {}, false],
    ["!analytics", no, true],
    ["!analytics", { analytics: "anonymous" }, false],
    ["!analytics", yes, false],
    ["!necessary", no, false],
    ["marketing !analytics", { ...no, marketing: "granted" }, true],
    ["marketing !analytics", { ...yes, marketing: "granted" }, false],
    ["!marketing|analytics", { ...no, marketing: "denied" }, true],
  ];
  for (const [text, choices, met] of CASES)
    it(`"${text.trim()}" is ${met ? "" : "not "}met by ${JSON.stringify(choices)}`, () => {
      expect(isMet(parseCondition(text), store(choices))).to.equal(met);
    });

  it("takes no answer for a yes where the mode does, and never for a no", () => {
    const consent = store({}, { mode: "opt-out" });
    expect(isMet(parseCondition("analytics"), consent)).to.equal(true);
    expect(isMet(parseCondition("!analytics"), consent)).to.equal(false);
  });

  it("is not met before the storage has answered, not even by what it seems to hold", () => {
    const kept = store({ analytics: "denied" }).record!;
    const consent = store(
      {},
      {
        storage: {
          ready: new Promise(() => {}),
          read: () => [toText(kept)],
          write() {},
        },
      },
    );
    for (const text of ["necessary", "analytics|necessary", "!analytics"])
      expect(isMet(parseCondition(text), consent), text).to.equal(false);
  });

  for (const text of [
    "",
    " ",
    "!",
    "!!analytics",
    "! analytics",
    "analytics, marketing",
    "analytics | marketing",
    "analytics|marketing functional",
    "analytics||marketing",
    "|analytics",
    "analytics&marketing",
  ])
    it(`refuses ${JSON.stringify(text)} and says what to write`, () => {
      expect(catchError(() => parseCondition(text))).to.equal(
        `RangeError: consent-elements: data-consent is ${JSON.stringify(text)}; ${WRITE}`,
      );
    });

  for (const text of ["statistics", "analytics|statistics", "!statistics"])
    it(`refuses the unknown purpose in "${text}", also where another term decides`, () => {
      expect(
        catchError(() =>
          isMet(parseCondition(text), store({ analytics: "granted" })),
        ),
      ).to.equal(
        `RangeError: consent-elements: a purpose in data-consent is "statistics"; write necessary or analytics or marketing`,
      );
    });
});
