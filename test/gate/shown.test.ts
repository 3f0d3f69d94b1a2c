import { expect } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import type { ConsentRecord } from "../../src/consent/record.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { EMBED_WORDS, INTERFACE_WORDS, shownBy } from "../../src/gate/shown.js";
import { textHash, textOf } from "../../src/gate/text-hash.js";
import { words as de } from "../../src/locales/de.js";
import { words as en } from "../../src/locales/en.js";
import { cleanStorage } from "../support/clean-storage.js";
import { firstVisit } from "../support/first-visit.js";
import { afterThisTest } from "../support/undo.js";

const page = html`
  <consent-manager>
    <consent-purpose name="analytics" text-on="We count."></consent-purpose>
    <consent-purpose name="ads" label="Ads" description="By mail">
      <consent-service
        name="films"
        label="Films"
        provider="Film Ltd"
        kept-for="2 days"
        removes="_film"
        switch
      ></consent-service>
    </consent-purpose>
    <consent-banner>
      <button slot="accept">Yes to all</button>
    </consent-banner>
  </consent-manager>
`;

const hashOf = async (manager: ConsentManagerElement) =>
  textHash(textOf((await shownBy(manager, undefined))!));

afterEach(cleanStorage);

describe("what a visitor is shown", () => {
  it("is nothing where nothing was drawn", async () => {
    const manager = document.createElement("consent-manager");
    manager.consent.denyAll();
    expect(await shownBy(manager, manager.consent.record)).to.equal(undefined);
  });

  it("is our words, the page's own, its slots, its purposes and its services", async () => {
    const { manager } = await firstVisit(page);
    manager.words = {
      accept: "Yes to all",
      reject: undefined,
      purposes: { ads: { label: "Advertisements" }, films: { label: "Film" } },
    } as never;
    manager.details = {
      analytics: {
        description: "Counts visits.",
        services: [{ label: "Counter", provider: "Us" }],
      },
    };
    const { locale, texts, purposes, services } = (await shownBy(
      manager,
      undefined,
    ))!;
    expect({ locale, purposes, services }).to.deep.equal({
      locale: "en",
      purposes: [
        {
          name: "analytics",
          required: false,
          label: "Analytics",
          description: "Counts visits.",
          onText: "We count.",
        },
        { name: "ads", required: false, label: "Ads", description: "By mail" },
        { name: "films", required: false, label: "Film" },
      ],
      services: [
        { purpose: "analytics", label: "Counter", provider: "Us" },
        {
          purpose: "ads",
          name: "films",
          label: "Films",
          provider: "Film Ltd",
          keptFor: "2 days",
        },
      ],
    });
    const { accept, reject, optIn, optOut, slots } = texts;
    expect({ accept, reject, optIn, optOut, slots }).to.deep.equal({
      accept: "Yes to all",
      reject: en.reject,
      optIn: en.optIn,
      optOut: undefined,
      slots: [{ layer: "consent-banner", slot: "accept", text: "Yes to all" }],
    });
  });

  it("is told in the language in which it is drawn", async () => {
    document.documentElement.lang = "de-AT";
    afterThisTest(() => {
      document.documentElement.lang = "en";
    });
    const { manager } = await firstVisit(page);
    const shown = shownBy(manager, undefined);
    // What comes later is not what was decided on.
    document.documentElement.lang = "en";
    const { locale, texts } = (await shown)!;
    expect([locale, texts.reject]).to.deep.equal(["de", de.reject]);
  });

  it("is what an embed's placeholder says where its button was pressed", async () => {
    const manager = document.createElement("consent-manager");
    manager.words = { embedText: "Never to be seen" };
    const shown = await shownBy(manager, {
      action: "embed",
    } as ConsentRecord);
    const { embedTitle, embedText, embedLoad, embedAlways } = en;
    expect(shown?.texts).to.deep.equal({
      embedTitle,
      embedText,
      embedLoad,
      embedAlways,
      slots: undefined,
    });
  });

  it("has another hash for each thing that a visitor reads otherwise, and the same for the rest", async () => {
    const { manager } = await firstVisit(page);
    const service = manager.querySelector("consent-service")!;
    const before = await hashOf(manager);
    const changes: [string, () => void][] = [
      ["nothing", () => {}],
      ["what is removed", () => service.setAttribute("removes", "_f")],
      ["a class", () => service.setAttribute("class", "wide")],
      ["an answer", () => manager.denyAll()],
      ["a provider", () => service.setAttribute("provider", "Movie Ltd")],
      ["a word", () => (manager.words = { accept: "Yes" })],
      ["a detail", () => (manager.details = { analytics: { label: "Count" } })],
      [
        "a slot",
        () => {
          manager.querySelector("button")!.textContent = "Sure";
        },
      ],
      ["a purpose", () => manager.consent.addPurpose("late")],
    ];
    const same: string[] = [];
    let last = before;
    for (const [name, change] of changes) {
      change();
      const hash = await hashOf(manager);
      if (hash === last) same.push(name);
      last = hash;
    }
    expect(same).to.deep.equal([
      "nothing",
      "what is removed",
      "a class",
      "an answer",
    ]);
  });

  it("takes each word into account that a layer shows", () => {
    const known = new Set<string>([...INTERFACE_WORDS, ...EMBED_WORDS]);
    expect(Object.keys(en).filter((name) => !known.has(name))).to.deep.equal([
      "lang",
      "dir",
      // One of these two, by the mode.
      "optIn",
      "optOut",
      // Said after a decision.
      "saved",
      "leftovers",
      // Leads to the layers.
      "trigger",
      // Each with its purpose.
      "purposes",
    ]);
  });
});
