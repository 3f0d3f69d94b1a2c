import { expect, fixture } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import type { ConsentBannerElement } from "../../src/elements/consent-banner.js";
import { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import type { ConsentPreferencesElement } from "../../src/elements/consent-preferences.js";
import { createInterface } from "../../src/elements/interface.js";
import { dayOf, listOf, type View } from "../../src/elements/view.js";
import { LANGUAGES, loadWords } from "../../src/locales/index.js";
import type { Words } from "../../src/locales/words.js";
import { words as ar } from "../../src/locales/ar.js";
import { words as de } from "../../src/locales/de.js";
import { words as en } from "../../src/locales/en.js";
import { words as fi } from "../../src/locales/fi.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deferred } from "../support/deferred.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { afterThisTest } from "../support/undo.js";
import { turn } from "../support/turn.js";

const page = html`
  <consent-manager>
    <consent-purpose name="necessary"></consent-purpose>
    <consent-purpose name="analytics" anonymous></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;

type Visible = ConsentBannerElement | ConsentPreferencesElement;

/** Waits until `host` speaks `lang`. */
async function speaks(host: Visible, lang: string): Promise<void> {
  while (host.lang !== lang) {
    await turn();
    await host.updateComplete;
  }
}

const heading = (host: Visible) =>
  host.shadowRoot!.querySelector('[part="heading"]')!.textContent!.trim();

/** Everything in `host` that is read: texts, names, hints. */
function read(host: Element): string[] {
  const root = host.shadowRoot!;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) found.push(walker.currentNode.nodeValue!);
  for (const name of ["aria-label", "placeholder", "title"])
    for (const each of root.querySelectorAll(`[${name}]`))
      found.push(each.getAttribute(name)!);
  return found
    .map((text) => text.trim())
    .filter((text) => text && text !== "·");
}

/** Everything that a language may say, gaps filled. */
function sayings(words: Words, view: View, time: string): Set<string> {
  const { purposes, ...texts } = words;
  const asked = ["analytics", "marketing"].map((name) => purposes[name]!.label);
  return new Set([
    ...Object.values(texts).map((text) =>
      text
        .replace("{purposes}", () => listOf(view, asked))
        .replace("{count}", "9")
        .replace("{date}", () => dayOf(view, time))
        .trim(),
    ),
    ...Object.values(purposes).flatMap(({ label, description }) => [
      label,
      description,
    ]),
  ]);
}

describe("language", () => {
  afterEach(() => {
    cleanStorage();
    document.documentElement.removeAttribute("lang");
    document.documentElement.removeAttribute("dir");
  });

  describe("changes with the page, banner and open panel at once", () => {
    for (const [where, change] of [
      ["<html>", () => document.documentElement],
      ["an ancestor", (manager: Element) => manager.parentElement!],
      ["the manager", (manager: HTMLElement) => manager],
    ] as const)
      it(`where ${where} does`, async () => {
        const { manager, banner } = await firstVisit(html`<div>${page}</div>`);
        const { panel } = await openPanel(manager);
        for (const words of [de, ar, en]) {
          change(manager).setAttribute("lang", words.lang);
          await speaks(banner, words.lang);
          await speaks(panel, words.lang);
          expect([heading(banner), heading(panel)]).to.deep.equal([
            words.title,
            words.preferencesTitle,
          ]);
          expect(banner.ariaLabel).to.equal(words.title);
          expect(button(panel, "close").ariaLabel).to.equal(words.close);
        }
        change(manager).removeAttribute("lang");
      });

    it("across a shadow root, and is heard again there", async () => {
      const host = await fixture<HTMLElement>(html`<div lang="de"></div>`);
      const root = host.attachShadow({ mode: "open" });
      const manager = document.createElement("consent-manager");
      const shown = new Promise((resolve) =>
        manager.addEventListener("consent-show", resolve, { once: true }),
      );
      root.append(manager);
      await shown;
      const banner = manager.querySelector("consent-banner")!;
      await banner.updateComplete;
      expect(heading(banner)).to.equal(de.title);
      host.lang = "fi";
      await speaks(banner, "fi");
      expect(heading(banner)).to.equal(fi.title);
      host.removeAttribute("lang");
      document.documentElement.lang = "ar";
      await speaks(banner, "ar");
      expect(heading(banner)).to.equal(ar.title);
    });

    it("and the nearest counts", async () => {
      document.documentElement.lang = "de";
      const { banner } = await firstVisit(
        html`<div lang="fi"><div>${page}</div></div>`,
      );
      expect(heading(banner)).to.equal(fi.title);
    });

    it("and what is switched stays switched", async () => {
      const { manager } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      const inputs = () => [...panel.shadowRoot!.querySelectorAll("input")];
      for (const each of inputs().filter(({ value }) => value !== "granted"))
        each.click();
      await panel.updateComplete;
      const before = inputs().map(({ checked }) => checked);
      manager.lang = "de";
      await speaks(panel, "de");
      expect(inputs().map(({ checked }) => checked)).to.deep.equal(before);
      expect(manager.consent.record).to.equal(undefined);
    });

    it("and the last one holds, in whatever order the languages arrive", async () => {
      const { composition } = ConsentManagerElement;
      const slow = deferred<Words>();
      ConsentManagerElement.composition = {
        ...composition,
        interface: (manager) =>
          createInterface(manager, {
            loadWords: (tag) => (tag === "de" ? slow.promise : loadWords(tag)),
          }),
      };
      afterThisTest(() => {
        ConsentManagerElement.composition = composition;
      });
      const { manager, banner } = await firstVisit(page);
      manager.lang = "de";
      await turn();
      manager.lang = "fi";
      await speaks(banner, "fi");
      slow.resolve(de);
      await turn();
      await banner.updateComplete;
      expect([banner.lang, heading(banner)]).to.deep.equal(["fi", fi.title]);
    });
  });

  describe("direction", () => {
    it("is the language's where the page says none, and goes with it", async () => {
      const { manager, banner } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      for (const [lang, dir] of [
        ["ar", "rtl"],
        ["fa", "rtl"],
        ["de", "ltr"],
      ] as const) {
        manager.lang = lang;
        await speaks(banner, lang);
        await speaks(panel, lang);
        expect([banner.dir, panel.dir]).to.deep.equal([dir, dir]);
        expect(getComputedStyle(banner).direction).to.equal(dir);
      }
    });

    it("is the nearest ancestor's where that says one", async () => {
      document.documentElement.dir = "ltr";
      const { manager, banner } = await firstVisit(
        html`<div dir="rtl"><div lang="de">${page}</div></div>`,
      );
      const look = () => [
        banner.hasAttribute("dir"),
        getComputedStyle(banner).direction,
      ];
      expect(look()).to.deep.equal([false, "rtl"]);
      const outer = manager.closest("[dir]")!;
      const settled = async () => {
        await turn();
        await banner.updateComplete;
      };
      outer.setAttribute("dir", "ltr");
      await settled();
      expect(look()).to.deep.equal([false, "ltr"]);
      outer.removeAttribute("dir");
      document.documentElement.removeAttribute("dir");
      manager.lang = "ar";
      await speaks(banner, "ar");
      expect(look()).to.deep.equal([true, "rtl"]);
    });
  });

  it("is one: every word of banner and panel comes from the same file", async function () {
    this.timeout(20_000);
    const services = Array.from({ length: 9 }, (_, i) => ({
      label: "",
      name: "",
      provider: i ? "" : "9",
      stores: i ? "" : "9",
      sendsTo: i ? "" : "9",
      keptFor: i ? "" : "9",
      policyHref: i ? "" : "/p",
    }));
    const { manager, banner } = await firstVisit(html`
      <consent-manager .details=${{ marketing: { services } }}>
        <consent-purpose name="necessary"></consent-purpose>
        <consent-purpose name="analytics" anonymous></consent-purpose>
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `);
    manager.set({ analytics: "anonymous", marketing: "denied" });
    await manager.show();
    const { panel } = await openPanel(manager);
    const list = panel.shadowRoot!.querySelector("details")!;
    const toggled = new Promise((resolve) =>
      list.addEventListener("toggle", resolve, { once: true }),
    );
    list.open = true;
    await toggled;
    await panel.updateComplete;
    const field =
      panel.shadowRoot!.querySelector<HTMLInputElement>('[part="search"]')!;
    const { time } = manager.consent.record!;

    const foreign: string[] = [];
    for (const tag of Object.keys(LANGUAGES)) {
      const words = await loadWords(tag);
      manager.lang = tag;
      await speaks(banner, words.lang);
      await speaks(panel, words.lang);
      // With something to find, and with nothing.
      const seen = [...read(banner), ...read(panel)];
      field.value = "nothing of this name";
      field.dispatchEvent(new Event("input"));
      await panel.updateComplete;
      seen.push(...read(panel));
      field.value = "";
      field.dispatchEvent(new Event("input"));
      await panel.updateComplete;

      const known = sayings(
        words,
        { manager, consent: manager.consent, words },
        time,
      ).add("9");
      for (const text of seen)
        if (!known.has(text)) foreign.push(`${tag}: ${text}`);
      for (const name of [
        "title",
        "optIn",
        "accept",
        "reject",
        "preferences",
        "policy",
        "preferencesTitle",
        "preferencesText",
        "save",
        "close",
        "alwaysOn",
        "off",
        "anonymous",
        "on",
        "anonymousText",
        "findService",
        "noService",
        "provider",
        "stores",
        "sendsTo",
        "keptFor",
      ] as const) {
        const said =
          name === "optIn" ? words[name].split("{")[0]! : words[name];
        if (!seen.some((text) => text.startsWith(said.trim())))
          foreign.push(`${tag}: ${name} is not said`);
      }
    }
    expect(foreign).to.deep.equal([]);
  });

  it("is told of what is kept, too", async () => {
    const { manager, banner } = await firstVisit(
      html`<div lang="de">${page}</div>`,
    );
    const status = manager.querySelector<HTMLElement>(
      ':scope > [role="status"]',
    )!;
    expect(status.textContent).to.equal("");
    button(banner, "reject").click();
    expect([status.textContent, status.lang, status.dir]).to.deep.equal([
      de.saved,
      "de",
      "ltr",
    ]);
    manager.reset();
    expect(status.isConnected).to.equal(true);
  });

  describe("of the page's own", () => {
    it("takes the place of any of ours, in every language, at any time", async () => {
      const { manager, banner } = await firstVisit(page);
      const { panel } = await openPanel(manager);
      manager.words = {
        accept: "Yes to all",
        reject: "No to all",
        save: "Keep",
        purposes: {
          analytics: { label: "Counting" },
          marketing: { description: "Shows kites." },
        },
      };
      await banner.updateComplete;
      await panel.updateComplete;
      const look = () => ({
        accept: button(banner, "accept").innerText,
        reject: button(panel, "reject").innerText,
        save: button(panel, "save").innerText,
        label: panel.shadowRoot!.querySelector("legend")!.innerText,
        other: panel.shadowRoot!.querySelector("label[for]")!.textContent,
        text: panel.shadowRoot!.querySelectorAll('[part="description"]')[2]!
          .textContent,
        title: heading(banner),
      });
      const own = {
        accept: "Yes to all",
        reject: "No to all",
        save: "Keep",
        label: "Counting",
        text: "Shows kites.",
      };
      expect(look()).to.deep.equal({
        ...own,
        other: en.purposes.marketing!.label,
        title: en.title,
      });
      manager.lang = "de";
      await speaks(banner, "de");
      await speaks(panel, "de");
      expect(look()).to.deep.equal({
        ...own,
        other: de.purposes.marketing!.label,
        title: de.title,
      });
      manager.words = {};
      await banner.updateComplete;
      await panel.updateComplete;
      expect(look()).to.deep.equal({
        accept: de.accept,
        reject: de.reject,
        save: de.save,
        label: de.purposes.analytics!.label,
        other: de.purposes.marketing!.label,
        text: de.purposes.marketing!.description,
        title: de.title,
      });
    });

    it("may be set before the library is there", async () => {
      const { banner } = await firstVisit(html`
        <consent-manager .words=${{ title: "Kites" }}></consent-manager>
      `);
      expect(heading(banner)).to.equal("Kites");
    });

    it("says of a purpose what its tag says, then the details, then the words, then ours", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager
          .words=${{
            purposes: {
              analytics: { label: "from words", description: "from words" },
              marketing: { label: "from words" },
            },
          }}
          .details=${{
            analytics: { label: "from details", description: "from details" },
          }}
        >
          <consent-purpose
            name="analytics"
            label="from the tag"
          ></consent-purpose>
          <consent-purpose name="marketing"></consent-purpose>
          <consent-purpose name="functional"></consent-purpose>
          <consent-purpose name="kites"></consent-purpose>
        </consent-manager>
      `);
      const { panel } = await openPanel(manager);
      const texts = (part: string) =>
        Array.from(
          panel.shadowRoot!.querySelectorAll(`[part="${part}"]`),
          (each) => each.textContent!.trim(),
        );
      expect(texts("label")).to.deep.equal([
        "from the tag",
        "from words",
        en.purposes.functional!.label,
        "kites",
      ]);
      expect(texts("description")).to.deep.equal([
        "from details",
        en.purposes.marketing!.description,
        en.purposes.functional!.description,
        "",
      ]);
    });

    for (const [what, own, name] of [
      ["a word", { words: { akzept: "Yes" } }, "akzept"],
      [
        "a purpose in the words",
        { words: { purposes: { analitics: { label: "Counting" } } } },
        "analitics",
      ],
      [
        "a purpose in the details",
        { details: { analitics: { label: "Counting" } } },
        "analitics",
      ],
    ] as const)
      it(`tells once of ${what} that there is not, and shows all the rest`, async () => {
        const errors = stubConsoleError();
        const { manager, banner } = await firstVisit(page);
        Object.assign(manager, own);
        await banner.updateComplete;
        manager.lang = "de";
        await speaks(banner, "de");
        button(banner, "reject").click();
        await manager.show();
        expect(errors.map(([error]) => (error as Error).name)).to.deep.equal([
          "RangeError",
        ]);
        const { message } = errors[0]![0] as Error;
        expect(message).to.contain(name);
        expect(message).to.contain("write ");
        expect(button(banner, "accept").innerText).to.equal(de.accept);
        expect(manager.consent.record!.action).to.equal("deny-all");
      });
  });

  it("of a trigger's button is told on the button", async () => {
    const { manager } = await firstVisit(
      html`<div lang="fi">${page}<consent-trigger></consent-trigger></div>`,
    );
    const trigger = document.querySelector("consent-trigger")!;
    while (!trigger.textContent) await turn();
    const made = trigger.querySelector("button")!;
    expect([made.textContent, made.lang]).to.deep.equal([fi.trigger, "fi"]);
    const shown = next("consent-show");
    made.click();
    await shown;
    expect(heading(manager.querySelector("consent-preferences")!)).to.equal(
      fi.preferencesTitle,
    );
  });
});
