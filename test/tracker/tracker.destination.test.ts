import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import type { Destination } from "../../src/tracker/destination.js";
import { carried } from "../support/carried.js";
import { deferred } from "../support/deferred.js";
import { fakeDestination } from "../support/fake-destination.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { scene } from "../support/tracker-scene.js";
import { stubProperty } from "../support/stub-property.js";

describe("tracker with a destination to fetch", () => {
  it("fetches it once, when something may be sent, and not before", async () => {
    const steps: string[] = [];
    const { tracker, consent, pass, requests } = scene({
      optInEvent: "",
      destination: async () => {
        steps.push("fetched");
        return fakeDestination();
      },
    });
    steps.push("before a choice");
    tracker.track("a");
    tracker.flush();
    await pass(1000);
    steps.push("refused");
    consent.denyAll();
    tracker.track("never");
    await pass(1000);
    steps.push("granted, nothing to send");
    consent.grantAll();
    await pass(1000);
    steps.push("tracked");
    tracker.track("b");
    await pass();
    tracker.track("c");
    await pass(1000);
    steps.push("granted again");
    consent.denyAll();
    consent.grantAll();
    tracker.track("d");
    await pass(1000);
    expect([steps, carried(requests)]).to.deep.equal([
      [
        "before a choice",
        "refused",
        "granted, nothing to send",
        "tracked",
        "fetched",
        "granted again",
      ],
      [["b"], ["c"], ["d"]],
    ]);
  });

  it("reports that it could not be fetched, and tries again at the next call", async () => {
    const failure = new Error("no network");
    let attempts = 0;
    const { tracker, consent, pass, requests, errors } = scene({
      destination: async () => {
        attempts++;
        if (attempts < 3) throw failure;
        return fakeDestination();
      },
    });
    const seen: unknown[] = [];
    const look = () => seen.push([attempts, errors.length]);
    tracker.track("a");
    consent.grantAll();
    await pass(60_000);
    look();
    tracker.track("b");
    await pass(60_000);
    look();
    tracker.track("c");
    await pass(1000);
    look();
    expect([seen, carried(requests)]).to.deep.equal([
      [
        [1, 1],
        [2, 2],
        [3, 2],
      ],
      [["$opt_in", "a", "b", "c"]],
    ]);
    expect(errors).to.deep.equal([failure, failure]);
  });

  it("fetches it once for all that waits", async () => {
    const code = deferred<Destination>();
    let fetched = 0;
    const { tracker, consent, pass, requests } = scene({
      destination: () => {
        fetched++;
        return code.promise;
      },
    });
    consent.grantAll();
    for (const name of ["a", "b", "c"]) {
      tracker.track(name);
      await pass();
    }
    tracker.flush();
    code.resolve(fakeDestination());
    await pass();
    expect([fetched, carried(requests)]).to.deep.equal([
      1,
      [["$opt_in", "a", "b", "c"]],
    ]);
  });

  it("keeps the order when another tab decides on something else meanwhile", async () => {
    const code = deferred<Destination>();
    const storage = new FakeRecordStorage();
    const { tracker, consent, time, pass, requests } = scene({
      store: { storage },
      destination: () => code.promise,
    });
    tracker.track("a");
    consent.set({ analytics: "granted" });
    tracker.track("b");
    await pass();
    createStore({
      purposes: ["analytics", "marketing"],
      storage,
      clock: time.now,
    }).set({ marketing: "granted" });
    code.resolve(fakeDestination());
    await pass(1000);
    expect(carried(requests)).to.deep.equal([["$opt_in", "a", "b"]]);
  });

  it("sends with the page's own fetch unless it is given another", async () => {
    const urls: string[] = [];
    stubProperty(globalThis, "fetch", () => async (url: string) => {
      urls.push(url);
      return new Response('{"status":1}');
    });
    const { consent, pass } = scene({ fetch: undefined });
    consent.grantAll();
    await pass();
    expect(urls).to.deep.equal(["https://collector.test/in"]);
  });

  it("takes the time from the system's clock unless it is given another", async () => {
    const before = Date.now();
    const { consent, pass, requests } = scene({ clock: undefined });
    consent.grantAll();
    await pass();
    const [{ time }] = JSON.parse(requests[0]!.body) as [{ time: number }];
    expect(time).to.be.within(before, Date.now());
  });
});
