import { expect } from "@open-wc/testing";
import type { Call, Message, More } from "../../src/tracker/destination.js";
import type { Waiting } from "../../src/tracker/engine.js";
import { hashed } from "../../src/tracker/hash.js";
import type { Level } from "../../src/tracker/level.js";
import { createSender, type Sender } from "../../src/tracker/sender.js";
import type { SenderInput } from "../../src/tracker/sender-options.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import {
  fakeFetch,
  type Answer,
  type SentRequest,
} from "../support/fake-fetch.js";
import { FakeStorage } from "../support/fake-storage.js";
import { fakeTimers, type FakeTimers } from "../support/fake-timers.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";

interface SenderScene {
  sender: Sender;
  waiting: Waiting;
  time: FakeTimers;
  requests: SentRequest[];
  errors: unknown[];
  local: FakeStorage;
  session: FakeStorage;
  /** The level that the stored record allows. Default: the one that is known. */
  stored: { level?: Level };
  /** Hands a call over. */
  call(
    verb: Call["verb"],
    name?: string,
    properties?: object,
    more?: Partial<Call> & More,
  ): void;
  /** The same at the end of this task, as the engine does it. */
  soon: SenderScene["call"];
  /** The visitor goes to another level. */
  go(level: Level): void;
  /** All messages, when everything has been sent. */
  messages(): Promise<Message[]>;
}

const PAGE = {
  url: "https://me@shop.test/kites?email=ann@a.test#top",
  title: "Kites",
  referrer: "https://search.test/find?q=kites",
};

async function setUp(
  level: Level,
  {
    answers = [],
    local = new FakeStorage(),
    session = new FakeStorage(),
    ...more
  }: Partial<SenderInput> & {
    answers?: Answer[];
    local?: FakeStorage;
    session?: FakeStorage;
  } = {},
): Promise<SenderScene> {
  const time = fakeTimers();
  const { fetch, requests } = fakeFetch(...answers);
  const waiting: Waiting = { level, held: [], dropped: 0 };
  const errors: unknown[] = [];
  const stored: SenderScene["stored"] = {};
  const sender = await createSender(
    {
      name: "sender",
      clock: time.now,
      storage: () => local,
      outbox: () => local,
      sessionStorage: () => session,
      consent: { record: undefined, report: (error) => errors.push(error) },
      destination: fakeDestination(50, { needs: ["session", "tab"] }),
      inTurn: (_, work) => work(),
      fetch,
      ...more,
    },
    waiting,
    () => stored.level ?? waiting.level,
  );
  const handOver =
    (delay: number): SenderScene["call"] =>
    (verb, name = "", properties = {}, given = {}) => {
      waiting.held.push({
        verb,
        name,
        json: JSON.stringify(properties),
        time: time.now(),
        page: PAGE,
        level: waiting.level,
        ...given,
      });
      sender.take(delay);
    };
  return {
    sender,
    waiting,
    time,
    requests,
    errors,
    local,
    session,
    stored,
    call: handOver(0),
    soon: handOver(500),
    go(next) {
      waiting.level = next;
      sender.follow();
    },
    async messages() {
      await turn();
      await time.advance(1000);
      return requests.flatMap(messagesIn);
    },
  };
}

const told = (messages: readonly Message[]) =>
  messages.map(({ verb, name }) => `${verb} ${name}`.trim());

