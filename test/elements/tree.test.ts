import { expect } from "@open-wc/testing";
import { a11ySnapshot, setViewport } from "@web/test-runner-commands";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import type { ConsentBannerElement } from "../../src/elements/consent-banner.js";
import type { ConsentPreferencesElement } from "../../src/elements/consent-preferences.js";
import { button } from "../support/button.js";
import { cleanStorage } from "../support/clean-storage.js";
import { emulate } from "../support/emulate.js";
import { firstVisit } from "../support/first-visit.js";
import { hit } from "../support/hit.js";
import { isChromium, isMiniBrowser } from "../support/engine.js";
import { nameOf } from "../support/name-of.js";
import { next } from "../support/next.js";
import { openPanel } from "../support/open-panel.js";
import { pageStyle } from "../support/page-style.js";
import { colour, tooWide } from "../support/symmetry.js";

const two = html`
  <consent-purpose name="necessary"></consent-purpose>
  <consent-purpose name="analytics"></consent-purpose>
  <consent-purpose name="marketing"></consent-purpose>
`;

/** All that there may be: three ways, a service with a switch, one that is told of. */
const rich: TemplateResult = html`
  <consent-manager>
    <consent-purpose name="analytics" anonymous></consent-purpose>
    <consent-purpose name="marketing">
      <consent-service name="films" label="Films" switch></consent-service>
      <consent-service
        label="Pixels"
        provider="Pixel Ltd"
        policy-href="/pixels"
      ></consent-service>
    </consent-purpose>
  </consent-manager>
`;

interface Node {
  role: string;
  name?: string;
  children?: Node[];
  [state: string]: unknown;
}

const STATES = [
  "modal",
  "checked",
  "disabled",
  "expanded",
  "focused",
  "level",
  "description",
] as const;

/** A node as a line a screen reader might say, and what is in it below, set in. */
function lines(node: Node, depth = 0): string[] {
  const states = STATES.filter((name) => node[name] !== undefined).map(
    (name) => `${name}=${String(node[name])}`,
  );
  const line = [node.role, node.name && `"${node.name}"`, ...states]
    .filter(Boolean)
    .join(" ");
  // The text of a link or a way is its name once more.
  const children = (node.children ?? []).filter(
    (each, i, all) =>
      each.role !== "StaticText" ||
      (each.name !== node.name && each.name !== all[i - 1]?.name),
  );
  return [
    `${"  ".repeat(depth)}${line}`,
    ...children.flatMap((each) => lines(each, depth + 1)),
  ];
}

/** What assistive technology is told of `selector`, line by line. */
async function tree(selector: string): Promise<string[]> {
  const node = (await a11ySnapshot({ selector })) as unknown as Node;
  return lines(node);
}

/** What it is told of the whole page: a dialog is found there. */
async function pageTree(): Promise<string[]> {
  const { children = [] } = (await a11ySnapshot({})) as unknown as Node;
  return children.flatMap((each) => lines(each));
}

async function openList(panel: ConsentPreferencesElement): Promise<void> {
  const list = panel.shadowRoot!.querySelector("details")!;
  const toggled = new Promise((resolve) =>
    list.addEventListener("toggle", resolve, { once: true }),
  );
  list.open = true;
  await toggled;
  await panel.updateComplete;
  // What is drawn only when it is in view is known after that.
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}

const said =
  "We would like to use your data for: \u2068Analytics\u2069 and \u2068Marketing\u2069. Nothing is stored or sent until you choose, and you can change your choice at any time.";

const inside = [
  `  StaticText "${said}"`,
  '  link "Privacy policy"',
  '  button "Accept all"',
  '  button "Reject all"',
  '  button "Preferences"',
];

