import { expect } from "@open-wc/testing";
import { tcfConsent, type TcfOptions } from "../../src/cmps/tcf.js";
import { createTracker } from "../../src/tracker/tracker.js";
import { catchError } from "../support/catch-error.js";
import { collectChanges } from "../support/collect-changes.js";
import { collectErrors } from "../support/collect-errors.js";
import { fakeDestination, messagesIn } from "../support/fake-destination.js";
import { fakeFetch } from "../support/fake-fetch.js";
import { fakeTcfCmp, type TcfNews } from "../support/fake-tcf-cmp.js";
import { cleanStorage } from "../support/clean-storage.js";
import { turn } from "../support/turn.js";

const MAP = { analytics: [1, 7, 8], marketing: [1, 2, 3, 4] };
const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** A CMP and the store that follows it. */
function scene(options: Partial<TcfOptions> = {}) {
  const cmp = fakeTcfCmp();
  const consent = tcfConsent({ purposes: MAP, ...options });
  const granted = () =>
    ["analytics", "marketing"].filter((name) => consent.isGranted(name));
  return { cmp, consent, granted };
}

describe("a CMP of the TCF in place of our banner", () => {
  it("is asked by addEventListener of version 2, and by nothing else", () => {
    const { cmp, consent } = scene();
    consent.stop();
    expect(cmp.calls).to.deep.equal(["addEventListener 2"]);
  });

  it("has granted nothing, and asks for no banner, while it has not answered", async () => {
    const { consent, granted } = scene();
    await turn();
    expect(granted()).to.deep.equal([]);
    expect(consent.isReady).to.equal(false);
    expect(consent.needsChoice).to.equal(false);
  });

  for (const [what, news, expected] of [
    ["all its purposes", { purposes: ALL }, ["analytics", "marketing"]],
    ["some of them", { purposes: [1, 7, 8] }, ["analytics"]],
    ["one too few", { purposes: [1, 7] }, []],
    ["none", {}, []],
  ] as [string, TcfNews, string[]][])
    it(`grants what has consent for ${what}`, async () => {
      const { cmp, consent, granted } = scene();
      cmp.tell(news);
      await consent.ready;
      expect(granted()).to.deep.equal(expected);
      expect(consent.isReady).to.equal(true);
      expect(consent.record?.source).to.equal("import");
      expect(consent.record?.action).to.equal("tcf");
    });

  for (const [what, news, success] of [
    ["shows its question", { eventStatus: "cmpuishown" }, true],
    [
      "does not know whether the GDPR applies",
      { gdprApplies: undefined },
      true,
    ],
    ["says of its state nothing", { eventStatus: undefined }, true],
    ["has failed", {}, false],
  ] as [string, TcfNews, boolean][])
    it(`is pending while it ${what}, although it lists every purpose`, async () => {
      const { cmp, consent, granted } = scene();
      cmp.tell({ purposes: ALL, ...news }, success);
      await turn();
      expect(granted()).to.deep.equal([]);
      expect(consent.isReady).to.equal(false);
    });

  it("takes every yes back when it becomes unclear", async () => {
    for (const [news, success] of [
      [{ gdprApplies: undefined, purposes: ALL }, true],
      [{ purposes: ALL }, false],
      [null, false],
    ] as [TcfNews | null, boolean][]) {
      const { cmp, consent, granted } = scene();
      cmp.tell({ purposes: ALL });
      await consent.ready;
      expect(granted()).to.have.length(2);
      cmp.tell(news, success);
      expect(granted()).to.deep.equal([]);
    }
  });

  it("keeps what was decided while the visitor looks at the question once more, and follows the answer live", async () => {
    const { cmp, consent, granted } = scene();
    cmp.tell({ purposes: ALL });
    await consent.ready;
    cmp.tell({ eventStatus: "cmpuishown" });
    expect(granted()).to.have.length(2);
    cmp.tell({ eventStatus: "useractioncomplete", purposes: [1, 7, 8] });
    expect(granted()).to.deep.equal(["analytics"]);
    cmp.tell({ eventStatus: "useractioncomplete" });
    expect(granted()).to.deep.equal([]);
  });

  it("denies where the GDPR does not apply, unless the site says otherwise", async () => {
    for (const [elsewhere, count] of [
      [undefined, 0],
      ["denied", 0],
      ["granted", 2],
    ] as const) {
      const { cmp, consent, granted } = scene({
        ...(elsewhere && { elsewhere }),
      });
      cmp.tell({ gdprApplies: false });
      await consent.ready;
      expect(granted()).to.have.length(count);
      // Words that are not true are no word that it does.
      cmp.tell({ gdprApplies: "false" as never, purposes: ALL });
      expect(granted()).to.have.length(0);
    }
  });

  const yes = { consents: { 755: true } };
  for (const [what, news, expected] of [
    ["has consent", { vendor: yes }, 2],
    ["has none", { vendor: { consents: { 755: false } } }, 0],
    ["is not named", {}, 0],
    [
      "was disclosed",
      { vendor: { ...yes, disclosedVendors: { 755: true } } },
      2,
    ],
    ["was not disclosed", { vendor: { ...yes, disclosedVendors: {} } }, 0],
    [
      "is shut out by the publisher from one purpose",
      { vendor: yes, publisher: { restrictions: { 7: { 755: 0 } } } },
      1,
    ],
  ] as [string, TcfNews, number][])
    it(`asks for the vendor's consent too: one that ${what} has ${expected} purposes`, async () => {
      const { cmp, consent, granted } = scene({ vendor: 755 });
      cmp.tell({ purposes: ALL, ...news });
      await consent.ready;
      expect(granted()).to.have.length(expected);
    });

  it("knows a vendor for each purpose", async () => {
    const { cmp, consent, granted } = scene({
      vendor: { analytics: 1, marketing: 2 },
    });
    cmp.tell({ purposes: ALL, vendor: { consents: { 2: true } } });
    await consent.ready;
    expect(granted()).to.deep.equal(["marketing"]);
  });

  it("says what it remembers as heard, and what the visitor does as a decision", async () => {
    const { cmp, consent } = scene();
    const changes = collectChanges(consent);
    cmp.tell({ purposes: [1, 7, 8] });
    await consent.ready;
    cmp.tell({ eventStatus: "useractioncomplete" });
    expect(
      changes.map(({ source, changed }) => `${source}: ${changed}`),
    ).to.deep.equal(["tab: analytics,marketing", "import: analytics"]);
  });

  it("stores nothing of its own", async () => {
    cleanStorage();
    const { cmp, consent } = scene();
    cmp.tell({ purposes: ALL });
    await consent.ready;
    cmp.tell({ eventStatus: "useractioncomplete", purposes: ALL });
    expect(document.cookie).to.equal("");
    expect(localStorage.length + sessionStorage.length).to.equal(0);
  });

  it("lets nobody else grant, while a no of the page's counts until the visitor decides again", async () => {
    const { cmp, consent, granted } = scene();
    cmp.tell({ purposes: ALL });
    await consent.ready;
    for (const loosen of [
      () => consent.grantAll(),
      () => consent.set({ analytics: "granted" }),
      () => consent.set({ analytics: "anonymous" }),
      () => consent.reset(),
      () => consent.reset("analytics"),
    ])
      expect(catchError(loosen)).to.contain("TypeError: consent-elements");
    expect(granted()).to.have.length(2);
    consent.set({ marketing: "denied" });
    expect(granted()).to.deep.equal(["analytics"]);
    consent.withdraw();
    expect(granted()).to.deep.equal([]);
    cmp.tell({ eventStatus: "useractioncomplete", purposes: ALL });
    expect(granted()).to.have.length(2);
  });

  it("brings no banner up for a purpose that it does not decide on", async () => {
    const { cmp, consent } = scene();
    cmp.tell({ purposes: ALL });
    await consent.ready;
    consent.addPurpose("functional");
    expect(consent.needsChoice).to.equal(false);
    expect(consent.isGranted("functional")).to.equal(false);
  });

  it("is left alone after the end, also when its first word comes after it", async () => {
    const first = scene();
    first.cmp.tell({ purposes: ALL });
    await first.consent.ready;
    first.consent.stop();
    expect(first.cmp.listeners).to.equal(0);
    const second = scene();
    second.consent.stop();
    second.cmp.tell({ purposes: ALL });
    await turn();
    expect(second.granted()).to.deep.equal([]);
    expect(second.cmp.listeners).to.equal(0);
  });

  it("that is not there grants nothing, and that is told", async () => {
    const consent = tcfConsent({ purposes: MAP });
    const errors = collectErrors(consent);
    await turn();
    expect(consent.isGranted("analytics")).to.equal(false);
    expect(errors).to.deep.equal([
      "consent-elements: the page has no __tcfapi, so nothing is granted",
    ]);
  });

  for (const [what, options, message] of [
    ["no purposes", {}, "TypeError: consent-elements: purposes is null"],
    [
      "a purpose without TCF purposes",
      { purposes: { analytics: [] } },
      "RangeError: consent-elements: analytics is",
    ],
    [
      "a purpose that the TCF does not have",
      { purposes: { analytics: [1, 12] } },
      "RangeError: consent-elements: analytics is",
    ],
    [
      "a vendor that is no number",
      { purposes: MAP, vendor: "google" },
      "RangeError: consent-elements: the vendor of analytics",
    ],
    [
      "a purpose without its vendor",
      { purposes: MAP, vendor: { analytics: 1 } },
      "RangeError: consent-elements: the vendor of marketing",
    ],
    [
      "another word for elsewhere",
      { purposes: MAP, elsewhere: "yes" },
      "RangeError: consent-elements: elsewhere",
    ],
    [
      "an option that there is not",
      { purposes: MAP, vendors: 1 },
      "TypeError: consent-elements: an option",
    ],
  ] as [string, object, string][])
    it(`refuses ${what}`, () => {
      expect(catchError(() => tcfConsent(options as never))).to.contain(
        message,
      );
    });
});

