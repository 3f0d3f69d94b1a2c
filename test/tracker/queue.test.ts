import { expect } from "@open-wc/testing";
import type { Message } from "../../src/tracker/destination.js";
import { createOutbox } from "../../src/tracker/outbox.js";
import {
  createQueue,
  type Queue,
  type QueuePorts,
} from "../../src/tracker/queue.js";
import { carried } from "../support/carried.js";
import { deferred } from "../support/deferred.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import {
  fakeFetch,
  type Answer,
  type SentRequest,
} from "../support/fake-fetch.js";
import { FakeStorage } from "../support/fake-storage.js";
import { fakeTimers, START, type FakeTimers } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";

const DAY = 864e5;

interface QueueScene {
  queue: Queue;
  time: FakeTimers;
  requests: SentRequest[];
  /** When each request was made, in milliseconds since the test's start. */
  times: number[];
  errors: unknown[];
  /** How often the queue asked for leave. */
  asked: { times: number };
  /** Whether anything may leave. */
  allow: { now: boolean };
  add(...names: string[]): void;
  post(message: Message, delay?: number): void;
}

interface QueueOptions extends Partial<QueuePorts> {
  answers?: Answer[];
  storage?: Storage;
}

function setUp({
  answers = [],
  storage,
  destination = fakeDestination(),
  fetch,
  ...more
}: QueueOptions = {}): QueueScene {
  const time = fakeTimers();
  const network = fakeFetch(...answers);
  const times: number[] = [];
  const errors: unknown[] = [];
  const asked = { times: 0 };
  const allow = { now: true };
  const report = (error: unknown) => errors.push(error);
  const queue = createQueue({
    destination,
    terms: { level: "full", serverAnonymity: false },
    outbox: createOutbox({
      storage,
      prefix: "queue-test/",
      tab: "tab",
      batchSize: destination.batchSize,
      clock: time.now,
      mayKeep: () => true,
      report,
    }),
    clock: time.now,
    report,
    mayLeave: () => {
      asked.times++;
      return allow.now;
    },
    inTurn: (work) => work(),
    requestTimeout: 30_000,
    room: { bytes: 60_000 },
    fetch: (...request) => {
      times.push(time.now() - START);
      return (fetch ?? network.fetch)(...request);
    },
    ...more,
  });
  const post = (message: Message, delay = 1000) =>
    queue.add(destination.write(message)!, delay);
  return {
    queue,
    time,
    requests: network.requests,
    times,
    errors,
    asked,
    allow,
    post,
    add: (...names) => {
      for (const name of names) post(makeMessage(name));
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
    await time.advance(20_000);
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
    await time.advance(20_000);
    const before = carried(requests);
    requests[0]!.answer({});
    await time.advance(0);
    expect([before, carried(requests)]).to.deep.equal([
      [["a"]],
      [["a"], ["b"]],
    ]);
  });

  it("puts only items of one route in a request, without changing the order", async () => {
    const { post, time, requests } = setUp();
    const add = (name: string, verb: Message["verb"] = "track") =>
      post(makeMessage(name, { verb }));
    add("a");
    add("b", "page");
    add("c", "profile");
    add("d", "profile");
    add("e", "identify");
    await time.advance(1000);
    expect(
      requests.map((request) => messagesIn(request).map(({ name }) => name)),
    ).to.deep.equal([["a", "b"], ["c", "d"], ["e"]]);
  });

  it("hurries for what may wait for less, and for nothing else", async () => {
    const { post, time, times } = setUp();
    post(makeMessage("a"), 1000);
    post(makeMessage("b"), 200);
    post(makeMessage("c"), 700);
    await time.advance(DAY);
    expect(times).to.deep.equal([200]);
  });

  const FAILURES: [string, Answer][] = [
    ["408", { status: 408 }],
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
        answer === "fail"
          ? "TypeError: Failed to fetch"
          : `Error: consent-elements: the receiver answered ${name}`,
      ]);
    });

  it("spreads its pauses at random, by half at most, and up to a minute", async () => {
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
    expect(pauses).to.deep.equal([2000, 60_000, 2500, 60_000, 2999, 60_000]);
  });

  it("starts with a short pause again, and tells of it, after a success", async () => {
    const { add, time, times, errors } = setUp({
      answers: [{ status: 503 }, { status: 502 }, {}, { status: 500 }],
    });
    add("a");
    await time.advance(10_000);
    add("b");
    await time.advance(10_000);
    expect([times, errors.map(String)]).to.deep.equal([
      [1000, 3000, 7000, 11_000, 13_000],
      [
        "Error: consent-elements: the receiver answered 503",
        "Error: consent-elements: the receiver answered 500",
      ],
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
    ["428", { status: 428 }],
    ["499", { status: 499 }],
    ["301", { status: 301 }],
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
    const before = asked.times;
    allow.now = false;
    await time.advance(DAY);
    queue.flush();
    queue.retry();
    queue.leave();
    queue.leave(true);
    await time.advance(DAY);
    expect([before, asked.times > before, carried(requests)]).to.deep.equal([
      2,
      true,
      [["a"], ["b"]],
    ]);
  });

  it("takes an answer that stops it for a no", async () => {
    const { add, queue, time, requests } = setUp({
      mayLeave: () => {
        queue.stop();
        return true;
      },
    });
    add("a");
    await time.advance(1000);
    expect([carried(requests), time.waiting]).to.deep.equal([[], []]);
  });

  it("sends nothing where the destination itself says no", async () => {
    const { deliver, ...rest } = fakeDestination();
    const { add, queue, time, requests } = setUp({
      destination: {
        ...rest,
        deliver(batch) {
          queue.stop();
          return deliver(batch);
        },
      },
    });
    add("a");
    await time.advance(DAY);
    add("b");
    queue.leave();
    expect([requests, time.waiting]).to.deep.equal([[], []]);
  });

  it("halves what the receiver finds too large, until one is left, and gives that up", async () => {
    const { add, time, requests, errors } = setUp({
      answers: [{ status: 413 }, { status: 413 }, { status: 413 }],
    });
    add("a", "b", "c", "d", "e");
    await time.advance(1000);
    expect([carried(requests), errors.map(String)]).to.deep.equal([
      [
        ["a", "b", "c", "d", "e"],
        ["a", "b"],
        ["a"],
        ["b"],
        ["c"],
        ["d"],
        ["e"],
      ],
      ["Error: consent-elements: refused: 413"],
    ]);
  });

  it("waits thirty seconds for an answer, then tries again", async () => {
    const { add, time, requests, times, errors } = setUp({ answers: ["hang"] });
    add("a");
    await time.advance(DAY);
    expect([
      times,
      carried(requests),
      requests.map(({ signal }) => signal.aborted),
      errors.map(String),
    ]).to.deep.equal([
      [1000, 33_000],
      [["a"], ["a"]],
      [true, false],
      ["Error: consent-elements: no answer in time"],
    ]);
  });

  it("goes on where the destination cannot read an answer", async () => {
    const { add, time, requests, errors } = setUp({
      destination: fakeDestination(1, {
        complaint: (answer) => JSON.parse(answer) as string,
      }),
      answers: [{ body: "<html>" }, { body: '""' }],
    });
    add("a", "b");
    await time.advance(1000);
    expect([carried(requests), time.waiting]).to.deep.equal([
      [["a"], ["b"]],
      [],
    ]);
    expect(errors.map(String).join()).to.match(/refused: SyntaxError/);
  });

  for (const level of ["anonymous", "session", "full"] as const)
    it(`sends ${level === "full" ? "the credentials that a destination asks for" : "neither credentials nor the page's address"} at the level ${level}`, async () => {
      const { add, time, requests } = setUp({
        terms: { level, serverAnonymity: true },
        destination: fakeDestination(50, {
          deliver: () => ({ url: "/in", credentials: "include" }),
        }),
      });
      add("a");
      await time.advance(1000);
      expect(
        requests.map(({ credentials, referrerPolicy }) => [
          credentials,
          referrerPolicy,
        ]),
      ).to.deep.equal([
        level === "full" ? ["include", ""] : ["omit", "origin"],
      ]);
    });

  it("stops: forgets what waits, cuts off what is under way, sets no timer", async () => {
    const { add, queue, time, requests, errors } = setUp({ answers: ["hang"] });
    add("a", "b");
    await time.advance(1000);
    add("c", "d");
    queue.stop();
    const cut = requests.map(({ signal }) => signal.aborted);
    await time.advance(0);
    const now = [cut, time.waiting];
    await time.advance(DAY);
    queue.flush();
    queue.retry();
    queue.leave();
    queue.leave(true);
    await time.advance(DAY);
    expect([now, time.waiting, carried(requests), errors]).to.deep.equal([
      [[true], []],
      [],
      [["a", "b"]],
      [],
    ]);
  });

  it("leaves storage alone once it is stopped", async () => {
    const storage = new FakeStorage();
    const door = deferred<void>();
    const { add, queue, time } = setUp({
      storage,
      inTurn: async (work) => {
        await door.promise;
        await work();
      },
    });
    queue.flush();
    storage.setItem("queue-test/damaged", "damaged");
    add("never");
    queue.stop();
    const before = storage.seen.length;
    door.resolve();
    await time.advance(DAY);
    expect([storage.seen.length - before, storage.content]).to.deep.equal([
      0,
      { "queue-test/damaged": "damaged" },
    ]);
  });

  it("sends nothing that is added after it was stopped", async () => {
    const { add, queue, time, requests } = setUp();
    queue.stop();
    add("never");
    queue.flush();
    queue.leave(true);
    await time.advance(DAY);
    expect([requests, time.waiting]).to.deep.equal([[], []]);
  });

  it("stops in the middle of a back-off, and when an answer arrives all the same", async () => {
    const { add, queue, time, requests } = setUp({
      answers: [{ status: 503 }, "hang"],
    });
    add("a");
    await time.advance(1500);
    queue.flush();
    requests[1]!.answer({ status: 503 });
    queue.stop();
    await time.advance(DAY);
    expect([time.waiting, requests.length]).to.deep.equal([[], 2]);
  });

  it("sends nothing when it was stopped while it waited for its turn", async () => {
    const door = deferred<void>();
    const { add, queue, time, requests, asked } = setUp({
      inTurn: async (work) => {
        await door.promise;
        await work();
      },
    });
    add("a");
    await time.advance(1000);
    queue.flush();
    queue.stop();
    door.resolve();
    await time.advance(DAY);
    expect([requests, time.waiting, asked.times <= 1]).to.deep.equal([
      [],
      [],
      true,
    ]);
  });

  it("sets no timer for what another page left, once it is stopped", async () => {
    const storage = new FakeStorage();
    const { add, queue, time, requests } = setUp({
      storage,
      answers: ["hang"],
    });
    const at = time.now().toString(36).padStart(9, "0");
    storage.setItem(`queue-test/${at}000000-other`, 'events\t{"name":"b"}');
    add("a");
    await time.advance(1000);
    queue.stop();
    await time.advance(0);
    expect([requests.length, time.waiting]).to.deep.equal([1, []]);
  });

  it("waits until what another page has just left is old enough", async () => {
    const storage = new FakeStorage();
    const { queue, time, times, requests } = setUp({ storage });
    const at = time.now().toString(36).padStart(9, "0");
    storage.setItem(
      `queue-test/${at}000000-other`,
      'events\t{"name":"b","verb":"track"}',
    );
    queue.flush();
    await time.advance(3000);
    const before = [...times];
    await time.advance(1);
    expect([before, times, carried(requests), storage.content]).to.deep.equal([
      [],
      [3001],
      [["b"]],
      {},
    ]);
  });

  it("sends what came while it was giving its turn back", async () => {
    const door = deferred<void>();
    const { add, post, time, requests } = setUp({
      inTurn: async (work) => {
        await work();
        await door.promise;
      },
    });
    add("a");
    await time.advance(1000);
    post(makeMessage("b"), 0);
    await time.advance(0);
    const before = carried(requests);
    door.resolve();
    await turn();
    await time.advance(0);
    expect([before, carried(requests), time.waiting]).to.deep.equal([
      [["a"]],
      [["a"], ["b"]],
      [],
    ]);
  });

  it("keeps the pause after a failure where it was told to send meanwhile", async () => {
    const { add, queue, time, times, requests } = setUp({ answers: ["hang"] });
    add("a");
    await time.advance(1000);
    queue.flush();
    requests[0]!.answer({ status: 503 });
    await time.advance(0);
    await time.advance(DAY);
    expect(times).to.deep.equal([1000, 3000]);
  });

  it("starts with a short pause again when the network is back", async () => {
    const { add, queue, time, times } = setUp({
      answers: ["fail", "fail", "fail", "fail"],
    });
    add("a");
    await time.advance(1000 + 2000 + 4000);
    queue.retry();
    await time.advance(0);
    await time.advance(DAY);
    expect(times).to.deep.equal([1000, 3000, 7000, 7000, 9000]);
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

  it("loses of a batch only what the destination cannot write", async () => {
    const broken = new Error("cannot write this one");
    const { deliver, ...rest } = fakeDestination();
    const { add, time, requests, errors } = setUp({
      destination: {
        ...rest,
        deliver: (batch) => {
          if (batch.texts.some((text) => text.includes('"name":"e3"')))
            throw broken;
          return deliver(batch);
        },
      },
    });
    const all = names("e", 7);
    add(...all);
    await time.advance(DAY);
    expect([carried(requests).flat(), errors]).to.deep.equal([
      all.filter((name) => name !== "e3"),
      [broken],
    ]);
  });

  it("says so and goes on when the destination throws", async () => {
    const broken = new Error("cannot write this one");
    const { deliver, ...rest } = fakeDestination(1);
    const { add, time, requests, errors } = setUp({
      destination: {
        ...rest,
        deliver: (batch) => {
          if (batch.texts[0]!.includes('"name":"a"')) throw broken;
          return deliver(batch);
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
    const { post, queue, time, requests } = setUp({
      destination: fakeDestination(1),
      answers: ["hang", "hang", "hang"],
    });
    for (const name of names("e", 5)) post(big(name, 19_000));
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

  it("leaves what another page wrote to who has the turn", async () => {
    const begin = async (inTurn: QueuePorts["inTurn"]) => {
      const storage = new FakeStorage();
      storage.setItem(
        "queue-test/000000000000000-other",
        'events\t{"name":"left","verb":"track"}',
      );
      const { add, queue, time, requests } = setUp({
        storage,
        destination: fakeDestination(1),
        answers: [{ status: 503 }],
        inTurn,
      });
      queue.flush();
      await time.advance(0);
      add("a");
      return { queue, time, requests };
    };
    const through = await begin((work) => work());
    through.queue.leave();
    const door = deferred<void>();
    const waits = await begin((work) => door.promise.then(() => work()));
    waits.queue.leave();
    const sending = await begin((work) => work());
    sending.queue.flush();
    sending.queue.leave();
    expect(
      [through, waits, sending].map(({ requests }) => carried(requests)),
    ).to.deep.equal([[["left"], ["a"]], [["a"]], [["left"], ["left"], ["a"]]]);
  });

  it("counts the address of what has no body", async () => {
    const { post, queue, time, requests } = setUp({
      destination: fakeDestination(1, {
        deliver: ({ texts }) => ({
          url: `https://collector.test/i?${encodeURIComponent(texts.join())}`,
          method: "GET",
        }),
      }),
      answers: ["hang", "hang"],
    });
    for (const name of names("e", 5)) post(big(name, 25_000));
    queue.leave();
    const lengths = requests.map(({ url }) => url.href.length);
    await time.advance(DAY);
    expect([
      lengths.length,
      lengths.reduce((sum, length) => sum + length, 0) <= 60_000,
      new Set(requests.map(({ url }) => url.href)).size,
    ]).to.deep.equal([2, true, 5]);
  });

  it("counts what it has handed over already", async () => {
    const { post, queue, requests } = setUp({
      destination: fakeDestination(1),
      answers: ["hang", "hang", "hang", "hang"],
    });
    for (const name of names("e", 2)) post(big(name, 19_000));
    queue.leave();
    for (const name of names("f", 2)) post(big(name, 19_000));
    queue.leave();
    expect([carried(requests), size(requests) <= 60_000]).to.deep.equal([
      [["e0"], ["e1"], ["f0"]],
      true,
    ]);
  });

  it("does not count a plain request that is under way", async () => {
    const { post, queue, time, requests } = setUp({
      answers: ["hang", "hang"],
    });
    post(big("a", 55_000));
    await time.advance(1000);
    post(big("b", 10_000));
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
    const { post, queue, requests } = setUp({ answers: ["hang", "hang"] });
    for (const name of names("e", 50)) post(big(name, 1300));
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

  it("does not hand over again what outlives the page anyway", async () => {
    const { add, queue, time, requests } = setUp({
      answers: ["hang", "hang"],
    });
    add("a");
    await time.advance(1000);
    add("b");
    queue.leave();
    queue.leave(true);
    expect([
      carried(requests),
      requests.map(({ signal }) => signal.aborted),
    ]).to.deep.equal([
      [["a"], ["b"], ["a"]],
      [true, false, false],
    ]);
  });

  it("cuts off at a stop what it has handed over", () => {
    const { add, queue, requests } = setUp({ answers: ["hang"] });
    add("a");
    queue.leave(true);
    queue.stop();
    expect(requests.map(({ signal }) => signal.aborted)).to.deep.equal([true]);
  });

  it("believes an answer that arrives after it was put into the background", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["hang", "hang"] });
    add("a");
    await time.advance(1000);
    add("b");
    queue.leave();
    requests[0]!.answer({});
    requests[1]!.answer({});
    await time.advance(DAY);
    expect([carried(requests), time.waiting]).to.deep.equal([
      [["a"], ["b"]],
      [],
    ]);
  });

  it("takes no answer for one to a request that it has made again", async () => {
    const { add, queue, time, requests } = setUp({ answers: ["hang", "hang"] });
    add("a");
    await time.advance(1000);
    requests[0]!.answer({});
    queue.leave(true);
    await time.advance(0);
    requests[1]!.answer("fail");
    await time.advance(0);
    await time.advance(DAY);
    expect([
      carried(requests),
      requests.map(({ keepalive }) => keepalive),
    ]).to.deep.equal([
      [["a"], ["a"], ["a"]],
      [false, true, false],
    ]);
  });

  it("goes on, when it comes back, with what was cut off and had no room", async () => {
    const { post, queue, time, requests } = setUp({ answers: ["hang"] });
    post(big("a", 70_000));
    await time.advance(1000);
    queue.leave(true);
    await time.advance(DAY);
    expect([
      carried(requests),
      requests.map(({ keepalive }) => keepalive),
    ]).to.deep.equal([
      [["a"], ["a"]],
      [false, false],
    ]);
  });

  it("has room again when what it handed over is through", async () => {
    const { post, queue, time, requests } = setUp({ answers: ["hang"] });
    post(big("a", 50_000));
    queue.leave();
    requests[0]!.answer({});
    await time.advance(0);
    post(big("b", 50_000));
    queue.leave();
    expect(carried(requests)).to.deep.equal([["a"], ["b"]]);
  });

  it("tries again, and has its room again, where what it handed over gets no answer and the page lives on", async () => {
    stubProperty(Math, "random", () => () => 0);
    const { post, queue, time, requests, times, errors } = setUp({
      answers: ["hang"],
    });
    post(big("a", 50_000));
    queue.leave();
    await time.advance(DAY);
    post(big("b", 50_000));
    queue.leave();
    expect([
      carried(requests),
      requests.map(({ keepalive }) => keepalive),
      times.slice(0, 2),
      errors.map(String),
    ]).to.deep.equal([
      [["a"], ["a"], ["b"]],
      [true, false, true],
      [0, 32_000],
      ["Error: consent-elements: no answer in time"],
    ]);
  });

  it("halves what the receiver finds too large, if the page lives on", async () => {
    const { add, queue, time, requests } = setUp({
      answers: [{ status: 413 }],
    });
    add("a", "b");
    queue.leave();
    await time.advance(DAY);
    expect(carried(requests)).to.deep.equal([["a", "b"], ["a"], ["b"]]);
  });

  it("leaves a receiver alone that has asked for it, and hands over again afterwards", async () => {
    const { add, queue, time, requests, times } = setUp({
      answers: [{ status: 429, headers: { "Retry-After": "3600" } }, "hang"],
    });
    add("a");
    await time.advance(1500);
    for (const gone of [false, true]) queue.leave(gone);
    await time.advance(3_600_000);
    add("b");
    queue.leave();
    expect([times, carried(requests)]).to.deep.equal([
      [1000, 3_601_000, 3_601_500],
      [["a"], ["a"], ["b"]],
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
    expect([requests, asked.times > 0]).to.deep.equal([[], true]);
  });
});
