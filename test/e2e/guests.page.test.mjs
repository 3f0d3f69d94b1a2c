import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";
import { visit } from "../support/visit.mjs";

const MODULE = `<script type="module" src="/lib/auto.js"></script>`;
const CLASSIC = `<script src="/lib/consent-elements.global.js"></script>`;
const LAYOUTS = ["bar", "top", "box", "box-start", "card", "modal"];

const markup = (attributes = "") => `<consent-manager ${attributes}>
  <consent-purpose name="necessary" required></consent-purpose>
  <consent-purpose name="analytics"></consent-purpose>
</consent-manager>`;

const page = (/** @type {string} */ body, head = MODULE) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>A page</title>${head}</head>
  <body>${body}</body>
</html>`;

const text = (/** @type {string} */ title) => `<h1>${title}</h1>
  <consent-trigger><button id="trigger">Privacy</button></consent-trigger>
  <p style="height: 2000px">A long page</p>
  <button id="last">At its end</button>`;

/** A picture without any pattern: Chromium leaves plain ones out when it looks for the largest paint. */
function drawPicture(
  /** @type {number} */ width,
  /** @type {number} */ height,
) {
  const start = 54;
  const file = Buffer.alloc(start + width * height * 3);
  file.write("BM");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let i = start, value = 1; i < file.length; i++) {
    value = (value * 16807) % 2147483647;
    file[i] = value;
  }
  return file;
}

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;

before(async () => {
  browser = await launch();
  const picture = {
    html: drawPicture(320, 180),
    headers: { "content-type": "image/bmp" },
  };
  const article = `<h1>Kites for windy days</h1>
    <img src="/picture.bmp" width="320" height="180" style="width: 100%; height: auto" alt="A kite" />
    ${"<p>Some words about kites, and about the wind that carries them over the hills.</p>".repeat(40)}`;
  site = await startSite({
    "/": page(markup() + text("One")),
    "/twice": page(
      markup() + text("One"),
      `${MODULE}<script type="module" src="/lib/auto.js?again"></script>`,
    ),
    "/classic-first": page(markup() + text("One"), CLASSIC + MODULE),
    "/classic-twice": page(
      markup() + text("One"),
      `${CLASSIC}<script src="/lib/consent-elements.global.js?again"></script>`,
    ),
    "/dialog": page(
      `${markup()}${text("One")}<dialog id="theirs">
        <button id="close" onclick="theirs.close()">Close</button>
        <consent-trigger><button id="inside">Privacy</button></consent-trigger>
      </dialog>
      <div popover id="pop">A popover</div>
      <script>theirs.showModal();</script>`,
    ),
    "/shadow": page(
      `<div id="theme" lang="de" dir="rtl" style="--consent-color-accent: rgb(1, 2, 3)">
        <div id="host"><template shadowrootmode="open">
          ${markup()}
          <consent-trigger><button>Privacy</button></consent-trigger>
        </template></div>
      </div>
      <consent-trigger><a id="outside" href="#policy">Privacy</a></consent-trigger>`,
    ),
    ...Object.fromEntries(
      LAYOUTS.map((layout) => [
        `/${layout}`,
        page(markup(`banner-layout="${layout}"`) + article),
      ]),
    ),
    "/picture.bmp": picture,
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context.close());

async function open(path = "/", viewport = { width: 1280, height: 720 }) {
  const tab = await context.newPage();
  await tab.setViewportSize(viewport);
  /** @type {string[]} */
  const errors = [];
  tab.on("pageerror", ({ message }) => errors.push(message));
  await tab.goto(site.url + path);
  return {
    tab,
    errors,
    ...visit(tab),
    /** How many banners are to be seen, once there are `expected`, or what there were in the end. */
    banners: (/** @type {number} */ expected) =>
      tab.evaluate(async (wanted) => {
        const count = () =>
          [...document.querySelectorAll("consent-banner")].filter((banner) =>
            banner.shadowRoot
              ?.querySelector("[data-action=reject]")
              ?.checkVisibility(),
          ).length;
        for (let left = 60; left && count() !== wanted; left--)
          await new Promise((done) => {
            requestAnimationFrame(done);
          });
        return count();
      }, expected),
    /** What is decided, and what the visitor's browser keeps of it. */
    analytics: () =>
      tab.evaluate(() => [
        /** @type {any} */ (
          document.querySelector("consent-manager")
        ).consent.get("analytics"),
        /analytics=(\w+)/.exec(document.cookie)?.[1],
      ]),
    /** The inline styles that make room for the banner. */
    room: () =>
      tab.evaluate(() => document.documentElement.getAttribute("style") ?? ""),
  };
}

describe("two copies of the library", () => {
  for (const path of ["/twice", "/classic-first", "/classic-twice"])
    it(`make one banner, one panel and one decision (${path})`, async () => {
      const { tab, errors, banners, accept, analytics } = await open(path);
      await tab.locator("consent-banner").waitFor();
      assert.equal(await tab.locator("consent-banner").count(), 1);
      await accept();
      assert.equal(await banners(0), 0);
      assert.deepEqual(await analytics(), ["granted", "granted"]);
      await tab.locator("#trigger").click();
      await tab.locator("consent-preferences [data-action=reject]").click();
      assert.equal(await tab.locator("consent-preferences").count(), 1);
      assert.deepEqual(await analytics(), ["denied", "denied"]);
      assert.deepEqual(errors, []);
    });
});

/** Ways in which frameworks put another page in the place of this one. Each runs in the page. */
const SWAPS = {
  /** Another body, as Turbo does. */
  body: (/** @type {string} */ html) =>
    document.body.replaceWith(
      document.importNode(
        new DOMParser().parseFromString(html, "text/html").body,
        true,
      ),
    ),
  /** The manager is carried over into another body. */
  permanent: (/** @type {string} */ html) => {
    const next = document.adoptNode(
      new DOMParser().parseFromString(html, "text/html").body,
    );
    const own = document.querySelector("consent-manager");
    next.querySelector("consent-manager")?.replaceWith(own ?? "");
    document.body.replaceWith(next);
  },
  /** A copy of this body, from a cache of pages. */
  copy: () => document.body.replaceWith(document.body.cloneNode(true)),
  /** Markup in the place of markup, as HTMX does. */
  markup: (/** @type {string} */ html) => {
    document.body.innerHTML = html;
  },
  /** Within a view transition, as Astro does. */
  transition: async (/** @type {string} */ html) => {
    const swap = () => {
      document.body.innerHTML = html;
    };
    if ("startViewTransition" in document)
      await document.startViewTransition(swap).finished;
    else swap();
  },
};

describe("a page in the place of another, without loading", () => {
  for (const [name, swap] of Object.entries(SWAPS))
    it(`has one banner until there is a decision, which stays (${name})`, async () => {
      const { tab, errors, banner, reject, banners, analytics, room } =
        await open();
      const html = markup() + text("Two");
      await banner.waitFor();
      await tab.evaluate(swap, html);
      assert.equal(await banners(1), 1);
      await reject();
      assert.equal(await banners(0), 0);
      assert.deepEqual(await analytics(), ["denied", "denied"]);
      assert.equal(await room(), "");

      await tab.evaluate(swap, html);
      assert.equal(await banners(0), 0);
      assert.deepEqual(await analytics(), ["denied", "denied"]);
      await tab.locator("#trigger").click();
      await tab.locator("consent-preferences [data-action=accept]").click();
      assert.deepEqual(await analytics(), ["granted", "granted"]);
      assert.equal(await room(), "");
      assert.deepEqual(errors, []);
    });

  it("from a cache shows no banner where it was copied with one, and there is a decision since", async () => {
    const { tab, banner, reject, banners } = await open();
    await banner.waitFor();
    await tab.evaluate(() => {
      /** @type {any} */ (globalThis).copy = document.body.cloneNode(true);
    });
    await reject();
    await banners(0);
    await tab.evaluate(() =>
      document.body.replaceWith(/** @type {any} */ (globalThis).copy),
    );
    await tab.locator("#trigger").click();
    await tab.locator("consent-preferences [data-action=save]").click();
    assert.equal(await banners(0), 0);
  });
});

describe("what else is above a page", () => {
  it("as its own modal dialog is usable while the banner waits, and the banner after", async () => {
    const { tab, banner, banners, accept, analytics } = await open("/dialog");
    assert.equal(await banners(1), 1);
    const box = await banner.locator("[data-action=accept]").boundingBox();
    assert.ok(box);
    await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.deepEqual(await analytics(), [undefined, undefined]);
    await tab.locator("#close").click();
    await accept();
    assert.deepEqual(await analytics(), ["granted", "granted"]);
  });

  it("lets the preferences above it, and has the focus back where they were opened", async () => {
    const { tab, analytics } = await open("/dialog");
    await tab.locator("#inside").click();
    await tab.locator("consent-preferences [data-action=reject]").click();
    assert.deepEqual(await analytics(), ["denied", "denied"]);
    assert.deepEqual(
      await tab.evaluate(() => [
        document.activeElement?.id,
        document.querySelector("dialog")?.open,
      ]),
      ["inside", true],
    );
  });

  it("as a popover takes no press from the banner", async () => {
    const { tab, banner, accept, analytics } = await open("/dialog");
    await tab.locator("#close").click();
    await banner.waitFor();
    await tab.evaluate(() => document.querySelector("#pop")?.showPopover());
    await accept();
    assert.deepEqual(await analytics(), ["granted", "granted"]);
  });
});

describe("a manager in a shadow root", () => {
  it("speaks the language and has the colours of what is around it, and decides", async () => {
    const { tab, banner, accept } = await open("/shadow");
    await banner.waitFor();
    assert.deepEqual(
      await banner.evaluate((each) => {
        const button = each.shadowRoot?.querySelector("[data-action=accept]");
        return [
          each.getAttribute("lang"),
          getComputedStyle(each).direction,
          button && getComputedStyle(button).backgroundColor,
          button?.textContent?.trim(),
        ];
      }),
      ["de", "rtl", "rgb(1, 2, 3)", "Alle akzeptieren"],
    );
    await accept();
    await banner.waitFor({ state: "hidden" });
    assert.match(
      await tab.evaluate(() => document.cookie),
      /analytics=granted/,
    );
  });

  it("is found by a trigger beside it, and by none outside: a link leads on", async () => {
    const { tab, banner } = await open("/shadow");
    await banner.waitFor();
    await tab.locator("#outside").click();
    assert.equal(new URL(tab.url()).hash, "#policy");
    assert.equal(await tab.locator("consent-preferences").count(), 0);
    await tab.locator("#host button", { hasText: "Privacy" }).click();
    await tab.locator("consent-preferences [data-action=close]").waitFor();
  });
});

/** Keeps what the browser reports of `types`, from the first moment on. */
const watchPerformance = () =>
  context.addInitScript(() => {
    const seen = { shift: 0, largest: "" };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { value } of /** @type {any[]} */ (list.getEntries()))
        seen.shift += value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      const { element } = /** @type {any} */ (list.getEntries().at(-1));
      seen.largest = element?.localName ?? "what is in a shadow root";
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });

describe("a page with a heading and a picture", () => {
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ])
    for (const layout of LAYOUTS)
      it(`is not moved by a ${layout}, whose text is not the largest paint (${viewport.width} px)`, async () => {
        await watchPerformance();
        const { tab, banner, banners } = await open(`/${layout}`, viewport);
        assert.equal(await banners(1), 1);
        // What has been painted is reported with a frame's delay.
        await banner.evaluate((each) =>
          Promise.all(
            [
              ...(each.shadowRoot?.getAnimations() ?? []),
              ...each.getAnimations(),
            ].map(({ finished }) => finished),
          ),
        );
        await tab.evaluate(
          () =>
            new Promise((done) => {
              requestAnimationFrame(() => requestAnimationFrame(done));
            }),
        );
        assert.deepEqual(
          await tab.evaluate(() => /** @type {any} */ (globalThis).seen),
          { shift: 0, largest: "img" },
        );
      });
});

describe("a banner that is taken out of the page", () => {
  for (const layout of ["bar", "modal"])
    it(`is not put back, and the page is free (${layout})`, async () => {
      const { tab, banner, banners, manager, room } = await open(`/${layout}`);
      assert.equal(await banners(1), 1);
      await banner.evaluate((each) => each.remove());
      await tab.mouse.wheel(0, 600);
      await tab.waitForFunction(() => scrollY > 0);
      assert.equal(await room(), "");
      // A purpose that comes late, and a decision from elsewhere, change nothing of that.
      await manager((m) => m.consent.addPurpose("late"));
      await manager((m) => m.denyAll());
      assert.equal(await banners(1), 0);
      assert.equal(await tab.locator("consent-banner").count(), 0);
      assert.equal(
        await tab.evaluate(() => document.querySelector(":modal")?.localName),
        undefined,
      );
    });
});
