import { expect, fixture, waitUntil } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import type { ConsentStore } from "../../src/consent/store.js";
import { createConsent } from "../../src/create-consent.js";
import type { ConsentEmbedElement } from "../../src/elements/consent-embed.js";
import { words as de } from "../../src/locales/de.js";
import { words as en } from "../../src/locales/en.js";
import { audit } from "../support/audit.js";
import { cleanStorage } from "../support/clean-storage.js";
import { contrast } from "../support/contrast.js";
import { deferred } from "../support/deferred.js";
import { pageStyle } from "../support/page-style.js";
import { stubConsoleError } from "../support/stub-console-error.js";
import { turn } from "../support/turn.js";

/** An address of this origin: a text. */
const SRC = "/LICENSE";

let consent: ConsentStore;
const manager = () =>
  html`<consent-manager .consent=${consent}></consent-manager>`;
const embed = () => document.querySelector("consent-embed")!;
const frames = () => embed().querySelectorAll("iframe");
const button = (action: string) =>
  embed().querySelector<HTMLButtonElement>(`[data-action=show-${action}]`);
const placeholder = () =>
  embed().querySelector<HTMLElement>("[data-embed=placeholder]");
const buttons = () =>
  Array.from(embed().querySelectorAll("button"), (b) => b.textContent);

const film = html`
  <consent-embed
    purpose="marketing"
    service="youtube"
    label="YouTube"
    src=${SRC}
  ></consent-embed>
`;

/** Puts `markup` on a page with a manager, and waits until the embed has its buttons. */
async function asked(markup: TemplateResult = film): Promise<HTMLElement> {
  const root = await fixture<HTMLElement>(
    html`<div>${manager()}${markup}</div>`,
  );
  await waitUntil(() => button("always"));
  return root;
}

/** What `target` fires when its content is in. */
const loaded = (target: EventTarget = document) =>
  new Promise<Event>((resolve) =>
    target.addEventListener("consent-embed-load", resolve, { once: true }),
  );

/** What each of the scripts below has said. */
const said: string[] = [];
Object.assign(globalThis, { say: (word: string) => said.push(word) });

/** An embed whose template holds `inner`, as a parser reads it. */
function withTemplate(inner: string): ConsentEmbedElement {
  const holder = document.createElement("template");
  holder.innerHTML = `<consent-embed purpose="marketing" label="A map"><template>${inner}</template></consent-embed>`;
  return holder.content.firstElementChild as ConsentEmbedElement;
}

