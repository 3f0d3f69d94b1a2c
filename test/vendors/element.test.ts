import { expect, fixture, waitUntil } from "@open-wc/testing";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import type { ConsentErrorEvent } from "../../src/consent/events.js";
import { defineLate } from "../../src/elements/late-element.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { VENDORS } from "../../src/vendors/table.js";
import { cleanStorage } from "../support/clean-storage.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { afterThisTest } from "../support/undo.js";
import { turn } from "../support/turn.js";

defineLate("consent-vendor", () => import("../../src/vendors/element.js"));

const page = globalThis as typeof globalThis & {
  fbq?: { queue: ArrayLike<unknown>[] };
  tagRuns?: number;
};
const SRC = "/test/fixtures/vendors/tag.js";
let pixels = 0;
/** A pixel that no other test has: what is attached once stays attached. */
const newPixel = () => `pixel-${++pixels}`;

const said = () => page.fbq!.queue.map((call) => Array.from(call));

async function show(markup: TemplateResult) {
  const errors: string[] = [];
  const hear = (event: Event) =>
    errors.push(`${(event as ConsentErrorEvent).error}`);
  document.addEventListener("consent-error", hear);
  afterThisTest(() => document.removeEventListener("consent-error", hear));
  const root = await fixture<HTMLElement>(markup);
  const manager = root.querySelector<ConsentManagerElement>("consent-manager")!;
  return { root, manager, errors };
}

/** Markup of a manager that hears of no other test's. */
const manager = () => html`
  <consent-manager storage="memory" cookie-name=${`test-${pixels}`}>
    <consent-purpose name="analytics"></consent-purpose>
    <consent-purpose name="marketing"></consent-purpose>
  </consent-manager>
`;
const newManager = () => {
  const late = document.createElement("consent-manager");
  late.setAttribute("storage", "memory");
  late.setAttribute("cookie-name", `test-${pixels}`);
  late.innerHTML = `<consent-purpose name="marketing"></consent-purpose>`;
  return late;
};
const tag = (pixel: string, name = "meta") =>
  html`<consent-vendor
    name=${name}
    pixel-id=${pixel}
    src=${SRC}
  ></consent-vendor>`;

/** Waits until the vendor is attached, which is when its function is in the page. */
const attached = () => waitUntil(() => page.fbq);
const ran = (times: number) =>
  waitUntil(() => page.tagRuns === times, `the tag runs ${times} times`);

