import { expect, fixture } from "@open-wc/testing";
import { html, type TemplateResult } from "lit";
import "../../src/auto.js";
import { createConsent } from "../../src/create-consent.js";
import type { ConsentManagerElement } from "../../src/elements/consent-manager.js";
import { button } from "../support/button.js";
import { captureFetch, type Captured } from "../support/capture-fetch.js";
import { cleanStorage } from "../support/clean-storage.js";
import { cookieWrites } from "../support/cookie-writes.js";
import { firstVisit } from "../support/first-visit.js";
import { next } from "../support/next.js";
import { stubConsoleError } from "../support/stub-console-error.js";

const DAY = 864e5;
const names = ({ events }: Captured) => events.map(({ event }) => event);

/** Puts `markup` on the page and waits until its record has been read. */
async function arrive(markup: TemplateResult): Promise<ConsentManagerElement> {
  const ready = next("consent-ready");
  const manager = await fixture<ConsentManagerElement>(markup);
  await ready;
  return manager;
}

describe("attributes of <consent-manager>", () => {
  afterEach(cleanStorage);

  it("without any, ask for analytics in opt-in mode, revision 1", async () => {
    const { manager } = await firstVisit(
      html`<consent-manager></consent-manager>`,
    );
    const { mode, revision, purposes } = manager.consent;
    expect({ mode, revision, purposes }).to.deep.equal({
      mode: "opt-in",
      revision: "1",
      purposes: [
        { name: "necessary", required: true },
        { name: "analytics", required: false },
      ],
    });
  });

  for (const [mode, granted] of [
    ["opt-in", false],
    ["opt-out", true],
    ["notice", true],
  ] as const)
    it(`mode="${mode}" says what no answer means`, async () => {
      const { manager } = await firstVisit(
        html`<consent-manager mode=${mode}></consent-manager>`,
      );
      expect(manager.consent.mode).to.equal(mode);
      expect(manager.consent.isGranted("analytics")).to.equal(granted);
    });

  it("revision goes into the record", async () => {
    const manager = await arrive(
      html`<consent-manager revision="2026-11"></consent-manager>`,
    );
    manager.denyAll();
    expect(manager.consent.record!.revision).to.equal("2026-11");
    expect(document.cookie).to.contain("revision=2026-11");
  });

  for (const [markup, days] of [
    [html`<consent-manager></consent-manager>`, 180],
    [html`<consent-manager max-age="P7D"></consent-manager>`, 7],
    [html`<consent-manager max-age="P12M"></consent-manager>`, 360],
  ] as const)
    it(`max-age keeps the decision for ${days} days, a refusal as long as a grant`, async () => {
      const manager = await arrive(markup);
      const writes = cookieWrites();
      manager.denyAll();
      manager.grantAll();
      const { time } = manager.consent.record!;
      const kept = writes.map((text) => {
        const [, expires] = /expires=([^;]+)/.exec(text)!;
        return Math.round((Date.parse(expires!) - Date.parse(time)) / DAY);
      });
      expect(kept).to.deep.equal([days, days]);
    });

  for (const [storage, cookie, local] of [
    ["cookie", 1, 0],
    ["local", 0, 1],
    ["memory", 0, 0],
  ] as const)
    it(`storage="${storage}" says where the record waits`, async () => {
      const manager = await arrive(
        html`<consent-manager storage=${storage}></consent-manager>`,
      );
      manager.grantAll();
      expect(document.cookie.match(/consent=/g) ?? []).to.have.length(cookie);
      expect(localStorage).to.have.length(local);
      expect(manager.consent.isGranted("analytics")).to.equal(true);
    });

  it("cookie-name names the cookie, and the localStorage entry", async () => {
    const manager = await arrive(
      html`<consent-manager cookie-name="choice"></consent-manager>`,
    );
    manager.denyAll();
    expect(document.cookie).to.match(/^choice=/);

    const other = await arrive(
      html`<consent-manager
        storage="local"
        cookie-name="choice.2"
      ></consent-manager>`,
    );
    other.denyAll();
    expect(Object.keys(localStorage)).to.deep.equal(["choice.2"]);
  });

  it("cookie-domain goes to the browser, which keeps no cookie for someone else's", async () => {
    stubConsoleError();
    const manager = await arrive(
      html`<consent-manager cookie-domain="shop.example"></consent-manager>`,
    );
    const told = next("consent-error");
    manager.denyAll();
    expect((await told).error).to.match(/record not kept/);
    expect(document.cookie).to.equal("");
    expect(manager.consent.get("analytics")).to.equal("denied");

    const own = await arrive(
      html`<consent-manager
        cookie-name="own"
        cookie-domain=${location.hostname}
      ></consent-manager>`,
    );
    own.denyAll();
    expect(document.cookie).to.match(/^own=/);
  });

  describe("for the tracker", () => {
    it("tracker, token and endpoint say what is sent where", async () => {
      const requests = captureFetch();
      const { manager, banner } = await firstVisit(html`
        <consent-manager
          tracker="mixpanel"
          token="the-token"
          endpoint="https://collector.example/in"
        ></consent-manager>
      `);
      manager.tracker!.track("Looked around");
      button(banner, "accept").click();
      const { url, events } = await requests.next();

      expect(url).to.match(/^https:\/\/collector\.example\/in\/track\//);
      expect(
        events.map(({ event, properties }) => [event, properties.token]),
      ).to.deep.equal([
        ["$opt_in", "the-token"],
        ["Looked around", "the-token"],
      ]);
      expect(
        Object.keys(localStorage).map((name) => name.replace(/\/.*/, "/…")),
      ).to.have.members([
        "consent-tracker.the-token",
        "consent-tracker.the-token/…",
      ]);
    });

    it("without endpoint, events go to Mixpanel", async () => {
      const requests = captureFetch();
      const manager = await arrive(html`
        <consent-manager tracker="mixpanel" token="t"></consent-manager>
      `);
      manager.grantAll();
      const { url } = await requests.next();
      expect(url).to.match(/^https:\/\/api\.mixpanel\.com\/track\//);
    });

    it("tracker-purpose says which purpose it needs", async () => {
      const requests = captureFetch();
      const manager = await arrive(html`
        <consent-manager
          tracker="mixpanel"
          token="t"
          tracker-purpose="marketing"
        >
          <consent-purpose name="analytics"></consent-purpose>
          <consent-purpose name="marketing"></consent-purpose>
        </consent-manager>
      `);
      manager.set({ analytics: "granted" });
      expect(manager.tracker!.hasOptedIn()).to.equal(false);
      expect(requests.all).to.deep.equal([]);
      manager.set({ marketing: "granted" });
      expect(names(await requests.next())).to.deep.equal(["$opt_in"]);
    });

    it("tracker-purpose is what is asked where no purpose is written", async () => {
      const { manager } = await firstVisit(html`
        <consent-manager
          tracker="mixpanel"
          token="t"
          tracker-purpose="statistics"
        ></consent-manager>
      `);
      expect(manager.consent.purposes.map(({ name }) => name)).to.deep.equal([
        "necessary",
        "statistics",
      ]);
      expect(manager.tracker!.hasOptedIn()).to.equal(false);
    });

    for (const [beforeChoice, sent] of [
      ["hold", ["$opt_in", "Before", "After"]],
      ["drop", ["$opt_in", "After"]],
    ] as const)
      it(`before-choice="${beforeChoice}" sends ${sent.join(", ")} after a grant`, async () => {
        const requests = captureFetch();
        const manager = await arrive(html`
          <consent-manager
            tracker="mixpanel"
            token="t"
            before-choice=${beforeChoice}
          ></consent-manager>
        `);
        manager.tracker!.track("Before");
        manager.grantAll();
        manager.tracker!.track("After");
        expect(names(await requests.next())).to.deep.equal(sent);
      });

    it('before-choice="anonymous" sends before a choice, and keeps no identity', async () => {
      const requests = captureFetch();
      const manager = await arrive(html`
        <consent-manager
          tracker="mixpanel"
          token="t"
          before-choice="anonymous"
        ></consent-manager>
      `);
      manager.tracker!.track("Before");
      const flushed = requests.next();
      await import("../../src/tracker/sender.js");
      manager.tracker!.flush();
      const request = await flushed;
      expect(names(request)).to.deep.equal(["Before"]);
      expect(request.url).to.contain("ip=0");
      expect(localStorage).to.have.length(0);
      expect(document.cookie).to.equal("");
    });

    it('when-denied="anonymous" sends after a refusal; without it nothing is', async () => {
      const requests = captureFetch();
      const silent = await arrive(html`
        <consent-manager
          tracker="mixpanel"
          token="silent"
          storage="memory"
          cookie-name="silent"
        ></consent-manager>
      `);
      const speaking = await arrive(html`
        <consent-manager
          tracker="mixpanel"
          token="speaking"
          storage="memory"
          cookie-name="speaking"
          when-denied="anonymous"
        ></consent-manager>
      `);
      for (const { tracker, consent } of [silent, speaking]) {
        consent.denyAll();
        tracker!.track("After");
      }
      const { events } = await requests.next();
      expect(
        events.map(({ event, properties }) => [event, properties.token]),
      ).to.deep.equal([["After", "speaking"]]);
      expect(requests.all).to.have.length(1);
      expect(localStorage).to.have.length(0);
    });
  });

  describe("with a mistake", () => {
    const wrong: [string, TemplateResult, RegExp][] = [
      [
        "mode",
        html`<consent-manager mode="optin"></consent-manager>`,
        /mode is "optin"; write opt-in or opt-out or notice/,
      ],
      [
        "mode that is empty",
        html`<consent-manager mode></consent-manager>`,
        /mode is ""; write opt-in/,
      ],
      [
        "max-age",
        html`<consent-manager max-age="6 months"></consent-manager>`,
        /max-age is "6 months"; write a word such as P6M/,
      ],
      [
        "storage",
        html`<consent-manager storage="disk"></consent-manager>`,
        /storage is "disk"; write cookie or local or memory/,
      ],
      [
        "cookie-name",
        html`<consent-manager cookie-name="a; b"></consent-manager>`,
        /cookieName is "a; b"; write a word/,
      ],
      [
        "purpose without a name",
        html`<consent-manager mode="opt-out">
          <consent-purpose></consent-purpose>
        </consent-manager>`,
        /a purpose's name is ""; write a word/,
      ],
      [
        "purpose named twice",
        html`<consent-manager mode="notice">
          <consent-purpose name="ads"></consent-purpose>
          <consent-purpose name="ads"></consent-purpose>
        </consent-manager>`,
        /a purpose is "ads"; write it once/,
      ],
    ];
    for (const [what, markup, message] of wrong)
      it(`in ${what} is told once, and the strictest defaults hold`, async () => {
        const errors = stubConsoleError();
        const told = next("consent-error");
        const { manager, banner } = await firstVisit(markup);
        const { error, target } = await told;

        expect(String(error)).to.match(message);
        expect(target === manager).to.equal(true);
        expect(errors.map(([first]) => first)).to.deep.equal([error]);
        const { mode, purposes, record } = manager.consent;
        expect({ mode, record, purposes }).to.deep.equal({
          mode: "opt-in",
          record: undefined,
          purposes: [
            { name: "necessary", required: true },
            { name: "analytics", required: false },
          ],
        });
        expect(manager.consent.isGranted("analytics")).to.equal(false);
        button(banner, "reject").click();
        expect(manager.consent.get("analytics")).to.equal("denied");
      });

    const tracking: [string, TemplateResult, RegExp][] = [
      [
        "tracker",
        html`<consent-manager tracker="mixpannel" token="t"></consent-manager>`,
        /tracker is "mixpannel"; write mixpanel/,
      ],
      [
        "tracker without a token",
        html`<consent-manager tracker="mixpanel"></consent-manager>`,
        /token is null; write a text/,
      ],
      [
        "tracker with an empty token",
        html`<consent-manager tracker="mixpanel" token=""></consent-manager>`,
        /token is null; write a text/,
      ],
      [
        "before-choice",
        html`<consent-manager
          tracker="mixpanel"
          token="t"
          before-choice="full"
        ></consent-manager>`,
        /beforeChoice is "full"; write hold or drop or anonymous/,
      ],
      [
        "when-denied",
        html`<consent-manager
          tracker="mixpanel"
          token="t"
          when-denied="full"
        ></consent-manager>`,
        /whenDenied is "full"; write off or anonymous/,
      ],
      [
        "tracker-purpose",
        html`<consent-manager
          tracker="mixpanel"
          token="t"
          tracker-purpose="statistics"
          storage="memory"
          cookie-name="without-statistics"
        >
          <consent-purpose name="analytics"></consent-purpose>
        </consent-manager>`,
        /purpose is "statistics"; write analytics/,
      ],
    ];
    for (const [what, markup, message] of tracking)
      it(`in ${what} is told once, and there is no tracker`, async () => {
        const errors = stubConsoleError();
        const { all } = captureFetch();
        const told = next("consent-error");
        const { manager, banner } = await firstVisit(markup);
        const { error } = await told;

        expect(String(error)).to.match(message);
        expect(errors.map(([first]) => first)).to.deep.equal([error]);
        expect(manager.tracker).to.equal(undefined);
        button(banner, "accept").click();
        expect(manager.consent.isGranted("analytics")).to.equal(true);
        expect(all).to.deep.equal([]);
        expect(errors).to.have.length(1);
      });

    it("in two places is told once for each, and grants nothing", async () => {
      const errors = stubConsoleError();
      const { manager } = await firstVisit(html`
        <consent-manager mode="yes" tracker="maxipanel"></consent-manager>
      `);
      expect(errors).to.have.length(2);
      expect(manager.consent.isGranted("analytics")).to.equal(false);
      expect(manager.tracker).to.equal(undefined);
    });

    it("in endpoint is told when there is something to send, and the choice stands", async () => {
      stubConsoleError();
      const { all } = captureFetch();
      const manager = await arrive(html`
        <consent-manager
          tracker="mixpanel"
          token="t"
          endpoint="http://"
          storage="memory"
          cookie-name="without-endpoint"
        ></consent-manager>
      `);
      const told = next("consent-error");
      manager.grantAll();
      expect((await told).error).to.be.instanceOf(TypeError);
      expect(manager.consent.isGranted("analytics")).to.equal(true);
      expect(all).to.deep.equal([]);
    });

    it("never revives a grant that was given to something else", async () => {
      createConsent({ purposes: ["analytics"], revision: "1" }).grantAll({
        source: "user",
      });
      stubConsoleError();
      const manager = await arrive(html`
        <consent-manager mode="optin" revision="2"></consent-manager>
      `);
      expect(manager.consent.isGranted("analytics")).to.equal(false);
    });

    it("keeps a record that the page wants in memory out of the cookie", async () => {
      stubConsoleError();
      const manager = await arrive(html`
        <consent-manager storage="memory" mode="optin"></consent-manager>
      `);
      manager.grantAll();
      expect(document.cookie).to.equal("");
    });
  });
});
