import { expect } from "@open-wc/testing";
import type { Tracker } from "../../src/tracker/facade.js";
import { carried } from "../support/carried.js";
import { scene } from "../support/tracker-scene.js";
import { stubProperty } from "../support/stub-property.js";

const DAY = 864e5;

/** The page is put into the background, or comes back from it. */
function turnAway(hidden: boolean) {
  stubProperty(document, "hidden", () => hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

const DEPARTURES: Record<string, () => void> = {
  "it is put into the background": () => turnAway(true),
  "it is left": () => {
    dispatchEvent(new Event("pagehide"));
  },
};

for (const [when, leave] of Object.entries(DEPARTURES))
  describe(`tracker of a page, when ${when}`, () => {
    it("hands over what waits, once", async () => {
      const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
      consent.grantAll();
      tracker.track("a");
      await pass();
      tracker.track("b");
      tracker.identify("user-42");
      tracker.set({ plan: "pro" });
      leave();
      const now = carried(requests);
      await pass(DAY);
      expect([now, requests.length]).to.deep.equal([
        [["a"], ["b", "identify"], ["set"]],
        3,
      ]);
      expect(requests.map(({ keepalive }) => keepalive)).to.deep.equal([
        false,
        true,
        true,
      ]);
    });

    it("hands over nothing after a refusal", async () => {
      const { tracker, consent, pass, requests } = scene({ optInEvent: "" });
      consent.grantAll();
      tracker.track("a");
      await pass();
      tracker.track("never");
      consent.denyAll();
      leave();
      await pass(DAY);
      expect(carried(requests)).to.deep.equal([["a"]]);
    });

    it("hands over nothing before a choice", async () => {
      const { tracker, pass, requests } = scene();
      tracker.track("never");
      await pass(1000);
      leave();
      await pass(DAY);
      expect(carried(requests)).to.deep.equal([]);
    });

    it("cuts off at a refusal what it has handed over, if the page lives on", async () => {
      const { tracker, consent, pass, requests } = scene({
        optInEvent: "",
        answers: [{}, "hang"],
      });
      consent.grantAll();
      tracker.track("a");
      await pass();
      tracker.track("b");
      leave();
      consent.denyAll();
      const cut = requests.map(({ signal }) => signal.aborted);
      await pass(DAY);
      expect([cut, carried(requests)]).to.deep.equal([
        [false, true],
        [["a"], ["b"]],
      ]);
    });

    it("hands over no more than browsers carry, however much there is", async () => {
      const { tracker, consent, pass, requests } = scene({
        optInEvent: "",
        answers: [{}, "hang", "hang", "hang", "hang", "hang"],
      });
      consent.grantAll();
      tracker.track("a");
      await pass();
      for (let i = 0; i < 300; i++) tracker.track(`e${i}`, { i });
      leave();
      const handedOver = requests.slice(1);
      const bytes = handedOver.map(({ body }) => body.length);
      const sum = bytes.reduce((a, b) => a + b, 0);
      expect([
        handedOver.every(({ keepalive }) => keepalive),
        sum <= 60_000,
        sum + bytes[0]! > 60_000,
      ]).to.deep.equal([true, true, true]);
    });
  });

describe("tracker of a page that is put into the background", () => {
  const underWay = async () => {
    const all = scene({ optInEvent: "", answers: [{}, "hang"] });
    all.consent.grantAll();
    all.tracker.track("a");
    await all.pass();
    all.tracker.track("b");
    await all.pass(1000);
    return all;
  };
  const say = (tracker: Tracker) => tracker.track("c");

  it("leaves alone what is under way", async () => {
    const { tracker, requests } = await underWay();
    say(tracker);
    turnAway(true);
    expect([
      carried(requests),
      requests.map(({ signal }) => signal.aborted),
    ]).to.deep.equal([
      [["a"], ["b"], ["c"]],
      [false, false, false],
    ]);
  });

  it("hands over again what is under way when it is left for good", async () => {
    const { tracker, requests } = await underWay();
    say(tracker);
    dispatchEvent(new Event("pagehide"));
    expect([
      carried(requests),
      requests.map(({ signal }) => signal.aborted),
    ]).to.deep.equal([
      [["a"], ["b"], ["b", "c"]],
      [false, true, false],
    ]);
  });

  it("has nothing to do when it comes back to the front", async () => {
    const { tracker, requests } = await underWay();
    say(tracker);
    turnAway(false);
    expect(carried(requests)).to.deep.equal([["a"], ["b"]]);
  });
});
