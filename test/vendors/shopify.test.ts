import { expect } from "@open-wc/testing";
import { shopify } from "../../src/vendors/shopify.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

type Done = (error?: unknown) => void;
const page = globalThis as { Shopify?: object };

/** Answers to what the storefront was told last. */
let answer = () => {};

/** A storefront that writes down what it is told. A slow one waits for `answer()`. */
function storefront({
  broken,
  isSlow,
}: { broken?: unknown; isSlow?: boolean } = {}) {
  const told: unknown[] = [];
  page.Shopify = {
    loadFeatures(features: unknown, done: Done) {
      told.push(features);
      Object.assign(page.Shopify!, {
        customerPrivacy: {
          setTrackingConsent(answers: object, then: Done) {
            told.push(answers);
            answer = then;
            if (!isSlow) then();
          },
        },
      });
      done(broken);
    },
  };
  return told;
}

const API = [{ name: "consent-tracking-api", version: "0.1" }];
const say = (yes: boolean, marketing = yes) => ({
  analytics: yes,
  marketing,
  preferences: yes,
  sale_of_data: marketing,
});

describe("a Shopify storefront", () => {
  beforeEach(() =>
    afterThisTest(() => {
      delete page.Shopify;
    }),
  );

  it("is told whole decisions, in each of the seven states", async () => {
    let told = storefront();
    const seen = await sevenStates(() => shopify(), {
      calls: () => told,
      undo: () => {
        told = storefront();
      },
    });
    expect(seen).to.deep.equal({
      "fresh, EU": { loads: [], calls: [] },
      "returning, granted": { loads: [], calls: [API, say(true)] },
      "returning, denied": { loads: [], calls: [API, say(false)] },
      grant: { loads: [], calls: [API, say(true)] },
      revoke: { loads: [], calls: [API, say(true), API, say(false)] },
      "grant again": {
        loads: [],
        calls: [API, say(true), API, say(false), API, say(true)],
      },
      "GPC, US": { loads: [], calls: [API, say(true, false)] },
    });
  });

  it("hears the next decision once it has answered to the one before", async () => {
    const told = storefront({ isSlow: true });
    const { consent } = vendorScene(shopify());
    consent.grantAll();
    await turn();
    consent.denyAll();
    await turn();
    expect(told).to.deep.equal([API, say(true)]);
    answer();
    await turn();
    expect(told).to.deep.equal([API, say(true), API, say(false)]);
  });

  it("that is none, or whose API does not come, is told of", async () => {
    for (const [broken, message] of [
      [undefined, /the page has no Shopify.loadFeatures; use shopify\(\)/],
      [new Error("no API"), /no API/],
    ] as const) {
      if (broken) storefront({ broken });
      const { errors, consent } = vendorScene(shopify());
      consent.grantAll();
      await turn();
      expect(`${errors[0]}`).to.match(message);
    }
  });

  it("takes other purposes, and one that nobody is asked about for a no", async () => {
    const told = storefront();
    vendorScene(shopify({ saleOfData: "sale", preferences: "necessary" }), {
      before: (consent) => consent.denyAll(),
    });
    await turn();
    expect(told.at(-1)).to.deep.equal({
      analytics: false,
      marketing: false,
      preferences: true,
      sale_of_data: false,
    });
  });
});
