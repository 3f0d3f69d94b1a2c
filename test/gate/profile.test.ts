import { expect } from "@open-wc/testing";
import { createConsent } from "../../src/create-consent.js";
import {
  hasGlobalPrivacyControl,
  profileOf,
  type ProfileOptions,
} from "../../src/gate/profile.js";
import { regionProfile } from "../../src/gate/regions.js";
import { catchError } from "../support/catch-error.js";
import { cleanStorage } from "../support/clean-storage.js";
import { deferred } from "../support/deferred.js";
import { stubProperty } from "../support/stub-property.js";

const HALF_A_YEAR = 180 * 864e5;
const YEAR = 365 * 864e5;

/** Lets the browser say `value` by Global Privacy Control. */
const say = (value: unknown) =>
  stubProperty(navigator, "globalPrivacyControl", () => value);

afterEach(cleanStorage);

describe("the profile of a region", () => {
  it("is the strictest one where the region is not known, and a state's is its country's", () => {
    const modes = [
      "eu",
      "EU",
      " uk ",
      "de",
      "br",
      "us",
      "us-strict",
      "fr-idf",
      "",
      "nowhere",
      "constructor",
    ].map((code) => [code, regionProfile(code).mode]);
    expect(modes).to.deep.equal([
      ["eu", "opt-in"],
      ["EU", "opt-in"],
      [" uk ", "opt-in"],
      ["de", "opt-in"],
      ["br", "opt-in"],
      ["us", "opt-out"],
      ["us-strict", "opt-in"],
      ["fr-idf", "opt-in"],
      ["", "opt-in"],
      ["nowhere", "opt-in"],
      ["constructor", "opt-in"],
    ]);
  });

  // The states whose laws name the signal, and two that have no such law.
  for (const state of "ca co ct de md mt ne nh nj or tx mn ny wy".split(" "))
    it(`us-${state} takes no answer for a yes, honours the signal, and does not ask again for a year`, () => {
      const open = () =>
        createConsent({
          region: `us-${state}`,
          purposes: ["analytics", "marketing"],
          storage: "memory",
        });
      const before = open();
      expect([
        before.mode,
        before.isGranted("analytics"),
        before.isGranted("marketing"),
      ]).to.deep.equal(["opt-out", true, true]);
      say(true);
      const consent = open();
      expect([
        consent.isGranted("analytics"),
        consent.isGranted("marketing"),
        consent.record?.source,
        consent.record?.action,
      ]).to.deep.equal([true, false, "signal", "gpc"]);
      expect(profileOf({ region: `us-${state}` })).to.include({
        maxAge: YEAR,
      });
    });

  it("gives way to a stricter mode of the site's, and to the site's length of time", () => {
    const profiles = (
      [
        { region: "us-ca", mode: "opt-in" },
        { region: "eu", mode: "opt-out" },
        { region: "us-ca", mode: "notice", maxAge: "P6M" },
        { mode: "notice", maxAge: 1000 },
        {},
      ] satisfies ProfileOptions[]
    ).map((options) => profileOf(options));
    expect(profiles).to.deep.equal([
      { mode: "opt-in", maxAge: YEAR },
      { mode: "opt-in" },
      { mode: "opt-out", maxAge: HALF_A_YEAR },
      { maxAge: 1000 },
      {},
    ]);
  });

  it("that is found out later grants nothing before; one that cannot be found out is the strictest", async () => {
    const { promise, resolve } = deferred<string>();
    const consent = createConsent({
      region: () => promise,
      mode: "opt-out",
      storage: "memory",
    });
    expect([consent.isReady, consent.isGranted("analytics")]).to.deep.equal([
      false,
      false,
    ]);
    resolve("us-ny");
    await consent.ready;
    expect([consent.mode, consent.isGranted("analytics")]).to.deep.equal([
      "opt-out",
      true,
    ]);
    for (const region of [
      () => Promise.reject(new Error("offline")),
      () => {
        throw new Error("no such service");
      },
      Promise.resolve(undefined as unknown as string),
    ]) {
      const strict = createConsent({
        region,
        mode: "opt-out",
        storage: "memory",
      });
      await strict.ready;
      expect([strict.mode, strict.isGranted("analytics")]).to.deep.equal([
        "opt-in",
        false,
      ]);
    }
  });
});

