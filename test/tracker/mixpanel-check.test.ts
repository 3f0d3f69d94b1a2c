import { expect } from "@open-wc/testing";
import type { Call, Verb } from "../../src/tracker/destination.js";
import { checkCall } from "../../src/tracker/destinations/mixpanel-check.js";
import { catchError } from "../support/catch-error.js";
import { START } from "../support/fake-timers.js";

const check = (
  verb: Verb,
  name: string,
  properties: object = {},
  more: object = {},
) =>
  catchError(() =>
    checkCall({
      verb,
      name,
      json: JSON.stringify(properties),
      time: START,
      page: undefined,
      level: "full",
      ...more,
    } as Call),
  ).replace(/; write .+$/, "; write …");

/** So many properties, with names as short as can be. */
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [i.toString(36), 0]),
  );
const list = (count: number) => Array.from({ length: count }, () => 0);
/** A value that holds others, so many levels deep. */
const nested = (levels: number): unknown =>
  levels ? (levels % 2 ? { a: nested(levels - 1) } : [nested(levels - 1)]) : 1;
const group = (key: unknown, id: unknown) => ({ group: { key, id } });

const TAKEN = "nothing";
const range = (what: string) =>
  `RangeError: consent-elements: ${what}; write …`;
const type = (what: string) => `TypeError: consent-elements: ${what}; write …`;

const CASES: [string, Parameters<typeof check>, string][] = [
  ["an event", ["track", "a", { n: 1 }], TAKEN],
  ["the longest name", ["track", "n".repeat(255)], TAKEN],
  [
    "a name that is too long",
    ["track", "n".repeat(256)],
    range("the length of an event's name is 256"),
  ],
  [
    "an event without a name",
    ["track", ""],
    range("the length of an event's name is 0"),
  ],
  ["a page view", ["page", ""], TAKEN],
  ["a decision without an event", ["consent", ""], TAKEN],
  [
    "a grant's event with a name that is too long",
    ["consent", "n".repeat(256)],
    range("the length of an event's name is 256"),
  ],
  ["a user's id that is longer", ["identify", "n".repeat(256)], TAKEN],
  [
    "an id that stands for a mistake",
    ["identify", "undefined"],
    range(`user id is "undefined"`),
  ],
  [
    "an alias that stands for a mistake",
    ["alias", "0"],
    range(`user id is "0"`),
  ],

  ["254 properties", ["track", "a", many(254)], TAKEN],
  [
    "255 properties",
    ["track", "a", many(255)],
    range("the number of entries in the properties is 255"),
  ],
  [
    "255 properties of a page view",
    ["page", "", many(255)],
    range("the number of entries in the properties is 255"),
  ],
  [
    "255 properties that would go with every event",
    ["register", "", many(255)],
    range("the number of entries in the properties is 255"),
  ],
  ["a list of 254", ["track", "a", { l: list(254) }], TAKEN],
  [
    "a list of 255",
    ["track", "a", { l: list(255) }],
    range("the number of entries in l is 255"),
  ],
  [
    "a list of 255 further down",
    ["track", "a", { o: { l: list(255) } }],
    range("the number of entries in o is 255"),
  ],
  [
    "an object of 255",
    ["track", "a", { o: many(255) }],
    range("the number of entries in o is 255"),
  ],
  ["a value of 3 levels", ["track", "a", { o: nested(3) }], TAKEN],
  [
    "a value of 4 levels",
    ["track", "a", { o: nested(4) }],
    range("the depth of o is 4"),
  ],
  [
    "a value of 4 levels behind others",
    ["track", "a", { n: 1, t: "x", o: { b: 1, c: [1, { d: [] }] } }],
    range("the depth of o is 4"),
  ],
  [
    "brackets in texts",
    ["track", "[{[{[{", { "{{{{{{": "[[[[[[[[", l: [{}, {}, {}, {}, {}] }],
    TAKEN,
  ],
  ["a long text", ["track", "a", { t: "x".repeat(900_000) }], TAKEN],
  [
    "a megabyte",
    ["track", "a", { t: "x".repeat(1_000_000) }],
    range("the length of an event is 1000008"),
  ],
  [
    "a megabyte of characters that take three",
    ["track", "a", { t: "風".repeat(333_400) }],
    range("the length of an event is 1000208"),
  ],
  ["fewer of them", ["track", "a", { t: "風".repeat(333_000) }], TAKEN],

  ...[
    "set",
    "setOnce",
    "add",
    "append",
    "remove",
    "union",
    "unset",
    "delete",
  ].map((name): (typeof CASES)[number] => [
    `${name} on a profile`,
    ["profile", name, {}],
    TAKEN,
  ]),
  ...["set", "setOnce", "remove", "union", "unset", "delete"].map(
    (name): (typeof CASES)[number] => [
      `${name} on a group`,
      ["group", name, {}, group("company", "c1")],
      TAKEN,
    ],
  ),
  [
    "an operation that there is not",
    ["profile", "increment"],
    range(`what to do with a profile is "increment"`),
  ],
  [
    "an operation that groups have not",
    ["group", "add", {}, group("company", "c1")],
    range(`what to do with a group is "add"`),
  ],
  ["a profile of 300 properties", ["profile", "set", many(300)], TAKEN],
  ["numbers to add", ["profile", "add", { a: 1, b: -0.5, c: 0 }], TAKEN],
  [
    "a text to add",
    ["profile", "add", { a: 1, b: "1" }],
    type(`b in add is ["1"]`),
  ],
  [
    "what is no number in JSON",
    ["profile", "add", { a: Number.NaN }],
    type("a in add is [null]"),
  ],
  [
    "lists to unite",
    ["profile", "union", { a: ["x", 0], b: "x", c: 0 }],
    TAKEN,
  ],
  [
    "an empty list",
    ["profile", "union", { a: [] }],
    type("a in union is [[]]"),
  ],
  [
    "an object in a list",
    ["profile", "union", { a: ["x", {}] }],
    type(`a in union is [["x",{}]]`),
  ],
  [
    "no text in a group's list",
    ["group", "union", { a: [null] }, group("company", "c1")],
    type("a in union is [[null]]"),
  ],
  ["a group with a number", ["group", "set", {}, group("company", 0)], TAKEN],
  ["no group", ["group", "set"], type("a group's key is null")],
  [
    "a group without a key",
    ["group", "set", {}, group("", "c1")],
    type("a group's key is null"),
  ],
  [
    "a group without an id",
    ["group", "set", {}, group("company", "")],
    type("a group's id is null"),
  ],
  [
    "a group whose id is a list",
    ["group", "set", {}, group("company", ["c1"])],
    type(`a group's id is ["c1"]`),
  ],
];

describe("what Mixpanel takes of a call", () => {
  for (const [what, call, answer] of CASES)
    it(`${answer === TAKEN ? "takes" : "refuses"} ${what}`, () => {
      expect(check(...call)).to.equal(answer);
    });

  it("does not read an event that is too small to break a limit", () => {
    // Not JSON: reading it would throw.
    const json = `{"a":[[[${"x".repeat(400)}`;
    const call = { verb: "track", name: "a", json } as Call;
    expect(catchError(() => checkCall(call))).to.equal("nothing");
  });
});
