import { expect } from "@open-wc/testing";
import { attach } from "../../src/vendors/attach.js";
import { googleAds } from "../../src/vendors/google-ads.js";
import { googleTag } from "../../src/vendors/google-tag.js";
import { catchError } from "../support/catch-error.js";
import {
  ADS,
  ALL,
  forgetGoogle,
  layer,
  readLayer,
  told,
} from "../support/google-scene.js";
import { turn } from "../support/turn.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

const GTAG = "https://www.googletagmanager.com/gtag/js";
const START = ["default: none", "set ads_data_redaction true"];
const page = window as unknown as Record<string, unknown>;
const gtag = (...words: unknown[]) =>
  (page.gtag as (...w: unknown[]) => void)(...words);

/** A tag that comes runs, and reads the queue. */
const onLoad = () => readLayer();

/** What a page with a vendor of Google's looks like in each state. */
const play = (make: Parameters<typeof sevenStates>[0]) =>
  sevenStates(make, {
    calls: () => [...told().slice(2), `off: ${page["ga-disable-G-1"]}`],
    undo: forgetGoogle,
    onLoad,
  });

describe("the Google tag", () => {
  it("is right in each of the seven states", async () => {
    const loads = [`${GTAG}?id=G-1`];
    const on = ["js", "config G-1 {}"];
    expect(await play(() => googleTag({ tagId: "G-1" }))).to.deep.equal({
      "fresh, EU": { loads: [], calls: ["off: true"] },
      "returning, granted": {
        loads,
        calls: [`update: ${ALL}`, ...on, "off: false"],
      },
      "returning, denied": { loads: [], calls: ["update: none", "off: true"] },
      grant: { loads, calls: [`update: ${ALL}`, ...on, "off: false"] },
      revoke: {
        loads,
        calls: [`update: ${ALL}`, ...on, "update: none", "off: true"],
      },
      "grant again": {
        loads,
        calls: [
          `update: ${ALL}`,
          ...on,
          "update: none",
          `update: ${ALL}`,
          "off: false",
        ],
      },
      "GPC, US": {
        loads,
        calls: [
          "update: analytics_storage functionality_storage personalization_storage",
          ...on,
          "off: false",
        ],
      },
    });
  });

  it("is told the update in the task of the default, and its configuration after both", () => {
    vendorScene(
      googleTag({ tagId: "G-1", config: { send_page_view: false } }),
      {
        before: (consent) => consent.grantAll(),
      },
    );
    expect(told()).to.deep.equal([
      ...START,
      `update: ${ALL}`,
      "js",
      'config G-1 {"send_page_view":false}',
    ]);
  });

  it("runs with the answers of a mode that takes none for a yes", () => {
    const { loads } = vendorScene(googleTag({ tagId: "G-1" }), {
      store: { mode: "opt-out" },
    });
    expect(told().slice(2)).to.deep.equal([
      `update: ${ALL}`,
      "js",
      "config G-1 {}",
    ]);
    expect(loads).to.have.length(1);
  });

  it("is configured before the events that were held for it", async () => {
    const { consent } = vendorScene(googleTag({ tagId: "G-1" }));
    gtag("event", "held");
    consent.grantAll();
    expect(told().slice(-3)).to.deep.equal([
      "js",
      "config G-1 {}",
      "event held",
    ]);
  });

  it("comes from where the site keeps it, and names its queue", () => {
    const { loads } = vendorScene(
      googleTag({
        tagId: "G-1",
        src: "/metrics/gtag.js",
        layer: "events",
      }),
      { before: (consent) => consent.grantAll() },
    );
    layer();
    expect(loads).to.deep.equal([
      `${location.origin}/metrics/gtag.js?id=G-1&l=events`,
    ]);
  });

  it("that is on its way when the yes ends is not configured, for nobody's yes", async () => {
    const { consent, arrive } = vendorScene(googleTag({ tagId: "G-1" }), {
      isSlow: true,
      onLoad,
    });
    consent.grantAll();
    consent.set({ analytics: "denied" });
    expect(told().at(-1)).to.equal("js");
    expect(page["ga-disable-G-1"]).to.equal(true);
    consent.set({ analytics: "granted" });
    await arrive();
    expect(told().slice(-2)).to.deep.equal(["js", "config G-1 {}"]);
    expect(page["ga-disable-G-1"]).to.equal(false);
  });

  it("removes what Google Analytics keeps", () => {
    expect(googleTag({ tagId: "G-1" }).stores).to.deep.equal({
      cookies: ["_ga", "_ga_*", "_gid", "_gat*", "_dc_gtm_*", "FPID", "FPLC"],
    });
  });

  it("refuses another kind of id, and a mode that there is not", () => {
    for (const [make, what] of [
      [
        () => googleTag({ tagId: "AW-1" }),
        'tagId is "AW-1"; write a measurement id',
      ],
      [() => googleTag({}), 'tagId is ""; write'],
      [
        () => googleTag({ tagId: "G-1", mode: "full" as never }),
        "basic or advan",
      ],
      [
        () => googleAds({ tagId: "G-1" }),
        'tagId is "G-1"; write a conversion id',
      ],
      [
        () => googleTag({ tagId: "G-1", purpose: "" }),
        "purpose is null; write",
      ],
      [() => googleTag({ tagId: "G-1", key: 1 } as never), 'option is ["key"]'],
    ] as const)
      expect(catchError(make)).to.include(what);
  });
});

