import { expect } from "@open-wc/testing";
import { attach } from "../../src/vendors/attach.js";
import { googleConsent } from "../../src/vendors/google-consent.js";
import { createStore } from "../../src/consent/store.js";
import { catchError } from "../support/catch-error.js";
import { deferred } from "../support/deferred.js";
import {
  ADS,
  ALL,
  command,
  layer,
  readLayer,
  siteLayer,
  told,
} from "../support/google-scene.js";
import { turn } from "../support/turn.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";
import { forgetGoogle } from "../support/google-scene.js";

const START = ["default: none", "set ads_data_redaction true"];

describe("Google Consent Mode", () => {
  it("is told no at once: all seven types, as commands that Google understands", () => {
    vendorScene(googleConsent());
    expect(told()).to.deep.equal(START);
    expect(
      Object.keys((layer()[0] as IArguments)[2] as object),
    ).to.have.members([
      "ad_storage",
      "ad_user_data",
      "ad_personalization",
      "analytics_storage",
      "functionality_storage",
      "personalization_storage",
      "security_storage",
    ]);
  });

  it("is told right in each of the seven states", async () => {
    const seen = await sevenStates(() => googleConsent(), {
      calls: () => told().slice(2),
      undo: forgetGoogle,
    });
    expect(
      Object.fromEntries(
        Object.entries(seen).map(([name, { calls }]) => [name, calls]),
      ),
    ).to.deep.equal({
      "fresh, EU": [],
      "returning, granted": [`update: ${ALL}`],
      "returning, denied": ["update: none"],
      grant: [`update: ${ALL}`],
      revoke: [`update: ${ALL}`, "update: none"],
      "grant again": [`update: ${ALL}`, "update: none", `update: ${ALL}`],
      "GPC, US": [
        "update: analytics_storage functionality_storage personalization_storage",
      ],
    });
  });

  it("hears the default before what the site has pushed first, and an update before it too", () => {
    siteLayer([
      { page: "shop" },
      command("js", new Date()),
      command("set", "currency", "EUR"),
      command("config", "G-1"),
      command("event", "seen"),
    ]);
    const { consent } = vendorScene(googleConsent());
    consent.grantAll();
    expect(told()).to.deep.equal([
      ...START,
      `update: ${ALL}`,
      '{"page":"shop"}',
      "js",
      "set currency EUR",
      "config G-1",
      "event seen",
    ]);
  });

  it("hears at the end of the queue once a tag has read it", () => {
    const { consent } = vendorScene(googleConsent());
    layer().push(command("config", "G-1"));
    readLayer();
    consent.grantAll();
    expect(told().slice(2)).to.deep.equal(["config G-1", `update: ${ALL}`]);
  });

  it("follows a queue of another name", () => {
    const { consent } = vendorScene(googleConsent({ layer: "events" }));
    consent.grantAll();
    expect(told(layer("events"))).to.deep.equal([...START, `update: ${ALL}`]);
    expect(layer()).to.deep.equal([]);
    (window as unknown as { gtag: (...w: unknown[]) => void }).gtag(
      "event",
      "x",
    );
    expect(told(layer("events")).at(-1)).to.equal("event x");
  });

  it("leaves a default that stands in the page's head, and its gtag()", () => {
    const own = () => {};
    (window as { gtag?: unknown }).gtag = own;
    siteLayer([command("consent", "default", { ad_storage: "denied" })]);
    vendorScene(googleConsent());
    expect(layer()).to.have.length(1);
    expect((window as { gtag?: unknown }).gtag).to.equal(own);
  });

  it("takes an array that was meant as a default for none, as Google does", () => {
    siteLayer([["consent", "default", { ad_storage: "granted" }]]);
    vendorScene(googleConsent());
    expect(told().slice(0, 2)).to.deep.equal(START);
  });

  it("begins again where the site has put another queue in the place of the first", () => {
    const { consent } = vendorScene(googleConsent());
    siteLayer([{ page: "shop" }]);
    consent.grantAll();
    expect(told()).to.deep.equal([
      ...START,
      `update: ${ALL}`,
      '{"page":"shop"}',
    ]);
  });

  it("does not say its default twice when a tag has dropped the oldest entries", () => {
    const { consent } = vendorScene(googleConsent());
    readLayer();
    layer().splice(0);
    consent.grantAll();
    expect(told()).to.deep.equal([`update: ${ALL}`]);
  });

  it("hears one update a decision, also where the same is saved three times", () => {
    const { consent } = vendorScene(googleConsent());
    for (let i = 0; i < 3; i++) consent.grantAll();
    for (let i = 0; i < 3; i++) consent.withdraw();
    expect(told().slice(2)).to.deep.equal([`update: ${ALL}`, "update: none"]);
  });

  it("hears nothing of an answer that is none of Google's", () => {
    const { consent } = vendorScene(googleConsent(), {
      store: { purposes: ["analytics", "chat"] },
    });
    consent.set({ analytics: "granted" });
    consent.set({ chat: "granted" });
    expect(told().slice(2)).to.deep.equal(["update: analytics_storage"]);
  });

  it("takes another answer than yes for a no", () => {
    const { consent } = vendorScene(googleConsent());
    consent.set({ analytics: "anonymous", marketing: "granted" });
    expect(told().at(-1)).to.equal(`update: ${ADS}`);
  });

  it("hears from a mode that takes no answer for a yes that it is one", () => {
    vendorScene(googleConsent(), { store: { mode: "opt-out" } });
    expect(told()).to.deep.equal([...START, `update: ${ALL}`]);
  });

  it("waits for a storage that answers late, and for no other", async () => {
    const { promise, resolve } = deferred();
    const storage = { ready: promise, read: () => [], write: () => {} };
    const { consent } = vendorScene(googleConsent(), { store: { storage } });
    expect(told()[0]).to.equal("default: none wait 500");
    resolve(undefined);
    await consent.ready;
    await turn();
    consent.grantAll();
    expect(told().at(-1)).to.equal(`update: ${ALL}`);
  });

  it("waits as long as it is told to", () => {
    vendorScene(googleConsent({ waitForUpdate: 2000 }));
    expect(told()[0]).to.equal("default: none wait 2000");
  });

  it("redacts ads' data and keeps identifiers out of addresses, unless the site wants it otherwise", () => {
    vendorScene(
      googleConsent({ adsDataRedaction: false, urlPassthrough: true }),
    );
    expect(told()).to.deep.equal(["default: none", "set url_passthrough true"]);
  });

  it("has a default for regions beside the one for everybody", () => {
    const regions = [
      { region: ["ES", "US-AK"] },
      { region: ["US"], analytics_storage: "granted" as const },
    ];
    vendorScene(googleConsent({ regions }), { store: { mode: "opt-out" } });
    expect(told().slice(0, 4)).to.deep.equal([
      "default: none",
      "default: none in ES,US-AK",
      "default: analytics_storage in US",
      "set ads_data_redaction true",
    ]);
  });

  it("grants no region before a yes where the store asks first, unless the site insists", () => {
    const regions = [{ region: ["US"], ad_storage: "granted" as const }];
    expect(catchError(() => vendorScene(googleConsent({ regions })))).to.equal(
      'RangeError: consent-elements: ad_storage of US is "granted"; write denied, a mode of the store other than opt-in, or override: true',
    );
    expect(layer()).to.deep.equal([]);
    vendorScene(googleConsent({ regions, override: true }));
    expect(told()[1]).to.equal("default: ad_storage in US");
  });

  it("asks the purposes that it is told to, and keeps the others", () => {
    const { consent } = vendorScene(
      googleConsent({ purposes: { ad_personalization: "functional" } }),
    );
    consent.set({ functional: "granted" });
    expect(told().at(-1)).to.equal(
      "update: ad_personalization functionality_storage personalization_storage",
    );
  });

  it("keeps denied what the store does not ask about", () => {
    const { consent } = vendorScene(googleConsent(), {
      store: { purposes: ["analytics"] },
    });
    consent.grantAll();
    expect(told().at(-1)).to.equal("update: analytics_storage");
  });

  it("refuses a purpose that it is told to ask and the store does not", () => {
    expect(
      catchError(() =>
        vendorScene(googleConsent({ purposes: { ad_storage: "ads" } })),
      ),
    ).to.match(/^RangeError: consent-elements: purpose is "ads"; write /);
  });

  it("shares one default and one update with a second vendor, in the page and when it comes later", () => {
    const { consent } = vendorScene(googleConsent());
    attach(consent, googleConsent());
    consent.grantAll();
    attach(consent, googleConsent());
    expect(told()).to.deep.equal([...START, `update: ${ALL}`]);
  });

  it("refuses a second vendor that reads the answers in another way", () => {
    const { consent } = vendorScene(googleConsent());
    expect(
      catchError(() =>
        attach(
          consent,
          googleConsent({ purposes: { ad_storage: "functional" } }),
        ),
      ),
    ).to.match(/^TypeError: .* the same for every vendor of Google's$/);
    layer();
  });

  it("forgets what came while the answer was no, before a tag could read it", () => {
    const { consent } = vendorScene(googleConsent());
    const { gtag } = window as unknown as { gtag: (...w: unknown[]) => void };
    gtag("event", "before the choice");
    consent.set({ marketing: "granted", analytics: "denied" });
    expect(told().at(-1)).to.equal("event before the choice");
    gtag("event", "after a no to analytics");
    layer().push({ event: "purchase" }, { page: "shop" });
    consent.set({ analytics: "granted" });
    expect(told().slice(2)).to.deep.equal([
      `update: ${ADS}`,
      `update: ${ADS} analytics_storage`,
      '{"page":"shop"}',
    ]);
  });

  it("keeps what was held for a first answer, and forgets it at a no", () => {
    const { consent } = vendorScene(googleConsent());
    const { gtag } = window as unknown as { gtag: (...w: unknown[]) => void };
    gtag("event", "held");
    consent.set({ analytics: "granted" });
    expect(told().at(-1)).to.equal("event held");
    consent.denyAll();
    expect(told()).to.not.include("event held");
  });

  const mistakes: [string, object, string][] = [
    ["an unknown option", { purpose: "analytics", queue: "x" }, "TypeError"],
    ["an unknown type", { purposes: { ads: "marketing" } }, "TypeError"],
    ["a name that is none", { layer: "data layer" }, "RangeError"],
    ["a wait that is none", { waitForUpdate: -1 }, "RangeError"],
    [
      "a region that is none",
      { regions: [{ region: ["Spain"] }] },
      "RangeError",
    ],
    ["no region", { regions: [{ region: [] }] }, "TypeError"],
    [
      "another answer in a region",
      { regions: [{ region: ["ES"], ad_storage: "no" }] },
      "RangeError",
    ],
    [
      "another type in a region",
      { regions: [{ region: ["ES"], ads: "denied" }] },
      "TypeError",
    ],
    ["no purpose", { purpose: "" }, "TypeError"],
  ];
  for (const [what, options, kind] of mistakes)
    it(`refuses ${what}`, () => {
      expect(catchError(() => googleConsent(options))).to.match(
        new RegExp(`^${kind}: consent-elements: .*; write `),
      );
    });

  it("refuses a purpose that the store does not ask about", () => {
    const consent = createStore({ purposes: ["chat"] });
    expect(catchError(() => attach(consent, googleConsent()))).to.match(
      /^RangeError/,
    );
  });
});
