import { expect } from "@open-wc/testing";
import { inertScene, noting, until } from "../support/inert-scene.js";
import { turn } from "../support/turn.js";

/** A picture that needs no server. */
const PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";
const STYLE = "data:text/css,p{color:rgb(1,2,3)}";
const FRAME = "data:text/html,Film";

const HELD = `
  <iframe data-consent="marketing" data-src="${FRAME}" title="Film"></iframe>
  <img data-consent="marketing" data-src="${PICTURE}" alt="">
  <link data-consent="marketing" data-href="${STYLE}" rel="stylesheet">`;

const addresses = (box: Element) =>
  Array.from(
    box.querySelectorAll("iframe, img, link"),
    (each) => each.getAttribute("src") ?? each.getAttribute("href"),
  );

describe("an address that waits", () => {
  it("is there as long as the yes, each time", () => {
    const { consent, box } = inertScene(HELD);
    expect(addresses(box)).to.eql([null, null, null]);
    for (let i = 0; i < 2; i++) {
      consent.grantAll();
      expect(addresses(box)).to.eql([FRAME, PICTURE, STYLE]);
      consent.denyAll();
      expect(addresses(box)).to.eql([null, null, null]);
    }
  });

  it("takes what it has brought along when it goes: the frame is empty, the style without effect", async () => {
    const { consent, box } = inertScene(`${HELD}<p></p>`);
    const frame = box.querySelector("iframe")!;
    const colour = () => getComputedStyle(box.querySelector("p")!).color;
    const before = colour();
    consent.grantAll();
    await until(() => !frame.contentDocument);
    await until(() => colour() === "rgb(1, 2, 3)");
    consent.denyAll();
    expect(frame.contentDocument?.URL).to.equal("about:blank");
    expect(colour()).to.equal(before);
    expect(frame.isConnected).to.equal(true);
  });

  it("leaves the place to what was there before", () => {
    const { consent, box } = inertScene(
      `<img src="${PICTURE}#own" data-consent="marketing" data-src="${PICTURE}" alt="">`,
    );
    consent.grantAll();
    expect(addresses(box)).to.eql([PICTURE]);
    consent.denyAll();
    expect(addresses(box)).to.eql([`${PICTURE}#own`]);
  });

  it("may be another one later", async () => {
    const { consent, box } = inertScene(HELD);
    const frame = box.querySelector("iframe")!;
    consent.grantAll();
    frame.dataset.src = `${FRAME}2`;
    await turn();
    expect(addresses(box)[0]).to.equal(`${FRAME}2`);
    consent.denyAll();
    expect(addresses(box)[0]).to.equal(null);
  });

  it("goes when its condition changes", async () => {
    const { consent, box } = inertScene(HELD);
    consent.set({ marketing: "granted" });
    box.querySelector("iframe")!.dataset.consent = "analytics";
    await turn();
    expect(addresses(box)).to.eql([null, PICTURE, STYLE]);
  });

  it("is not kept by what leaves the page, which may come back after a no", async () => {
    const { consent, box } = inertScene(HELD);
    consent.grantAll();
    const view = document.createElement("section");
    view.append(...box.childNodes);
    await turn();
    expect(addresses(view)).to.eql([null, null, null]);
    consent.denyAll();
    box.append(view);
    expect(addresses(view)).to.eql([null, null, null]);
    consent.grantAll();
    expect(addresses(view)).to.eql([FRAME, PICTURE, STYLE]);
  });

  it("goes at a no even in the task in which its element left the page", () => {
    const { consent, box } = inertScene(HELD);
    consent.grantAll();
    const nodes = [...box.childNodes];
    for (const node of nodes) node.remove();
    consent.denyAll();
    box.append(...nodes);
    expect(addresses(box)).to.eql([null, null, null]);
  });

  it("is taken from a copy that was made while it was there", async () => {
    const { consent, box } = inertScene(HELD);
    consent.grantAll();
    const copy = box.cloneNode(true);
    consent.denyAll();
    box.replaceChildren(...copy.childNodes);
    await turn();
    expect(addresses(box)).to.eql([null, null, null]);
    consent.grantAll();
    expect(addresses(box)).to.eql([FRAME, PICTURE, STYLE]);
    consent.denyAll();
    expect(addresses(box)).to.eql([null, null, null]);
  });
});

