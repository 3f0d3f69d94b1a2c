import { expect } from "@open-wc/testing";
import { adobe, type AlloyModule } from "../../src/vendors/adobe.js";
import { catchError } from "../support/catch-error.js";
import { deferred } from "../support/deferred.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";
import { sevenStates, vendorScene } from "../support/vendor-scene.js";

type Waiting = [(result: unknown) => void, unknown, [string, object?]];
const page = globalThis as unknown as Record<string, any>;
const NAMES = "__alloyNS";
const IDS = { datastreamId: "d", orgId: "o@AdobeOrg" };
const SRC = "https://cdn1.adoberesources.net/alloy/2.33.1/alloy.min.js";

const configure = ["configure", { ...IDS, defaultConsent: "pending" }];
const answer = (val: string) => [
  "setConsent",
  {
    consent: [
      { standard: "Adobe", version: "2.0", value: { collect: { val } } },
    ],
  },
];

let told: unknown[] = [];
/** Stands for Adobe's script: it plays the queue of each name, and is the queue from then on. */
const alloyJs = () => {
  for (const name of page[NAMES]) {
    const execute = ([resolve, , command]: Waiting) => {
      told.push(command);
      resolve("done");
    };
    page[name].q.forEach(execute);
    page[name].q.push = execute;
  }
};
/** Stands for the module. */
const module: AlloyModule = {
  createInstance: () => async (command, options) => {
    told.push([command, options]);
    return "done";
  },
};
const undo = () => {
  told = [];
  delete page.alloy;
  delete page[NAMES];
};
beforeEach(() => {
  undo();
  afterThisTest(undo);
});

describe("Adobe's Web SDK", () => {
  for (const [how, options, loads] of [
    ["by its address", {}, [SRC]],
    ["from a module", { sdk: module }, []],
    ["from a module that is fetched", { sdk: async () => module }, []],
  ] as const)
    it(`is told the same in each of the seven states, ${how}`, async () => {
      const seen = await sevenStates(() => adobe({ ...IDS, ...options }), {
        calls: () => told,
        undo,
        onLoad: alloyJs,
      });
      const yes = [configure, answer("y")];
      expect(seen).to.deep.equal({
        "fresh, EU": { loads: [], calls: [] },
        "returning, granted": { loads, calls: yes },
        "returning, denied": { loads: [], calls: [] },
        grant: { loads, calls: yes },
        revoke: { loads, calls: [...yes, answer("n")] },
        "grant again": { loads, calls: [...yes, answer("n"), answer("y")] },
        "GPC, US": { loads, calls: yes },
      });
    });

  it("speaks version 1.0 where the datastream does", async () => {
    const vendor = adobe({ ...IDS, version: "1.0", sdk: module });
    const { consent } = vendorScene(vendor);
    consent.grantAll();
    await turn();
    consent.denyAll();
    const said = (general: string) => [
      "setConsent",
      { consent: [{ standard: "Adobe", version: "1.0", value: { general } }] },
    ];
    expect(told.slice(1)).to.deep.equal([said("in"), said("out")]);
  });

  it("takes the page's commands while there is a yes, after its own, and none from before or after", async () => {
    const { consent, arrive } = vendorScene(adobe(IDS), {
      isSlow: true,
      onLoad: alloyJs,
    });
    const send = (what: string) => page.alloy("sendEvent", { what });
    expect(await send("before")).to.deep.equal({});
    consent.grantAll();
    const early = send("given up");
    consent.denyAll();
    expect(await early).to.deep.equal({});
    expect(page.alloy.q).to.deep.equal([]);
    consent.grantAll();
    const during = send("during");
    await arrive();
    expect(await during).to.equal("done");
    consent.denyAll();
    expect(await send("after")).to.deep.equal({});
    expect(told).to.deep.equal([
      configure,
      answer("y"),
      ["sendEvent", { what: "during" }],
      answer("n"),
    ]);
  });

  it("is not begun by a module that comes after the no", async () => {
    const { promise, resolve } = deferred<AlloyModule>();
    const { consent } = vendorScene(adobe({ ...IDS, sdk: () => promise }));
    consent.grantAll();
    consent.denyAll();
    let made = 0;
    resolve({
      createInstance: (name) => (made++, module.createInstance(name)),
    });
    await turn();
    expect([made, told]).to.deep.equal([0, []]);
  });

  it("that does not hear the no is no error", async () => {
    const deaf: AlloyModule = {
      createInstance: () => async (command) => {
        if (told.push(command) > 2) throw new Error("offline");
      },
    };
    const { consent, errors } = vendorScene(adobe({ ...IDS, sdk: deaf }));
    consent.grantAll();
    await turn();
    consent.denyAll();
    await turn();
    expect([told, errors]).to.deep.equal([
      ["configure", "setConsent", "setConsent"],
      [],
    ]);
  });

  it("that is in the page already is told of, and left alone", () => {
    page.alloy = () => {};
    const { consent, errors, loads } = vendorScene(adobe(IDS));
    consent.grantAll();
    expect(`${errors[0]}`).to.match(/the page has a window.alloy of its own/);
    expect(loads).to.deep.equal([]);
  });

  it("refuses options that it cannot follow", () => {
    for (const [options, message] of [
      [{ orgId: "o" }, /datastreamId is null; write a text/],
      [{ datastreamId: "d" }, /orgId is null; write a text/],
      [{ ...IDS, version: "3" }, /version is "3"; write 1.0 or 2.0/],
      [
        { ...IDS, config: { defaultConsent: "in" } },
        /config is \["defaultConsent"\]; write the others/,
      ],
    ] as const)
      expect(`${catchError(() => adobe(options))}`).to.match(message);
  });
});