describe("Global Privacy Control", () => {
  it("is heard only where the browser says true, and is never a yes", () => {
    const heard = [true, false, undefined, null, "1", 1, "true"].map(
      (value) => {
        say(value);
        return [value, hasGlobalPrivacyControl()];
      },
    );
    expect(heard).to.deep.equal([
      [true, true],
      [false, false],
      [undefined, false],
      [null, false],
      ["1", false],
      [1, false],
      ["true", false],
    ]);
    say(false);
    const consent = createConsent({ purposes: ["marketing"] });
    expect([consent.isGranted("marketing"), consent.needsChoice]).to.deep.equal(
      [false, true],
    );
  });

  it("refuses marketing unless the site says what else sells or shares, and is read once", () => {
    let reads = 0;
    stubProperty(navigator, "globalPrivacyControl", () => {
      reads++;
      return true;
    });
    const purposes = ["analytics", "marketing", "partners"];
    const ours = createConsent({ purposes, storage: "memory" });
    expect(ours.record!.choices).to.deep.equal({ marketing: "denied" });
    const theirs = createConsent({
      purposes,
      signalPurposes: ["partners", "analytics"],
      storage: "memory",
    });
    expect(theirs.record!.choices).to.deep.equal({
      analytics: "denied",
      partners: "denied",
    });
    theirs.refresh();
    theirs.denyAll();
    expect(reads).to.equal(2);
  });

  it("does not stop the banner where the law wants a yes, and keeps the page's cookie its own", () => {
    say(true);
    const consent = createConsent({ purposes: ["analytics", "marketing"] });
    expect(consent.needsChoice).to.equal(true);
    expect(document.cookie).to.match(/^consent=marketing=denied&.*action=gpc$/);
  });

  it("writes nothing in a page that is prerendered, until it is shown", async () => {
    say(true);
    stubProperty(document, "prerendering", () => true);
    const consent = createConsent({
      purposes: ["marketing"],
      mode: "opt-out",
    });
    expect([document.cookie, consent.isGranted("marketing")]).to.deep.equal([
      "",
      false,
    ]);
    document.dispatchEvent(new Event("prerenderingchange"));
    await consent.ready;
    expect([consent.get("marketing"), consent.isReady]).to.deep.equal([
      "denied",
      true,
    ]);
  });
});

describe("other refusals", () => {
  it("are Do Not Track where the site respects it, sparing what only remembers settings", () => {
    stubProperty(navigator, "doNotTrack", () => "1");
    const purposes = ["functional", "analytics", "marketing"];
    expect(createConsent({ purposes }).record).to.equal(undefined);
    expect(
      createConsent({ purposes, respectDnt: true }).record,
    ).to.deep.include({
      choices: { analytics: "denied", marketing: "denied" },
      source: "signal",
      action: "dnt",
    });
  });

  it("are an age at which nobody is asked, whatever a call grants", () => {
    const consent = createConsent({
      purposes: ["analytics", "marketing"],
      region: "us-ca",
      underAge: true,
      storage: "memory",
    });
    consent.grantAll({ source: "user" });
    expect([
      consent.needsChoice,
      consent.isGranted("analytics"),
      consent.isGranted("marketing"),
    ]).to.deep.equal([false, false, false]);
  });

  it("may be of the site's own, and need a name that a record can hold", () => {
    const consent = createConsent({
      refusals: [{ name: "einwv", purposes: ["analytics"] }],
      storage: "memory",
    });
    expect(consent.record).to.deep.include({
      choices: { analytics: "denied" },
      action: "einwv",
    });
    expect(
      catchError(() => createConsent({ refusals: [{ name: "a+b" }] })),
    ).to.equal(
      'RangeError: consent-elements: the name of a refusal is "a+b"; write a word such as gpc',
    );
  });

  it("with a region that is none are a clear error", () => {
    expect(
      [7, null, { country: "US" }, ""].map((region) =>
        catchError(() => createConsent({ region: region as string })),
      ),
    ).to.deep.equal([
      'RangeError: consent-elements: region is 7; write "us-ca", or a function that finds it out',
      'TypeError: consent-elements: region is null; write "us-ca", or a function that finds it out',
      'TypeError: consent-elements: region is {"country":"US"}; write "us-ca", or a function that finds it out',
      "TypeError: consent-elements: region is null; write a text",
    ]);
  });
});
