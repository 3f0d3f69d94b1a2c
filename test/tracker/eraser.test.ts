import { expect } from "@open-wc/testing";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import type { DestinationInput } from "../../src/tracker/destination.js";
import { eraseProfile } from "../../src/tracker/eraser.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import {
  fakeFetch,
  type Answer,
  type SentRequest,
} from "../support/fake-fetch.js";
import { fakeTimers, START, type FakeTimers } from "../support/fake-timers.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";

const DEVICE = "0a1b2c3d-0000-4000-8000-000000000001";
const KEPT = JSON.stringify({
  grant: "9f8e7d6c-0000-4000-8000-000000000009",
  deviceId: DEVICE,
  userId: "user-42",
  initialReferrer: "https://search.test/",
  registered: { plan: "pro" },
});

interface EraserScene {
  consent: ConsentStore;
  record: FakeRecordStorage;
  time: FakeTimers;
  requests: SentRequest[];
  /** When each request was made, in milliseconds since the start. */
  times: number[];
  errors: unknown[];
  /** What the promise resolved to, once it did. */
  results: unknown[];
}

async function erase({
  answers = [],
  kept = KEPT,
  destination = fakeDestination(),
  choice = "denied",
}: {
  answers?: Answer[];
  kept?: string;
  destination?: DestinationInput;
  choice?: "denied" | "granted";
} = {}): Promise<EraserScene> {
  const time = fakeTimers();
  const { fetch, requests } = fakeFetch(...answers);
  const times: number[] = [];
  const errors: unknown[] = [];
  const results: unknown[] = [];
  const record = new FakeRecordStorage();
  const consent = createStore({ clock: time.now, storage: record });
  consent.addEventListener("consent-error", ({ error }) => errors.push(error));
  consent.set({ analytics: choice });
  void eraseProfile(kept, {
    consent,
    destination,
    name: "eraser",
    clock: time.now,
    fetch: (...request) => {
      times.push(time.now() - START);
      return fetch(...request);
    },
  }).then(
    (result) => results.push(result),
    (error: unknown) => results.push(`rejected: ${String(error)}`),
  );
  await turn();
  return { consent, record, time, requests, times, errors, results };
}