describe("the accessibility tree", () => {
  before(async function () {
    // It is the browser's own, and its protocol is asked for it.
    if (!isChromium) this.skip();
    const isThere = await a11ySnapshot({}).then(
      () => true,
      (error: Error) => {
        if (/Unknown command/.test(error.message)) return false;
        throw error;
      },
    );
    if (!isThere) this.skip();
    await emulate({ reducedMotion: "reduce" });
  });
  after(() => emulate({ reducedMotion: "no-preference" }));
  afterEach(cleanStorage);

  for (const layout of ["bar", "top", "box", "card", "inline"])
    it(`of the banner as ${layout} is a region`, async () => {
      await firstVisit(
        html`<consent-manager banner-layout=${layout}>${two}</consent-manager>`,
      );
      expect(await tree("consent-banner")).to.deep.equal([
        'region "Your privacy, your choice"',
        '  heading "Your privacy, your choice" level=2',
        ...inside,
      ]);
    });

  it("of the banner as modal is a dialog, and the page is out of it", async () => {
    await firstVisit(html`
      <div>
        <p>Kites</p>
        <consent-manager banner-layout="modal">${two}</consent-manager>
      </div>
    `);
    expect(await pageTree()).to.deep.equal([
      'dialog "Your privacy, your choice" modal=true',
      '  heading "Your privacy, your choice" focused=true level=2',
      ...inside,
    ]);
  });

  it("of the preferences has a switch for each purpose", async () => {
    const { manager } = await firstVisit(
      html`<consent-manager>${two}</consent-manager>`,
    );
    manager.set({ analytics: "granted", marketing: "denied" });
    await openPanel(manager);
    const today = new Intl.DateTimeFormat("en", { dateStyle: "long" }).format(
      new Date(manager.consent.record!.time),
    );
    expect(await pageTree()).to.deep.equal([
      'dialog "Privacy preferences" modal=true',
      '  heading "Privacy preferences" focused=true level=2',
      '  button "Close"',
      '  StaticText "Choose what this site may do. Your choice holds from the moment you save it."',
      `  StaticText "Last saved: ${today}"`,
      '  StaticText "Necessary"',
      '  StaticText "Always on"',
      '  StaticText "What the site cannot work without, such as remembering this choice."',
      '  switch "Analytics" checked=true description=Shows which pages are used and where visitors get stuck.',
      '  StaticText "Shows which pages are used and where visitors get stuck."',
      '  switch "Marketing" checked=false description=Shows advertising that fits you, and measures it.',
      '  StaticText "Shows advertising that fits you, and measures it."',
      '  button "Save"',
      '  button "Accept all"',
      '  button "Reject all"',
    ]);
  });

  it("of the preferences has three ways, and services with and without a switch", async () => {
    const { manager } = await firstVisit(rich);
    const { panel } = await openPanel(manager);
    await openList(panel);
    expect(await pageTree()).to.deep.equal([
      'dialog "Privacy preferences" modal=true',
      '  heading "Privacy preferences" focused=true level=2',
      '  button "Close"',
      '  StaticText "Choose what this site may do. Your choice holds from the moment you save it."',
      '  StaticText "Analytics"',
      '  StaticText "Shows which pages are used and where visitors get stuck."',
      '  radio "Off" checked=true description=Nothing is measured.',
      '  radio "Anonymous" checked=false description=Measured without recognising you: no visit is connected with another.',
      '  radio "On" checked=false description=Measured with an identifier that is kept on your device.',
      '  switch "Marketing" checked=false description=Shows advertising that fits you, and measures it.',
      '  StaticText "Shows advertising that fits you, and measures it."',
      '  DisclosureTriangle "Services: 2" expanded=true',
      '  switch "Films" checked=false disabled=true',
      '  StaticText "Pixels"',
      '  StaticText "Provider"',
      '  StaticText "Pixel Ltd"',
      '  link "Privacy policy"',
      '  button "Save"',
      '  button "Accept all"',
      '  button "Reject all"',
    ]);
  });

  it("of the preferences keeps every name when what it stands for is switched", async () => {
    const { manager } = await firstVisit(rich);
    const { panel } = await openPanel(manager);
    await openList(panel);
    const plain = (all: string[]) =>
      all.map((line) => line.replace(/ (checked|disabled|focused)=\w+/g, ""));
    const before = await pageTree();
    for (const each of panel.shadowRoot!.querySelectorAll<HTMLInputElement>(
      'input[type="checkbox"], input[value="anonymous"]',
    ))
      each.click();
    await panel.updateComplete;
    const after = await pageTree();
    expect(plain(after)).to.deep.equal(plain(before));
    expect(after).to.not.deep.equal(before);
    expect(after.filter((line) => /checked=true/.test(line))).to.have.length(3);
  });
});

