import { elementUpdated, expect, fixture, waitUntil } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { html } from "lit";
import "../../src/auto.js";
import { words as de } from "../../src/locales/de.js";
import { audit } from "../support/audit.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deepActive } from "../support/deep-active.js";
import { firstVisit } from "../support/first-visit.js";
import { nameOf } from "../support/name-of.js";
import { next } from "../support/next.js";

const manager = html`<consent-manager></consent-manager>`;
const trigger = () => document.querySelector("consent-trigger")!;

describe("<consent-trigger>", () => {
  afterEach(cleanStorage);

  it("opens the preferences from a button of the page's own", async () => {
    const { manager: own } = await firstVisit(html`
      <div>
        ${manager}
        <consent-trigger><button id="mine">Cookies</button></consent-trigger>
      </div>
    `);
    const shown = next("consent-show");
    document.getElementById("mine")!.click();
    expect((await shown).layer).to.equal("preferences");
    expect(own.querySelector("consent-preferences")!.open).to.equal(true);
    expect(trigger().querySelectorAll("button")).to.have.length(1);
  });

  it("opens them from a link, and does not follow it", async () => {
    await firstVisit(html`
      <div>
        ${manager}
        <consent-trigger><a href="#elsewhere">Cookies</a></consent-trigger>
      </div>
    `);
    const shown = next("consent-show");
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    trigger().querySelector("a")!.dispatchEvent(click);
    expect((await shown).layer).to.equal("preferences");
    expect(click.defaultPrevented).to.equal(true);
    expect(location.hash).to.equal("");
  });

  it("opens them from what is inside a button", async () => {
    await firstVisit(html`
      <div>
        ${manager}
        <consent-trigger>
          <button><b>Cookies</b></button>
        </consent-trigger>
      </div>
    `);
    const shown = next("consent-show");
    trigger().querySelector("b")!.click();
    expect((await shown).layer).to.equal("preferences");
  });

  for (const [what, markup, label] of [
    [
      "from nothing",
      html`<consent-trigger></consent-trigger>`,
      "Privacy choices",
    ],
    [
      "around a text",
      html`<consent-trigger>Your cookies</consent-trigger>`,
      "Your cookies",
    ],
    [
      "around a text with marks",
      html`<consent-trigger>Your <b>cookies</b></consent-trigger>`,
      "Your cookies",
    ],
  ] as const)
    it(`makes a button ${what}`, async () => {
      await firstVisit(html`<div>${manager}${markup}</div>`);
      const buttons = trigger().querySelectorAll("button");
      expect(buttons).to.have.length(1);
      expect(trigger().textContent).to.equal(label);
      expect(buttons[0]!.textContent).to.equal(label);
      await audit(trigger());

      const shown = next("consent-show");
      buttons[0]!.click();
      expect((await shown).layer).to.equal("preferences");
    });

  it("speaks the page's language", async () => {
    await fixture(
      html`<div lang="de"><consent-trigger></consent-trigger></div>`,
    );
    await waitUntil(() => trigger().textContent);
    const { textContent, lang } = trigger().querySelector("button")!;
    expect([textContent, lang]).to.deep.equal([de.trigger, "de"]);
  });

  for (const [floating, dir, side] of [
    ["", "ltr", "left"],
    ["end", "ltr", "right"],
    ["", "rtl", "right"],
  ] as const)
    it(`floats at the ${side} with floating="${floating}" where a page reads ${dir}`, async () => {
      await fixture(html`
        <div dir=${dir}>
          <consent-trigger floating=${floating}></consent-trigger>
        </div>
      `);
      await waitUntil(() => trigger().textContent);
      const { position } = getComputedStyle(trigger());
      const { left, right, bottom, height } = trigger()
        .querySelector("button")!
        .getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      expect([
        position,
        innerHeight - bottom,
        side === "left" ? left : clientWidth - right,
      ]).to.deep.equal(["fixed", 16, 16]);
      expect(height).to.be.at.least(44);
      await audit(trigger());
    });

  for (const layer of ["", "--consent-z-index: 2000", "--consent-z-index: 5"])
    it(`floats below the banner, with "${layer}"`, async () => {
      const { banner } = await firstVisit(html`
        <div style=${layer}>
          ${manager}<consent-trigger floating></consent-trigger>
        </div>
      `);
      await waitUntil(() => trigger().textContent);
      const [above, below] = [banner, trigger()].map((each) =>
        Number(getComputedStyle(each).zIndex),
      );
      expect(below).to.be.within(1, above! - 1);
    });

  it("leaves the look of a floating button to the page", async () => {
    await fixture(html`
      <div>
        <style>
          button {
            color: rgb(1, 2, 3);
          }
        </style>
        <consent-trigger floating></consent-trigger>
      </div>
    `);
    await waitUntil(() => trigger().textContent);
    const { color } = getComputedStyle(trigger().querySelector("button")!);
    expect(color).to.equal("rgb(1, 2, 3)");
  });

  it("does not send a form that it stands in", async () => {
    await firstVisit(html`
      <div>
        ${manager}
        <form action="#sent"><consent-trigger></consent-trigger></form>
      </div>
    `);
    const sent: Event[] = [];
    trigger()
      .closest("form")!
      .addEventListener("submit", (event) => {
        event.preventDefault();
        sent.push(event);
      });
    const shown = next("consent-show");
    trigger().querySelector("button")!.click();
    await shown;
    expect(sent).to.deep.equal([]);
  });

  it("works with the keyboard, and has the focus back afterwards", async () => {
    await firstVisit(html`
      <div>${manager}<consent-trigger></consent-trigger></div>
    `);
    const made = trigger().querySelector("button")!;
    made.focus();
    for (const key of ["Enter", " "]) {
      const shown = next("consent-show");
      await sendKeys({ press: key });
      await shown;
      const hidden = next("consent-hide");
      await sendKeys({ press: "Escape" });
      await hidden;
      expect(nameOf(deepActive())).to.equal(nameOf(made));
    }
  });

  it("keeps its one button when it is moved", async () => {
    await firstVisit(html`
      <div>${manager}<consent-trigger></consent-trigger></div>
    `);
    const moved = trigger();
    document.querySelector("consent-manager")!.before(moved);
    await elementUpdated(moved);
    expect(moved.querySelectorAll("button")).to.have.length(1);
    const shown = next("consent-show");
    moved.querySelector("button")!.click();
    expect((await shown).layer).to.equal("preferences");
  });

  it("opens them for the first manager of the page", async () => {
    await firstVisit(html`
      <div>
        <consent-manager id="first"></consent-manager>
        <consent-manager id="second"></consent-manager>
        <consent-trigger></consent-trigger>
      </div>
    `);
    trigger().querySelector("button")!.click();
    // The second manager's banner may appear in between.
    let shown = await next("consent-show");
    while (shown.layer !== "preferences") shown = await next("consent-show");
    const { parentElement } = shown.target as Element;
    expect(parentElement!.id).to.equal("first");
  });

  it("lets its link lead on where there is no manager", async () => {
    await fixture(
      html`<consent-trigger><a href="#privacy">Cookies</a></consent-trigger>`,
    );
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    let prevented: boolean | undefined;
    addEventListener(
      "click",
      (event) => {
        prevented = event.defaultPrevented;
        event.preventDefault();
      },
      { once: true },
    );
    trigger().querySelector("a")!.dispatchEvent(click);
    expect(prevented).to.equal(false);
  });
});
