import { expect } from "@open-wc/testing";
import type { Destination, Message } from "../../src/tracker/destination.js";
import type { Level } from "../../src/tracker/level.js";
import { createQueue, type Queue } from "../../src/tracker/queue.js";
import { carried } from "../support/carried.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import {
  fakeFetch,
  type Answer,
  type SentRequest,
} from "../support/fake-fetch.js";
import { fakeTimers, START, type FakeTimers } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { stubProperty } from "../support/stub-property.js";

const DAY = 864e5;

interface QueueScene {
  queue: Queue;
  time: FakeTimers;
  requests: SentRequest[];
  /** When each request was made, in milliseconds since the test's start. */
  times: number[];
  errors: unknown[];
  /** What the queue asked leave for. */
  asked: Level[];
  /** Whether anything may leave. */
  allow: { now: boolean };
  add(...names: string[]): void;
}

function setUp({
  answers = [],
  destination = fakeDestination(),
  fetch,
}: {
  answers?: Answer[];
  destination?: Destination;
  fetch?: typeof globalThis.fetch;
} = {}): QueueScene {
  const time = fakeTimers();
  const network = fakeFetch(...answers);
  const times: number[] = [];
  const errors: unknown[] = [];
  const asked: Level[] = [];
  const allow = { now: true };
  const queue = createQueue({
    destination,
    clock: time.now,
    report: (error) => errors.push(error),
    mayLeave: (level) => {
      asked.push(level);
      return allow.now;
    },
    fetch: (...request) => {
      times.push(time.now() - START);
      return (fetch ?? network.fetch)(...request);
    },
  });
  return {
    queue,
    time,
    requests: network.requests,
    times,
    errors,
    asked,
    allow,
    add: (...names) => {
      for (const name of names) queue.add(makeMessage(name), 1000);
    },
  };
}

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const size = (list: readonly SentRequest[]) =>
  list.reduce((sum, { body }) => sum + body.length, 0);

