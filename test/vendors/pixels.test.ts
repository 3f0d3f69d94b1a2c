import { expect } from "@open-wc/testing";
import type { Vendor } from "../../src/vendors/vendor.js";
import { linkedin } from "../../src/vendors/linkedin.js";
import { meta } from "../../src/vendors/meta.js";
import { pinterest } from "../../src/vendors/pinterest.js";
import { reddit } from "../../src/vendors/reddit.js";
import { snap } from "../../src/vendors/snap.js";
import { x } from "../../src/vendors/x.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";
import { afterThisTest } from "../support/undo.js";

// Vendors whose page calls one function, with a queue on it.

type Fn = ((...call: unknown[]) => void) & Record<string, unknown>;
const page = globalThis as unknown as Record<string, Fn | undefined>;

/** What a vendor is told in each state, written out. `loads` is 0 or 1 scripts. */
interface Case {
  readonly make: () => Vendor;
  readonly global: string;
  readonly queue: string;
  readonly handler?: string;
  /** Whether a call in the queue is an array. The others are `arguments`. */
  readonly isArray?: boolean;
  readonly src: string;
  /** What a page says, that must reach the vendor only while there is a yes. */
  readonly event: readonly unknown[];
  readonly states: Readonly<Record<string, readonly [number, ...unknown[][]]>>;
}