describe("the deletion of a profile", () => {
  beforeEach(() => {
    stubProperty(Math, "random", () => () => 0);
  });

  it("is sent once, names that profile and nothing else, and needs no page", async () => {
    const { time, requests, errors, results } = await erase();
    await time.advance(864e5);
    const [request] = requests;
    const [message] = messagesIn(request!);
    expect([
      requests.length,
      request!.keepalive,
      request!.credentials,
      request!.referrerPolicy,
      results,
      errors,
      time.waiting,
    ]).to.deep.equal([1, false, "omit", "origin", [true], [], []]);
    const { id, view, ...rest } = message!;
    expect(rest).to.deep.equal({
      level: "anonymous",
      serverAnonymity: true,
      verb: "profile",
      name: "delete",
      properties: {},
      time: START,
      who: { userId: "user-42" },
    });
    expect([id === view, `${id}${view}`.includes(DEVICE)]).to.deep.equal([
      false,
      false,
    ]);
  });

  it("is tried again with the same id, after 2 s and up to 60 s, until the receiver has taken it", async () => {
    const { time, requests, times, results } = await erase({
      answers: [
        "fail",
        { status: 503 },
        { status: 429 },
        { status: 500 },
        "fail",
        "fail",
        { status: 502 },
      ],
    });
    await time.advance(864e5);
    const ids = requests.map((request) => messagesIn(request)[0]!.id);
    expect([
      times.slice(1).map((at, i) => at - times[i]!),
      new Set(ids).size,
      results,
    ]).to.deep.equal([
      [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000],
      1,
      [true],
    ]);
  });

  it("spreads its pauses at random, and waits as long as the receiver says", async () => {
    stubProperty(Math, "random", () => () => 0.5);
    const { time, times } = await erase({
      answers: ["fail", { status: 429, headers: { "Retry-After": "120" } }],
    });
    await time.advance(864e5);
    expect(times).to.deep.equal([0, 2500, 122_500]);
  });

  it("is tried again where no answer comes in thirty seconds, and says so once", async () => {
    const { time, requests, times, results, errors } = await erase({
      answers: ["hang", "hang"],
    });
    await time.advance(864e5);
    expect([
      times,
      requests.map(({ signal }) => signal.aborted),
      results,
      errors.map(String),
      time.waiting,
    ]).to.deep.equal([
      [0, 32_000, 66_000],
      [true, true, false],
      [true],
      ["Error: consent-elements: no answer in time"],
      [],
    ]);
  });

  for (const [name, answer] of [
    ["400", { status: 400 }],
    ["401", { status: 401 }],
    ['{"status":0}', { body: '{"status":0}' }],
  ] as [string, Answer][])
    it(`is given up where the receiver refuses it with ${name}, and says so`, async () => {
      const { time, requests, errors, results } = await erase({
        answers: [answer],
      });
      await time.advance(864e5);
      expect([requests.length, results, errors.map(String)]).to.deep.equal([
        1,
        [false],
        [`Error: consent-elements: the deletion was refused: ${name}`],
      ]);
    });

  it("is never sent after a new yes, also one that nobody told of", async () => {
    const found = [];
    for (const how of ["told", "unheard", "forgotten"]) {
      const { consent, record, time, requests, results } = await erase({
        answers: ["fail"],
      });
      if (how === "told") consent.grantAll();
      if (how === "forgotten") consent.reset();
      if (how === "unheard") {
        await time.advance(1);
        const other = createStore({ clock: time.now, storage: record });
        other.grantAll();
      }
      await time.advance(864e5);
      found.push([how, requests.length, results]);
    }
    expect(found).to.deep.equal([
      ["told", 1, [false]],
      ["unheard", 1, [false]],
      ["forgotten", 1, [false]],
    ]);
  });

  it("is over at a new yes, also where a no follows it before the next attempt", async () => {
    const { consent, time, requests, results } = await erase({
      answers: ["fail"],
    });
    consent.grantAll();
    await time.advance(1);
    consent.denyAll();
    await time.advance(864e5);
    expect([requests.length, results, time.waiting]).to.deep.equal([
      1,
      [false],
      [],
    ]);
  });

  it("is cut off by a new yes while it is under way, and not reported", async () => {
    const { consent, time, requests, results, errors } = await erase({
      answers: ["hang"],
    });
    consent.grantAll();
    await turn();
    const cut = [requests[0]!.signal.aborted, results];
    await time.advance(864e5);
    expect([cut, requests.length, errors, time.waiting]).to.deep.equal([
      [true, [false]],
      1,
      [],
      [],
    ]);
  });

  it("is not over at a decision on something else, or at another no", async () => {
    const { consent, time, requests, results } = await erase({
      answers: ["fail"],
    });
    consent.set({ analytics: "denied" });
    consent.withdraw();
    await time.advance(864e5);
    expect([requests.length, results]).to.deep.equal([2, [true]]);
  });

  it("does not begin while a page is prerendered, and not after a yes on it", async () => {
    let isPrerendered = true;
    stubProperty(document, "prerendering", () => isPrerendered);
    const stays = await erase();
    const ends = await erase();
    ends.consent.grantAll();
    ends.consent.denyAll();
    await stays.time.advance(1000);
    const before = stays.requests.length;
    isPrerendered = false;
    document.dispatchEvent(new Event("prerenderingchange"));
    await turn();
    expect([
      before,
      stays.requests.length,
      stays.results,
      ends.requests.length,
      ends.results,
    ]).to.deep.equal([0, 1, [true], 0, [false]]);
  });

  const hide = (hidden: boolean) => {
    stubProperty(document, "hidden", () => hidden);
    document.dispatchEvent(new Event("visibilitychange"));
  };
  const go = () => dispatchEvent(new Event("pagehide"));
  const shape = ({ requests }: EraserScene) =>
    requests.map(({ keepalive, signal }) => [keepalive, signal.aborted]);

  it("is asked again in a way that outlives the page where it is under way when that goes", async () => {
    const hidden = await erase({ answers: ["hang", "hang"] });
    hide(true);
    hide(true);
    go();
    const gone = await erase({ answers: ["hang", "hang"] });
    go();
    for (const all of [hidden, gone]) {
      all.requests[1]!.answer({});
      await turn();
    }
    expect([
      shape(hidden),
      hidden.results,
      shape(gone),
      gone.results,
    ]).to.deep.equal([
      [
        [false, true],
        [true, false],
      ],
      [true],
      [
        [false, true],
        [true, false],
      ],
      [true],
    ]);
  });

  it("is asked once more when the page goes in a pause, and not when it is put into the background", async () => {
    const all = await erase({
      answers: [{ status: 503, headers: { "Retry-After": "3600" } }],
    });
    hide(true);
    hide(false);
    const before = all.requests.length;
    go();
    await turn();
    go();
    expect([before, shape(all), all.results]).to.deep.equal([
      1,
      [
        [false, false],
        [true, false],
      ],
      [true],
    ]);
  });

  it("is not asked when the page goes after a yes that nobody told of", async () => {
    const { record, time, requests } = await erase({ answers: ["hang"] });
    await time.advance(1);
    createStore({ clock: time.now, storage: record }).grantAll();
    go();
    expect([requests.length, requests[0]!.signal.aborted]).to.deep.equal([
      1,
      true,
    ]);
  });

  it("is not sent at all without a no", async () => {
    const { requests, results } = await erase({ choice: "granted" });
    expect([requests, results]).to.deep.equal([[], [false]]);
  });

  const NOBODY = [
    "",
    "not JSON",
    "null",
    "[]",
    "{}",
    JSON.stringify({ deviceId: DEVICE }),
    JSON.stringify({ deviceId: DEVICE, userId: "" }),
    JSON.stringify({ ...JSON.parse(KEPT), userId: { $ne: 1 } }),
  ];
  it("is not sent where nobody is known, or only damage", async () => {
    const found = [];
    for (const kept of NOBODY) {
      const { requests, results } = await erase({ kept });
      if (requests.length || results.join() !== "false")
        found.push([kept, requests.length, results]);
    }
    expect(found).to.deep.equal([]);
  });

  it("is not sent where the receiver has no profiles", async () => {
    const { requests, results, errors } = await erase({
      destination: fakeDestination(50, { write: () => undefined }),
    });
    expect([requests, results, errors]).to.deep.equal([[], [false], []]);
  });

  it("is sent by a destination that is fetched first, and says so where it cannot be", async () => {
    const found = await erase({ destination: async () => fakeDestination() });
    const lost = await erase({
      destination: () => Promise.reject(new TypeError("no chunk")),
    });
    expect([
      found.requests.length,
      found.results,
      lost.requests,
      lost.results,
      lost.errors.map(String),
    ]).to.deep.equal([1, [true], [], [false], ["TypeError: no chunk"]]);
  });

  it("says so where the destination cannot write it", async () => {
    const { results, errors } = await erase({
      destination: fakeDestination(50, {
        write() {
          throw new RangeError("not this one");
        },
      }),
    });
    expect([results, errors.map(String)]).to.deep.equal([
      [false],
      ["RangeError: not this one"],
    ]);
  });
});