describe("<consent-embed>", () => {
  beforeEach(() => {
    said.length = 0;
    consent = createConsent({
      purposes: ["necessary", "marketing", "analytics"],
      storage: "memory",
      cookieName: `embed-${Math.random().toString(36).slice(2)}`,
    });
    consent.denyAll();
  });
  afterEach(async () => {
    cleanStorage();
    await setViewport({ width: 800, height: 600 });
  });

  it("stands in for the content, in words and with two buttons", async () => {
    await asked();
    expect(frames().length).to.equal(0);
    expect(buttons()).to.deep.equal([en.embedLoad, en.embedAlways]);
    expect(placeholder()!.textContent).to.contain(
      "External content: YouTube" + en.embedText,
    );
    expect(placeholder()!.ariaLabel).to.equal("External content: YouTube");
    await audit(embed());
  });

  it("shows the content once: nothing is recorded, and the focus is in it", async () => {
    await asked();
    const { record } = consent;
    const done = loaded();
    button("once")!.focus();
    button("once")!.click();
    expect((await done).target === embed()).to.equal(true);
    expect(frames().length).to.equal(1);
    expect(frames()[0]!.src).to.equal(new URL(SRC, location.href).href);
    expect(frames()[0]!.title).to.equal("YouTube");
    expect(document.activeElement === frames()[0]).to.equal(true);
    expect(!!placeholder()).to.equal(false);
    expect(consent.record).to.equal(record);
    await audit(embed());
  });

  it("records an always, as a visitor's, and shows every embed that it holds for", async () => {
    await asked(html`<div>${film}${film}</div>`);
    const [first, second] = document.querySelectorAll("consent-embed");
    await waitUntil(() => second!.querySelectorAll("button")[1]);
    second!.querySelectorAll("button")[1]!.click();
    expect(consent.get("marketing")).to.equal("granted");
    expect(consent.get("analytics")).to.equal("denied");
    expect(consent.record).to.include({ source: "user", action: "embed" });
    for (const each of [first!, second!])
      expect(each.querySelectorAll("iframe").length).to.equal(1);
    expect(document.activeElement === second!.querySelector("iframe")).to.equal(
      true,
    );
  });

  it("shows at once what was granted already, and leaves the focus where it is", async () => {
    consent.set({ marketing: "granted" });
    const focused = document.body.appendChild(document.createElement("button"));
    focused.focus();
    const done = loaded();
    await fixture(html`<div>${manager()}${film}</div>`);
    await done;
    expect(frames().length).to.equal(1);
    expect(buttons()).to.deep.equal([]);
    expect(document.activeElement === focused).to.equal(true);
    focused.remove();
  });

  it("takes the content away with the consent, and asks again", async () => {
    await asked();
    button("always")!.click();
    consent.withdraw();
    expect(frames().length).to.equal(0);
    await waitUntil(() => button("once"));
    expect(buttons()).to.have.length(2);
    button("once")!.click();
    expect(frames().length).to.equal(1);
  });

  for (const [answer, act, left] of [
    ["everything is refused again", () => consent.denyAll(), 0],
    ["everything is withdrawn", () => consent.withdraw(), 0],
    ["it was granted and is refused", grantAndDeny, 0],
    [
      "something else is granted",
      () => consent.set({ analytics: "granted" }),
      1,
    ],
    [
      "something else is saved beside the same no",
      () => consent.set({ analytics: "granted", marketing: "denied" }),
      1,
    ],
  ] as const)
    it(`${left ? "keeps" : "takes away"} what is shown once when ${answer}`, async () => {
      await asked();
      button("once")!.click();
      act();
      expect(frames().length).to.equal(left);
    });
  function grantAndDeny() {
    consent.set({ analytics: "granted", marketing: "granted" });
    consent.set({ marketing: "denied" });
  }

  it("takes anonymous for a no", async () => {
    await asked();
    consent.set({ marketing: "anonymous" });
    expect(frames().length).to.equal(0);
    consent.set({ marketing: "granted" });
    expect(frames().length).to.equal(1);
    consent.set({ marketing: "anonymous" });
    expect(frames().length).to.equal(0);
  });

  it("asks about the service where the store knows it, and else about the purpose", async () => {
    consent.addPurpose("youtube");
    await asked();
    consent.set({ marketing: "granted" });
    expect(frames().length).to.equal(0);
    button("always")!.click();
    expect(consent.get("youtube")).to.equal("granted");
    expect(frames().length).to.equal(1);
  });

  it("waits for storage that answers late", async () => {
    const { promise, resolve } = deferred<void>();
    const texts: string[] = [];
    consent = createConsent({
      purposes: ["marketing"],
      cookieName: "embed-late",
      storage: { ready: promise, read: () => texts, write() {} },
    });
    await fixture(html`<div>${manager()}${film}</div>`);
    await waitUntil(() => button("once"));
    expect(!!button("always")).to.equal(false);
    texts.push(
      `marketing=granted&revision=1&time=${new Date().toISOString()}&source=user&action=save`,
    );
    resolve();
    await waitUntil(() => frames().length);
  });

  it("tells once of an unknown purpose, and offers no always", async () => {
    const errors = stubConsoleError();
    const heard: Event[] = [];
    consent.addEventListener("consent-error", (event) => heard.push(event));
    await fixture(html`
      <div>
        ${manager()}
        <consent-embed purpose="marketting" src=${SRC}></consent-embed>
      </div>
    `);
    await waitUntil(() => button("once"));
    consent.grantAll();
    await turn();
    expect(frames().length).to.equal(0);
    expect(!!button("always")).to.equal(false);
    expect(heard).to.have.length(1);
    expect(errors.map(([error]) => (error as Error).message)).to.deep.equal([
      `consent-elements: purpose of <consent-embed> is "marketting"; write necessary or marketing or analytics`,
    ]);
  });

  for (const src of [
    "javascript:alert(1)",
    "data:text/html,hello",
    "https://name:secret@video.example/",
    "https://",
    undefined,
  ])
    it(`refuses to load from ${src}, whatever is granted`, async () => {
      const errors = stubConsoleError();
      consent.grantAll();
      const element = document.createElement("consent-embed");
      element.setAttribute("purpose", "marketing");
      if (src) element.setAttribute("src", src);
      await fixture(html`<div>${manager()}${element}</div>`);
      await waitUntil(() => placeholder()?.ariaLabel);
      expect(frames().length).to.equal(0);
      expect(buttons()).to.deep.equal([]);
      expect(errors).to.have.length(1);
      expect((errors[0]![0] as Error).message).to.contain(
        "write an http or https address",
      );
    });

  it("hands the attributes of an <iframe> on, also those that change", async () => {
    const given = {
      title: "Kites over the bay",
      allow: "fullscreen",
      allowfullscreen: "",
      referrerpolicy: "no-referrer",
      sandbox: "allow-scripts",
      loading: "eager",
      width: "560",
      height: "315",
      name: "film",
    };
    const element = document.createElement("consent-embed");
    for (const [name, value] of Object.entries({
      purpose: "marketing",
      src: SRC,
      ...given,
    }))
      element.setAttribute(name, value);
    await asked(html`${element}`);
    button("once")!.click();
    const [frame] = frames();
    for (const [name, value] of Object.entries(given))
      expect(frame!.getAttribute(name), name).to.equal(value);
    element.title = "Kites over the sea";
    element.removeAttribute("allow");
    await turn();
    expect(frames()[0] === frame).to.equal(true);
    expect([frame!.title, frame!.allow]).to.deep.equal([
      "Kites over the sea",
      "",
    ]);
  });

  it("asks anew for another address, and loads it where the purpose is granted", async () => {
    await asked();
    button("once")!.click();
    embed().setAttribute("src", `${SRC}?other`);
    await turn();
    expect(frames().length).to.equal(0);
    consent.set({ marketing: "granted" });
    expect(frames().length).to.equal(1);
    embed().setAttribute("src", `${SRC}?third`);
    await turn();
    expect(
      Array.from(frames(), ({ src }) => new URL(src).search),
    ).to.deep.equal(["?third"]);
    embed().setAttribute("purpose", "analytics");
    await turn();
    expect(frames().length).to.equal(0);
  });

  it("waits for a manager that comes later, and offers to show it once until then", async () => {
    const root = await fixture<HTMLElement>(html`<div>${film}</div>`);
    await waitUntil(() => button("once"));
    expect(buttons()).to.deep.equal([en.embedLoad]);
    const late = document.createElement("consent-manager");
    late.consent = consent;
    root.append(late);
    await waitUntil(() => button("always"));
    consent.grantAll();
    expect(frames().length).to.equal(1);
  });

  it("asks the manager around it before the first of the page", async () => {
    const other = createConsent({
      purposes: ["marketing"],
      storage: "memory",
      cookieName: "embed-other",
    });
    other.denyAll();
    await asked(html`
      <consent-manager .consent=${other}>${film}</consent-manager>
    `);
    button("always")!.click();
    expect(consent.get("marketing")).to.equal("denied");
    expect(other.get("marketing")).to.equal("granted");
  });

  it("finds the page's manager from within a shadow root, and looks the same there", async () => {
    const root = await fixture<HTMLElement>(
      html`<div>
        ${manager()}
        <div id="host"></div>
      </div>`,
    );
    const shadow = root.querySelector("#host")!.attachShadow({ mode: "open" });
    const element = document.createElement("consent-embed");
    element.setAttribute("purpose", "marketing");
    element.setAttribute("src", SRC);
    shadow.append(element);
    await waitUntil(() => element.querySelectorAll("button")[1]);
    expect(element.querySelector("button")!.offsetHeight).to.be.at.least(44);
    const done = loaded();
    element.querySelectorAll("button")[1]!.click();
    expect((await done).composed).to.equal(true);
    expect(shadow.activeElement === element.querySelector("iframe")).to.equal(
      true,
    );
  });

  it("has one placeholder and one content, however it is moved", async () => {
    const root = await asked();
    const moved = embed();
    root.prepend(moved);
    await turn();
    expect(
      embed().querySelectorAll("[data-embed=placeholder]").length,
    ).to.equal(1);
    button("once")!.click();
    root.append(moved);
    await turn();
    expect(frames().length).to.equal(1);
    expect(!!placeholder()).to.equal(false);
  });

  it("brings nothing back that was refused while it was out of the page", async () => {
    const root = await asked();
    button("always")!.click();
    const away = embed();
    away.remove();
    consent.denyAll();
    expect(away.querySelectorAll("iframe").length).to.equal(0);
    root.append(away);
    await waitUntil(() => button("always"));
    consent.grantAll();
    expect(frames().length).to.equal(1);
  });

  it("lets go of the store when it has left the page", async () => {
    const undone: string[] = [];
    const { subscribe } = consent;
    consent.subscribe = (listener) => {
      const undo = subscribe(listener);
      return () => {
        undone.push("undone");
        undo();
      };
    };
    const root = await asked();
    embed().remove();
    // The next of its kind, or the next news.
    root.append(document.createElement("consent-embed"));
    stubConsoleError();
    await waitUntil(() => undone.length);
    expect(undone).to.have.length(1);
  });

  it("starts a copy of itself afresh, without what was made for the original", async () => {
    const root = await asked(html`
      <consent-embed purpose="marketing" src=${SRC}>
        <p>A film about kites.</p>
      </consent-embed>
    `);
    const copy = embed().cloneNode(true) as HTMLElement;
    embed().remove();
    root.append(copy);
    // The buttons that came along do nothing.
    const [dead] = copy.querySelectorAll("button");
    await waitUntil(() => !dead!.isConnected && button("always"));
    expect(embed().querySelectorAll("p").length).to.equal(1);
    const done = loaded();
    button("once")!.click();
    await done;
    const playing = embed().cloneNode(true) as HTMLElement;
    embed().remove();
    consent.denyAll();
    root.append(playing);
    await waitUntil(() => button("once"));
    expect(frames().length).to.equal(0);
  });

  it("takes the page's own text for the placeholder", async () => {
    await asked(html`
      <consent-embed purpose="marketing" service="youtube" src=${SRC}>
        <p id="own">The film of <b>last summer</b> is kept by YouTube.</p>
      </consent-embed>
    `);
    expect(document.getElementById("own")!.checkVisibility()).to.equal(true);
    expect(placeholder()!.textContent).to.not.contain(en.embedText);
    button("always")!.click();
    expect(!!document.getElementById("own")).to.equal(false);
    consent.denyAll();
    await waitUntil(() => button("once"));
    expect(document.getElementById("own")!.checkVisibility()).to.equal(true);
    await audit(embed());
  });

  it("speaks the page's language, and another when that changes", async () => {
    const root = await fixture<HTMLElement>(
      html`<div lang="de">${manager()}${film}</div>`,
    );
    await waitUntil(() => button("always"));
    expect(buttons()).to.deep.equal([de.embedLoad, de.embedAlways]);
    expect(placeholder()!.lang).to.equal("de");
    button("always")!.focus();
    root.lang = "en";
    await waitUntil(() => placeholder()!.lang === "en");
    expect(buttons()).to.deep.equal([en.embedLoad, en.embedAlways]);
    expect(document.activeElement === button("always")).to.equal(true);
  });

  describe("with a template", () => {
    it("puts its content in, in order, and runs its scripts in order", async () => {
      await asked(
        html`${withTemplate(`
          <p>Before</p><script>say("one")</script>
          <div><script type="application/json" id="data">{"a":1}</script></div>
          <script>say("two " + document.getElementById("data").text)</script>
          <script type="module">say("module")</script>
          <script>say("three " + document.currentScript.parentNode.textContent.includes("After"))</script>
          <p>After</p>
        `)}`,
      );
      expect(said).to.deep.equal([]);
      expect(!!embed().querySelector("p")).to.equal(false);
      const done = loaded();
      button("once")!.click();
      await done;
      // A module within the page tells nobody when it has run.
      await waitUntil(() => said.length > 3);
      expect(said).to.deep.equal([
        "one",
        `two {"a":1}`,
        "three true",
        "module",
      ]);
      expect(
        Array.from(embed().querySelectorAll("p"), (p) => p.textContent),
      ).to.deep.equal(["Before", "After"]);
    });

    it("keeps what its scripts are told", async () => {
      await asked(
        html`${withTemplate(
          `<script nonce="abc" crossorigin="anonymous" referrerpolicy="origin" data-x="1" type="text/javascript">say("ran")</script>`,
        )}`,
      );
      const done = loaded();
      button("once")!.click();
      await done;
      const script = embed().querySelector("div script") as HTMLScriptElement;
      expect([
        script.nonce,
        script.crossOrigin,
        script.referrerPolicy,
        script.dataset.x,
        script.type,
      ]).to.deep.equal(["abc", "anonymous", "origin", "1", "text/javascript"]);
      expect(said).to.deep.equal(["ran"]);
    });

    it("goes on after a script that does not load, and tells of it", async () => {
      const errors = stubConsoleError();
      await asked(
        html`${withTemplate(
          `<script src="http://127.0.0.1:1/gone.js"></script><script>say("after")</script>`,
        )}`,
      );
      const done = loaded();
      button("once")!.click();
      await done;
      expect(said).to.deep.equal(["after"]);
      expect(String(errors[0]![0])).to.contain("gone.js did not load");
    });

    it("moves the focus to the first thing that takes it, or to the content", async () => {
      await asked(
        html`${withTemplate(`<p>A</p><button hidden>No</button><a href="#b">B</a>`)}`,
      );
      button("once")!.click();
      expect((document.activeElement as HTMLElement).textContent).to.equal("B");
      consent.denyAll();
      // From the content that went to the button that stands there now.
      await waitUntil(() => document.activeElement === button("once"));
      embed().replaceWith(withTemplate("<p>Text</p>"));
      await waitUntil(() => button("always"));
      button("once")!.click();
      expect(
        document.activeElement ===
          embed().querySelector("[data-embed=content]"),
      ).to.equal(true);
    });

    it("runs its scripts anew after each yes, and once for each", async () => {
      await asked(html`${withTemplate(`<script>say("ran")</script>`)}`);
      for (const count of [1, 2]) {
        const done = loaded();
        consent.set({ marketing: "granted" });
        await done;
        expect(said).to.have.length(count);
        consent.set({ marketing: "denied" });
        expect(!!embed().querySelector("[data-embed=content]")).to.equal(false);
      }
    });
  });

  describe("looks", () => {
    for (const [attributes, width, height] of [
      [{}, 640, 360],
      [{ width: "400", height: "300" }, 400, 300],
      [{ width: "400" }, 400, 225],
      [{ height: "300" }, 640, 300],
      [{ width: "100%", height: "300" }, 640, 300],
      [{ width: "1280", height: "960" }, 640, 480],
    ] as const)
      it(`keeps ${width} by ${height} before and after with ${JSON.stringify(attributes)}`, async () => {
        const element = document.createElement("consent-embed");
        for (const [name, value] of Object.entries({
          purpose: "marketing",
          src: SRC,
          ...attributes,
        }))
          element.setAttribute(name, value);
        await asked(html`<div style="width: 640px">${element}</div>`);
        const before = element.getBoundingClientRect();
        button("once")!.click();
        const after = element.getBoundingClientRect();
        const frame = frames()[0]!.getBoundingClientRect();
        for (const each of [before, after, frame])
          expect([each.width, each.height]).to.deep.equal([width, height]);
      });

    it("does not shrink where the placeholder needed more room", async () => {
      await asked(html`<div style="width: 240px">${film}</div>`);
      const { height } = embed().getBoundingClientRect();
      expect(height).to.be.above(136);
      button("once")!.click();
      expect(embed().getBoundingClientRect().height).to.equal(height);
      expect(frames()[0]!.getBoundingClientRect().height).to.equal(height);
    });

    it("follows the shape that the page's CSS gives", async () => {
      pageStyle("consent-embed { aspect-ratio: 1; inline-size: 300px }");
      await asked();
      const { width, height } = embed().getBoundingClientRect();
      expect([width, height]).to.deep.equal([300, 300]);
    });

    it("stays hidden where it is told to", async () => {
      await asked(html`<div>${film}</div>`);
      embed().hidden = true;
      expect(embed().checkVisibility()).to.equal(false);
    });

    for (const scheme of ["light", "dark"])
      it(`has buttons alike and texts to read on a ${scheme} page`, async () => {
        await asked(html`<div style="color-scheme: ${scheme}">${film}</div>`);
        const { backgroundColor } = getComputedStyle(placeholder()!);
        const texts = embed().querySelectorAll(
          "[data-embed=title], [data-embed=text]",
        );
        for (const text of texts)
          expect(
            contrast(getComputedStyle(text).color, backgroundColor),
          ).to.be.at.least(4.5);
        const looks = ["once", "always"].map((action) => {
          const style = getComputedStyle(button(action)!);
          expect(contrast(style.color, style.backgroundColor)).to.be.at.least(
            4.5,
          );
          return [
            style.color,
            style.backgroundColor,
            style.font,
            style.padding,
            style.border,
            style.height,
          ];
        });
        expect(looks[0]).to.deep.equal(looks[1]);
        expect(texts.length).to.equal(2);
      });

    it("fits a narrow window, with targets of 44 pixels", async () => {
      await setViewport({ width: 320, height: 256 });
      await asked(html`<div lang="de">${film}</div>`);
      expect(document.documentElement.scrollWidth).to.be.at.most(320);
      for (const each of embed().querySelectorAll("button")) {
        const { width, height } = each.getBoundingClientRect();
        expect([width >= 44, height >= 44]).to.deep.equal([true, true]);
      }
    });
  });
});
