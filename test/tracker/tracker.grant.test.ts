import { expect } from "@open-wc/testing";
import type { Destination } from "../../src/tracker/destination.js";
import { createStore } from "../../src/consent/store.js";
import { createTracker } from "../../src/tracker/tracker.js";
import { mixpanel } from "../../src/tracker/destinations/mixpanel.js";
import { carried } from "../support/carried.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import { fakeFetch } from "../support/fake-fetch.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { START } from "../support/fake-timers.js";
import { scene } from "../support/tracker-scene.js";
import { stubProperty } from "../support/stub-property.js";
import { afterThisTest } from "../support/undo.js";
import { watchTraces } from "../support/watch-traces.js";

const MINUTE = 60_000;

const DESTINATIONS: Record<string, () => Destination> = {
  "a destination": () => fakeDestination(),
  Mixpanel: () => mixpanel({ token: "tok_demo_0001" }),
};

for (const [where, destination] of Object.entries(DESTINATIONS))
  describe(`tracker to ${where}, before a choice and at a grant`, () => {
    it("asks for nothing, stores nothing and makes no identifier before a choice", async () => {
      const seen = watchTraces();
      const { tracker, time, pass, requests } = scene({
        destination: destination(),
      });
      tracker.track("a", { n: 1 });
      tracker.page();
      tracker.identify("user-42");
      tracker.set({ plan: "pro" });
      tracker.register({ site: "shop" });
      tracker.reset();
      tracker.flush();
      await pass(60 * MINUTE);
      dispatchEvent(new Event("pagehide"));
      expect([seen, carried(requests), time.waiting]).to.deep.equal([
        [],
        [],
        [],
      ]);
    });

    it("sends $opt_in, then what it held, in order", async () => {
      const { tracker, consent, pass, requests } = scene({
        destination: destination(),
      });
      tracker.track("a");
      tracker.page();
      tracker.track("b");
      consent.grantAll();
      tracker.track("c");
      await pass();
      tracker.track("d");
      await pass(1000);
      const page = where === "Mixpanel" ? "$mp_web_page_view" : "page";
      expect(carried(requests)).to.deep.equal([
        ["$opt_in", "a", page, "b", "c"],
        ["d"],
      ]);
    });

    it("sends $opt_in once, however often the visitor grants", async () => {
      const { tracker, consent, pass, requests } = scene({
        destination: destination(),
      });
      tracker.track("a");
      consent.grantAll();
      consent.grantAll();
      tracker.optIn();
      await pass(1000);
      tracker.optIn();
      consent.set({ analytics: "granted", marketing: "denied" });
      await pass(1000);
      expect(carried(requests)).to.deep.equal([["$opt_in", "a"]]);
    });

    it("sends another $opt_in, and knows nobody any more, when a refusal lies between two grants", async () => {
      const { tracker, consent, pass, requests } = scene({
        destination: destination(),
      });
      consent.grantAll();
      tracker.identify("user-42");
      tracker.register({ site: "shop" });
      tracker.track("a");
      await pass(1000);
      consent.denyAll();
      tracker.track("never");
      consent.grantAll();
      tracker.track("b");
      await pass(1000);
      const identify = where === "Mixpanel" ? "$identify" : "identify";
      expect(carried(requests)).to.deep.equal([
        ["$opt_in", identify, "a"],
        ["$opt_in", "b"],
      ]);
      const [before, after] = requests.map(({ body }) =>
        decodeURIComponent(body),
      );
      const ids = [before, after].map(
        (body) => /deviceId":"([^"]+)|device_id":"([^"]+)/.exec(body!)?.[0],
      );
      expect(ids[0]).not.to.equal(ids[1]);
      expect(after).not.to.match(/user-42|shop"/);
    });
  });

describe("tracker", () => {
  it("keeps the time and the page of each held call", async () => {
    const { tracker, consent, time, pass, requests } = scene();
    let page = "https://shop.test/";
    stubProperty(document, "URL", () => page);
    stubProperty(document, "title", () => `Title of ${page}`);
    stubProperty(document, "referrer", () => "https://search.test/?q=kites");
    tracker.track("a");
    page += "kites#top";
    await time.advance(5000);
    tracker.track("b");
    page = "https://shop.test/cart";
    await time.advance(7000);
    consent.grantAll();
    await pass();
    const referrer = "https://search.test/?q=kites";
    expect(
      messagesIn(requests[0]!).map((message) => [
        message.name,
        message.time - START,
        message.page,
      ]),
    ).to.deep.equal(
      [
        ["$opt_in", 12_000, "https://shop.test/cart"],
        ["a", 0, "https://shop.test/"],
        ["b", 5000, "https://shop.test/kites#top"],
      ].map(([name, at, url]) => [
        name,
        at,
        { url, title: `Title of ${url}`, referrer },
      ]),
    );
  });

  it("keeps where a new visitor came from, and never changes it", async () => {
    const { tracker, consent, pass, requests } = scene();
    let referrer = "https://search.test/?q=kites";
    stubProperty(document, "referrer", () => referrer);
    stubProperty(document, "URL", () => `https://shop.test/#${referrer}`);
    consent.grantAll();
    await pass();
    referrer = "https://other.test/";
    tracker.identify("user-42");
    tracker.track("a");
    await pass(1000);
    expect(
      requests.flatMap(messagesIn).map(({ who }) => who.initialReferrer),
    ).to.deep.equal(Array(3).fill("https://search.test/?q=kites"));
  });

  it("copies properties at the call", async () => {
    const { tracker, consent, pass, requests } = scene();
    const properties = { list: [1], nested: { kept: true }, gone: undefined };
    tracker.track("a", properties);
    properties.list.push(2);
    properties.nested.kept = false;
    consent.grantAll();
    await pass();
    expect(messagesIn(requests[0]!)[1]?.properties).to.deep.equal({
      list: [1],
      nested: { kept: true },
    });
  });

  it("gives each message an id of its own", async () => {
    const { tracker, consent, pass, requests } = scene();
    consent.grantAll();
    for (let i = 0; i < 20; i++) tracker.track("a");
    await pass(1000);
    const ids = messagesIn(requests[0]!).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).to.deep.equal([21, 21]);
  });

  it("goes on as the same visitor on the next page, without another $opt_in", async () => {
    const storage = new FakeRecordStorage();
    const one = scene({ store: { storage } });
    one.consent.grantAll();
    one.tracker.register({ site: "shop" });
    one.tracker.identify("user-42");
    one.tracker.track("a");
    await one.pass(1000);
    const two = scene({ store: { storage }, name: one.name });
    two.tracker.track("b");
    await two.pass(1000);
    const [before] = one.requests.flatMap(messagesIn).slice(-1);
    const [after] = two.requests.flatMap(messagesIn);
    expect([carried(two.requests), after?.who]).to.deep.equal([
      [["b"]],
      before?.who,
    ]);
    expect(after?.who.registered).to.deep.equal({ site: "shop" });
  });

  it("sends what it held without $opt_in when the grant was made in another tab", async () => {
    const storage = new FakeRecordStorage();
    const { tracker, consent, time, pass, requests } = scene({
      store: { storage },
    });
    tracker.track("a");
    const other = createStore({
      purposes: ["analytics", "marketing"],
      storage,
      clock: time.now,
    });
    other.grantAll();
    consent.refresh();
    tracker.track("b");
    await pass(1000);
    expect(carried(requests)).to.deep.equal([["a", "b"]]);
  });

  it("keeps holding while another purpose is decided", async () => {
    const { tracker, consent, pass, requests } = scene();
    tracker.track("a");
    consent.set({ marketing: "granted" });
    await pass(1000);
    const before = carried(requests);
    consent.set({ analytics: "granted" });
    await pass(1000);
    expect([before, carried(requests)]).to.deep.equal([[], [["$opt_in", "a"]]]);
  });

  it("obeys the purpose it is given", async () => {
    const { tracker, consent, pass, requests } = scene({
      purpose: "marketing",
    });
    tracker.track("a");
    consent.set({ analytics: "granted" });
    await pass(1000);
    const before = carried(requests);
    tracker.optIn();
    await pass(1000);
    expect([before, carried(requests), consent.record?.choices]).to.deep.equal([
      [],
      [["$opt_in", "a"]],
      { analytics: "granted", marketing: "granted" },
    ]);
  });

  it("tells of a grant under the name and with the properties that the site wants", async () => {
    const { tracker, consent, pass, requests } = scene({
      optInEvent: "Consent given",
      optInProperties: { revision: "2026-11" },
    });
    tracker.track("a");
    consent.grantAll();
    await pass();
    expect(
      messagesIn(requests[0]!).map(({ name, properties }) => [
        name,
        properties,
      ]),
    ).to.deep.equal([
      ["Consent given", { revision: "2026-11" }],
      ["a", {}],
    ]);
  });

  it("tells nothing of a grant when the site gives it no name", async () => {
    const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
    consent.grantAll();
    await pass(1000);
    const before = carried(requests);
    tracker.track("a");
    await pass(1000);
    expect([before, carried(requests)]).to.deep.equal([[], [["a"]]]);
  });

  it("drops what comes before a choice when the site says so", async () => {
    const { tracker, consent, pass, requests } = scene({
      beforeChoice: "drop",
    });
    tracker.track("never");
    tracker.identify("never");
    consent.grantAll();
    tracker.track("a");
    await pass();
    expect(carried(requests)).to.deep.equal([["$opt_in", "a"]]);
  });

  it("holds a thousand calls and drops the oldest of more", async () => {
    const { tracker, consent, pass, requests } = scene();
    const names = Array.from({ length: 1003 }, (_, i) => `e${i}`);
    for (const name of names) tracker.track(name);
    consent.grantAll();
    await pass();
    expect(carried(requests).flat()).to.deep.equal([
      "$opt_in",
      ...names.slice(3),
    ]);
  });

  it("holds as many calls as the site says", async () => {
    const { tracker, consent, pass, requests } = scene({ holdLimit: 2 });
    for (const name of ["a", "b", "c", "d"]) tracker.track(name);
    consent.grantAll();
    await pass();
    expect(carried(requests)).to.deep.equal([["$opt_in", "c", "d"]]);
  });

  it("drops the oldest also where it has no name, and a grant has none", async () => {
    const { tracker, consent, pass, requests } = scene({
      holdLimit: 2,
      optInEvent: "",
    });
    tracker.page();
    tracker.track("a");
    tracker.track("b");
    consent.grantAll();
    await pass();
    expect(carried(requests)).to.deep.equal([["a", "b"]]);
  });

  it("does not give up $opt_in for a call that comes while the sending code loads", async () => {
    const { tracker, consent, pass, requests } = scene({ holdLimit: 2 });
    for (const name of ["a", "b"]) tracker.track(name);
    consent.grantAll();
    tracker.track("c");
    await pass();
    expect(carried(requests)[0]?.[0]).to.equal("$opt_in");
  });

  it("holds a call for ten minutes and not a millisecond longer", async () => {
    const { tracker, consent, time, pass, requests } = scene();
    tracker.track("too old");
    await time.advance(1);
    tracker.track("just in time");
    await time.advance(10 * MINUTE);
    consent.grantAll();
    await pass();
    expect(carried(requests)).to.deep.equal([["$opt_in", "just in time"]]);
  });

  it("holds a call for as long as the site says", async () => {
    const { tracker, consent, time, pass, requests } = scene({
      holdTime: 5000,
    });
    tracker.track("too old");
    await time.advance(1);
    tracker.track("just in time");
    await time.advance(5000);
    consent.grantAll();
    await pass();
    expect(carried(requests)).to.deep.equal([["$opt_in", "just in time"]]);
  });

  const LISTENERS_BEFORE: [string, "anonymous" | "denied" | undefined][] = [
    ["when the visitor was never asked", undefined],
    ["when the visitor had refused", "denied"],
    ["when the visitor had chosen anonymous", "anonymous"],
  ];
  for (const [when, choice] of LISTENERS_BEFORE)
    it(`puts $opt_in before what an earlier listener tracks at a grant, ${when}`, async () => {
      const { consent, pass, requests } = scene({
        first: (store, tracker) => {
          store.subscribe(() => {
            if (store.isGranted("analytics"))
              tracker().track("from a listener");
          });
        },
      });
      for (let round = 0; round < 2; round++) {
        // In the second round the sending code is there.
        consent.reset();
        if (choice) consent.set({ analytics: choice });
        await pass(1000);
        consent.grantAll();
        await pass(1000);
      }
      expect(carried(requests)).to.deep.equal([
        ["$opt_in", "from a listener"],
        ["$opt_in", "from a listener"],
      ]);
    });

  it("puts $opt_in first also where an earlier listener decides on something else", async () => {
    const { tracker, consent, pass, requests } = scene({
      first: (store) => {
        store.subscribe(() => {
          if (store.get("analytics") === "granted" && !store.get("marketing"))
            store.set({ marketing: "denied" });
        });
      },
    });
    consent.grantAll();
    await pass(1000);
    consent.reset();
    tracker.track("a");
    tracker.optIn();
    await pass(1000);
    expect(carried(requests)).to.deep.equal([["$opt_in"], ["$opt_in", "a"]]);
  });

  it("drops what an earlier listener tracks at a refusal", async () => {
    const { consent, tracker, pass, requests } = scene({
      first: (store, get) => {
        store.subscribe(() => get().track("from a listener"));
      },
    });
    tracker.track("a");
    consent.denyAll();
    await pass(1000);
    expect(carried(requests)).to.deep.equal([]);
  });

  for (const mode of ["opt-out", "notice"] as const) {
    it(`sends from the start, without $opt_in, where no answer means yes (${mode})`, async () => {
      const { tracker, pass, requests, identity } = scene({ store: { mode } });
      tracker.track("a");
      await pass(1000);
      expect([carried(requests), !!identity()]).to.deep.equal([[["a"]], true]);
    });

    it(`tells of an explicit grant where no answer means yes (${mode})`, async () => {
      const { tracker, consent, pass, requests } = scene({ store: { mode } });
      tracker.track("a");
      await pass(1000);
      consent.grantAll();
      tracker.track("b");
      await pass(1000);
      const ids = requests.flatMap(messagesIn).map(({ who }) => who.deviceId);
      expect([carried(requests), new Set(ids).size]).to.deep.equal([
        [["a"], ["$opt_in", "b"]],
        1,
      ]);
    });

    it(`tells of an explicit grant where nothing else happens (${mode})`, async () => {
      const { consent, pass, requests } = scene({ store: { mode } });
      consent.grantAll();
      await pass(1000);
      expect(carried(requests)).to.deep.equal([["$opt_in"]]);
    });

    it(`stops at a refusal where no answer means yes (${mode})`, async () => {
      const { tracker, consent, pass, requests, identity } = scene({
        store: { mode },
      });
      tracker.track("a");
      await pass(1000);
      tracker.track("never");
      consent.denyAll();
      tracker.track("never");
      await pass(1000);
      expect([carried(requests), identity()]).to.deep.equal([[["a"]], null]);
    });
  }

  it("says whether the visitor granted, refused or was never asked", () => {
    const { tracker, consent } = scene({
      store: { mode: "opt-out" },
    });
    const answers: string[] = [];
    const ask = (when: string) =>
      answers.push(`${when}: ${tracker.hasOptedIn()} ${tracker.hasOptedOut()}`);
    ask("at first");
    tracker.optIn();
    ask("opted in");
    tracker.optOut();
    ask("opted out");
    consent.set({ analytics: "anonymous" });
    ask("anonymous");
    consent.set({ analytics: "denied", marketing: "granted" });
    ask("another purpose");
    tracker.clearOptInOut();
    ask("cleared");
    expect(answers).to.deep.equal([
      "at first: false false",
      "opted in: true false",
      "opted out: false true",
      "anonymous: false false",
      "another purpose: false true",
      "cleared: false false",
    ]);
  });

  it("names in the record what was done", () => {
    const { tracker, consent } = scene();
    const actions: unknown[] = [];
    tracker.optIn();
    actions.push(consent.record?.action);
    tracker.optOut();
    actions.push(consent.record?.action);
    expect(actions).to.deep.equal(["opt-in", "opt-out"]);
  });

  it("holds again, without identity and queue, when the answer is forgotten", async () => {
    const { tracker, consent, pass, requests, identity, time } = scene();
    consent.grantAll();
    await pass();
    tracker.track("never");
    tracker.clearOptInOut();
    const after = [identity(), time.waiting, consent.record?.choices];
    tracker.track("held");
    await pass(1000);
    consent.grantAll();
    await pass();
    expect([after, carried(requests)]).to.deep.equal([
      [null, [], { marketing: "granted" }],
      [["$opt_in"], ["$opt_in", "held"]],
    ]);
  });

  it("forgets who the visitor is at reset(), in the order of the calls", async () => {
    const { tracker, consent, pass, requests } = scene();
    consent.grantAll();
    tracker.identify("user-42");
    tracker.register({ site: "shop" });
    tracker.track("a");
    tracker.reset();
    tracker.track("b");
    await pass(1000);
    const [optIn, , a, b] = requests.flatMap(messagesIn);
    expect([
      a?.who.deviceId === optIn?.who.deviceId,
      b?.who.deviceId === optIn?.who.deviceId,
      a?.who.userId,
      b?.who.userId,
      b?.who.registered,
      tracker.hasOptedIn(),
    ]).to.deep.equal([true, false, "user-42", undefined, undefined, true]);
  });

  it("forgets at reset() a profile's properties that had no name yet", async () => {
    const { tracker, consent, pass, requests } = scene();
    consent.grantAll();
    tracker.set({ plan: "pro" });
    tracker.reset();
    tracker.identify("user-42");
    await pass(1000);
    expect(carried(requests)).to.deep.equal([["$opt_in", "identify"]]);
  });

  it("keeps a profile's properties until the visitor has a name", async () => {
    const { tracker, consent, pass, requests } = scene();
    consent.grantAll();
    tracker.set({ plan: "pro" });
    tracker.track("a");
    await pass(1000);
    tracker.identify("user-42");
    tracker.set({ plan: "team" });
    await pass(1000);
    const messages = requests.flatMap(messagesIn);
    expect([
      carried(requests),
      messages
        .filter(({ verb }) => verb === "profile")
        .map(({ who, properties }) => [who.userId, properties]),
    ]).to.deep.equal([
      [["$opt_in", "a"], ["identify"], ["set", "set"]],
      [
        ["user-42", { plan: "pro" }],
        ["user-42", { plan: "team" }],
      ],
    ]);
  });

  it("gives a profile's properties to the first name alone", async () => {
    const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
    consent.grantAll();
    tracker.set({ plan: "pro" });
    tracker.identify("user-42");
    tracker.identify("user-43");
    await pass(1000);
    expect(
      requests
        .flatMap(messagesIn)
        .map(({ verb, who }) => `${verb} ${who.userId}`),
    ).to.deep.equal([
      "identify user-42",
      "profile user-42",
      "identify user-43",
    ]);
  });

  it("tells once who the visitor is, and who they were before", async () => {
    const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
    consent.grantAll();
    for (const id of ["user-42", "user-42", "user-43"]) tracker.identify(id);
    await pass(1000);
    const messages = requests.flatMap(messagesIn);
    const { deviceId } = messages[0]!.who;
    expect(
      messages.map(({ name, before, who }) => [name, before, who.userId]),
    ).to.deep.equal([
      ["user-42", `$device:${deviceId}`, "user-42"],
      ["user-43", "user-42", "user-43"],
    ]);
  });

  it("adds what is registered to what it already knew", async () => {
    const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
    consent.grantAll();
    tracker.register({ site: "shop", lang: "en" });
    tracker.register({ lang: "de" });
    tracker.track("a");
    await pass(1000);
    expect(messagesIn(requests[0]!)[0]?.who.registered).to.deep.equal({
      site: "shop",
      lang: "de",
    });
  });

  it("waits no longer than the flush interval, and not at all at flush()", async () => {
    const { tracker, consent, pass, time, requests } = scene({
      optInEvent: "",
      flushInterval: 3000,
    });
    consent.grantAll();
    tracker.track("a");
    await pass();
    tracker.track("b");
    await pass();
    await time.advance(2999);
    const before = carried(requests);
    await time.advance(1);
    tracker.track("c");
    tracker.flush();
    await time.advance(0);
    expect([before, carried(requests), time.waiting]).to.deep.equal([
      [["a"]],
      [["a"], ["b"], ["c"]],
      [],
    ]);
  });

  it("keeps two trackers of one store apart", async () => {
    const { consent, tracker, pass, requests, name, identity } = scene();
    const network = fakeFetch();
    const otherName = `${name}-marketing`;
    afterThisTest(() => other.optOut());
    const other = createTracker({
      consent,
      purpose: "marketing",
      name: otherName,
      destination: fakeDestination(),
      fetch: network.fetch,
      inTurn: (_, work) => work(),
    });
    tracker.track("a");
    other.track("b");
    tracker.optIn();
    await pass();
    const first = [carried(requests), carried(network.requests)];
    other.optIn();
    tracker.optOut();
    await pass();
    const second = [carried(requests), carried(network.requests)];
    expect([first, second]).to.deep.equal([
      [[["$opt_in", "a"]], []],
      [[["$opt_in", "a"]], [["$opt_in", "b"]]],
    ]);
    expect([identity(), !!localStorage.getItem(otherName)]).to.deep.equal([
      null,
      true,
    ]);
  });

  it("keeps its identity under a name of its own unless it is given one", async () => {
    const { consent, pass, identity } = scene({ name: "consent-tracker" });
    consent.grantAll();
    await pass();
    expect(identity()).to.match(
      /^\{"grant":"2026-11-22T10:15:00.000Z","deviceId":"[\da-f-]{36}"/,
    );
  });
});
