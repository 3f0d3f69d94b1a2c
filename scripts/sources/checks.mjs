/**
 * What `reference/mixpanel.md` (section 6) and `reference/snowplow.md` (section 7) demand, in a few words of our own, and
 * what stands for each demand here. `docs/acceptance.md` is made of this list.
 *
 * Every test whose name begins with its check, such as `check 4, 12: forgets everything at a no`, counts by itself where it is in
 * one of {@link NAMED}. `tests` names others: a file and the beginning of a name. `scenarios` are played in
 * Chromium by the real SDK and by this library. `bridged` are scenarios for the real SDK behind its bridge.
 * `mutants` are faults that are put into the sources, and that tests must find. `not` says what does not apply, and why.
 *
 * @typedef {object} Check
 * @property {number} check
 * @property {string} demands
 * @property {readonly string[]} [scenarios]
 * @property {readonly string[]} [bridged]
 * @property {readonly (readonly [file: string, name: string])[]} [tests]
 * @property {boolean} [mutants]
 * @property {string} [not]
 */

/** Where tests are named after checks: by system, the folder and what the file's name begins with. */
export const NAMED = {
  mixpanel: [
    ["test/dialects", "mixpanel"],
    ["test/e2e", "mixpanel-dialect"],
  ],
  snowplow: [
    ["test/dialects", "snowplow"],
    ["test/e2e", "snowplow-dialect"],
    ["test/e2e", "snowplow-tag"],
    ["test", "snowplow-mobile"],
  ],
};

const ENGINE = "test/tracker/engine.test.ts";
const QUEUE = "test/tracker/queue.test.ts";
const GRANT = "test/tracker/tracker.grant.test.ts";
const DENIAL = "test/tracker/tracker.denial.test.ts";
const TIME = "test/consent/store.time.test.ts";
const BLOCKED = "test/consent/store.blocked.test.ts";

