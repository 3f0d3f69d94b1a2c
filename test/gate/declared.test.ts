import { expect, fixture } from "@open-wc/testing";
import { html, type TemplateResult } from "lit";
import { createStore, type StoreOptions } from "../../src/consent/store.js";
import type { PurposeDetails } from "../../src/elements/purposes.js";
import { watchDeclared } from "../../src/gate/declared.js";
import { cleanStorage } from "../support/clean-storage.js";
import { collectErrors } from "../support/collect-errors.js";
import { readCookies, setCookie } from "../support/cookies.js";
import { fakeTimers } from "../support/fake-timers.js";
import { next } from "../support/next.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

interface SceneOptions {
  store?: StoreOptions;
  details?: Readonly<Record<string, PurposeDetails>>;
  /** Decides before it begins, as an earlier page did. */
  before?: (consent: ReturnType<typeof createStore>) => void;
}

/** Watches what `markup`, a `<consent-manager>` that nobody has defined, says is stored. */
async function scene(
  markup: TemplateResult,
  { store, details, before }: SceneOptions = {},
) {
  const manager = await fixture<HTMLElement>(markup);
  Object.assign(manager, { details });
  const consent = createStore({
    purposes: ["necessary", "analytics", "marketing", "films"],
    ...store,
  });
  before?.(consent);
  const errors = collectErrors(consent);
  const timers = fakeTimers();
  const end = watchDeclared(manager, consent);
  afterThisTest(end);
  return { manager, consent, errors, timers, end };
}

/** Puts a cookie of each name into the jar, and returns the names that are there after `step`. */
function leftAfter(step: () => void, ...names: string[]): string[] {
  for (const name of names) setCookie(`${name}=1`);
  step();
  return readCookies().map((cookie) => cookie.split("=")[0]!);
}

const page = html`
  <consent-manager keeps="basket local:basket">
    <consent-purpose name="necessary" removes="login_*"></consent-purpose>
    <consent-purpose name="analytics" removes="_ga local:ph_*">
      <consent-service removes="_hj* both"></consent-service>
    </consent-purpose>
    <consent-purpose name="marketing" removes="_fbp both">
      <consent-service name="films" removes="film"></consent-service>
    </consent-purpose>
  </consent-manager>
`;
const ALL = ["login_1", "basket", "_ga", "_hj1", "both", "_fbp", "film", "x"];

afterEach(cleanStorage);

