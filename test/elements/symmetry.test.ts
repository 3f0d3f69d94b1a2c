import { expect } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import {
  BANNER_LAYOUTS,
  type ConsentBannerElement,
} from "../../src/elements/consent-banner.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import {
  PREFERENCES_LAYOUTS,
  type ConsentPreferencesElement,
} from "../../src/elements/consent-preferences.js";
import { LANGUAGES, loadWords } from "../../src/locales/index.js";
import { cleanStorage } from "../support/clean-storage.js";
import { emulate } from "../support/emulate.js";
import { firstVisit } from "../support/first-visit.js";
import { isMiniBrowser } from "../support/engine.js";
import {
  answerOf,
  colour,
  COLOUR_MODES,
  tooWide,
  uneven,
  type ColourMode,
} from "../support/symmetry.js";
import { turn } from "../support/turn.js";

/** A small phone, a phone, a tablet, a desktop, and a desktop at 400 %. */
const WINDOWS = [
  [320, 568],
  [390, 844],
  [768, 1024],
  [1280, 800],
  [320, 256],
] as const;

const LONG_AND_BACKWARDS = ["en", "de", "fi", "ar"];

const page = html`
  <consent-manager storage="memory" cookie-name="symmetry">
    <consent-purpose name="necessary"></consent-purpose>
    <consent-purpose name="functional"></consent-purpose>
    <consent-purpose name="analytics" anonymous></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;

/** Puts the page into another language, and waits until `host` speaks it. */
async function speak(
  manager: ConsentManagerElement,
  host: ConsentBannerElement | ConsentPreferencesElement,
  tag: string,
): Promise<void> {
  const { lang, dir } = await loadWords(tag);
  manager.lang = tag;
  manager.dir = dir;
  while (host.lang !== lang) {
    await turn();
    await host.updateComplete;
  }
}

/** What is uneven, cut or too wide in `host`, in each of `languages` and `modes`. */
async function faults(
  manager: ConsentManagerElement,
  host: ConsentBannerElement | ConsentPreferencesElement,
  languages: readonly string[],
  modes: readonly ColourMode[] = ["light"],
): Promise<string[]> {
  const found: string[] = [];
  for (const tag of languages) {
    await speak(manager, host, tag);
    for (const mode of modes) {
      const undo = colour(mode, host);
      for (const fault of uneven(host)) found.push(`${tag}, ${mode}: ${fault}`);
      undo();
    }
    for (const part of tooWide(host)) found.push(`${tag}: ${part} is too wide`);
  }
  return found;
}

describe("P8 a yes and a no are even", function () {
  // Each test goes through every language.
  this.timeout(20_000);

  before(() => emulate({ reducedMotion: "reduce" }));
  after(() => emulate({ reducedMotion: "no-preference" }));
  beforeEach(function () {
    if (isMiniBrowser) this.skip();
  });
  afterEach(async () => {
    cleanStorage();
    await setViewport({ width: 800, height: 600 });
  });

  for (const layout of PREFERENCES_LAYOUTS)
    it(`taking back is as near as giving, from a trigger, with preferences as ${layout}`, async () => {
      const { manager } = await firstVisit(html`
        <div>
          <consent-manager preferences-layout=${layout} storage="memory">
            <consent-purpose name="analytics" anonymous></consent-purpose>
            <consent-purpose name="marketing"></consent-purpose>
          </consent-manager>
          <consent-trigger><button>Privacy choices</button></consent-trigger>
        </div>
      `);
      /** How many presses it takes from the page to `choice` for everything. */
      const presses = async (action: string, choice: string) => {
        const way = [
          () =>
            document
              .querySelector<HTMLElement>("consent-trigger button")!
              .click(),
          () =>
            answerOf(
              manager.querySelector("consent-preferences")!,
              action,
            ).click(),
        ];
        for (const [i, press] of way.entries()) {
          press();
          // The preferences are drawn and open.
          await manager.showPreferences();
          const panel = manager.querySelector("consent-preferences")!;
          await panel.updateComplete;
          const { choices = {} } = manager.consent.record ?? {};
          const answers = Object.values(choices);
          if (answers[0] && answers.every((answer) => answer === choice))
            return i + 1;
        }
        return Infinity;
      };
      manager.denyAll();
      const giving = await presses("accept", "granted");
      const taking = await presses("reject", "denied");
      expect({ giving, taking }).to.deep.equal({ giving: 2, taking: 2 });
    });

  const all = Object.keys(LANGUAGES);

  for (const [width, height] of WINDOWS) {
    it(`on the banner in every language and every mode of colours, at ${width} by ${height} px`, async () => {
      await setViewport({ width, height });
      const { manager, banner } = await firstVisit(page);
      expect(await faults(manager, banner, all, COLOUR_MODES)).to.deep.equal(
        [],
      );
    });

    it(`in the preferences in every language and every mode of colours, at ${width} by ${height} px`, async () => {
      await setViewport({ width, height });
      const { manager } = await firstVisit(page);
      await manager.showPreferences();
      const panel = manager.querySelector("consent-preferences")!;
      expect(await faults(manager, panel, all, COLOUR_MODES)).to.deep.equal([]);
    });

    it(`in every layout of the banner, at ${width} by ${height} px`, async () => {
      await setViewport({ width, height });
      const { manager, banner } = await firstVisit(page);
      for (const layout of BANNER_LAYOUTS) {
        banner.layout = layout;
        await banner.updateComplete;
        expect(
          await faults(manager, banner, LONG_AND_BACKWARDS),
          layout,
        ).to.deep.equal([]);
      }
    });

    it(`in every layout of the preferences, at ${width} by ${height} px`, async () => {
      await setViewport({ width, height });
      const { manager } = await firstVisit(page);
      await manager.showPreferences();
      const panel = manager.querySelector("consent-preferences")!;
      for (const layout of PREFERENCES_LAYOUTS) {
        panel.hide();
        panel.layout = layout;
        await panel.updateComplete;
        await panel.show();
        expect(
          await faults(manager, panel, LONG_AND_BACKWARDS),
          layout,
        ).to.deep.equal([]);
      }
    });
  }
});
