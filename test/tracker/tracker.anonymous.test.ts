import { expect } from "@open-wc/testing";
import type { Destination } from "../../src/tracker/destination.js";
import { mixpanel } from "../../src/tracker/destinations/mixpanel.js";
import type { TrackerOptions } from "../../src/tracker/tracker.js";
import type { Choice } from "../../src/consent/choice.js";
import { carried } from "../support/carried.js";
import { deferred } from "../support/deferred.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { scene, type Scene } from "../support/tracker-scene.js";
import { watchTraces } from "../support/watch-traces.js";

const messages = ({ requests }: Scene) => requests.flatMap(messagesIn);
const everyone = (all: Scene) => [
  ...new Set(messages(all).map(({ who }) => who.deviceId)),
];

const ANONYMOUS: [string, Partial<TrackerOptions>, Choice | undefined][] = [
  [
    "before a choice, where the site says so",
    { beforeChoice: "anonymous" },
    undefined,
  ],
  ["at the anonymous choice", {}, "anonymous"],
  [
    "after a refusal, where the site says so",
    { whenDenied: "anonymous" },
    "denied",
  ],
];

for (const [when, options, choice] of ANONYMOUS)
  describe(`anonymous tracker, ${when}`, () => {
    const begin = (more: Parameters<typeof scene>[0] = {}) => {
      const all = scene({ ...options, ...more });
      if (choice) all.consent.set({ analytics: choice });
      return all;
    };

    it("sends events without touching any storage of the browser", async () => {
      const storage = new FakeRecordStorage();
      begin({ store: { storage } });
      // A later page, which starts at this level.
      const all = scene({ ...options, store: { storage } });
      const seen = watchTraces();
      all.tracker.track("a");
      all.tracker.page();
      all.tracker.identify("user-42");
      all.tracker.set({ plan: "pro" });
      all.tracker.register({ site: "shop" });
      all.tracker.reset();
      all.tracker.track("b");
      await all.pass(1000);
      expect([
        [...new Set(seen)],
        carried(all.requests),
        messages(all).map(({ level, who }) => [level, Object.keys(who)]),
      ]).to.deep.equal([
        ["randomUUID"],
        [["a", "page", "b"]],
        [
          ["anonymous", ["deviceId"]],
          ["anonymous", ["deviceId"]],
          ["anonymous", ["deviceId"]],
        ],
      ]);
    });

    it("says nothing that names the visitor to Mixpanel", async () => {
      const all = begin({
        destination: mixpanel({ token: "tok_demo_0001" }),
      });
      all.tracker.register({ site: "shop" });
      all.tracker.identify("user-42");
      all.tracker.set({ plan: "pro" });
      all.tracker.track("a");
      await all.pass(1000);
      expect([
        carried(all.requests),
        /user-42|site|plan/.test(decodeURIComponent(all.requests[0]!.body)),
        all.requests[0]!.url.searchParams.get("ip"),
        all.requests[0]!.credentials,
      ]).to.deep.equal([[["a"]], false, "0", "omit"]);
    });

    it("is nobody that another page would know", async () => {
      const one = begin();
      one.tracker.track("a");
      one.tracker.track("b");
      await one.pass(1000);
      const two = begin({ name: one.name });
      two.tracker.track("c");
      await two.pass(1000);
      expect([
        everyone(one).length,
        everyone(two).length,
        new Set([...everyone(one), ...everyone(two)]).size,
      ]).to.deep.equal([1, 1, 2]);
    });

    it("has nothing in common with who the visitor becomes at a grant", async () => {
      const all = begin();
      all.tracker.track("a");
      await all.pass(1000);
      const [nobody] = everyone(all);
      all.tracker.track("b");
      all.consent.grantAll();
      all.tracker.track("c");
      await all.pass(1000);
      expect([
        carried(all.requests),
        all.requests.map(({ body }) => body.includes(nobody!)),
        all.requests.map(
          (request) =>
            new Set(messagesIn(request).map(({ level }) => level)).size,
        ),
      ]).to.deep.equal([
        [["a"], ["b"], ["$opt_in", "c"]],
        [true, true, false],
        [1, 1, 1],
      ]);
    });

    it("removes the identity that an earlier page left", async () => {
      const storage = new FakeRecordStorage();
      const first = scene({ store: { storage } });
      first.consent.grantAll();
      await first.pass();
      const before = first.identity();
      // A page without a tracker: there is nobody to remove the entry there.
      const elsewhere = scene({ store: { storage } });
      if (choice) elsewhere.consent.set({ analytics: choice });
      else elsewhere.consent.reset();
      const all = scene({ ...options, store: { storage }, name: first.name });
      const after = all.identity();
      expect([before !== null, after]).to.deep.equal([true, null]);
    });
  });