describe("sender", () => {
  it("tells the whole page at the level full, and no more than its path below", async () => {
    const found = [];
    for (const level of ["anonymous", "session", "full"] as const) {
      const { call, messages } = await setUp(level);
      call("page");
      const [message] = await messages();
      found.push(message?.page);
    }
    const stripped = {
      url: "https://shop.test/kites",
      title: "Kites",
      referrer: "https://search.test",
    };
    expect(found).to.deep.equal([stripped, stripped, PAGE]);
  });

  it("gives every level the identifiers that it may have, and no others", async () => {
    const found = [];
    for (const level of ["anonymous", "session", "full"] as const) {
      const { call, messages, local, session } = await setUp(level);
      call("identify", "user-42");
      call("register", "", { plan: "pro" });
      call("track", "a");
      const a = (await messages()).find(({ verb }) => verb === "track");
      found.push([
        level,
        Object.keys(a!.who),
        a!.who.deviceId === a!.session?.id,
        !!a!.session,
        !!a!.tab,
        Object.keys(local.content).map(
          (key) => key.split("/")[1] ?? "identity",
        ),
        Object.keys(session.content),
      ]);
    }
    expect(found).to.deep.equal([
      ["anonymous", ["deviceId"], false, false, false, [], []],
      ["session", ["deviceId"], true, true, false, [], ["sender/session"]],
      [
        "full",
        ["grant", "deviceId", "initialReferrer", "userId", "registered"],
        false,
        true,
        true,
        ["identity", "session"],
        [],
      ],
    ]);
  });

  it("counts sessions at the level full only for a destination that needs them", async () => {
    const { call, messages, local } = await setUp("full", {
      destination: fakeDestination(),
    });
    call("track", "a");
    const [a] = await messages();
    expect([a?.session, a?.tab, Object.keys(local.content)]).to.deep.equal([
      undefined,
      undefined,
      ["sender"],
    ]);
  });

  it("gives each view of the page an id, the first one to what came before it, too", async () => {
    const { call, messages } = await setUp("full");
    for (const verb of ["track", "page", "track", "page", "track"] as const)
      call(verb, "a");
    const views = (await messages()).map(({ view }) => view);
    expect(views.map((view) => views.indexOf(view))).to.deep.equal([
      0, 0, 0, 3, 3,
    ]);
  });

  it("gives another view and another tab after a reset", async () => {
    const { call, messages } = await setUp("full");
    call("track", "a");
    call("track", "b");
    call("reset");
    call("track", "c");
    const [a, b, c] = await messages();
    expect([
      a!.view === b!.view,
      a!.tab === b!.tab,
      b!.view === c!.view,
      b!.tab === c!.tab,
    ]).to.deep.equal([true, true, false, false]);
  });
});

describe("sender at a change of level", () => {
  const ids = ({ who, view, session, tab }: Message) =>
    [who.deviceId, view, session?.id, tab].filter(Boolean);
  const LADDER = ["anonymous", "session", "full"] as const;

  for (const from of LADDER)
    for (const to of LADDER.filter((level) => level !== from)) {
      it(`shares no identifier between ${from} and ${to}, there and back`, async () => {
        const { call, go, messages } = await setUp(from);
        call("page");
        await messages();
        go(to);
        call("track", "b");
        await messages();
        go(from);
        call("track", "c");
        const [a, b, c] = await messages();
        const shared = ids(a!).filter((id) => ids(b!).includes(id));
        const again = [
          a!.view === c!.view,
          a!.session?.id === c!.session?.id,
          a!.tab === c!.tab,
        ];
        expect([told([a!, b!, c!]), shared, again]).to.deep.equal([
          ["page", "track b", "track c"],
          [],
          // Where there is no session and no tab there is nothing to differ.
          [false, from === "anonymous", from !== "full"],
        ]);
      });

      it(`goes on with view and session from ${from} to ${to} where the site stitches`, async () => {
        const { call, go, messages } = await setUp(from, { stitch: true });
        call("page");
        await messages();
        go(to);
        call("track", "b");
        const [a, b] = await messages();
        expect([
          a!.view === b!.view,
          a!.session?.id === b!.session?.id,
          b!.session?.previousId ?? null,
        ]).to.deep.equal([
          true,
          from !== "anonymous" && to !== "anonymous",
          null,
        ]);
      });
    }

  it("goes on with the anonymous visitor where the site stitches, and not over a refusal", async () => {
    const { call, go, messages, local } = await setUp("anonymous", {
      stitch: true,
    });
    for (const level of ["anonymous", "full", "anonymous", "off", "full"]) {
      if (level === "off") local.clear();
      go(level as Level);
      if (level !== "off") call("track", level);
      await messages();
    }
    const devices = (await messages()).map(({ who }) => who.deviceId);
    expect(devices.map((id) => devices.indexOf(id))).to.deep.equal([
      0, 0, 0, 3,
    ]);
  });

  it("stitches nothing over a refusal", async () => {
    const { call, go, messages } = await setUp("session", { stitch: true });
    call("track", "a");
    await messages();
    go("off");
    go("session");
    call("track", "b");
    const [a, b] = await messages();
    expect(ids(a!).filter((id) => ids(b!).includes(id))).to.deep.equal([]);
  });

  it("leaves nothing of a session in storage that was given up", async () => {
    const { call, go, messages, session } = await setUp("session");
    call("track", "a");
    await messages();
    const before = Object.keys(session.content);
    go("full");
    expect([before, session.content]).to.deep.equal([["sender/session"], {}]);
  });

  it("asks anew, with the level, whether the address is to be forgotten", async () => {
    const asked: Level[] = [];
    const answer = { now: true };
    const { call, go, messages } = await setUp("anonymous", {
      serverAnonymity: (level) => {
        asked.push(level);
        return answer.now;
      },
    });
    call("track", "a");
    await messages();
    // Nobody tells of it.
    answer.now = false;
    call("track", "b");
    await messages();
    answer.now = true;
    call("track", "c");
    await messages();
    go("full");
    call("track", "d");
    const all = await messages();
    expect([
      all.map(({ name, serverAnonymity }) => [name, serverAnonymity]),
      [...new Set(asked)],
    ]).to.deep.equal([
      [
        ["a", true],
        ["b", false],
        ["c", true],
        ["d", true],
      ],
      ["anonymous", "full"],
    ]);
  });

  it("lets nothing leave without server anonymity that was queued before it was asked for", async () => {
    const answer = { now: false };
    const { call, messages } = await setUp("anonymous", {
      serverAnonymity: () => answer.now,
    });
    call("track", "a");
    answer.now = true;
    call("track", "b");
    expect(told(await messages())).to.deep.equal(["track b"]);
  });

  const SERVER: [boolean | undefined, boolean[]][] = [
    [undefined, [true, true, false]],
    [true, [true, true, false]],
    [false, [false, false, false]],
  ];
  for (const [given, expected] of SERVER)
    it(`asks the receiver to forget the address at the right levels when told ${given}`, async () => {
      const found = [];
      for (const level of LADDER) {
        const { call, messages } = await setUp(level, {
          serverAnonymity: given,
        });
        call("track", "a");
        found.push((await messages())[0]!.serverAnonymity);
      }
      expect(found).to.deep.equal(expected);
    });
});