describe("the Google tag in advanced mode", () => {
  /** A script that reads the queue as Google's does; nothing of it comes from elsewhere. */
  const src = "/test/support/mock-gtag.js";

  it("is refused where the store asks first", () => {
    const vendor = googleTag({ tagId: "G-1", mode: "advanced" });
    expect(catchError(() => vendorScene(vendor))).to.equal(
      'RangeError: consent-elements: mode is "advanced"; write basic, or override: true as well, because Google is then asked before a yes',
    );
    expect(layer()).to.deep.equal([]);
  });

  for (const [name, options, store] of [
    ["where the site insists", { override: true }, {}],
    ["where the store does not ask first", {}, { mode: "notice" }],
  ] as const)
    it(`comes at once ${name}, and hears each answer`, async () => {
      const { consent } = vendorScene(
        googleTag({ tagId: "G-1", mode: "advanced", src, ...options }),
        { store },
      );
      const script = document.head.querySelector<HTMLScriptElement>(
        `script[src*="${src}"]`,
      )!;
      expect(told().slice(0, 4)).to.deep.equal(
        [
          ...START,
          ...(store.mode ? [`update: ${ALL}`] : []),
          "js",
          "config G-1 {}",
        ].slice(0, 4),
      );
      await new Promise((done) => {
        script.addEventListener("load", done);
        script.addEventListener("error", done);
      });
      script.remove();
      consent.denyAll();
      expect(told().at(-1)).to.equal("update: none");
      expect(page["ga-disable-G-1"]).to.not.equal(true);
    });
});

describe("Google Ads", () => {
  it("is right in each of the seven states", async () => {
    const loads = [`${GTAG}?id=AW-1`];
    const on = ["js", "config AW-1 {}"];
    const off = "off: undefined";
    expect(await play(() => googleAds({ tagId: "AW-1" }))).to.deep.equal({
      "fresh, EU": { loads: [], calls: [off] },
      "returning, granted": { loads, calls: [`update: ${ALL}`, ...on, off] },
      "returning, denied": { loads: [], calls: ["update: none", off] },
      grant: { loads, calls: [`update: ${ALL}`, ...on, off] },
      revoke: { loads, calls: [`update: ${ALL}`, ...on, "update: none", off] },
      "grant again": {
        loads,
        calls: [`update: ${ALL}`, ...on, "update: none", `update: ${ALL}`, off],
      },
      "GPC, US": {
        loads: [],
        calls: [
          "update: analytics_storage functionality_storage personalization_storage",
          off,
        ],
      },
    });
  });

  it("says that only a new page stops it, and what it keeps", () => {
    const { needsReload, stores } = googleAds({ tagId: "AW-1" });
    expect([needsReload, stores]).to.deep.equal([
      true,
      { cookies: ["_gcl_*", "_gac_*", "__gads", "__gpi*", "__eoi"] },
    ]);
    expect(googleTag({ tagId: "G-1" }).needsReload).to.equal(false);
  });
});

describe("the Google tag beside Google Ads", () => {
  /** Both on one page, with scripts that come when `arrive` says so. */
  function both() {
    const scene = vendorScene(googleTag({ tagId: "G-1" }), {
      isSlow: true,
      onLoad,
    });
    const { consent } = scene;
    const waiting: (() => void)[] = [];
    const detach = attach(consent, googleAds({ tagId: "AW-1" }), {
      load: (address, _, signal) =>
        new Promise((resolve) => {
          scene.loads.push(address);
          waiting.push(() => {
            if (signal?.aborted) return;
            readLayer();
            resolve();
          });
        }),
    });
    return {
      ...scene,
      detach,
      async arrive() {
        await scene.arrive();
        for (const come of waiting.splice(0)) come();
        await turn();
      },
    };
  }

  it("shares one default, one update, one date and one script", async () => {
    const { consent, loads, arrive, detach } = both();
    consent.grantAll();
    await arrive();
    expect(told()).to.deep.equal([
      ...START,
      `update: ${ALL}`,
      "js",
      "config G-1 {}",
      "config AW-1 {}",
    ]);
    consent.withdraw();
    expect(told().slice(6)).to.deep.equal(["update: none"]);
    expect(loads).to.deep.equal([`${GTAG}?id=G-1`]);
    detach();
  });

  it("keeps its script when the other's yes ends while it is on its way, without the other", async () => {
    const { consent, loads, arrive, detach } = both();
    consent.grantAll();
    consent.set({ analytics: "denied" });
    await turn();
    await arrive();
    expect(loads).to.deep.equal([`${GTAG}?id=G-1`, `${GTAG}?id=AW-1`]);
    expect(told().slice(2)).to.deep.equal([
      `update: ${ALL}`,
      `update: ${ADS} functionality_storage personalization_storage`,
      "js",
      "config AW-1 {}",
    ]);
    detach();
  });
});