describe("anonymous tracker", () => {
  it("takes along what was held for a choice", async () => {
    const all = scene();
    all.tracker.track("a");
    all.tracker.identify("user-42");
    all.tracker.page();
    all.consent.set({ analytics: "anonymous" });
    await all.pass();
    expect([carried(all.requests), all.identity()]).to.deep.equal([
      [["a", "page"]],
      null,
    ]);
  });

  it("clears identity and queue when the visitor goes from a grant to anonymous", async () => {
    const all = scene();
    all.consent.grantAll();
    all.tracker.identify("user-42");
    await all.pass(1000);
    const known = everyone(all);
    all.tracker.track("never");
    all.tracker.set({ never: true });
    all.consent.set({ analytics: "anonymous" });
    const after = all.identity();
    all.tracker.track("a");
    await all.pass(1000);
    expect([
      after,
      carried(all.requests),
      known.length,
      everyone(all).length,
    ]).to.deep.equal([null, [["$opt_in", "identify"], ["a"]], 1, 2]);
  });

  it("gives no identity to what an earlier listener tracks at the change to anonymous", async () => {
    const all = scene({
      first: (store, tracker) => {
        store.subscribe(() => {
          if (store.get("analytics") === "anonymous")
            tracker().track("from a listener");
        });
      },
    });
    all.consent.grantAll();
    all.tracker.identify("user-42");
    await all.pass(1000);
    all.consent.set({ analytics: "anonymous" });
    all.tracker.track("a");
    await all.pass(1000);
    expect([
      all.identity(),
      messages(all).map(({ name, level }) => [name, level]),
    ]).to.deep.equal([
      null,
      [
        ["$opt_in", "full"],
        ["user-42", "full"],
        ["from a listener", "anonymous"],
        ["a", "anonymous"],
      ],
    ]);
  });

  it("cuts off a request with an identity when the visitor goes from a grant to anonymous", async () => {
    const all = scene({ answers: ["hang"] });
    all.consent.grantAll();
    await all.pass();
    all.consent.set({ analytics: "anonymous" });
    const cut = all.requests.map(({ signal }) => signal.aborted);
    all.tracker.track("a");
    await all.pass(1000);
    expect([cut, carried(all.requests)]).to.deep.equal([
      [true],
      [["$opt_in"], ["a"]],
    ]);
  });

  it("lets an anonymous request go on when the visitor grants", async () => {
    const all = scene({ answers: ["hang"] });
    all.consent.set({ analytics: "anonymous" });
    all.tracker.track("a");
    await all.pass(1000);
    all.consent.grantAll();
    const cut = all.requests.map(({ signal }) => signal.aborted);
    all.requests[0]!.answer({ status: 503 });
    await all.pass(10_000);
    expect([cut, carried(all.requests)]).to.deep.equal([
      [false],
      [["a"], ["$opt_in"], ["a"]],
    ]);
  });

  it("drops at a refusal what it has queued and what is under way", async () => {
    const all = scene({ answers: ["hang"] });
    all.consent.set({ analytics: "anonymous" });
    all.tracker.track("a");
    await all.pass(1000);
    all.tracker.track("never");
    all.consent.denyAll();
    all.tracker.track("never");
    const cut = all.requests.map(({ signal }) => signal.aborted);
    await all.pass(60_000);
    expect([cut, carried(all.requests), all.time.waiting]).to.deep.equal([
      [true],
      [["a"]],
      [],
    ]);
  });

  it("is somebody else after each change of the decision", async () => {
    const all = scene({ optInEvent: "" });
    for (const analytics of ["anonymous", "granted", "anonymous"] as const) {
      all.consent.set({ analytics });
      all.tracker.track("a");
      await all.pass(1000);
    }
    expect(everyone(all)).to.have.lengthOf(3);
  });

  it("shows a refusal no identity that was made for a grant", async () => {
    const all = scene({ whenDenied: "anonymous" });
    all.consent.grantAll();
    all.tracker.identify("user-42");
    await all.pass(1000);
    const [known] = everyone(all);
    all.tracker.track("never");
    all.consent.denyAll();
    all.tracker.track("a");
    await all.pass(1000);
    const last = all.requests.at(-1)!;
    expect([
      carried(all.requests),
      last.body.includes(known!) || last.body.includes("user-42"),
      all.identity(),
    ]).to.deep.equal([[["$opt_in", "identify"], ["a"]], false, null]);
  });

  it("sends nothing at the new level that waited for the code at the old one", async () => {
    const code = deferred<Destination>();
    const all = scene({ destination: () => code.promise });
    all.consent.grantAll();
    all.tracker.track("never");
    await all.pass();
    all.consent.set({ analytics: "anonymous" });
    all.tracker.track("a");
    code.resolve(fakeDestination());
    await all.pass(1000);
    expect(messages(all).map(({ name, level }) => [name, level])).to.deep.equal(
      [["a", "anonymous"]],
    );
  });

  it("sends on its own terms what waited for the code while the level rose (P4)", async () => {
    const code = deferred<Destination>();
    const all = scene({
      destination: () => code.promise,
      optInEvent: "",
    });
    all.consent.set({ analytics: "anonymous" });
    all.tracker.track("a");
    all.tracker.identify("user-42");
    await all.pass();
    all.consent.grantAll();
    all.tracker.track("b");
    code.resolve(fakeDestination());
    await all.pass(1000);
    const [a, b] = messages(all).toSorted((x, y) => (x.name > y.name ? 1 : -1));
    expect([
      [a!.name, a!.level, a!.serverAnonymity],
      [b!.name, b!.level, b!.serverAnonymity, b!.who.userId],
      a!.view === b!.view,
      a!.who.deviceId === b!.who.deviceId,
    ]).to.deep.equal([
      ["a", "anonymous", true],
      ["b", "full", false, undefined],
      false,
      false,
    ]);
  });
});
