import { expect } from "@open-wc/testing";
import { importDecision } from "../../src/cmps/import.js";
import { klaro } from "../../src/cmps/klaro.js";
import { vanillaCookieconsent } from "../../src/cmps/vanilla-cookieconsent.js";
import { createConsent } from "../../src/create-consent.js";
import { cookieStorage } from "../../src/storage/cookie.js";
import { cleanStorage } from "../support/clean-storage.js";

// The real layers run here and write what they write; nothing of it is ours.

beforeEach(cleanStorage);
afterEach(() => {
  cleanStorage();
  document.querySelector("#cc-main")?.remove();
});

const purposes = ["analytics", "marketing"];

describe("what vanilla-cookieconsent 3.1.0 has written", () => {
  type Layer = typeof import("vanilla-cookieconsent");

  const run = async (cookie: object, categories: object): Promise<Layer> => {
    const layer = await import("vanilla-cookieconsent");
    layer.reset(true);
    await layer.run({
      cookie,
      categories: { necessary: { readOnly: true }, ...categories },
      language: {
        default: "en",
        translations: {
          en: { consentModal: {}, preferencesModal: { sections: [] } },
        },
      },
    } as Parameters<Layer["run"]>[0]);
    return layer;
  };

  for (const useLocalStorage of [false, true])
    it(`is taken over, the refusal too, from ${useLocalStorage ? "localStorage" : "its cookie"}`, async () => {
      const storage = cookieStorage("consent");
      const from = [vanillaCookieconsent()];
      const layer = await run({ useLocalStorage }, { analytics: {}, ads: {} });
      expect(importDecision({ storage, from })).to.equal(undefined);
      layer.acceptCategory(["analytics"]);
      const record = importDecision({ storage, from });
      const consent = createConsent({ purposes });
      expect(consent.get("analytics")).to.equal("granted");
      expect(consent.get("marketing")).to.equal("denied");
      expect(consent.needsChoice).to.equal(false);
      expect(consent.record).to.deep.equal(record);
      expect(record?.time).to.equal(
        layer.getCookie("lastConsentTimestamp") as unknown as string,
      );
      layer.acceptCategory("all");
      expect(importDecision({ storage, from })).to.equal(undefined);
    });

  it("grants a category with services only where each was accepted", async () => {
    const layer = await run(
      {},
      { analytics: { services: { matomo: {}, hotjar: {} } } },
    );
    const storage = cookieStorage("consent");
    const from = [vanillaCookieconsent()];
    const map = { analytics: ["analytics/matomo", "analytics/hotjar"] };
    layer.acceptCategory([]);
    layer.acceptService("matomo", "analytics");
    expect(importDecision({ storage, from })).to.equal(undefined);
    expect(importDecision({ storage, from, purposes: map })).to.equal(
      undefined,
    );
    layer.acceptService("all", "analytics");
    expect(
      importDecision({ storage, from, purposes: map })?.choices,
    ).to.deep.equal({ analytics: "granted" });
  });
});

describe("what Klaro 0.7.22 has written", () => {
  const config = (more: object) => ({
    services: [
      { name: "matomo", purposes: ["analytics"], default: true },
      { name: "pixel", purposes: ["marketing"] },
    ],
    translations: {},
    ...more,
  });
  interface Manager {
    updateConsent(service: string, value: boolean): void;
    saveAndApplyConsents(): void;
  }

  const start = async (more: object = {}): Promise<Manager> => {
    const page = window as Window & {
      klaro?: { getManager(config: object): Manager };
    };
    const script = document.createElement("script");
    script.src = "/node_modules/klaro/dist/klaro-no-css.js";
    if (!page.klaro)
      await new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
    return page.klaro!.getManager(config(more));
  };

  for (const [storageMethod, more] of [
    ["cookie", { storageName: "klaro-c" }],
    ["localStorage", { storageName: "klaro-l", age: "P120D" }],
  ] as const)
    it(`is taken over, the refusal too, from ${storageMethod}, and not before the visitor has saved`, async () => {
      const { storageName } = more;
      const storage = cookieStorage("consent");
      const manager = await start({ storageMethod, storageName });
      const take = () =>
        importDecision({
          storage,
          from: [klaro({ storageMethod, ...more })],
          purposes: { analytics: "matomo", marketing: "pixel" },
        });
      expect(take()).to.equal(undefined);
      manager.updateConsent("pixel", false);
      expect(take()).to.equal(undefined);
      manager.saveAndApplyConsents();
      take();
      const consent = createConsent({ purposes });
      expect(consent.get("analytics")).to.equal("granted");
      expect(consent.get("marketing")).to.equal("denied");
      expect(consent.record?.action).to.equal("klaro");
    });
});