const CASES: Readonly<Record<string, Case>> = {
  meta: {
    make: () => meta({ pixelId: "1" }),
    global: "fbq",
    queue: "queue",
    handler: "callMethod",
    src: "https://connect.facebook.net/en_US/fbevents.js",
    event: ["track", "Purchase"],
    states: {
      "fresh, EU": [0, ["consent", "revoke"]],
      "returning, granted": [
        1,
        ["consent", "revoke"],
        ["consent", "grant"],
        ["set", "autoConfig", false, "1"],
        ["init", "1"],
        ["track", "PageView"],
      ],
      "returning, denied": [0, ["consent", "revoke"]],
      grant: [
        1,
        ["consent", "revoke"],
        ["consent", "grant"],
        ["set", "autoConfig", false, "1"],
        ["init", "1"],
        ["track", "PageView"],
      ],
      revoke: [
        1,
        ["consent", "revoke"],
        ["consent", "grant"],
        ["set", "autoConfig", false, "1"],
        ["init", "1"],
        ["track", "PageView"],
        ["consent", "revoke"],
      ],
      "grant again": [
        1,
        ["consent", "revoke"],
        ["consent", "grant"],
        ["set", "autoConfig", false, "1"],
        ["init", "1"],
        ["track", "PageView"],
        ["consent", "revoke"],
        ["consent", "grant"],
      ],
      "GPC, US": [0, ["consent", "revoke"]],
    },
  },
  pinterest: {
    make: () => pinterest({ tagId: "2" }),
    global: "pintrk",
    queue: "queue",
    isArray: true,
    src: "https://s.pinimg.com/ct/core.js",
    event: ["track", "checkout"],
    states: {
      "fresh, EU": [0, ["setconsent", false]],
      "returning, granted": [
        1,
        ["setconsent", false],
        ["setconsent", true],
        ["load", "2"],
        ["page"],
      ],
      "returning, denied": [0, ["setconsent", false]],
      grant: [
        1,
        ["setconsent", false],
        ["setconsent", true],
        ["load", "2"],
        ["page"],
      ],
      revoke: [
        1,
        ["setconsent", false],
        ["setconsent", true],
        ["load", "2"],
        ["page"],
        ["setconsent", false],
      ],
      "grant again": [
        1,
        ["setconsent", false],
        ["setconsent", true],
        ["load", "2"],
        ["page"],
        ["setconsent", false],
        ["setconsent", true],
      ],
      "GPC, US": [0, ["setconsent", false]],
    },
  },
  reddit: {
    make: () => reddit({ pixelId: "t2_3" }),
    global: "rdt",
    queue: "callQueue",
    handler: "sendEvent",
    src: "https://www.redditstatic.com/ads/pixel.js",
    event: ["track", "Lead"],
    states: {
      "fresh, EU": [0, ["disableFirstPartyCookies"]],
      "returning, granted": [
        1,
        ["disableFirstPartyCookies"],
        ["enableFirstPartyCookies"],
        ["init", "t2_3"],
        ["track", "PageVisit"],
      ],
      "returning, denied": [0, ["disableFirstPartyCookies"]],
      grant: [
        1,
        ["disableFirstPartyCookies"],
        ["enableFirstPartyCookies"],
        ["init", "t2_3"],
        ["track", "PageVisit"],
      ],
      revoke: [
        1,
        ["disableFirstPartyCookies"],
        ["enableFirstPartyCookies"],
        ["init", "t2_3"],
        ["track", "PageVisit"],
        ["disableFirstPartyCookies"],
      ],
      "grant again": [
        1,
        ["disableFirstPartyCookies"],
        ["enableFirstPartyCookies"],
        ["init", "t2_3"],
        ["track", "PageVisit"],
        ["disableFirstPartyCookies"],
        ["enableFirstPartyCookies"],
      ],
      "GPC, US": [0, ["disableFirstPartyCookies"]],
    },
  },
  snap: {
    make: () => snap({ pixelId: "4" }),
    global: "snaptr",
    queue: "queue",
    handler: "handleRequest",
    src: "https://sc-static.net/scevent.min.js",
    event: ["track", "PURCHASE"],
    states: {
      "fresh, EU": [0],
      "returning, granted": [1, ["init", "4"], ["track", "PAGE_VIEW"]],
      "returning, denied": [0],
      grant: [1, ["init", "4"], ["track", "PAGE_VIEW"]],
      revoke: [1, ["init", "4"], ["track", "PAGE_VIEW"]],
      "grant again": [1, ["init", "4"], ["track", "PAGE_VIEW"]],
      "GPC, US": [0],
    },
  },
  x: {
    make: () => x({ pixelId: "5" }),
    global: "twq",
    queue: "queue",
    handler: "exe",
    src: "https://static.ads-twitter.com/uwt.js",
    event: ["event", "tw-5-1"],
    states: {
      "fresh, EU": [0],
      "returning, granted": [1, ["config", "5"]],
      "returning, denied": [0],
      grant: [1, ["config", "5"]],
      revoke: [1, ["config", "5"]],
      "grant again": [1, ["config", "5"]],
      "GPC, US": [0],
    },
  },
  linkedin: {
    make: () => linkedin({ partnerId: "6" }),
    global: "lintrk",
    queue: "q",
    isArray: true,
    src: "https://snap.licdn.com/li.lms-analytics/insight.min.js",
    event: ["track", { conversion_id: 1 }],
    states: {
      "fresh, EU": [0],
      "returning, granted": [1],
      "returning, denied": [0],
      grant: [1],
      revoke: [1],
      "grant again": [1],
      "GPC, US": [0],
    },
  },
};

const partners = () => (page as Record<string, unknown>)[PARTNERS];
const PARTNERS = "_linkedin_data_partner_ids";

