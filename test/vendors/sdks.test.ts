import { expect } from "@open-wc/testing";
import { amplitude } from "../../src/vendors/amplitude.js";
import { datadog } from "../../src/vendors/datadog.js";
import { mixpanel } from "../../src/vendors/mixpanel.js";
import { plausible } from "../../src/vendors/plausible.js";
import { posthog } from "../../src/vendors/posthog.js";
import { rudderstack } from "../../src/vendors/rudderstack.js";
import { segment } from "../../src/vendors/segment.js";
import { sentry } from "../../src/vendors/sentry.js";
import type { Vendor } from "../../src/vendors/vendor.js";
import { catchError } from "../support/catch-error.js";
import { deferred } from "../support/deferred.js";
import { fakeSdk, type FakeSdk } from "../support/fake-sdk.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

/** One vendor that drives an SDK, and what it tells it. */
interface Case {
  /** Makes the vendor with options of its own; a test adds `sdk`. */
  make: (options: any) => Vendor;
  options: Record<string, unknown>;
  methods: readonly string[];
  /** The global that its script makes, and that script's address. */
  global: string;
  src: string;
  yes: readonly unknown[];
  no: readonly unknown[];
  again: readonly unknown[];
  /** What the script is not told, because it finds it beside the snippet. */
  byAddress?: readonly unknown[];
}

const cases: Record<string, Case> = {
  amplitude: {
    make: amplitude,
    options: { key: "KEY", config: { serverZone: "EU" } },
    methods: ["init", "add", "track", "setOptOut", "flush", "reset"],
    global: "amplitude",
    src: "https://cdn.amplitude.com/script/KEY.js",
    yes: [
      [
        "add",
        {
          name: "consent-elements",
          type: "before",
          setup: "function",
          execute: "function",
        },
      ],
      ["init", "KEY", { serverZone: "EU", optOut: false }],
      ["track", "consent-elements: begin"],
    ],
    no: [["setOptOut", true], ["flush"], ["reset"]],
    again: [["setOptOut", false]],
  },
  datadog: {
    make: datadog,
    options: { clientToken: "pub1", applicationId: "app", site: "x.test" },
    methods: ["init", "setTrackingConsent"],
    global: "DD_RUM",
    src: "https://www.datadoghq-browser-agent.com/us1/v6/datadog-rum.js",
    yes: [
      [
        "init",
        {
          proxy: "function",
          beforeSend: "function",
          applicationId: "app",
          clientToken: "pub1",
          site: "x.test",
          trackingConsent: "granted",
        },
      ],
    ],
    no: [["setTrackingConsent", "not-granted"]],
    again: [["setTrackingConsent", "granted"]],
  },
  mixpanel: {
    make: mixpanel,
    options: { token: "TOKEN", config: { debug: true } },
    methods: [
      "init",
      "reset",
      "opt_in_tracking",
      "opt_out_tracking",
      "stop_batch_senders",
    ],
    global: "mixpanel",
    src: "https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js",
    yes: [
      ["init", "TOKEN", { debug: true }],
      ["opt_in_tracking", { track: "function" }],
    ],
    no: [
      ["opt_out_tracking", { delete_user: false, clear_persistence: true }],
      ["stop_batch_senders"],
    ],
    again: [["reset"], ["opt_in_tracking", { track: "function" }]],
  },
  plausible: {
    make: plausible,
    options: {
      domain: "shop.test",
      src: "https://plausible.io/js/pa-1.js",
      config: { hashBasedRouting: true },
    },
    methods: ["init"],
    global: "plausible",
    src: "https://plausible.io/js/pa-1.js",
    yes: [
      [
        "init",
        {
          hashBasedRouting: true,
          domain: "shop.test",
          transformRequest: "function",
        },
      ],
    ],
    no: [],
    again: [],
    byAddress: [],
  },
  posthog: {
    make: posthog,
    options: { key: "phc_1", host: "https://eu.i.posthog.com" },
    methods: ["init", "reset", "opt_in_capturing", "opt_out_capturing"],
    global: "posthog",
    src: "https://eu-assets.i.posthog.com/static/array.js",
    yes: [
      [
        "init",
        "phc_1",
        {
          api_host: "https://eu.i.posthog.com",
          request_batching: false,
          opt_out_capturing_by_default: true,
          opt_out_persistence_by_default: true,
        },
      ],
      ["opt_in_capturing", { captureEventName: false }],
    ],
    no: [["opt_out_capturing"]],
    again: [
      ["reset", true],
      ["opt_in_capturing", { captureEventName: false }],
    ],
  },
  rudderstack: {
    make: rudderstack,
    options: { key: "KEY", dataPlane: "https://data.shop.test" },
    methods: ["load", "consent", "reset", "track"],
    global: "rudderanalytics",
    src: "https://cdn.rudderlabs.com/v3/modern/rsa.min.js",
    yes: [["load", "KEY", "https://data.shop.test", {}]],
    no: [["reset", { entries: { anonymousId: true } }]],
    again: [],
  },
  segment: {
    make: segment,
    options: { key: "KEY" },
    methods: ["load", "addSourceMiddleware", "reset", "track"],
    global: "analytics",
    src: "https://cdn.segment.com/analytics.js/v1/KEY/analytics.min.js",
    yes: [
      ["addSourceMiddleware", "function"],
      ["load", { writeKey: "KEY" }, { updateCDNSettings: "function" }],
    ],
    no: [["reset"]],
    again: [],
  },
  sentry: {
    make: sentry,
    options: { dsn: "https://k@o1.test/1", src: "https://cdn.test/sentry.js" },
    methods: ["init", "makeFetchTransport"],
    global: "Sentry",
    src: "https://cdn.test/sentry.js",
    yes: [
      [
        "init",
        {
          sendDefaultPii: false,
          dsn: "https://k@o1.test/1",
          transport: "function",
        },
      ],
    ],
    no: [],
    again: [],
  },
};

