import { expect } from "@open-wc/testing";
import type { Tracker } from "../../src/tracker/facade.js";
import { carried } from "../support/carried.js";
import { messagesIn } from "../support/fake-destination.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { scene } from "../support/tracker-scene.js";
import { stubProperty } from "../support/stub-property.js";

/** Makes this page look prerendered. Returns what shows it. */
function prerender(): () => void {
  let prerendering = true;
  stubProperty(document, "prerendering", () => prerendering);
  return () => {
    prerendering = false;
    document.dispatchEvent(new Event("prerenderingchange"));
  };
}

/** The storage of a visitor who granted on an earlier page, and who they are. */
async function returning() {
  const storage = new FakeRecordStorage();
  const { consent, pass, requests, name } = scene({ store: { storage } });
  consent.grantAll();
  await pass();
  return { storage, name, who: messagesIn(requests[0]!)[0]!.who };
}

const all = (tracker: Tracker) => {
  tracker.track("a");
  tracker.page();
  tracker.flush();
};

describe("tracker on a prerendered page", () => {
  it("sends nothing before the page is shown, then all", async () => {
    const { storage } = await returning();
    const show = prerender();
    const { tracker, pass, requests } = scene({ store: { storage } });
    all(tracker);
    await pass(1000);
    dispatchEvent(new Event("pagehide"));
    const before = carried(requests);
    show();
    tracker.track("b");
    await pass();
    expect([before, carried(requests)]).to.deep.equal([
      [],
      [["a", "page", "b"]],
    ]);
  });

  it("leaves the identity of a returning visitor alone", async () => {
    const { storage, name, who } = await returning();
    const show = prerender();
    const { tracker, pass, requests, identity } = scene({
      store: { storage },
      name,
    });
    const kept = identity();
    tracker.track("a");
    show();
    await pass();
    expect([
      kept !== null,
      requests.flatMap(messagesIn).map((message) => message.who),
    ]).to.deep.equal([true, [who]]);
  });

  it("sends nothing at all when the visitor says no before it is shown", async () => {
    const { storage } = await returning();
    const show = prerender();
    const { tracker, consent, pass, requests } = scene({ store: { storage } });
    all(tracker);
    consent.denyAll();
    show();
    await pass(1000);
    expect(carried(requests)).to.deep.equal([]);
  });

  it("does not bring back, by a later grant, what came after a refusal", async () => {
    const show = prerender();
    const { tracker, consent, pass, requests } = scene();
    consent.denyAll();
    tracker.track("never");
    consent.grantAll();
    tracker.track("a");
    show();
    await pass();
    expect(carried(requests)).to.deep.equal([["$opt_in", "a"]]);
  });

  it("tells of a grant that was made before it is shown", async () => {
    const show = prerender();
    const { tracker, consent, pass, requests } = scene();
    tracker.track("a");
    consent.grantAll();
    tracker.track("b");
    await pass(1000);
    const before = carried(requests);
    show();
    await pass();
    expect([before, carried(requests)]).to.deep.equal([
      [],
      [["$opt_in", "a", "b"]],
    ]);
  });

  it("holds what is anonymous, too", async () => {
    const show = prerender();
    const { tracker, pass, requests } = scene({ beforeChoice: "anonymous" });
    tracker.track("a");
    await pass(1000);
    const before = carried(requests);
    show();
    await pass();
    expect([before, carried(requests)]).to.deep.equal([[], [["a"]]]);
  });

  it("drops what a site wants dropped before a choice", async () => {
    const show = prerender();
    const { tracker, consent, pass, requests } = scene({
      beforeChoice: "drop",
    });
    tracker.track("never");
    show();
    consent.grantAll();
    await pass();
    expect(carried(requests)).to.deep.equal([["$opt_in"]]);
  });
});
