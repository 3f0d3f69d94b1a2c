import { expect } from "@open-wc/testing";
import { CmpApi, GppModel, Sections } from "@iabgpp/cmpapi";
import {
  gpp,
  installGppStub,
  type GppOptions,
  type GppSection,
} from "../../src/cmps/gpp.js";
import { createStore, type StoreOptions } from "../../src/consent/store.js";
import { catchError } from "../support/catch-error.js";
import { collectErrors } from "../support/collect-errors.js";
import { deferred } from "../support/deferred.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

type Ping = Record<string, unknown> & { gppString: string };
type Api = (
  command: string,
  callback: (data: never, success: boolean) => void,
  parameter?: unknown,
) => void;
const API = "__gpp";
const page = window as unknown as { [API]?: Api };

const NOTICES = { sale: true, sharing: true, targetedAdvertising: true };

/** What a script of an advertiser's hears when it asks. */
function ping(): Ping {
  let answer: Ping | undefined;
  page[API]!("ping", (data) => {
    answer = data;
  });
  return answer!;
}

/** The sections of the string that is told, decoded by the standard's own package. */
const told = () => new GppModel(ping().gppString);
const field = (section: string, name: string) =>
  told().getFieldValue(section, name) as unknown;

/** A store and what is told of it. */
function scene(
  options: Partial<GppOptions> = {},
  store: Partial<StoreOptions> = {},
) {
  const consent = createStore({
    purposes: ["analytics", "marketing"],
    mode: "opt-out",
    ...store,
  });
  const stop = gpp({
    consent,
    sections: ["usca"],
    notices: NOTICES,
    ...options,
  });
  afterThisTest(stop);
  return { consent, stop };
}

/** Says that the browser sends `value` as its signal. */
const signal = (value: unknown) =>
  stubProperty(navigator, "globalPrivacyControl", () => value);

afterEach(() => {
  delete page[API];
  document.querySelector("[name=__gppLocator]")?.remove();
});