describe("what is kept is told", () => {
  afterEach(cleanStorage);

  it("in a region that was there before, each time anew, and is not seen", async () => {
    const { manager, banner } = await firstVisit(
      html`<consent-manager>${two}</consent-manager>`,
    );
    const status = manager.querySelector('[role="status"]')!;
    expect([status.textContent, status.checkVisibility()]).to.deep.equal([
      "",
      true,
    ]);
    const { width, height } = status.getBoundingClientRect();
    expect([width, height]).to.deep.equal([1, 1]);
    const heard: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) heard.push(node.textContent!);
    });
    observer.observe(status, { childList: true });

    const hidden = next("consent-hide");
    button(banner, "reject").click();
    await hidden;
    const { panel } = await openPanel(manager);
    button(panel, "save").click();
    // What a script decides is not the visitor's to be told.
    manager.grantAll();
    await banner.updateComplete;
    observer.disconnect();
    expect(heard).to.deep.equal([
      "Your choice is saved.",
      "Your choice is saved.",
    ]);
  });
});

describe("what is chosen is told by more than a colour", () => {
  afterEach(cleanStorage);

  for (const mode of ["light", "dark", "forced colours"] as const)
    it(`in ${mode}`, async () => {
      const { manager } = await firstVisit(rich);
      const { panel } = await openPanel(manager);
      const undo = colour(mode, panel);
      panel
        .shadowRoot!.querySelector<HTMLInputElement>('input[type="checkbox"]')!
        .click();
      await panel.updateComplete;
      for (const each of panel.shadowRoot!.getAnimations()) each.finish();
      /** All of its looks that are no colour. */
      const shape = (element: Element, pseudo?: string) => {
        const { content, transform, fontWeight, borderWidth, borderStyle } =
          getComputedStyle(element, pseudo);
        return { content, transform, fontWeight, borderWidth, borderStyle };
      };
      const options = [...panel.shadowRoot!.querySelectorAll("label")].filter(
        (each) => each.part.contains("option"),
      );
      const [chosen, other] = options.map((each) => [
        shape(each),
        shape(each, "::before"),
        shape(each, "::after"),
      ]);
      await openList(panel);
      const [on, off] = [
        ...panel.shadowRoot!.querySelectorAll('input[type="checkbox"]'),
      ].map((each) => shape(each, "::before"));
      undo();
      expect(options[0]!.part.contains("chosen-option")).to.equal(true);
      expect(chosen).to.not.deep.equal(other);
      // A heavier type alone is hard to tell: there is a mark.
      expect(chosen!.map(({ content }) => content)).to.not.deep.equal(
        other!.map(({ content }) => content),
      );
      expect(on).to.not.deep.equal({ ...off, transform: "none" });
      expect(on!.transform).to.not.equal("none");
    });

  it("and the focus in forced colours by a line of the system's", async () => {
    const { manager, banner } = await firstVisit(rich);
    const { panel } = await openPanel(manager);
    const undo = colour("forced colours", panel, banner);
    const text = getComputedStyle(document.documentElement).color;
    const rings = [
      button(panel, "accept"),
      panel.shadowRoot!.querySelector<HTMLElement>('[role="switch"]')!,
      panel.shadowRoot!.querySelector<HTMLElement>("[type=radio]")!,
    ].map((each) => {
      each.focus({ focusVisible: true } as FocusOptions);
      const { outlineStyle, outlineColor } = getComputedStyle(each);
      return [outlineStyle, outlineColor];
    });
    undo();
    expect(rings).to.deep.equal([
      ["solid", text],
      ["solid", text],
      ["solid", text],
    ]);
  });

  it("and in forced colours by the system's, which differ", async () => {
    const { manager } = await firstVisit(rich);
    const { panel } = await openPanel(manager);
    const undo = colour("forced colours", panel);
    const [chosen, other] = [
      ...panel.shadowRoot!.querySelectorAll('[part~="option"]'),
    ].map((each) => {
      const { backgroundColor, color, forcedColorAdjust } = getComputedStyle(
        each,
      ) as CSSStyleDeclaration & { forcedColorAdjust: string };
      return { backgroundColor, color, forcedColorAdjust };
    });
    const probe = document.body.appendChild(document.createElement("i"));
    const system = (name: string) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    const wanted = {
      backgroundColor: system("Highlight"),
      color: system("HighlightText"),
      forcedColorAdjust: "none",
    };
    probe.remove();
    undo();
    expect(chosen).to.deep.equal(wanted);
    expect(other).to.not.deep.equal(wanted);
  });
});

/** All that can be pressed in `host`, its text links and summaries too. */
const targets = (host: Element) =>
  [
    ...host.shadowRoot!.querySelectorAll<HTMLElement>(
      "a, button, input, summary, [part~='option']",
    ),
  ].filter((each) => each.checkVisibility());