describe("sender and who the visitor is", () => {
  it("tells an identity once, with who the visitor was", async () => {
    const { call, messages } = await setUp("full");
    call("identify", "user-42");
    call("identify", "user-42");
    call("identify", "user-43");
    const all = await messages();
    expect([
      told(all),
      all.map(({ before }) => before?.replace(/:.*/, ":…")),
      all.map(({ who }) => who.userId),
    ]).to.deep.equal([
      ["identify user-42", "identify user-43"],
      ["$device:…", "user-42"],
      ["user-42", "user-43"],
    ]);
  });

  it("hashes ids and keeps the order, and neither stores nor sends them as they are", async () => {
    const { call, messages, local, requests } = await setUp("full", {
      hashIds: true,
      hashSalt: "pepper",
    });
    call("track", "a");
    call("identify", "user-42");
    call("profile", "set", { plan: "pro" });
    call("track", "b");
    await turn();
    await turn();
    const all = await messages();
    const hash = await hashed("user-42", "pepper");
    const everything = JSON.stringify([
      local.content,
      requests.map(({ body }) => body),
    ]);
    const profile = all.findIndex(({ verb }) => verb === "profile");
    expect(told(all)).to.include.members(["profile set"]);
    expect([
      told(all.filter((_, i) => i !== profile)),
      all.map(({ who }) => who.userId),
      everything.includes("user-42"),
    ]).to.deep.equal([
      ["track a", `identify ${hash}`, "track b"],
      [undefined, hash, hash, hash],
      false,
    ]);
  });

  it("hashes one id alone where the call says so", async () => {
    const { call, messages } = await setUp("full");
    call("identify", "user-42", {}, { hash: true });
    await turn();
    await turn();
    call("identify", "user-43");
    expect(told(await messages())).to.deep.equal([
      `identify ${await hashed("user-42", "")}`,
      "identify user-43",
    ]);
  });

  it("names nobody where it cannot hash, says so, and sends the rest", async () => {
    const real = crypto;
    const { call, messages, errors, local } = await setUp("full", {
      hashIds: true,
    });
    stubProperty(globalThis, "crypto", () => ({
      getRandomValues: (bytes: Uint8Array<ArrayBuffer>) =>
        real.getRandomValues(bytes),
    }));
    call("identify", "user-42");
    call("profile", "set", { plan: "pro" });
    call("track", "a");
    const all = await messages();
    expect([told(all), all[0]?.who.userId]).to.deep.equal([
      ["track a"],
      undefined,
    ]);
    expect(errors.map(String).join()).to.match(
      /^TypeError: .*cannot be hashed/,
    );
    expect(JSON.stringify(local.content)).not.to.include("user-42");
  });

  for (const [name, levels] of [
    ["a refusal", ["off"]],
    ["a refusal and a new grant", ["off", "full"]],
    ["the anonymous choice", ["anonymous"]],
  ] as [string, Level[]][])
    it(`names nobody for whom ${name} came while the id was hashed`, async () => {
      const { call, go, messages, local, waiting } = await setUp("full", {
        hashIds: true,
      });
      call("identify", "user-42");
      for (const level of levels) {
        // As the engine does it.
        waiting.held = [];
        go(level);
        local.clear();
      }
      await turn();
      await turn();
      call("track", "b");
      await turn();
      const all = await messages();
      expect([
        told(all),
        all.map(({ who }) => who.userId),
        /user/.test(JSON.stringify(local.content)),
      ]).to.deep.equal(
        levels.at(-1) === "off"
          ? [[], [], false]
          : [["track b"], [undefined], false],
      );
    });

  it("names nobody for whom a refusal that nobody told of came while the id was hashed", async () => {
    const { call, messages, stored, local } = await setUp("full", {
      hashIds: true,
    });
    call("identify", "user-42");
    stored.level = "off";
    await turn();
    await turn();
    expect([
      await messages(),
      JSON.stringify(local.content).includes("userId"),
    ]).to.deep.equal([[], false]);
  });

  it("begins another session at a reset, also where it has counted none itself", async () => {
    const first = await setUp("full");
    first.call("track", "a");
    const [a] = await first.messages();
    const { call, messages } = await setUp("full", { local: first.local });
    call("reset");
    call("track", "b");
    const [b] = await messages();
    expect([
      a!.session!.id === b!.session!.id,
      b!.session!.index,
      b!.session!.previousId,
      a!.who.deviceId === b!.who.deviceId,
    ]).to.deep.equal([false, 1, null, false]);
  });

  it("begins another session where it is told to, and links it at the level full alone", async () => {
    const found = [];
    for (const level of ["session", "full"] as const) {
      const { call, messages } = await setUp(level);
      call("track", "a");
      call("session");
      call("track", "b");
      const [a, b] = (await messages()).map((message) => message.session!);
      found.push([a!.id === b!.id, b!.index, b!.previousId === a!.id]);
    }
    expect(found).to.deep.equal([
      [false, 1, false],
      [false, 2, true],
    ]);
  });

  it("keeps what is registered once, adds what is registered again, and takes it back", async () => {
    const { call, messages } = await setUp("full");
    call("register", "", { a: 1, b: 1 });
    call("register", "", { a: 2, c: 2 }, { once: true });
    call("register", "", { b: 3 });
    call("unregister", "c");
    call("track", "x");
    const [x] = await messages();
    expect(x!.who.registered).to.deep.equal({ a: 1, b: 3 });
  });

  it("lays what is registered over what another tab has registered", async () => {
    const local = new FakeStorage();
    const one = await setUp("full", { local });
    one.call("register", "", { a: 1 });
    const other = await setUp("full", { local });
    one.call("register", "", { b: 2 });
    other.call("register", "", { c: 3 });
    other.call("unregister", "a");
    expect(JSON.parse(local.content["sender"]!).registered).to.deep.equal({
      b: 2,
      c: 3,
    });
  });

  for (const verb of ["identify", "reset"] as const)
    it(`follows another tab's ${verb} with the next event`, async () => {
      const local = new FakeStorage();
      const one = await setUp("full", { local });
      one.call("identify", "user-42");
      const other = await setUp("full", { local });
      other.call("track", "before");
      one.call(verb, "user-43");
      one.call("track", "elsewhere");
      other.soon("track", "after");
      const [who] = JSON.parse(`[${local.content["sender"]!}]`);
      const all = await other.messages();
      expect([
        all.at(-1)!.name,
        all.at(-1)!.who.userId,
        all.at(-1)!.who.deviceId,
        JSON.parse(other.sender.who()!).userId,
      ]).to.deep.equal(
        verb === "identify"
          ? ["after", "user-43", who.deviceId, "user-43"]
          : ["after", undefined, who.deviceId, undefined],
      );
    });

  it("says who the visitor is as another tab knows it by now", async () => {
    const local = new FakeStorage();
    const one = await setUp("full", { local });
    const other = await setUp("full", { local });
    other.call("track", "a");
    one.call("identify", "user-42");
    expect(JSON.parse(other.sender.who()!).userId).to.equal("user-42");
  });

  it("hashes an alias like an id, and neither stores nor sends it as it is", async () => {
    const { call, messages, local, requests } = await setUp("full", {
      hashIds: true,
    });
    call("alias", "ann@shop.test");
    call("identify", "ann@shop.test");
    await turn();
    await turn();
    const hash = await hashed("ann@shop.test", "");
    expect(told(await messages())).to.deep.equal([
      `alias ${hash}`,
      `identify ${hash}`,
    ]);
    expect(
      JSON.stringify([local.content, requests.map(({ body }) => body)]),
    ).not.to.include("ann@shop");
  });

  it("takes what follows for nobody's where who it is about cannot be hashed", async () => {
    const real = crypto;
    const { call, messages } = await setUp("full");
    call("identify", "user-42");
    stubProperty(globalThis, "crypto", () => ({
      getRandomValues: (bytes: Uint8Array<ArrayBuffer>) =>
        real.getRandomValues(bytes),
    }));
    call("identify", "user-43", {}, { hash: true });
    call("track", "a");
    await turn();
    const [named, a] = await messages();
    expect([named!.who.userId, a!.who.userId]).to.deep.equal([
      "user-42",
      undefined,
    ]);
    expect(a!.who.deviceId).not.to.equal(named!.who.deviceId);
  });

  it("deletes nobody's profile before somebody is named, and says so", async () => {
    const { call, messages, errors } = await setUp("full");
    call("profile", "delete");
    call("identify", "user-42");
    expect(told(await messages())).to.deep.equal(["identify user-42"]);
    expect(errors.join()).to.match(/identify\(\) first/);
  });

  it("keeps a thousand updates of a profile that nobody has named, the last ones", async () => {
    const { call, messages } = await setUp("full");
    for (let i = 0; i < 1002; i++) call("profile", "set", { i });
    call("identify", "user-42");
    const [, ...updates] = await messages();
    expect([updates.length, updates[0]!.properties]).to.deep.equal([
      1000,
      { i: 2 },
    ]);
  });

  it("names the visitor in what waited for it, also where the news of the name cannot be told", async () => {
    const { call, messages } = await setUp("full", {
      destination: fakeDestination(50, {
        write(message) {
          if (message.verb === "identify") throw new Error("not this one");
          return { route: "all", text: JSON.stringify(message) };
        },
      }),
    });
    call("profile", "set", { plan: "pro" });
    call("identify", "user-42");
    const [update] = await messages();
    expect([update!.verb, update!.who.userId]).to.deep.equal([
      "profile",
      "user-42",
    ]);
  });

  for (const level of ["session", "full"] as const)
    it(`gives at the level ${level} no lasting identifier to what was said to be anonymous`, async () => {
      const { call, messages } = await setUp(level);
      call("track", "a");
      call("track", "anonymous", {}, { level: "anonymous" });
      call("track", "b");
      const all = await messages();
      const said = all.find(({ name }) => name === "anonymous")!;
      const [a, b] = all.filter((message) => message !== said);
      expect([
        said.level,
        said.session,
        said.tab,
        said.who.userId,
        said.who.deviceId === a!.who.deviceId,
        said.view === a!.view,
      ]).to.deep.equal([
        "anonymous",
        undefined,
        undefined,
        undefined,
        false,
        false,
      ]);
      expect(b!.session!.eventIndex).to.equal(2);
    });

  it("sends the time that a caller says, and counts by its own", async () => {
    const { call, messages, time } = await setUp("full", { holdTime: 5000 });
    const long = time.now() - 3_600_000;
    call("track", "held", {}, { level: "hold", timestamp: long });
    call("track", "a", {}, { timestamp: long });
    call("track", "b");
    const all = await messages();
    expect(all.map(({ time: at }) => at)).to.deep.equal([
      long,
      long,
      time.now() - 1000,
    ]);
    expect(new Set(all.map(({ session }) => session!.id)).size).to.equal(1);
  });

  const VERBS = ["track", "identify", "register", "profile", "alias", "reset"];
  for (const verb of VERBS)
    it(`writes no identifier at ${verb} where the stored record has changed unheard`, async () => {
      const { call, messages, local, stored, sender } = await setUp("full");
      sender.flush();
      await messages();
      local.clear();
      const before = local.writes;
      stored.level = "off";
      call(verb as Call["verb"], "a", { plan: "pro" });
      await turn();
      expect([await messages(), local.writes - before, local.content])
        .to.deep //
        .equal([[], 0, {}]);
    });
});