describe("queue", () => {
  beforeEach(() => {
    stubProperty(Math, "random", () => () => 0);
  });

  it("sends what was added within the time that it may wait, as a plain request", async () => {
    const { add, time, requests, times } = setUp();
    add("a");
    await time.advance(400);
    add("b");
    await time.advance(599);
    const before = carried(requests);
    await time.advance(1);
    const [request] = requests;
    expect([before, carried(requests), times]).to.deep.equal([
      [],
      [["a", "b"]],
      [1000],
    ]);
    expect([
      request?.url.href,
      request?.method,
      request?.headers,
      request?.credentials,
      request?.keepalive,
      time.waiting,
    ]).to.deep.equal([
      "https://collector.test/in",
      "POST",
      { "content-type": "text/plain" },
      "omit",
      false,
      [],
    ]);
  });

  it("sends batches of at most fifty, in order, one at a time", async () => {
    const { add, time, requests } = setUp({
      answers: ["hang", "hang", "hang"],
    });
    const all = names("e", 120);
    add(...all);
    const under: number[] = [];
    await time.advance(DAY);
    for (let i = 0; i < 3; i++) {
      under.push(requests.length);
      requests[i]!.answer({});
      await time.advance(0);
    }
    expect([under, carried(requests)]).to.deep.equal([
      [1, 2, 3],
      [all.slice(0, 50), all.slice(50, 100), all.slice(100)],
    ]);
  });

  it("keeps what is added meanwhile until the request under way is through", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["hang"] });
    add("a");
    await time.advance(1000);
    add("b");
    queue.flush();
    await time.advance(DAY);
    const before = carried(requests);
    requests[0]!.answer({});
    await time.advance(0);
    expect([before, carried(requests)]).to.deep.equal([
      [["a"]],
      [["a"], ["b"]],
    ]);
  });

  it("puts only messages of one level, and events and profile updates apart, in a request", async () => {
    const { queue, time, requests } = setUp();
    const add = (name: string, details: Partial<Message>) =>
      queue.add(makeMessage(name, details), 0);
    add("a1", { level: "anonymous" });
    add("a2", { level: "anonymous" });
    add("b", {});
    add("c", { verb: "set" });
    add("d", { verb: "set" });
    add("e", { verb: "identify" });
    add("f", { verb: "page" });
    await time.advance(0);
    expect(
      requests.map((request) => messagesIn(request).map(({ name }) => name)),
    ).to.deep.equal([["a1", "a2"], ["b"], ["c", "d"], ["e", "f"]]);
  });

  const FAILURES: [string, Answer][] = [
    ["429", { status: 429 }],
    ["500", { status: 500 }],
    ["502", { status: 502 }],
    ["503", { status: 503 }],
    ["599", { status: 599 }],
    ["a broken connection", "fail"],
  ];
  for (const [name, answer] of FAILURES)
    it(`tries again after ${name}, with growing pauses and the same ids`, async () => {
      const { add, time, requests, times, errors } = setUp({
        answers: Array.from({ length: 8 }, () => answer),
      });
      add("a", "b");
      await time.advance(1000 + 182_000 + 59_999);
      add("c");
      await time.advance(DAY);
      const pauses = times.slice(1).map((at, i) => at - times[i]!);
      const ids = requests.map((request) =>
        messagesIn(request).map(({ id }) => id),
      );
      expect(pauses).to.deep.equal([
        2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
      ]);
      expect(ids).to.deep.equal([
        ...Array.from({ length: 8 }, () => ["id-of-a", "id-of-b"]),
        ["id-of-a", "id-of-b", "id-of-c"],
      ]);
      // Once an outage, not once an attempt.
      expect(errors.map(String)).to.deep.equal([
        answer === "fail" ? "TypeError: Failed to fetch" : name,
      ]);
    });

  it("spreads its pauses at random, by half at most", async () => {
    const pauses: number[] = [];
    for (const random of [0, 0.5, 0.999_999]) {
      stubProperty(Math, "random", () => () => random);
      const { add, time, times } = setUp({
        answers: Array.from({ length: 7 }, () => ({ status: 503 })),
      });
      add("a");
      await time.advance(DAY);
      pauses.push(times[1]! - times[0]!, times[7]! - times[6]!);
    }
    expect(pauses).to.deep.equal([2000, 60_000, 2500, 75_000, 2999, 89_999]);
  });

  it("starts with a short pause again, and tells of it, after a success", async () => {
    const { add, time, times, errors } = setUp({
      answers: [{ status: 503 }, { status: 502 }, {}, { status: 500 }],
    });
    add("a");
    await time.advance(10_000);
    add("b");
    await time.advance(10_000);
    expect([times, errors]).to.deep.equal([
      [1000, 3000, 7000, 11_000, 13_000],
      [503, 500],
    ]);
  });

  const RETRY_AFTER: [string | undefined, number][] = [
    [undefined, 2000],
    ["7", 7000],
    // Five minutes after the test's start, of which one second has gone by.
    ["Sun, 22 Nov 2026 10:20:00 GMT", 299_000],
    ["Sun, 22 Nov 2026 10:00:00 GMT", 2000],
    ["120", 120_000],
    ["1", 2000],
    ["0", 2000],
    ["-5", 2000],
    ["", 2000],
  ];
  for (const status of [429, 503])
    it(`waits as long as the receiver says, and no less than it would (${status})`, async () => {
      const pauses: unknown[] = [];
      for (const [header] of RETRY_AFTER) {
        const headers: Record<string, string> =
          header === undefined ? {} : { "Retry-After": header };
        const { add, time, times } = setUp({ answers: [{ status, headers }] });
        add("a");
        await time.advance(DAY);
        pauses.push([header, times[1]! - times[0]!]);
      }
      expect(pauses).to.deep.equal(RETRY_AFTER);
    });

  const ODD_RETRY_AFTER = {
    "a date": "Sun, 22 Nov 2026 10:20:00 GMT",
    "something that is no time": "soon",
    "more than a timer can hold": "3000000",
  };
  for (const [name, header] of Object.entries(ODD_RETRY_AFTER))
    it(`does not hurry when the receiver asks to wait for ${name}`, async () => {
      const { add, time, times } = setUp({
        answers: [{ status: 503, headers: { "Retry-After": header } }],
      });
      add("a");
      await time.advance(1000 + 1999);
      expect(times).to.deep.equal([1000]);
    });

  it("adds to what waits for a retry without waking it", async () => {
    const { add, time, requests, times } = setUp({
      answers: [{ status: 503 }],
    });
    add("a");
    await time.advance(1500);
    add("b");
    await time.advance(5000);
    expect([times, carried(requests)]).to.deep.equal([
      [1000, 3000],
      [["a"], ["a", "b"]],
    ]);
  });

  it("pauses after a failure also where something was added meanwhile", async () => {
    const { add, time, requests, times } = setUp({ answers: ["hang"] });
    add("a");
    await time.advance(1500);
    add("b");
    requests[0]!.answer({ status: 503 });
    await time.advance(0);
    await time.advance(5000);
    expect([times, carried(requests)]).to.deep.equal([
      [1000, 3500],
      [["a"], ["a", "b"]],
    ]);
  });

  it("tries at once when it is told to", async () => {
    const { add, queue, time, requests, times } = setUp({
      answers: [{ status: 503 }],
    });
    add("a");
    await time.advance(1500);
    queue.flush();
    await time.advance(DAY);
    expect([times, carried(requests)]).to.deep.equal([
      [1000, 1500],
      [["a"], ["a"]],
    ]);
  });

  const REFUSALS: [string, Answer][] = [
    ["400", { status: 400 }],
    ["401", { status: 401 }],
    ["404", { status: 404 }],
    ["413", { status: 413 }],
    ["428", { status: 428 }],
    ["499", { status: 499 }],
    [
      '{"status":0,"error":"bad token"}',
      { body: '{"status":0,"error":"bad token"}' },
    ],
  ];
  for (const [name, answer] of REFUSALS)
    it(`gives up what the receiver refuses with ${name}, says so and goes on`, async () => {
      const { add, time, requests, errors } = setUp({
        destination: fakeDestination(2),
        answers: [answer],
      });
      add("a", "b", "c");
      await time.advance(DAY);
      expect([carried(requests), errors.map(String)]).to.deep.equal([
        [["a", "b"], ["c"]],
        [`Error: consent-elements: refused: ${name}`],
      ]);
    });

  it("is content with any other answer", async () => {
    const { add, time, errors, requests } = setUp({
      destination: fakeDestination(1),
      answers: [
        { body: "" },
        { body: "1" },
        { body: "<html>" },
        { status: 202 },
      ],
    });
    add("a", "b", "c", "d");
    await time.advance(DAY);
    expect([errors, requests.length, time.waiting]).to.deep.equal([[], 4, []]);
  });

  it("asks right before each request whether it may leave", async () => {
    const { add, queue, time, requests, asked, allow } = setUp({
      destination: fakeDestination(1),
      answers: [{}, { status: 503 }],
    });
    add("a", "b");
    await time.advance(1500);
    const before = [...asked];
    allow.now = false;
    await time.advance(DAY);
    queue.flush();
    queue.leave();
    queue.leave(true);
    await time.advance(DAY);
    expect([before, asked.length, carried(requests)]).to.deep.equal([
      ["full", "full"],
      6,
      [["a"], ["b"]],
    ]);
  });

  it("takes an answer that empties it for a no", async () => {
    const time = fakeTimers();
    const { fetch, requests } = fakeFetch();
    const queue: Queue = createQueue({
      destination: fakeDestination(),
      clock: time.now,
      report: () => {},
      mayLeave: () => {
        queue.drop(() => false);
        return true;
      },
      fetch,
    });
    queue.add(makeMessage("a"), 0);
    await time.advance(0);
    expect(carried(requests)).to.deep.equal([]);
  });

  it("forgets what is not to be kept, and cuts off requests that carry any of it", async () => {
    const { add, queue, time, requests, errors } = setUp({ answers: ["hang"] });
    add("a", "b");
    await time.advance(1000);
    add("c", "d");
    queue.drop(({ name }) => name === "a" || name === "d");
    const cut = requests.map(({ signal }) => signal.aborted);
    await time.advance(DAY);
    expect([cut, carried(requests), errors]).to.deep.equal([
      [true],
      [["a", "b"], ["d"]],
      [],
    ]);
  });

  it("lets requests go on that carry only what is to be kept", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["hang"] });
    add("a", "b");
    await time.advance(1000);
    add("c");
    queue.drop(({ name }) => name !== "c");
    const cut = requests.map(({ signal }) => signal.aborted);
    requests[0]!.answer("fail");
    await time.advance(0);
    await time.advance(DAY);
    expect([cut, carried(requests)]).to.deep.equal([
      [false],
      [
        ["a", "b"],
        ["a", "b"],
      ],
    ]);
  });

  it("sets no timer for what it has forgotten, and pauses anew for what comes next", async () => {
    const { add, queue, time, times } = setUp({
      answers: [{ status: 503 }, { status: 503 }, { status: 503 }],
    });
    add("a");
    await time.advance(4000);
    queue.drop(() => false);
    const after = time.waiting;
    add("b");
    await time.advance(3500);
    expect([after, times]).to.deep.equal([[], [1000, 3000, 5000, 7000]]);
  });

  it("takes it for a broken connection when the page's fetch throws at once", async () => {
    const blocked = new Error("blocked by an extension");
    const network = fakeFetch();
    let attempts = 0;
    const { add, time, errors } = setUp({
      fetch: (...request) => {
        attempts++;
        if (attempts === 1) throw blocked;
        return network.fetch(...request);
      },
    });
    add("a");
    const thrown: unknown[] = [];
    await time.advance(1000).catch((error: unknown) => thrown.push(error));
    await time.advance(2000);
    expect([thrown, errors, carried(network.requests)]).to.deep.equal([
      [],
      [blocked],
      [["a"]],
    ]);
  });

  it("says so and goes on when the destination throws", async () => {
    const broken = new Error("cannot write this one");
    const { deliver, ...rest } = fakeDestination(1);
    const { add, time, requests, errors } = setUp({
      destination: {
        ...rest,
        deliver: (messages, now) => {
          if (messages[0]?.name === "a") throw broken;
          return deliver(messages, now);
        },
      },
    });
    add("a", "b");
    const thrown: unknown[] = [];
    await time.advance(1000).catch((error: unknown) => thrown.push(error));
    const before = carried(requests);
    add("c");
    await time.advance(DAY).catch((error: unknown) => thrown.push(error));
    expect([thrown, errors, before, carried(requests)]).to.deep.equal([
      [],
      [broken],
      [["b"]],
      [["b"], ["c"]],
    ]);
  });
});