describe("a tracker that follows a CMP of the TCF", () => {
  const names = (requests: readonly { body: string }[]) =>
    requests.flatMap((request) =>
      messagesIn(request as never).map(({ verb, name }) => name || verb),
    );

  const tracked = async (news: TcfNews, store = "tcf") => {
    const { cmp, consent } = scene();
    const { fetch, requests } = fakeFetch();
    const tracker = createTracker({
      consent,
      destination: fakeDestination(),
      name: store,
      fetch,
      flushInterval: 0,
      inTurn: (_, work) => work(),
    });
    tracker.track("held");
    await turn();
    expect(requests).to.have.length(0);
    cmp.tell(news);
    await consent.ready;
    await import("../../src/tracker/sender.js");
    await turn();
    tracker.flush();
    await turn();
    return { cmp, consent, requests, tracker };
  };

  beforeEach(cleanStorage);
  afterEach(cleanStorage);

  it("sends $opt_in and what it held when the visitor says yes in this page", async () => {
    const { requests } = await tracked({
      eventStatus: "useractioncomplete",
      purposes: ALL,
    });
    expect(names(requests)).to.deep.equal(["$opt_in", "held"]);
  });

  it("sends no $opt_in for a yes that the CMP remembers", async () => {
    const { requests } = await tracked({ purposes: ALL });
    expect(names(requests)).to.deep.equal(["held"]);
  });

  it("sends nothing after a no, and forgets what was held", async () => {
    const { cmp, requests, tracker } = await tracked({});
    tracker.track("after");
    cmp.tell({ eventStatus: "useractioncomplete", purposes: ALL });
    await import("../../src/tracker/sender.js");
    await turn();
    tracker.flush();
    await turn();
    expect(names(requests)).to.deep.equal(["$opt_in"]);
  });
});
