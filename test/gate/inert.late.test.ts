import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { isKept, keepInert } from "../../src/gate/inert.js";
import { obey } from "../../src/gate/page.js";
import { catchError } from "../support/catch-error.js";
import { inertScene, until } from "../support/inert-scene.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

const inline = (name: string, condition = "analytics") =>
  `<script type="text/plain" data-consent="${condition}">ran.push("${name}")</script>`;

let count = 0;
const newTag = () => `late-host-${++count}`;

function host(html: string, mode: ShadowRootMode = "open") {
  const element = document.createElement("div");
  element.attachShadow({ mode }).innerHTML = html;
  return element;
}

describe("what comes into the page late", () => {
  it("is kept, and let in where the record says yes already", async () => {
    const { consent, box, ran } = inertScene("");
    box.insertAdjacentHTML("beforeend", `<div>${inline("before")}</div>`);
    await turn();
    expect(ran).to.eql([]);
    consent.grantAll();
    box.insertAdjacentHTML("beforeend", `<div>${inline("after")}</div>`);
    await until(() => ran.length === 2);
    expect(ran).to.eql(["before", "after"]);
  });

  it("may get its condition later", async () => {
    const { consent, box, settled } = inertScene(
      `<script type="text/plain">ran.push("a")</script>`,
    );
    consent.grantAll();
    expect(await settled()).to.eql([]);
    box.querySelector("script")!.dataset.consent = "analytics";
    expect(await settled()).to.eql(["a"]);
  });

  it("is seen in open shadow roots at any depth, and what comes into them", async () => {
    const { consent, box, ran } = inertScene("");
    const outer = host(`<p></p>${inline("outer")}`);
    const inner = host(inline("inner"));
    outer.shadowRoot!.querySelector("p")!.append(inner);
    box.append(outer);
    consent.grantAll();
    await until(() => ran.length === 2);
    inner.shadowRoot!.append(host(inline("deep")));
    await until(() => ran.length === 3);
    expect(ran).to.eql(["outer", "inner", "deep"]);
  });

  it("is not looked for in closed ones, nor in templates of the page", async () => {
    const { consent, box, settled } = inertScene(
      `<template>${inline("template")}</template>`,
    );
    box.append(host(inline("closed"), "closed"));
    consent.grantAll();
    expect(await settled()).to.eql([]);
  });

  it("is found in a shadow root that an element gets when its tag is defined", async () => {
    const tag = newTag();
    const { consent, ran } = inertScene(`<${tag}></${tag}>`);
    consent.grantAll();
    customElements.define(
      tag,
      class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: "open" }).innerHTML = inline("upgraded");
        }
      },
    );
    await until(() => ran.length);
    expect(ran).to.eql(["upgraded"]);
  });

  it("is found in a shadow root that a custom element gets later, at the next change", async () => {
    const tag = newTag();
    customElements.define(tag, class extends HTMLElement {});
    const { consent, box, ran } = inertScene(`<${tag}></${tag}>`);
    consent.grantAll();
    await turn();
    box.firstElementChild!.attachShadow({ mode: "open" }).innerHTML =
      inline("late");
    await turn();
    expect(ran).to.eql([]);
    box.append("a change");
    await until(() => ran.length);
  });

  it("is found in a shadow root that any element gets later, at the next decision", async () => {
    const { consent, box, ran } = inertScene("<div></div>");
    await turn();
    box.firstElementChild!.attachShadow({ mode: "open" }).innerHTML =
      inline("late");
    consent.grantAll();
    await until(() => ran.length);
  });

  it("loses its address when its shadow host leaves the page", async () => {
    const { consent, box } = inertScene("");
    const outer = host(
      `<img alt="" data-consent="analytics" data-src="data:image/gif,">`,
    );
    box.append(outer);
    consent.grantAll();
    const picture = outer.shadowRoot!.querySelector("img")!;
    expect(picture.hasAttribute("src")).to.equal(true);
    outer.remove();
    await turn();
    expect(picture.hasAttribute("src")).to.equal(false);
  });
});

describe("several stores in a page", () => {
  it("each keep what is in their own root; the nearest counts", async () => {
    const { consent, box, ran } = inertScene("");
    const shadow = host(inline("shadow") + `<div>${inline("deep")}</div>`);
    const part = document.createElement("div");
    part.innerHTML = inline("part");
    box.innerHTML = inline("page");
    box.append(shadow, part);
    const stores = [shadow.shadowRoot!, part].map((root) => {
      const store = createStore();
      afterThisTest(keepInert(store, root));
      return store;
    });
    consent.grantAll();
    await until(() => ran.length);
    await turn();
    expect(ran).to.eql(["page"]);
    stores[0]!.grantAll();
    await until(() => ran.length === 3);
    expect(ran).to.eql(["page", "shadow", "deep"]);
    stores[1]!.grantAll();
    await until(() => ran.length === 4);
    expect(ran[3]).to.equal("part");
  });

  it("cannot share a root; the same store may be told twice", () => {
    const { consent } = inertScene("");
    keepInert(consent)();
    expect(isKept(document)).to.equal(true);
    expect(catchError(() => keepInert(createStore()))).to.equal(
      `TypeError: consent-elements: a root is ["#document"]; write one that no other store keeps`,
    );
  });

  it("are those of the managers: the first of a document or shadow root has all of it, another one what is inside it", async () => {
    const { consent, box, ran } = inertScene("");
    const [second, third] = [createStore(), createStore()];
    box.innerHTML = `${inline("page")}<section>${inline("inside")}</section>`;
    await obey(box.querySelector("section")!, second!);
    const shadow = host(`<section></section>${inline("shadow")}`);
    box.append(shadow);
    await obey(shadow.shadowRoot!.querySelector("section")!, third!);
    consent.grantAll();
    await until(() => ran.length);
    second!.grantAll();
    await until(() => ran.length === 2);
    third!.grantAll();
    await until(() => ran.length === 3);
    expect(ran).to.eql(["page", "inside", "shadow"]);
  });
});