describe("<consent-vendor>", () => {
  beforeEach(() => {
    pixels++;
    delete page.tagRuns;
  });
  afterEach(() => {
    delete page.fbq;
    cleanStorage();
  });

  it("fetches nothing before a yes, and the tag once for a double yes", async () => {
    const pixel = newPixel();
    const { manager: own } = await show(
      html`<div>${manager()}${tag(pixel)}</div>`,
    );
    await attached();
    expect(said()).to.deep.equal([["consent", "revoke"]]);
    expect(document.querySelector(`script[src="${SRC}"]`)).to.equal(null);
    own.grantAll();
    own.grantAll();
    await ran(1);
    expect(said()).to.deep.equal([
      ["consent", "revoke"],
      ["consent", "grant"],
      ["set", "autoConfig", false, pixel],
      ["init", pixel],
      ["track", "PageView"],
    ]);
  });

  it("is one vendor when it is there twice, copied or moved", async () => {
    const pixel = newPixel();
    const { root, manager: own } = await show(
      html`<div>${manager()}${tag(pixel)}${tag(pixel)}</div>`,
    );
    await attached();
    const first = root.querySelector("consent-vendor")!;
    root.append(first.cloneNode(true), first);
    own.before(first);
    own.grantAll();
    await ran(1);
    await turn();
    expect(said().filter(([name]) => name === "init")).to.have.length(1);
    expect(page.tagRuns).to.equal(1);
  });

  it("that is taken out of the page leaves its vendor under the record", async () => {
    const { root, manager: own } = await show(
      html`<div>${manager()}${tag(newPixel())}</div>`,
    );
    await attached();
    own.grantAll();
    await ran(1);
    root.querySelector("consent-vendor")!.remove();
    own.withdraw();
    expect(said().at(-1)).to.deep.equal(["consent", "revoke"]);
  });

  it("that is taken out before it began never begins", async () => {
    const { root } = await show(html`<div>${tag(newPixel())}</div>`);
    const element = root.querySelector("consent-vendor")!;
    await turn();
    element.remove();
    const late = newManager();
    root.append(late);
    await turn();
    await turn();
    expect(page.fbq).to.equal(undefined);
    root.append(element);
    await attached();
    late.grantAll();
    await ran(1);
  });

  it("waits for a manager that comes later", async () => {
    const { root } = await show(html`<div>${tag(newPixel())}</div>`);
    await turn();
    expect(page.fbq).to.equal(undefined);
    const late = newManager();
    root.append(late);
    await attached();
    late.grantAll();
    await ran(1);
  });

  it("finds the manager of the page from within a shadow root", async () => {
    const { root, manager: own } = await show(
      html`<div>
        ${manager()}
        <p></p>
      </div>`,
    );
    const shadow = root.querySelector("p")!;
    shadow.attachShadow({ mode: "open" }).innerHTML =
      `<consent-vendor name="meta" pixel-id="${newPixel()}" src="${SRC}"></consent-vendor>`;
    await attached();
    own.grantAll();
    await ran(1);
  });

  it("takes several purposes, and needs them all", async () => {
    const { manager: own } = await show(html`
      <div>
        ${manager()}
        <consent-vendor
          name="meta"
          pixel-id=${newPixel()}
          src=${SRC}
          purpose="marketing analytics"
        ></consent-vendor>
      </div>
    `);
    await attached();
    own.set({ marketing: "granted" });
    expect(said()).to.deep.equal([["consent", "revoke"]]);
    own.set({ analytics: "granted" });
    await ran(1);
  });

  it("reads an attribute without a value as true, and false as false", async () => {
    const pixel = newPixel();
    const { manager: own } = await show(html`
      <div>
        ${manager()}
        <consent-vendor
          name="meta"
          pixel-id=${pixel}
          src=${SRC}
          limited-data-use
          auto-config="false"
          data-v-1="x"
          class="y"
        ></consent-vendor>
      </div>
    `);
    await attached();
    own.grantAll();
    expect(said().slice(2, 4)).to.deep.equal([
      ["set", "autoConfig", false, pixel],
      ["dataProcessingOptions", ["LDU"], 0, 0],
    ]);
  });

  for (const [what, markup, message] of [
    [
      "an unknown name",
      html`<consent-vendor name="mata" pixel-id="1"></consent-vendor>`,
      /RangeError: .*name of <consent-vendor> is "mata"; write .*meta/,
    ],
    [
      "a name of every object",
      html`<consent-vendor name="constructor"></consent-vendor>`,
      /RangeError: .*name of <consent-vendor> is "constructor"; write/,
    ],
    [
      "no name",
      html`<consent-vendor></consent-vendor>`,
      /RangeError: .*name of <consent-vendor> is ""; write/,
    ],
    [
      "an unknown purpose",
      html`<consent-vendor
        name="meta"
        pixel-id="1"
        purpose="sales"
      ></consent-vendor>`,
      /RangeError: .*purpose is "sales"; write analytics or marketing/,
    ],
    [
      "a missing option",
      html`<consent-vendor name="meta"></consent-vendor>`,
      /TypeError: .*pixelId is null; write a text/,
    ],
    [
      "a misspelt option",
      html`<consent-vendor name="meta" pixel="1"></consent-vendor>`,
      /TypeError: .*an option is \["pixel"\]; write pixelId/,
    ],
    [
      "an SDK",
      html`<consent-vendor name="meta" sdk="x"></consent-vendor>`,
      /RangeError: .*an attribute is "sdk"; write attach\(\) in a script/,
    ],
  ] as const)
    it(`with ${what} is told of once, and stays inert`, async () => {
      const told = stubConsoleError();
      const { manager: own, errors } = await show(
        html`<div>${manager()}${markup}</div>`,
      );
      await waitUntil(() => errors[0]);
      own.grantAll();
      await turn();
      expect(errors).to.have.length(1);
      expect(told.map(([error]) => `${error}`)).to.have.length(1);
      expect(`${told[0]![0]}`).to.match(message);
      expect(page.fbq).to.equal(undefined);
    });

  it("refuses another name once it has begun, and goes on", async () => {
    stubConsoleError();
    const {
      root,
      manager: own,
      errors,
    } = await show(html`<div>${manager()}${tag(newPixel())}</div>`);
    await attached();
    const element = root.querySelector("consent-vendor")!;
    element.id = "mine";
    element.setAttribute("name", "x");
    await turn();
    expect(errors).to.deep.equal([
      'RangeError: consent-elements: name of a <consent-vendor> that has begun is "x"; write another element',
    ]);
    own.grantAll();
    await ran(1);
  });
});

describe("the table of vendors", () => {
  it("is sorted, and each file has a function of its name", async () => {
    const names = Object.keys(VENDORS);
    expect(names).to.deep.equal(names.toSorted());
    for (const name of names) {
      const file = await VENDORS[name]!();
      const own = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
      expect(file[own], name).to.be.a("function");
    }
  });
});