for (const [name, each] of Object.entries(CASES)) {
  const { make, global, queue, handler, isArray, src, event, states } = each;
  const entries = () => page[global]![queue] as ArrayLike<unknown>[];
  const calls = () => entries().map((call) => Array.from(call));
  const undo = () => {
    delete page[global];
    delete page[PARTNERS];
  };

  describe(`${name}'s tag`, () => {
    beforeEach(() => afterThisTest(undo));

    it("is told the same in the vendor's own words, in each of the seven states", async () => {
      const seen = await sevenStates(make, { calls, undo });
      const expected = Object.fromEntries(
        Object.entries(states).map(([state, [loads, ...told]]) => [
          state,
          { loads: loads ? [src] : [], calls: told },
        ]),
      );
      expect(seen).to.deep.equal(expected);
    });

    it("has a queue in the vendor's own shape", () => {
      vendorScene(make(), { before: (consent) => consent.grantAll() });
      page[global]!(...event);
      expect(Object.prototype.toString.call(entries().at(-1))).to.equal(
        isArray ? "[object Array]" : "[object Arguments]",
      );
    });

    it("passes on what the page says while there is a yes, and nothing from before or after", async () => {
      const { consent } = vendorScene(make(), { isSlow: true });
      const own = page[global]!;
      const heard = () =>
        calls().filter((call) => `${call}` === `${event}`).length;
      own(...event);
      consent.grantAll();
      expect(heard()).to.equal(0);
      own(...event);
      expect(heard()).to.equal(1);
      consent.denyAll();
      // The script has not come yet: it must not find what was said before the no.
      expect(heard()).to.equal(0);
      own(...event);
      consent.grantAll();
      expect(heard()).to.equal(0);
    });

    it("that is in the page already is told of, and left alone", () => {
      const own = (page[global] = (() => {}) as unknown as Fn);
      const { consent, errors, loads } = vendorScene(make());
      consent.grantAll();
      expect(`${errors[0]}`).to.match(
        new RegExp(
          `the page has a window.${global} of its own; take the snippet`,
        ),
      );
      expect([loads, page[global]]).to.deep.equal([[], own]);
    });

    if (handler)
      it("speaks to the vendor's script once that has taken over", async () => {
        const told: unknown[][] = [];
        const { consent } = vendorScene(make(), {
          before: (own) => own.grantAll(),
          onLoad: () => {
            page[global]![handler] = (...call: unknown[]) => told.push(call);
          },
        });
        await Promise.resolve();
        page[global]!(...event);
        consent.denyAll();
        page[global]!(...event);
        expect(told.filter((call) => `${call}` === `${event}`)).to.have.length(
          1,
        );
      });
  });
}

describe("pixels", () => {
  beforeEach(() =>
    afterThisTest(() => {
      for (const { global } of Object.values(CASES)) delete page[global];
      delete page[PARTNERS];
    }),
  );

  it("tell what they cannot stop without a new page", () => {
    const needing = Object.entries(CASES)
      .filter(([, { make }]) => make().needsReload)
      .map(([name]) => name);
    expect(needing).to.deep.equal(["reddit", "snap", "x", "linkedin"]);
  });

  it("of Meta limit the use of data and watch by themselves where the site says so", () => {
    vendorScene(
      meta({ pixelId: "1", autoConfig: true, limitedDataUse: true }),
      {
        before: (consent) => consent.grantAll(),
      },
    );
    const { fbq } = page;
    expect(
      (fbq!.queue as ArrayLike<unknown>[]).map((call) => Array.from(call)),
    ).to.deep.equal([
      ["consent", "revoke"],
      ["consent", "grant"],
      ["dataProcessingOptions", ["LDU"], 0, 0],
      ["init", "1"],
      ["track", "PageView"],
    ]);
    expect(fbq!.disablePushState).to.equal(undefined);
  });

  it("of LinkedIn name their partner once, and only after a yes", () => {
    const { consent } = vendorScene(linkedin({ partnerId: "6" }));
    expect(partners()).to.equal(undefined);
    consent.grantAll();
    consent.denyAll();
    consent.grantAll();
    expect(partners()).to.deep.equal(["6"]);
  });

  it("without an id are a clear error", () => {
    for (const [make, message] of [
      [() => meta({}), /pixelId is null; write a text/],
      [() => pinterest({}), /tagId is null; write a text/],
      [() => reddit({ pixelId: "" }), /pixelId is null; write a text/],
      [() => snap({}), /pixelId is null; write a text/],
      [() => x({}), /pixelId is null; write a text/],
      [() => linkedin({}), /partnerId is null; write a text/],
      [
        () => x({ pixel: "1" } as object),
        /an option is \["pixel"\]; write pixelId,purpose,src/,
      ],
    ] as const)
      expect(make).to.throw(message);
  });
});
