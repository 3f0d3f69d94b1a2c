import { expect } from "@open-wc/testing";
import { cookiebot } from "../../src/cmps/cookiebot.js";
import type { Earlier } from "../../src/cmps/earlier.js";
import { klaro } from "../../src/cmps/klaro.js";
import { oneTrust } from "../../src/cmps/onetrust.js";
import { osano } from "../../src/cmps/osano.js";
import { vanillaCookieconsent } from "../../src/cmps/vanilla-cookieconsent.js";
import { catchError } from "../support/catch-error.js";
import { cleanStorage } from "../support/clean-storage.js";
import { setCookie } from "../support/cookies.js";
import { stubProperty } from "../support/stub-property.js";

const TIME = "2026-11-01T08:00:00.000Z";
const UTC = Date.parse(TIME);

/** What `layer` reads, with each answer map as a plain object. */
const read = (layer: Earlier) =>
  layer.read().map(({ choices, time }) => ({ choices: { ...choices }, time }));

/** The choices alone, of the only decision. */
const choicesOf = (layer: Earlier) => read(layer)[0]?.choices;

beforeEach(cleanStorage);
afterEach(cleanStorage);

describe("decisions of Cookiebot", () => {
  const cookie = (more = "", answers = "") =>
    `CookieConsent=${`{stamp:'aB+/1==',necessary:true,preferences:false,statistics:true,marketing:false,${answers}method:'explicit',ver:1,utc:${UTC},region:'de'${more}}`
      .replaceAll("'", "%27")
      .replaceAll(",", "%2C")}`;

  it("are read from its cookie, with their time", () => {
    setCookie(cookie());
    expect(read(cookiebot())).to.deep.equal([
      {
        choices: {
          preferences: "denied",
          statistics: "granted",
          marketing: "denied",
        },
        time: UTC,
      },
    ]);
  });

  for (const [what, text] of [
    ["the method implied", cookie().replace("explicit", "implied")],
    ["no method", cookie().replace("method:%27explicit%27%2C", "")],
    ["a region without a need of consent", cookie().replace("aB+/1==", "-1")],
    ["a cut cookie", cookie().slice(0, -20)],
    ["the words 0 and -1", "CookieConsent=0"],
    ["something else", "CookieConsent=true"],
    ["a broken encoding", "CookieConsent={%E0%A4%A}"],
  ] as const)
    it(`are none with ${what}`, () => {
      setCookie(text);
      expect(read(cookiebot())).to.deep.equal([]);
    });

  it("have no time without one", () => {
    setCookie(cookie().replace(`utc:${UTC}`, "utc:"));
    expect(`${read(cookiebot())[0]?.time}`).to.equal("NaN");
  });
});

describe("decisions of OneTrust", () => {
  const CONSENT =
    "OptanonConsent=isGpcEnabled=0&datestamp=Sun+Nov+01+2026&version=202505.2.0&interactionCount=1&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A0%2CC0004%3A0%2CC0005%3A2&AwaitingReconsent=false";
  const closed = (time = TIME) => setCookie(`OptanonAlertBoxClosed=${time}`);

  it("are read from the groups, with the time of the answer", () => {
    closed();
    setCookie(CONSENT);
    expect(read(oneTrust())).to.deep.equal([
      {
        choices: {
          C0001: "granted",
          C0002: "granted",
          C0003: "denied",
          C0004: "denied",
        },
        time: UTC,
      },
    ]);
  });

  it("are none while the visitor has not answered", () => {
    setCookie(CONSENT);
    expect(read(oneTrust())).to.deep.equal([]);
  });

  for (const [what, from, to] of [
    ["nobody has touched it", "interactionCount=1", "interactionCount=0"],
    ["it would ask again", "Reconsent=false", "Reconsent=true"],
  ] as const)
    it(`are none where ${what}`, () => {
      closed();
      setCookie(CONSENT.replace(from, to));
      expect(read(oneTrust())).to.deep.equal([]);
    });

  it("say nothing without groups, and have no time with a damaged one", () => {
    closed("yes");
    setCookie("OptanonConsent=isGpcEnabled=0");
    expect(read(oneTrust())).to.deep.equal([{ choices: {}, time: NaN }]);
  });
});

