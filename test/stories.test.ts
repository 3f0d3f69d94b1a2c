import { expect, fixture } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import * as banner from "../stories/consent-banner.stories.js";
import * as embed from "../stories/consent-embed.stories.js";
import * as manager from "../stories/consent-manager.stories.js";
import * as preferences from "../stories/consent-preferences.stories.js";
import * as trigger from "../stories/consent-trigger.stories.js";
import type { Stories, Story } from "../stories/story.js";
import { audit } from "./support/audit.js";
import { cleanStorage } from "./support/clean-storage.js";
import { stubConsoleError } from "./support/stub-console-error.js";
import { emulate } from "./support/emulate.js";

/** What a file of stories exports: its default, and stories. */
type File = { default: Stories } & Record<string, Story | Stories>;

/** The stories that put a mistake on the page, each of which is told once. */
const MISTAKES: ReadonlySet<string> = new Set(["MistakeInMarkup"]);

/** The boxes, the page's own among them, that one would have to scroll sideways. */
function tooWide(canvas: Element): string[] {
  const boxes: Element[] = [document.documentElement];
  for (const { shadowRoot } of canvas.querySelectorAll("*"))
    boxes.push(...(shadowRoot?.querySelectorAll("[part]") ?? []));
  return boxes
    .filter(
      (box) =>
        box.scrollWidth > box.clientWidth &&
        (box === document.documentElement ||
          getComputedStyle(box).overflowX !== "visible"),
    )
    .map((box) => box.getAttribute("part") ?? box.localName);
}

const files: File[] = [banner, embed, manager, preferences, trigger];

for (const file of files) {
  const { default: meta, ...stories } = file;
  describe(`stories of <${meta.component}>`, () => {
    // A banner may appear while the audit runs; it is to be there at once.
    before(() => emulate({ reducedMotion: "reduce" }));
    after(() => emulate({ reducedMotion: "no-preference" }));
    afterEach(async () => {
      cleanStorage();
      await setViewport({ width: 800, height: 600 });
    });

    it("have the element's name and show a defined element", () => {
      expect(meta.title).to.equal(meta.component);
      expect(customElements.get(meta.component)).to.be.a("function");
      expect(Object.keys(stories)).to.have.length.above(3);
    });

    for (const [name, story] of Object.entries(stories) as [string, Story][])
      it(`${name} plays, is accessible and keeps to itself`, async () => {
        if (story.globals) await setViewport({ width: 320, height: 568 });
        const errors = stubConsoleError();
        const canvasElement = await fixture<HTMLElement>(
          html`<div>${story.render()}</div>`,
        );
        await story.play?.({ canvasElement });

        const shown = canvasElement.querySelector(meta.component)!;
        await audit(canvasElement);
        expect(shown.matches(":defined")).to.equal(true);
        if ("open" in shown) expect(shown.open).to.equal(true);
        expect(tooWide(canvasElement)).to.deep.equal([]);
        expect(errors).to.have.length(MISTAKES.has(name) ? 1 : 0);
        expect(document.cookie).to.equal("");
        expect(localStorage).to.have.length(0);
      });
  });
}