for (const [name, one] of Object.entries(cases)) {
  const { make, options, methods, global, src, yes, no, again } = one;

  describe(`the vendor ${name}`, () => {
    const undo = () => {
      Reflect.deleteProperty(globalThis, global);
    };

    for (const how of ["from npm", "as a function", "by address"] as const)
      it(`tells its SDK, ${how}, the same in the seven states`, async () => {
        let fake: FakeSdk;
        const seen = await sevenStates(
          () => {
            fake = fakeSdk(methods);
            const { sdk } = fake;
            return make({
              ...options,
              ...(how === "from npm" && { sdk }),
              ...(how === "as a function" && {
                sdk: async () => ({ default: sdk }),
              }),
            });
          },
          {
            calls: () => fake.told,
            undo,
            onLoad: () => Object.assign(globalThis, { [global]: fake.sdk }),
          },
        );
        const first = (how === "by address" && one.byAddress) || yes;
        const loads = how === "by address" ? [src] : [];
        expect(seen).to.deep.equal({
          "fresh, EU": { loads: [], calls: [] },
          "returning, granted": { loads, calls: first },
          "returning, denied": { loads: [], calls: [] },
          grant: { loads, calls: first },
          revoke: { loads, calls: [...first, ...no] },
          "grant again": { loads, calls: [...first, ...no, ...again] },
          "GPC, US": { loads, calls: first },
        });
      });

    it("is told nothing where the yes ends while the SDK is on its way", async () => {
      const { promise, resolve } = deferred();
      const { sdk, told } = fakeSdk(methods);
      const { consent } = vendorScene(
        make({ ...options, sdk: () => promise as Promise<object> }),
      );
      consent.grantAll();
      consent.withdraw();
      resolve(sdk);
      await turn();
      expect(told).to.deep.equal([]);
    });

    it("refuses an option that there is not, a missing one, and what is no SDK", () => {
      for (const [given, message] of [
        [{ ...options, colour: 1 }, /TypeError: .*option is \["colour"\]/],
        [{}, /TypeError: .*; write /],
        [{ ...options, sdk: {} }, /TypeError: .*sdk is .*vendor's module/],
        [{ ...options, purpose: "" }, /TypeError: .*purpose is null/],
      ] as const)
        expect(catchError(() => make(given))).to.match(message);
    });

    it("refuses a purpose that the store does not ask about", () => {
      expect(
        catchError(() =>
          vendorScene(
            make({ ...options, sdk: fakeSdk(methods).sdk, purpose: "ads" }),
          ),
        ),
      ).to.match(/RangeError: .*purpose is "ads"; write necessary or/);
    });

    it("is off, and says so, where its script brings something else", async () => {
      afterThisTest(undo);
      const { consent, errors } = vendorScene(make(options), {
        onLoad: () => Object.assign(globalThis, { [global]: {} }),
      });
      consent.grantAll();
      await turn();
      await turn();
      expect(`${errors}`).to.match(/did not bring/);
    });
  });
}

describe("the vendor segment", () => {
  const categories = { Ads: "marketing", Stats: "analytics" };

  it("stamps the answers on every event, and lets none pass after a no", () => {
    const { sdk } = fakeSdk(cases.segment!.methods);
    let pass: (passing: object) => void = () => {};
    sdk.addSourceMiddleware = (given) => (pass = given as typeof pass);
    const { consent } = vendorScene(
      segment({ key: "KEY", categories, sdk: sdk as never }),
    );
    const through = () => {
      const passed: unknown[] = [];
      const payload = { obj: { context: { ip: "0.0.0.0" } } };
      pass({ payload, next: (next: typeof payload) => passed.push(next.obj) });
      return passed;
    };
    consent.set({ analytics: "granted", marketing: "denied" });
    const stamped = (Ads: boolean) => ({
      context: {
        ip: "0.0.0.0",
        consent: { categoryPreferences: { Ads, Stats: true } },
      },
    });
    expect(through()).to.deep.equal([stamped(false)]);
    consent.set({ marketing: "granted" });
    expect(through()).to.deep.equal([stamped(true)]);
    consent.withdraw();
    expect(through()).to.deep.equal([]);
  });

  it("tells Segment of a changed answer, but of no no to itself", () => {
    const { sdk, told } = fakeSdk(cases.segment!.methods);
    const { consent } = vendorScene(
      segment({ key: "KEY", categories, sdk: sdk as never }),
    );
    consent.set({ analytics: "granted" });
    told.splice(0);
    consent.set({ marketing: "granted" });
    consent.withdraw();
    expect(told).to.deep.equal([
      ["track", "Segment Consent Preference Updated"],
      ["reset"],
    ]);
  });
});

describe("the vendor rudderstack", () => {
  it("names allowed and denied ids at the begin and at each change", () => {
    const { sdk, told } = fakeSdk(cases.rudderstack!.methods);
    const { consent } = vendorScene(
      rudderstack({
        key: "KEY",
        dataPlane: "https://data.shop.test",
        categories: { ads: "marketing", stats: "analytics" },
        sdk: sdk as never,
      }),
    );
    consent.set({ analytics: "granted" });
    consent.set({ marketing: "granted" });
    const consentManagement = (allowed: string[], denied: string[]) => ({
      consentManagement: {
        enabled: true,
        provider: "custom",
        allowedConsentIds: allowed,
        deniedConsentIds: denied,
      },
    });
    expect(told).to.deep.equal([
      [
        "load",
        "KEY",
        "https://data.shop.test",
        consentManagement(["stats"], ["ads"]),
      ],
      ["consent", consentManagement(["ads", "stats"], [])],
    ]);
  });

  it("lets the page's own calls through under a yes only", () => {
    const { sdk, told } = fakeSdk(cases.rudderstack!.methods);
    const { consent } = vendorScene(
      rudderstack({
        key: "KEY",
        dataPlane: "https://data.shop.test",
        sdk: sdk as never,
      }),
    );
    sdk.track!("early");
    consent.grantAll();
    sdk.track!("in time");
    consent.withdraw();
    sdk.track!("late");
    expect(told.filter((call) => `${call}`.startsWith("track"))).to.deep.equal([
      ["track", "in time"],
    ]);
  });
});

describe("the door of", () => {
  it("amplitude drops what was tracked before it began, and what waits at a no", async () => {
    const { sdk } = fakeSdk(cases.amplitude!.methods);
    let door: any;
    sdk.add = (given) => (door = given);
    const { consent } = vendorScene(
      amplitude({ key: "KEY", sdk: sdk as never }),
    );
    consent.grantAll();
    await turn();
    const sent: unknown[] = [];
    const config = {
      transportProvider: {
        send: async (...details: unknown[]) => void sent.push(details),
      },
    };
    await door.setup(config);
    const named = (name: string) => ({ event_type: name });
    const kept = [];
    for (const name of [
      "early",
      "[Amplitude] Page Viewed",
      "consent-elements: begin",
      "in time",
    ])
      kept.push((await door.execute(named(name)))?.event_type);
    expect(kept).to.deep.equal([
      undefined,
      "[Amplitude] Page Viewed",
      undefined,
      "in time",
    ]);
    await config.transportProvider.send("url", "payload");
    consent.withdraw();
    await config.transportProvider.send("url", "payload");
    expect(sent).to.deep.equal([["url", "payload"]]);
  });

  it("datadog gives its own intake's address under a yes, and none after a no", async () => {
    for (const [site, config, expected] of [
      [
        "us3.datadoghq.com",
        {},
        "https://browser-intake-us3-datadoghq.com/p?a=1",
      ],
      ["datadoghq.eu", {}, "https://browser-intake-datadoghq.eu/p?a=1"],
      ["datadoghq.eu", { proxy: "/dd" }, "/dd?ddforward=%2Fp%3Fa%3D1"],
      ["datadoghq.eu", { proxy: () => "/own" }, "/own"],
    ] as const) {
      const { sdk } = fakeSdk(cases.datadog!.methods);
      let proxy: (wanted: object) => string = () => "";
      sdk.init = (given) => ({ proxy } = given as { proxy: typeof proxy });
      const { consent } = vendorScene(
        datadog({ clientToken: "pub1", site, config, sdk: sdk as never }),
      );
      consent.grantAll();
      await turn();
      const wanted = { path: "/p", parameters: "a=1" };
      expect(proxy(wanted)).to.equal(expected);
      consent.withdraw();
      expect(proxy(wanted)).to.equal("data:,");
    }
  });

  it("sentry and plausible lets requests through under a yes only", async () => {
    const sent: unknown[] = [];
    const own = {
      send: async (envelope: unknown) => void sent.push(envelope),
      flush: async () => true,
    };
    const { sdk } = fakeSdk(["init", "makeFetchTransport"], {
      makeFetchTransport: own,
    });
    let given: any = {};
    sdk.init = (options) => (given = options);
    const { consent } = vendorScene(
      sentry({ dsn: "https://k@o1.test/1", sdk: sdk as never }),
    );
    const tracker = fakeSdk(["init"]);
    let config: any = {};
    tracker.sdk.init = (options) => (config = options);
    const { consent: other } = vendorScene(
      plausible({ domain: "shop.test", sdk: tracker.sdk as never }),
    );
    consent.grantAll();
    other.grantAll();
    await turn();
    await given.transport({}).send("one");
    expect(config.transformRequest("one")).to.equal("one");
    consent.withdraw();
    other.withdraw();
    await given.transport({}).send("two");
    expect(config.transformRequest("two")).to.equal(null);
    expect(sent).to.deep.equal(["one"]);
  });
});