describe("what the page says is stored", () => {
  it("goes in the very call that ends the yes, with what its services store", async () => {
    const { consent } = await scene(page);
    consent.grantAll();
    const left = leftAfter(() => consent.set({ analytics: "denied" }), ...ALL);
    expect(left).to.deep.equal(
      ALL.filter((name) => !["_ga", "_hj1"].includes(name)),
    );
  });

  it("stays as long as any that names it has its yes", async () => {
    const { consent } = await scene(page);
    consent.grantAll();
    expect(
      leftAfter(() => consent.set({ analytics: "denied" }), "both"),
    ).to.deep.equal(["both"]);
    expect(
      leftAfter(() => consent.set({ marketing: "denied" }), "both"),
    ).to.deep.equal([]);
  });

  it("goes with a service's own answer, where it has one", async () => {
    const { consent } = await scene(page);
    consent.grantAll();
    const names = ["film", "_fbp"];
    expect(
      leftAfter(() => consent.set({ marketing: "denied" }), ...names),
    ).to.deep.equal(["film"]);
    consent.set({ marketing: "granted" });
    expect(
      leftAfter(() => consent.set({ films: "denied" }), ...names),
    ).to.deep.equal(["_fbp"]);
  });

  it("never is what is necessary, and never is what was not declared", async () => {
    const { consent } = await scene(page);
    consent.grantAll();
    const left = leftAfter(() => consent.withdraw(), ...ALL);
    expect(left).to.deep.equal(["login_1", "basket", "x"]);
  });

  it("goes at an anonymous answer as well", async () => {
    const { consent } = await scene(page);
    consent.grantAll();
    expect(
      leftAfter(() => consent.set({ analytics: "anonymous" }), "_ga"),
    ).to.deep.equal([]);
  });

  it("goes when the decision is forgotten", async () => {
    const { consent } = await scene(page);
    consent.grantAll();
    expect(leftAfter(() => consent.reset(), "_ga", "x")).to.deep.equal(["x"]);
  });

  it("stays while the mode takes no answer for a yes, until a no", async () => {
    const { consent } = await scene(page, {
      store: { purposes: ["analytics"], mode: "opt-out" },
    });
    expect(readCookies()).to.deep.equal([]);
    expect(leftAfter(() => consent.refresh(), "_ga")).to.deep.equal(["_ga"]);
    expect(leftAfter(() => consent.denyAll(), "_ga")).to.deep.equal([]);
  });

  for (const [answer, left] of [
    ["denied", ["x"]],
    ["anonymous", ["x"]],
    ["granted", ["_ga", "x"]],
  ] as const)
    it(`at the start of a page with the answer ${answer} is ${left}`, async () => {
      setCookie("_ga=1");
      setCookie("x=1");
      await scene(page, {
        before: (consent) => consent.set({ analytics: answer }),
      });
      expect(leftAfter(() => {})).to.deep.equal(left);
    });

  it("stays at the start of a page where nobody was asked", async () => {
    setCookie("_ga=1");
    await scene(page);
    expect(readCookies()).to.deep.equal(["_ga=1"]);
  });

  it("waits for a record that comes late", async () => {
    setCookie("_ga=1");
    setCookie("_fbp=1");
    let text = "";
    const kept = createStore({
      purposes: ["analytics", "marketing"],
      storage: { read: () => [], write: (written) => (text = written ?? text) },
    });
    kept.set({ analytics: "denied", marketing: "granted" });
    let come = () => {};
    const ready = new Promise<void>((resolve) => (come = resolve));
    let isHere = false;
    const { consent } = await scene(page, {
      store: {
        storage: {
          ready,
          read: () => (isHere ? [text] : []),
          write: () => {},
        },
      },
    });
    expect(readCookies()).to.have.length(2);
    // What is said meanwhile is not all that will be known: another's yes to the same name may be on its way.
    expect(
      leftAfter(() => consent.set({ analytics: "denied" }), "both"),
    ).to.deep.equal(["_ga", "_fbp", "both"]);
    consent.reset();
    isHere = true;
    come();
    await consent.ready;
    await turn();
    expect(readCookies()).to.deep.equal(["_fbp=1", "both=1"]);
  });

  it("is looked at again after a second, unless there is a yes again", async () => {
    const { consent, timers } = await scene(page);
    consent.grantAll();
    for (const isYesAgain of [false, true]) {
      consent.withdraw();
      await turn();
      if (isYesAgain) consent.grantAll();
      setCookie("_ga=2");
      await timers.advance(1000);
      expect(readCookies()).to.deep.equal(isYesAgain ? ["_ga=2"] : []);
    }
  });

  it("may come late, in markup", async () => {
    const { manager, consent } = await scene(page);
    const late = document.createElement("consent-service");
    late.setAttribute("removes", "late");
    manager.querySelector("[name=marketing]")!.append(late);
    consent.grantAll();
    expect(leftAfter(() => consent.withdraw(), "late")).to.deep.equal([]);
  });

  it("may stand in the manager's details, in lists as well", async () => {
    const { consent, errors } = await scene(
      html`<consent-manager></consent-manager>`,
      {
        details: {
          necessary: { removes: "login" },
          analytics: {
            removes: { cookies: [/_g.+/] },
            services: [{ label: "Films", name: "films", removes: "film" }],
          },
          marketing: { services: [{ removes: { cookies: ["_fbp"] } }, {}] },
        },
      },
    );
    consent.grantAll();
    const left = leftAfter(
      () => consent.set({ analytics: "denied", marketing: "denied" }),
      "login",
      "_ga",
      "film",
      "_fbp",
    );
    expect([left, errors]).to.deep.equal([["login", "film"], []]);
  });

  it("is watched no more after the end", async () => {
    const { consent, end } = await scene(page);
    consent.grantAll();
    end();
    expect(leftAfter(() => consent.withdraw(), "_ga")).to.deep.equal(["_ga"]);
  });
});