describe("queue of a page that goes away", () => {
  const big = (name: string, length: number) =>
    makeMessage(name, { properties: { text: "x".repeat(length) } });

  it("hands over all it has, in requests that outlive the page", async () => {
    const { add, queue, time, requests } = setUp({
      answers: ["hang", "hang", "hang"],
    });
    const all = names("e", 120);
    add(...all);
    queue.leave();
    expect([
      carried(requests),
      requests.map(({ keepalive }) => keepalive),
    ]).to.deep.equal([
      [all.slice(0, 50), all.slice(50, 100), all.slice(100)],
      [true, true, true],
    ]);
    for (const request of requests) request.answer({});
    await time.advance(DAY);
    expect(requests).to.have.lengthOf(3);
  });

  it("hands over no more than browsers carry, and keeps the rest", async () => {
    const { queue, time, requests } = setUp({
      destination: fakeDestination(1),
      answers: ["hang", "hang", "hang"],
    });
    for (const name of names("e", 5)) queue.add(big(name, 19_000), 1000);
    queue.leave();
    const left = carried(requests);
    const bytes = size(requests);
    for (const request of requests) request.answer({});
    await time.advance(DAY);
    expect([left, bytes <= 60_000, carried(requests).flat()]).to.deep.equal([
      [["e0"], ["e1"], ["e2"]],
      true,
      names("e", 5),
    ]);
  });

  it("counts what it has handed over already", async () => {
    const { queue, requests } = setUp({
      destination: fakeDestination(1),
      answers: ["hang", "hang", "hang", "hang"],
    });
    for (const name of names("e", 2)) queue.add(big(name, 19_000), 1000);
    queue.leave();
    for (const name of names("f", 2)) queue.add(big(name, 19_000), 1000);
    queue.leave();
    expect([carried(requests), size(requests) <= 60_000]).to.deep.equal([
      [["e0"], ["e1"], ["f0"]],
      true,
    ]);
  });

  it("does not count a plain request that is under way", async () => {
    const { queue, time, requests } = setUp({ answers: ["hang", "hang"] });
    queue.add(big("a", 55_000), 1000);
    await time.advance(1000);
    queue.add(big("b", 10_000), 1000);
    queue.leave();
    expect([
      carried(requests),
      requests.map(({ keepalive }) => keepalive),
    ]).to.deep.equal([
      [["a"], ["b"]],
      [false, true],
    ]);
  });

  it("hands over what fits where a full batch does not", () => {
    const { queue, requests } = setUp({ answers: ["hang", "hang"] });
    for (const name of names("e", 50)) queue.add(big(name, 1300), 1000);
    queue.leave();
    const handedOver = carried(requests).flat();
    expect([
      handedOver.length > 20,
      handedOver,
      size(requests) <= 60_000,
    ]).to.deep.equal([true, names("e", handedOver.length), true]);
  });

  it("leaves what is under way alone while the page may come back", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["hang", "hang"] });
    add("a");
    await time.advance(1000);
    add("b");
    queue.leave();
    expect([
      carried(requests),
      requests.map(({ signal, keepalive }) => [signal.aborted, keepalive]),
    ]).to.deep.equal([
      [["a"], ["b"]],
      [
        [false, false],
        [false, true],
      ],
    ]);
  });

  it("hands over again, with the same ids, what would be lost with the page", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["hang"] });
    add("a");
    await time.advance(1000);
    add("b");
    queue.leave(true);
    expect([
      requests.map((request) => messagesIn(request).map(({ id }) => id)),
      requests.map(({ signal, keepalive }) => [signal.aborted, keepalive]),
    ]).to.deep.equal([
      [["id-of-a"], ["id-of-a", "id-of-b"]],
      [
        [true, false],
        [false, true],
      ],
    ]);
    await time.advance(DAY);
    expect(requests).to.have.lengthOf(2);
  });

  it("keeps the order of what it hands over again", async () => {
    const { add, queue, requests } = setUp({
      destination: fakeDestination(1),
      answers: ["hang", "hang", "hang"],
    });
    add("a", "b", "c");
    queue.leave();
    queue.leave(true);
    expect(carried(requests)).to.deep.equal([
      ["a"],
      ["b"],
      ["c"],
      ["a"],
      ["b"],
      ["c"],
    ]);
  });

  it("does not wait for a pause to end", async () => {
    const { add, queue, time, requests, times } = setUp({
      answers: [{ status: 503 }],
    });
    add("a");
    await time.advance(1500);
    queue.leave();
    await time.advance(DAY);
    expect([times, carried(requests)]).to.deep.equal([
      [1000, 1500],
      [["a"], ["a"]],
    ]);
  });

  it("tries again what failed on the way out, if the page lives on", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["fail"] });
    add("a");
    queue.leave();
    await time.advance(DAY);
    expect([
      carried(requests),
      requests.map(({ keepalive }) => keepalive),
    ]).to.deep.equal([
      [["a"], ["a"]],
      [true, false],
    ]);
  });

  it("sends nothing where there is nothing", async () => {
    const { queue, requests, asked } = setUp();
    queue.leave();
    queue.leave(true);
    queue.flush();
    expect([requests, asked]).to.deep.equal([[], []]);
  });
});