describe("in little room", () => {
  before(() => emulate({ reducedMotion: "reduce" }));
  after(() => emulate({ reducedMotion: "no-preference" }));
  beforeEach(function () {
    if (isMiniBrowser) this.skip();
  });
  afterEach(async () => {
    cleanStorage();
    await setViewport({ width: 800, height: 600 });
  });

  for (const lang of ["en", "fi", "ar"])
    it(`every target has 24 px at 320 px, in ${lang}`, async () => {
      await setViewport({ width: 320, height: 568 });
      const { manager, banner } = await firstVisit(
        html`<div lang=${lang}>${rich}</div>`,
      );
      const { panel } = await openPanel(manager);
      await openList(panel);
      const small = [...targets(banner), ...targets(panel)].flatMap((each) => {
        const { width, height } = each.getBoundingClientRect();
        return width < 24 || height < 24
          ? [`${each.part.value || each.localName}: ${width} by ${height}`]
          : [];
      });
      expect(small).to.deep.equal([]);
    });

  // WCAG 2.2, success criteria 1.4.4 and 1.4.12.
  const wishes = [
    [
      "spaced out",
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
      1,
    ],
    ["twice as large", ":root { font-size: 200% }", 2],
  ] as const;
  for (const [what, css, scale] of wishes)
    for (const lang of ["en", "de", "fi", "ar"])
      it(`text that is ${what} is all there, in ${lang}`, async () => {
        await setViewport({ width: 320 * scale, height: 568 });
        pageStyle(css);
        const { manager, banner } = await firstVisit(
          html`<div lang=${lang}>${rich}</div>`,
        );
        const lost: string[] = [];
        const look = (
          host: ConsentBannerElement | ConsentPreferencesElement,
        ) => {
          if (scale === 1) {
            // As a bookmarklet does it that goes into shadow roots.
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            host.shadowRoot!.adoptedStyleSheets.push(sheet);
          }
          lost.push(...tooWide(host));
          for (const each of targets(host)) {
            each.scrollIntoView({ block: "nearest" });
            const reached = hit(each);
            if (
              reached !== each &&
              !each.contains(reached) &&
              !reached?.contains(each)
            )
              lost.push(`${nameOf(each)} is behind ${nameOf(reached)}`);
            if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
              lost.push(`${nameOf(each)} is cut`);
          }
          host.shadowRoot!.adoptedStyleSheets =
            host.shadowRoot!.adoptedStyleSheets.slice(
              0,
              scale === 1 ? -1 : undefined,
            );
        };
        look(banner);
        const { panel } = await openPanel(manager);
        await openList(panel);
        look(panel);
        expect(lost).to.deep.equal([]);
      });

  it("nothing moves for who asked for less, in any layout", async function () {
    if (!isChromium) this.skip();
    for (const layout of ["bar", "top", "card", "modal"]) {
      const { manager, banner } = await firstVisit(
        html`<consent-manager cookie-name=${layout} banner-layout=${layout}>
          <consent-purpose name="analytics" anonymous></consent-purpose>
          <consent-purpose name="marketing"></consent-purpose>
        </consent-manager>`,
      );
      const { panel } = await openPanel(manager);
      for (const each of panel.shadowRoot!.querySelectorAll("input"))
        each.click();
      await panel.updateComplete;
      expect(
        [banner, panel].map(
          ({ shadowRoot }) => shadowRoot!.getAnimations().length,
        ),
        layout,
      ).to.deep.equal([0, 0]);
      panel.hide();
    }
  });

  it("nothing of it is on paper, in any layout", async function () {
    if (!isChromium) this.skip();
    for (const layout of ["bar", "top", "box", "card", "inline", "modal"]) {
      const { manager, banner } = await firstVisit(
        html`<consent-manager
          cookie-name=${layout}
          banner-layout=${layout}
          preferences-layout="inline"
        ></consent-manager>`,
      );
      await manager.showPreferences();
      const panel = manager.querySelector("consent-preferences")!;
      const boxes = () =>
        [banner, panel].map(
          (host) =>
            host
              .shadowRoot!.querySelector("[part=banner], [part=dialog]")!
              .getClientRects().length,
        );
      expect(boxes(), layout).to.deep.equal([1, 1]);
      await emulate({ media: "print" });
      const printed = boxes();
      await emulate({ media: "screen" });
      expect(printed, layout).to.deep.equal([0, 0]);
    }
  });
});