describe("a template that waits", () => {
  const text = (box: Element) => box.textContent.replace(/\s+/g, " ").trim();

  it("brings its content at a yes, whatever it is, in order, and takes it out at a no", () => {
    const { consent, box } = inertScene(
      `<p>Before</p> <template data-consent="marketing">One <b>two</b><!-- a --> three <a href="#">four</a> five </template><p>After</p>`,
    );
    const html = box.innerHTML;
    expect(text(box)).to.equal("Before After");
    for (let i = 0; i < 2; i++) {
      consent.grantAll();
      expect(text(box)).to.equal("Before One two three four five After");
      consent.denyAll();
      expect(box.innerHTML).to.equal(html);
    }
  });

  it("goes again at once when what it brings says no", () => {
    const { consent, box } = inertScene(
      `<template data-consent="marketing"><says-no></says-no></template>`,
    );
    customElements.define(
      "says-no",
      class extends HTMLElement {
        connectedCallback() {
          consent.denyAll();
        }
      },
    );
    consent.grantAll();
    expect(box.querySelector("says-no")).to.equal(null);
    consent.reset();
  });

  it("works in a table", () => {
    const { consent, box } = inertScene(
      `<table><tbody><tr><td>1<template data-consent="marketing"><tr><td>2</table>`.replace(
        "<td>1<template",
        "<td>1</td></tr><template",
      ),
    );
    consent.grantAll();
    expect(box.querySelectorAll("tbody > tr > td").length).to.equal(2);
  });

  it("gives its scripts their turn among the others, and runs each once", async () => {
    const { consent, box, settled, ran } = inertScene(`
      <script type="text/plain" data-consent="marketing" data-src='${noting("file before")}'></script>
      <template data-consent="marketing">
        <i id="place"></i>
        <script>ran.push("inside " + !!document.getElementById("place"))</script>
        <script src='${noting("file inside")}'></script>
        <script type="application/json">ran.push("data")</script>
        <script type="module">ran.push("module")</script>
        <script>ran.push("inside too")</script>
      </template>
      <script type="text/plain" data-consent="marketing">ran.push("after")</script>`);
    consent.grantAll();
    await until(() => ran.includes("module"));
    const once = await settled();
    expect(once).to.eql([
      "file before",
      "inside true",
      "file inside",
      "inside too",
      "after",
      "module",
    ]);
    consent.denyAll();
    expect(box.querySelector("#place")).to.equal(null);
    consent.grantAll();
    expect(box.querySelector("#place")).not.to.equal(null);
    expect(await settled()).to.eql(once);
  });

  it("does not run its scripts when it was taken out before their turn", async () => {
    const { consent, settled } = inertScene(
      `<template data-consent="marketing"><script>ran.push("a")</script></template>`,
    );
    consent.grantAll();
    consent.denyAll();
    expect(await settled()).to.eql([]);
  });

  it("brings a picture of another condition, or another template, that waits on", () => {
    const { consent, box } = inertScene(
      `<template data-consent="marketing">A<template data-consent="analytics">B<img data-consent="functional" data-src="${PICTURE}" alt=""></template>C</template>`,
    );
    consent.set({ marketing: "granted" });
    expect(text(box)).to.equal("AC");
    consent.set({ analytics: "granted" });
    expect(text(box)).to.equal("ABC");
    expect(addresses(box)).to.eql([null]);
    consent.set({ functional: "granted" });
    expect(addresses(box)).to.eql([PICTURE]);
    consent.set({ marketing: "denied" });
    expect(text(box)).to.equal("");
    consent.set({ functional: "denied" });
    consent.set({ marketing: "granted" });
    expect(text(box)).to.equal("ABC");
    expect(addresses(box)).to.eql([null]);
  });

  it("takes out what its scripts have put in between, and leaves what the page has moved away", () => {
    const { consent, box } = inertScene(
      `<template data-consent="marketing"><b>One</b><i>Two</i></template><p></p>`,
    );
    consent.grantAll();
    box.querySelector("b")!.after("more");
    box.querySelector("p")!.append(box.querySelector("i")!);
    consent.denyAll();
    expect(text(box)).to.equal("Two");
  });

  it("takes its content along when a framework takes it out", async () => {
    const { consent, box } = inertScene(
      `<template data-consent="marketing"><b>One</b></template><p>Two</p>`,
    );
    consent.grantAll();
    box.querySelector("template")!.remove();
    await turn();
    expect(text(box)).to.equal("Two");
  });

  it("knows its content in a copy of the page: not twice, scripts not again, and gone at a no", async () => {
    const { consent, box, settled } = inertScene(
      `<template data-consent="marketing">A<template data-consent="marketing">B</template><script>ran.push("a")</script>C</template>D`,
    );
    consent.grantAll();
    await settled();
    const copy = box.cloneNode(true);
    box.replaceChildren(...copy.childNodes);
    for (const script of box.querySelectorAll("script:not([type])"))
      script.remove();
    expect(await settled()).to.eql(["a"]);
    for (const each of box.querySelectorAll("script")) each.textContent = "";
    expect(text(box)).to.equal("ABCD");
    consent.denyAll();
    expect(text(box)).to.equal("D");
    consent.grantAll();
    expect(text(box)).to.equal("ABCD");
  });
});
