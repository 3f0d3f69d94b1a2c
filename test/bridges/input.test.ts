import { expect } from "@open-wc/testing";
import { bridgeMixpanel } from "../../src/bridges/mixpanel-browser.js";
import { bridgeSnowplow } from "../../src/bridges/snowplow-browser-tracker.js";
import { createStore } from "../../src/consent/store.js";

/** SDKs that must not be called: these tests give no consent. */
const mixpanel = { init: () => expect.fail("init") } as never;
const snowplow = { newTracker: () => expect.fail("newTracker") } as never;

const consent = createStore();

describe("the bridge to mixpanel-browser", () => {
  const good = { consent, token: "TOKEN" };
  const cases: [string, object, ErrorConstructor][] = [
    ["no token", { token: "" }, TypeError],
    ["no store", { consent: undefined }, TypeError],
    ["an unknown option", { tokn: "TOKEN" }, TypeError],
    ["a purpose that the store does not have", { purpose: "ads" }, RangeError],
    ["another word for beforeChoice", { beforeChoice: "send" }, RangeError],
    [
      "a default of the SDK's own beside the store's",
      { config: { opt_out_tracking_by_default: true } },
      TypeError,
    ],
  ];
  for (const [what, options, kind] of cases)
    it(`refuses ${what}`, () => {
      expect(() =>
        bridgeMixpanel(mixpanel, { ...good, ...options } as never),
      ).to.throw(kind, "consent-elements:");
    });

  it("refuses what is no SDK, and a task that is none", () => {
    expect(() => bridgeMixpanel({} as never, good)).to.throw(
      TypeError,
      "mixpanel-browser",
    );
    const bridge = bridgeMixpanel(mixpanel, good);
    expect(() => bridge.run("track" as never)).to.throw(RangeError, "task");
  });
});

describe("the bridge to browser-tracker", () => {
  const good = { consent, namespace: "sp", endpoint: "https://c.shop.test" };
  const cases: [string, object, ErrorConstructor][] = [
    ["no namespace", { namespace: "" }, TypeError],
    ["no endpoint", { endpoint: "" }, TypeError],
    ["no store", { consent: undefined }, TypeError],
    ["an unknown option", { url: "https://c.shop.test" }, TypeError],
    ["another word for whenDenied", { whenDenied: "full" }, RangeError],
    ["another word for beforeChoice", { beforeChoice: "full" }, RangeError],
    [
      "a level of the SDK's own beside the store's",
      { config: { anonymousTracking: true } },
      TypeError,
    ],
    ["a queue beside its own", { config: { eventStore: {} } }, TypeError],
  ];
  for (const [what, options, kind] of cases)
    it(`refuses ${what}`, () => {
      expect(() =>
        bridgeSnowplow(snowplow, { ...good, ...options } as never),
      ).to.throw(kind, "consent-elements:");
    });

  it("refuses what is no SDK", () => {
    expect(() => bridgeSnowplow({} as never, good)).to.throw(
      TypeError,
      "browser-tracker",
    );
  });
});