/** @type {{ mixpanel: Check[], snowplow: Check[] }} */
export const CHECKS = {
  mixpanel: [
    {
      check: 1,
      demands:
        "Three states: never asked, yes, no. Never both, and neither when never asked",
      tests: [
        [GRANT, "says whether the visitor granted, refused or was never asked"],
      ],
    },
    {
      check: 2,
      demands: "Mixpanel's own flag is read and written, with all its options",
    },
    {
      check: 3,
      demands:
        "Events, page views, groups and profiles are gated; a blocked call calls back once, with 0",
    },
    {
      check: 4,
      demands: "A no clears super properties, timers, queues and back-offs",
      tests: [
        [
          DENIAL,
          "empties the queue, stops the timers and removes the identity before it returns",
        ],
      ],
      not: "Session recording: this library records no sessions, so there is none to stop",
    },
    {
      check: 5,
      demands:
        "`$opt_in` with a name, properties or a function of the site's own, or not at all; nothing for a no",
    },
    {
      check: 6,
      demands:
        "Deletion of the profile at a no, as an option; `reset` keeps the decision; instances are independent",
      tests: [[GRANT, "keeps two trackers of one store apart"]],
    },
    {
      check: 7,
      demands:
        "`ip: false` on every endpoint; the blacklist takes default, super and own properties",
    },
    {
      check: 8,
      demands:
        "Bodies are those of the fixtures, and pass the OpenAPI description",
      tests: [
        [
          "test/collector/mixpanel-destination.test.mjs",
          "writes what Mixpanel's description allows, with ",
        ],
        ["test/tracker/mixpanel-captures.test.ts", "is the same for "],
      ],
    },
    {
      check: 9,
      demands:
        "Do Not Track: three sources, all their values, and a way to ignore it",
    },
    {
      check: 10,
      demands:
        "Before a decision no request and nothing stored; after it the decision alone",
      scenarios: ["g", "k6"],
    },
    {
      check: 11,
      demands:
        "What was tracked in the task of a no is gone, also after a new yes",
      scenarios: ["a2", "a3"],
    },
    {
      check: 12,
      demands:
        "After a no no request starts, whatever was left, waits, is retried or handed over; what is under way is cut off",
      scenarios: ["a4", "a5", "c3", "c9", "k13", "j2", "j6"],
    },
    {
      check: 13,
      demands:
        "The deletion arrives, once, never after a new yes, and nothing follows it",
      scenarios: ["a7", "k7", "a8"],
    },
    {
      check: 14,
      demands:
        "A no in one tab purges and stops the others; a yes travels with one id",
      scenarios: ["b1", "b2", "b3"],
    },
    {
      check: 15,
      demands:
        "Names and properties wait in memory for a yes, or are dropped, as the site says",
      scenarios: ["g3"],
    },
    {
      check: 16,
      demands: "A yes after a no begins afresh",
      scenarios: ["j1"],
    },
    {
      check: 17,
      demands:
        "Storage that throws, is full, blocked or damaged: no error in the page, closed, and told",
      scenarios: ["d1", "d3", "d4", "d5", "d7", "d8", "h2"],
      tests: [
        [BLOCKED, "never throws, and grants nothing before a decision (P7)"],
        [BLOCKED, "keeps each decision in memory for the page (P7)"],
      ],
    },
    {
      check: 18,
      demands:
        "A damaged flag is no answer; what was forged is not adopted or sent",
      scenarios: ["h", "h4", "h5"],
    },
    {
      check: 19,
      demands:
        "A refusal is not a default; the record has time, version and source, and ends",
      tests: [
        [TIME, "ends at exactly 180 days, for every answer alike (P6)"],
        [TIME, "asks again: grants lapse, a refusal stands"],
      ],
    },
    {
      check: 20,
      demands: "`$opt_in` once a change, tried until it has arrived",
      scenarios: ["e1", "c8"],
      not: "A receipt for a no: it would be a request after a refusal. The store's record and its `consent-change` are the receipt",
    },
    {
      check: 21,
      demands:
        "Global Privacy Control counts by default; no id is written under a signal",
      scenarios: ["f1", "f2", "f3"],
    },
    {
      check: 22,
      demands: "Forgetting the decision goes back to the default at once",
      scenarios: ["j5"],
    },
    {
      check: 23,
      demands: "The decision can hold on all subdomains that share the id",
      scenarios: ["j9"],
    },
    {
      check: 24,
      demands:
        "Calls noted before the library is there keep their order, and a refusal among them wins",
      scenarios: ["k17"],
    },
    {
      check: 25,
      demands:
        "The blacklist also takes profiles, groups and what is stored, and refuses what events cannot do without",
    },
    {
      check: 26,
      demands:
        "Retry-After, jitter, 2 s to 60 s; a 400 is final; a broken connection is not",
      scenarios: ["c5", "c7"],
      tests: [
        [QUEUE, "tries again after "],
        [QUEUE, "spreads its pauses at random, by half at most"],
        [
          QUEUE,
          "waits as long as the receiver says, and no less than it would",
        ],
        [QUEUE, "gives up what the receiver refuses with "],
      ],
    },
    {
      check: 27,
      demands: "A late yes starts what the start would have started",
      scenarios: ["k4"],
      not: "Autocapture and recording: there are none",
    },
    {
      check: 28,
      demands: "Many events cost no more each than few; what waits is bounded",
      scenarios: ["i"],
      tests: [
        [
          ENGINE,
          "writes a thousand events as cheaply as a hundred, ten times over",
        ],
        [
          ENGINE,
          "keeps a thousand calls and a million characters, counts the rest and says so",
        ],
      ],
      not: "Microseconds a call: a figure of a machine, measured by `npm run bench` beside the real SDK",
    },
    {
      check: 29,
      demands:
        "Hashed ids before storage and wire; ids from the browser's cryptography",
      tests: [
        [
          "test/tracker/hash.test.ts",
          "is SHA-256 of salt and id, in hexadecimal",
        ],
      ],
    },
    {
      check: 30,
      demands:
        "Types know every option; six named faults are found by the tests",
      mutants: true,
      not: "The types are checked by `npm run test:types` (`test/types/mixpanel.ts`), which `npm test` runs",
    },
  ],
  snowplow: [
    {
      check: 1,
      demands: "No identifier on the wire: bodies, headers, cookies",
      scenarios: ["5.11"],
      tests: [
        [
          "test/testing/levels.test.ts",
          '${name} is anonymous at ${passes || "no level"}',
        ],
      ],
    },
    {
      check: 2,
      demands: "Rows of the warehouse: how many were seen, and how many leak",
      tests: [
        ["test/verify-no-pii-sql.test.mjs", "counts "],
        ["test/verify-no-pii-sql.test.mjs", "finds "],
      ],
      not: "A warehouse of the pipeline's own: rows are written by hand, into the SQLite of Node. A Node without it (before 22.13) skips the tests",
    },
    {
      check: 3,
      demands: "Every field, at every level, in all storage strategies",
      scenarios: ["5.14"],
    },
    {
      check: 4,
      demands: "Every event and entity is valid; what cannot be is refused",
      scenarios: ["5.13"],
      tests: [
        [
          "test/collector/snowplow-destination.test.mjs",
          "is valid on a page, by ",
        ],
        [
          "test/collector/snowplow-destination.test.mjs",
          "is valid where there is no document, by ",
        ],
      ],
    },
    {
      check: 5,
      demands:
        "Mobile: the three shapes, flat and nested, both spellings; a wrong key is an error",
    },
    {
      check: 6,
      demands: "A withdrawal is final, whatever waits and wherever",
      scenarios: ["5.1", "5.2", "5.3", "5.5", "5.6", "5.19", "5.21"],
    },
    {
      check: 7,
      demands: "The level never rises by itself",
    },
    {
      check: 8,
      demands: "Tabs, the page cache, links to other sites, two trackers",
      scenarios: ["5.8", "5.9", "5.10"],
    },
    {
      check: 9,
      demands: "No id of one level appears in another",
      scenarios: ["5.12", "5.20", "5.22"],
    },
    {
      check: 10,
      demands: "Nothing is stored or read before a choice",
      scenarios: ["5.15"],
    },
    {
      check: 11,
      demands:
        "Global Privacy Control and Do Not Track, at the start and later",
      scenarios: ["5.17", "5.18"],
    },
    {
      check: 12,
      demands: "Blocked cookies, sandboxes, full storage: quiet, and anonymous",
      scenarios: ["5.26", "5.27"],
    },
    {
      check: 13,
      demands:
        "A request for each level, without credentials below full; one that is refused holds up no other",
      scenarios: ["5.4", "5.7", "5.16", "5.24"],
    },
    {
      check: 14,
      demands:
        "What is held leaves after a yes and is dropped at a no; each event once, in order",
      scenarios: ["5.23", "5.25"],
    },
    {
      check: 15,
      demands:
        "One consent event a choice, told at the level that holds after it",
    },
    {
      check: 16,
      demands: "The real tracker behind its bridge passes 1, 6, 8 and 9",
      bridged: [
        "5.1",
        "5.2",
        "5.3",
        "5.5",
        "5.6",
        "5.8",
        "5.9",
        "5.10",
        "5.11",
        "5.12",
        "5.20",
        "5.22",
      ],
      tests: [
        [
          "test/e2e/bridges.snowplow.test.mjs",
          "sends nothing after a no, whoever calls the SDK, and stores nothing",
        ],
      ],
    },
  ],
};