describe("a mistake in what the page says is stored", () => {
  for (const [removes, told] of [
    ["_ga locl:x", `the place in "locl:x" is "locl"`],
    ["_ga *", `a name in cookies is "*"`],
    ["_ga cons*", `a name in cookies is "cons*"; write one that leaves choice`],
    ["_ga ch*", `one that leaves choice alone, which the site needs`],
    ["_ga local:choice", `one that leaves choice alone`],
    ["_ga login_1", `one that leaves login_* alone`],
    ["_ga b*", `one that leaves basket alone`],
  ] as const) {
    const isFine = removes === "_ga cons*";
    it(`${isFine ? "is not" : "is"} ${removes}${isFine ? "" : ", told once, and removes nothing"}`, async () => {
      const { consent, errors } = await scene(html`
        <consent-manager cookie-name="choice" keeps="basket">
          <consent-purpose
            name="analytics"
            removes=${removes}
          ></consent-purpose>
          <consent-purpose name="marketing" removes="_fbp"></consent-purpose>
          <consent-purpose name="necessary" removes="login_*"></consent-purpose>
        </consent-manager>
      `);
      consent.grantAll();
      const left = leftAfter(() => consent.withdraw(), "_ga", "_fbp");
      if (isFine) expect([left, errors]).to.deep.equal([[], []]);
      else {
        expect(left).to.deep.equal(["_ga"]);
        expect(errors).to.have.length(1);
        expect(errors[0]).to.include(told);
      }
    });
  }

  it("is that it belongs to no purpose", async () => {
    const { errors } = await scene(html`
      <consent-manager>
        <consent-service removes="_ga"></consent-service>
      </consent-manager>
    `);
    expect(errors).to.deep.equal([
      `consent-elements: removes="_ga" belongs to no purpose; write it on or inside a <consent-purpose name="…">`,
    ]);
  });

  it("is told once where it is in what is necessary", async () => {
    const { consent, errors } = await scene(html`
      <consent-manager>
        <consent-purpose name="necessary" removes="*"></consent-purpose>
      </consent-manager>
    `);
    consent.grantAll();
    consent.withdraw();
    expect(errors).to.have.length(1);
  });

  it("in keeps leaves the record safe", async () => {
    const { consent, errors } = await scene(html`
      <consent-manager keeps="*">
        <consent-purpose name="analytics" removes="consent*"></consent-purpose>
      </consent-manager>
    `);
    consent.grantAll();
    expect(
      leftAfter(() => consent.withdraw(), "consent", "consent2"),
    ).to.deep.equal(["consent", "consent2"]);
    expect(errors).to.have.length(2);
  });
});

describe("what is left of it", () => {
  const server = html`
    <consent-manager>
      <consent-purpose
        name="analytics"
        removes="httponly:FPID"
      ></consent-purpose>
    </consent-manager>
  `;

  it("reaches the document", async () => {
    const { consent, timers } = await scene(server);
    consent.grantAll();
    const news = next("consent-leftovers");
    consent.withdraw();
    await turn();
    await timers.advance(1000);
    expect((await news).leftovers).to.deep.equal([
      { kind: "cookies", name: "FPID", reason: "httponly" },
    ]);
  });

  it("is not supposed where there was no yes", async () => {
    const { consent, timers } = await scene(server);
    consent.denyAll();
    await turn();
    await timers.advance(1000);
    expect(consent.leftovers).to.equal(undefined);
  });

  it("is left over no more after a new yes", async () => {
    const { consent, timers } = await scene(server);
    consent.grantAll();
    consent.withdraw();
    await turn();
    await timers.advance(1000);
    expect(consent.leftovers).to.have.length(1);
    consent.grantAll();
    expect(consent.leftovers).to.deep.equal([]);
  });
});