describe("sender and what waits", () => {
  it("goes on with the next call where one cannot be taken, and says so", async () => {
    const broken = new RangeError("not this one");
    const { call, messages, errors } = await setUp("full", {
      destination: fakeDestination(50, {
        write(message) {
          if (message.name === "bad") throw broken;
          return { route: "events", text: JSON.stringify(message) };
        },
      }),
    });
    call("track", "a");
    call("track", "bad");
    call("track", "b");
    expect([told(await messages()), errors]).to.deep.equal([
      ["track a", "track b"],
      [broken],
    ]);
  });

  it("tells what cannot be taken in a task of its own, so that who tracks that does not stop the page", async () => {
    let tries = 0;
    const scene = await setUp("full", {
      destination: fakeDestination(50, {
        write() {
          tries++;
          throw new Error("never");
        },
      }),
      consent: {
        record: undefined,
        report: () => scene.soon("track", "an error"),
      },
    });
    scene.call("track", "a");
    await turn();
    await turn();
    expect(tries).to.equal(1);
    await scene.time.advance(0);
    expect(tries).to.be.above(1);
  });

  it("asks a destination that was fetched late what it thinks of a call", async () => {
    const destination = fakeDestination(50, {
      check({ name }) {
        if (name === "bad") throw new RangeError("write another name");
      },
    });
    const { call, messages, errors } = await setUp("full", {
      destination: async () => destination,
    });
    for (const name of ["a", "bad", "b"]) call("track", name);
    expect([told(await messages()), errors.map(String)]).to.deep.equal([
      ["track a", "track b"],
      ["RangeError: write another name"],
    ]);
  });

  it("drops what was held too long, and tells how many once", async () => {
    const { sender, waiting, time, messages, errors } = await setUp("full", {
      holdTime: 5000,
    });
    const at = (age: number, name: string): Call => ({
      verb: "track",
      name,
      json: "{}",
      time: time.now() - age,
      level: "hold",
    });
    waiting.dropped = 3;
    waiting.held.push(at(5001, "a"), at(5001, "b"), at(5000, "c"), at(0, "d"));
    sender.take(0);
    sender.take(0);
    expect(told(await messages())).to.deep.equal(["track c", "track d"]);
    expect(errors.map(String)).to.deep.equal([
      "Error: consent-elements: 5 held calls were dropped; raise holdLimit, holdBytes or holdTime",
    ]);
  });

  it("sends what an earlier page left, as soon as it is there", async () => {
    const first = await setUp("full", { answers: ["fail"] });
    first.call("track", "a");
    await first.messages();
    const left = Object.keys(first.local.content).filter((key) =>
      key.includes("/out/"),
    );
    const next = await setUp("full", {
      local: first.local,
      clock: () => first.time.now() + 5000,
    });
    const all = await next.messages();
    expect([left.length, told(all), all[0]!.id]).to.deep.equal([
      1,
      ["track a"],
      messagesIn(first.requests[0]!)[0]!.id,
    ]);
  });
});