describe("decisions of vanilla-cookieconsent", () => {
  const keep = (more: object = {}) =>
    JSON.stringify({
      categories: ["necessary", "analytics"],
      revision: 0,
      lastConsentTimestamp: TIME,
      services: { necessary: [], analytics: [], ads: [] },
      ...more,
    });
  const set = (text: string) =>
    setCookie(`cc_cookie=${encodeURIComponent(text)}`);

  it("are read from its cookie and from its localStorage entry", () => {
    const decision = {
      choices: { necessary: "granted", analytics: "granted", ads: "denied" },
      time: UTC,
    };
    set(keep());
    expect(read(vanillaCookieconsent())).to.deep.equal([decision]);
    localStorage.setItem("cc_cookie", keep());
    expect(read(vanillaCookieconsent())).to.deep.equal([decision, decision]);
  });

  it("do not grant a category as a whole where services were chosen in it", () => {
    set(keep({ services: { analytics: ["matomo"], ads: [] } }));
    expect(choicesOf(vanillaCookieconsent())).to.deep.equal({
      "analytics/matomo": "granted",
      ads: "denied",
    });
  });

  it("are none of another revision", () => {
    set(keep({ revision: 1 }));
    expect(read(vanillaCookieconsent())).to.deep.equal([]);
    expect(read(vanillaCookieconsent({ revision: 1 }))).to.have.length(1);
  });

  for (const [what, text] of [
    ["that is no JSON", "{categories"],
    ["without categories", keep({ categories: undefined })],
    ["of version 2, which names no services", keep({ services: undefined })],
    ["that is null", "null"],
  ] as const)
    it(`are none in a cookie ${what}`, () => {
      set(text);
      expect(read(vanillaCookieconsent())).to.deep.equal([]);
    });
});

describe("decisions of Klaro", () => {
  const clock = () => UTC;
  const text = encodeURIComponent(JSON.stringify({ matomo: true, fb: false }));
  const choices = { matomo: "granted", fb: "denied" };

  it("count as as old as its cookie can be, since Klaro keeps no time", () => {
    setCookie(`klaro=${text}`);
    expect(read(klaro({ clock }))).to.deep.equal([
      { choices, time: UTC - 120 * 864e5 },
    ]);
    expect(read(klaro({ clock, age: "P30D" }))[0]?.time).to.equal(
      UTC - 30 * 864e5,
    );
  });

  it("are read from localStorage where the site says how old they may be", () => {
    localStorage.setItem("klaro", text);
    const storageMethod = "localStorage";
    expect(read(klaro({ clock, storageMethod, age: "P90D" }))).to.deep.equal([
      { choices, time: UTC - 90 * 864e5 },
    ]);
    expect(catchError(() => klaro({ storageMethod }))).to.contain(
      "TypeError: consent-elements: age is null",
    );
  });

  it("are none where the entry is damaged, and hold no word but yes and no", () => {
    setCookie("klaro=%7Bmatomo");
    expect(read(klaro())).to.deep.equal([]);
    setCookie(`klaro=${encodeURIComponent('{"a":"true","b":1,"c":true}')}`);
    expect(choicesOf(klaro())).to.deep.equal({ c: "granted" });
  });
});

describe("decisions of Osano", () => {
  it("are what it told its listeners, without the purpose whose yes is a no", () => {
    const saved = {
      ESSENTIAL: "ACCEPT",
      ANALYTICS: "ACCEPT",
      MARKETING: "DENY",
      OPT_OUT: "ACCEPT",
      STORAGE: "LATER",
    };
    expect(read(osano({ saved, time: UTC }))).to.deep.equal([
      {
        choices: {
          ESSENTIAL: "granted",
          ANALYTICS: "granted",
          MARKETING: "denied",
        },
        time: UTC,
      },
    ]);
  });

  it("need their time", () => {
    expect(catchError(() => osano({ saved: {} } as never))).to.contain(
      "consent-elements: time is null",
    );
  });
});

describe("decisions of a layer in a browser that blocks its storage", () => {
  it("are none", () => {
    const blocked = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    stubProperty(document, "cookie", blocked);
    stubProperty(window, "localStorage", blocked);
    const layers = [
      cookiebot(),
      oneTrust(),
      vanillaCookieconsent(),
      klaro(),
      klaro({ storageMethod: "localStorage", age: 1 }),
    ];
    expect(layers.flatMap(read)).to.deep.equal([]);
  });
});