describe("GPP's sections for the United States", () => {
  it("are told with the number of those who have none, and for the sections that apply", () => {
    scene({ sections: ["usnat", "usca"] });
    const { cmpId, sectionList, applicableSections, supportedAPIs, cmpStatus } =
      ping();
    expect(cmpId).to.equal(1);
    expect(sectionList).to.deep.equal([7, 8]);
    expect(applicableSections).to.deep.equal([7, 8]);
    expect(supportedAPIs).to.deep.equal(["7:usnat", "8:usca"]);
    expect(cmpStatus).to.equal("loaded");
  });

  it("follow each decision: opted out is 1, not opted out 2", () => {
    const { consent } = scene({ sections: ["usnat", "usca"] });
    const outs = () => [
      field("usnat", "SaleOptOut"),
      field("usnat", "SharingOptOut"),
      field("usnat", "TargetedAdvertisingOptOut"),
      field("usca", "SaleOptOut"),
      field("usca", "SharingOptOut"),
    ];
    expect(outs()).to.deep.equal([2, 2, 2, 2, 2]);
    consent.denyAll();
    expect(outs()).to.deep.equal([1, 1, 1, 1, 1]);
    consent.grantAll();
    expect(outs()).to.deep.equal([2, 2, 2, 2, 2]);
    consent.set({ marketing: "anonymous" });
    expect(outs()).to.deep.equal([1, 1, 1, 1, 1]);
    consent.set({ marketing: "granted", analytics: "denied" });
    expect(outs()).to.deep.equal([2, 2, 2, 2, 2]);
  });

  it("are opted out without an answer where the site asks for an opt-in", () => {
    scene({}, { mode: "opt-in" });
    expect(field("usca", "SaleOptOut")).to.equal(1);
  });

  it("hang on the purpose that the site names", () => {
    const { consent } = scene({ saleSharePurpose: "analytics" });
    consent.set({ analytics: "denied", marketing: "granted" });
    expect(field("usca", "SaleOptOut")).to.equal(1);
  });

  for (const [value, isSignal] of [
    [true, true],
    [false, false],
    [undefined, false],
    [null, false],
    ["1", false],
    [1, false],
  ] as const)
    it(`${isSignal ? "opt out" : "are left alone"} where the browser's signal is ${JSON.stringify(value)}, and pass it on`, () => {
      signal(value);
      const { consent } = scene();
      expect(field("usca", "Gpc")).to.equal(isSignal);
      expect(field("usca", "SaleOptOut")).to.equal(isSignal ? 1 : 2);
      consent.grantAll();
      expect(field("usca", "Gpc")).to.equal(isSignal);
      expect(field("usca", "SaleOptOut")).to.equal(isSignal ? 1 : 2);
    });

  it("say which notices were given, and an opt-out also without one", () => {
    const { consent } = scene({
      sections: ["usnat"],
      notices: { processing: true, sale: true, sharing: false },
    });
    const all = () =>
      [
        "SharingNotice",
        "SaleOptOutNotice",
        "SharingOptOutNotice",
        "TargetedAdvertisingOptOutNotice",
        "SaleOptOut",
        "SharingOptOut",
        "TargetedAdvertisingOptOut",
      ].map((name) => field("usnat", name));
    expect(all()).to.deep.equal([1, 1, 2, 0, 2, 0, 0]);
    consent.denyAll();
    expect(all()).to.deep.equal([1, 1, 2, 0, 1, 1, 1]);
  });

  it("claim no agreement that the site has not signed", () => {
    const { stop } = scene();
    expect(field("usca", "MspaCoveredTransaction")).to.equal(2);
    stop();
    delete page[API];
    scene({ mspaCovered: true });
    expect(field("usca", "MspaCoveredTransaction")).to.equal(1);
  });

  const names = Object.fromEntries(
    [...Sections.SECTION_ID_NAME_MAP].map(([id, name]) => [name, id]),
  );
  for (const [section, id] of Object.entries(names))
    if (/^us(?!pv1)/.test(section))
      it(`can be written for ${section}, a no and a signal included`, () => {
        signal(true);
        const { consent } = scene({ sections: [section as GppSection] });
        const errors = collectErrors(consent);
        consent.denyAll();
        expect(errors).to.deep.equal([]);
        expect(ping().signalStatus).to.equal("ready");
        expect(ping().applicableSections).to.deep.equal([id]);
        expect(told().getSectionIds()).to.deep.equal([id]);
        expect(field(section, "SaleOptOut")).to.equal(1);
        const fields = Object.keys(told().toObject()[section as never]);
        if (fields.includes("Gpc"))
          expect(field(section, "Gpc")).to.equal(true);
      });

  it("are not ready until the store is, then ready, and not ready while they change", async () => {
    const storage = new FakeRecordStorage() as FakeRecordStorage & {
      ready: Promise<unknown>;
    };
    const { promise, resolve } = deferred<void>();
    storage.ready = promise;
    const { consent } = scene({}, { storage });
    expect([ping().signalStatus, ping().cmpStatus]).to.deep.equal([
      "not ready",
      "loading",
    ]);
    const news: unknown[] = [];
    page[API]!(
      "addEventListener",
      ({ eventName, data, pingData }: never & Record<string, unknown>) =>
        news.push([
          eventName,
          data,
          (pingData as unknown as Ping).signalStatus,
        ]),
    );
    resolve();
    await turn();
    expect(news).to.deep.equal([
      ["listenerRegistered", true, "not ready"],
      ["signalStatus", "not ready", "not ready"],
      ["cmpStatus", "loaded", "not ready"],
      ["sectionChange", "usca", "not ready"],
      ["signalStatus", "ready", "ready"],
    ]);
    news.length = 0;
    consent.denyAll();
    expect(news).to.deep.equal([
      ["signalStatus", "not ready", "not ready"],
      ["sectionChange", "usca", "not ready"],
      ["signalStatus", "ready", "ready"],
    ]);
  });

  it("become ready although a listener of somebody else's throws, and that is told", () => {
    const { consent } = scene();
    const errors = collectErrors(consent);
    let isBroken = false;
    page[API]!("addEventListener", () => {
      if (isBroken) throw Error("a listener's");
    });
    isBroken = true;
    consent.denyAll();
    expect(ping().signalStatus).to.equal("ready");
    expect(field("usca", "SaleOptOut")).to.equal(1);
    expect(errors).to.deep.equal([
      "a listener's",
      "a listener's",
      "a listener's",
    ]);
  });

  it("stay not ready where they cannot be written", () => {
    installGppStub();
    const cmpApi = new CmpApi(1, 1);
    const { consent } = scene({ cmpApi });
    const errors = collectErrors(consent);
    cmpApi.setFieldValue = () => {
      throw Error("cannot be written");
    };
    consent.denyAll();
    expect(ping().signalStatus).to.equal("not ready");
    expect(errors).to.deep.equal(["cannot be written"]);
  });

  it("stay what they are when nobody follows any more", () => {
    const { consent, stop } = scene();
    stop();
    consent.denyAll();
    expect(field("usca", "SaleOptOut")).to.equal(2);
  });

  const consent = createStore({ purposes: ["analytics"] });
  const good = { consent, sections: ["usca"], notices: {} };
  for (const [what, options, message] of [
    [
      "no store",
      { ...good, consent: undefined },
      "TypeError: consent-elements: consent",
    ],
    [
      "no section",
      { ...good, sections: [] },
      "TypeError: consent-elements: sections",
    ],
    [
      "a TC string",
      { ...good, sections: ["tcfeuv2"] },
      "RangeError: consent-elements: a section",
    ],
    [
      "one of Canada's",
      { ...good, sections: ["tcfcav1"] },
      "RangeError: consent-elements: a section",
    ],
    [
      "the old US Privacy string",
      { ...good, sections: ["uspv1"] },
      "RangeError: consent-elements: a section",
    ],
    [
      "a name that every object has",
      { ...good, sections: ["constructor"] },
      "RangeError: consent-elements: a section",
    ],
    [
      "no word on notices",
      { ...good, notices: undefined },
      "TypeError: consent-elements: notices",
    ],
    [
      "a notice that there is not",
      { ...good, notices: { sales: true } },
      "TypeError: consent-elements: an option",
    ],
    [
      "an option that there is not",
      { ...good, section: "usca" },
      "TypeError: consent-elements: an option",
    ],
    [
      "a purpose that is not asked about",
      good,
      "RangeError: consent-elements: purpose",
    ],
  ] as [string, object, string][])
    it(`are refused with ${what}`, () => {
      expect(catchError(() => gpp(options as never))).to.contain(message);
      expect(page[API]).to.equal(undefined);
    });
});
