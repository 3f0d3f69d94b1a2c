import { expect } from "@open-wc/testing";
import { createConsent, type ConsentOptions } from "../src/create-consent.js";
import { catchError } from "./support/catch-error.js";
import { cleanStorage } from "./support/clean-storage.js";
import { collectErrors } from "./support/collect-errors.js";
import { readCookies, setCookie } from "./support/cookies.js";
import { fakeClock } from "./support/fake-clock.js";
import { FakeRecordStorage } from "./support/fake-record-storage.js";
import { turn } from "./support/turn.js";

const TIME = "2026-11-22T10:15:00.000Z";
const LINE = `analytics=denied&revision=1&time=${TIME}&source=api&action=deny-all`;

const stored = () => ({
  cookies: readCookies().toSorted(),
  local: Object.entries(localStorage),
});
const decide = (options: ConsentOptions) =>
  createConsent({
    // Later than any cookie's time could have passed, so that the browser keeps what the test reads.
    maxAge: "P100Y",
    clock: fakeClock(TIME),
    ...options,
  }).denyAll();

afterEach(cleanStorage);

describe("createConsent", () => {
  it("needs no options: it asks about analytics, opt-in, and keeps the record in a cookie", () => {
    const consent = createConsent();
    const { purposes, mode, revision, needsChoice } = consent;
    const before = stored();
    const { time } = consent.denyAll();
    expect({
      names: purposes.map(({ name }) => name),
      mode,
      revision,
      needsChoice,
      before,
      after: stored(),
    }).to.deep.equal({
      names: ["necessary", "analytics"],
      mode: "opt-in",
      revision: "1",
      needsChoice: true,
      before: { cookies: [], local: [] },
      after: { cookies: [`consent=${LINE.replace(TIME, time)}`], local: [] },
    });
  });

  it("takes undefined for any option as not written", () => {
    createConsent({
      purposes: undefined,
      mode: undefined,
      revision: undefined,
      maxAge: undefined,
      clock: undefined,
      storage: undefined,
      cookieName: undefined,
      cookieDomain: undefined,
    }).denyAll();
    expect(stored().cookies.map((cookie) => cookie.slice(0, 24))).to.deep.equal(
      ["consent=analytics=denied"],
    );
  });

  it("keeps the record where the site says, under the name that it says", () => {
    const cases: readonly ConsentOptions[] = [
      { storage: "cookie" },
      { storage: "cookie", cookieName: "shop" },
      { storage: "local" },
      { storage: "local", cookieName: "shop" },
      { storage: "memory" },
    ];
    const got = cases.map((options) => {
      decide(options);
      const found = stored();
      cleanStorage();
      return found;
    });
    expect(got).to.deep.equal([
      { cookies: [`consent=${LINE}`], local: [] },
      { cookies: [`shop=${LINE}`], local: [] },
      { cookies: [], local: [["consent", LINE]] },
      { cookies: [], local: [["shop", LINE]] },
      { cookies: [], local: [] },
    ]);
  });

  it("keeps the record in a storage of the site's own", () => {
    const storage = new FakeRecordStorage();
    decide({ storage });
    expect([storage.texts, stored()]).to.deep.equal([
      [LINE],
      { cookies: [], local: [] },
    ]);
  });

  it("finds the decision of an earlier page", () => {
    const record = decide({});
    setCookie("basket=3");
    expect(createConsent({ clock: fakeClock(TIME) }).record).to.deep.equal(
      record,
    );
  });

  it("keeps the stores of one page in step", async () => {
    const cookieName = "create-consent-test";
    const [here, elsewhere] = [
      createConsent({ cookieName }),
      createConsent({ cookieName }),
    ];
    const change = new Promise<string>((resolve) =>
      here.subscribe(({ source }) => resolve(source)),
    );
    elsewhere.denyAll();
    expect([await change, here.get("analytics")]).to.deep.equal([
      "tab",
      "denied",
    ]);
  });

  it("keeps stores of different names apart", async () => {
    const open = (cookieName: string) =>
      createConsent({ storage: "memory", cookieName });
    const here = open("first-shop");
    const stranger = open("second-shop");
    const neighbour = open("first-shop");
    // The channel delivers in the order in which the pages came, so the stranger would have heard before.
    const heard = new Promise<unknown>((resolve) =>
      neighbour.subscribe(({ current }) => resolve(current)),
    );
    const denied = here.denyAll();
    expect([await heard, stranger.record]).to.deep.equal([denied, undefined]);
  });

  it("hands every other option on", () => {
    const clock = fakeClock(TIME);
    const consent = createConsent({
      purposes: ["chat"],
      mode: "notice",
      revision: 7,
      maxAge: 1000,
      storage: "memory",
      clock,
    });
    const { choices, revision, time } = consent.grantAll();
    clock.move(1000);
    consent.refresh();
    expect([
      consent.mode,
      choices,
      revision,
      time,
      consent.record,
    ]).to.deep.equal(["notice", { chat: "granted" }, "7", TIME, undefined]);
  });

  it("keeps the decision in memory when the browser takes no cookie for that domain", async () => {
    const consent = createConsent({ cookieDomain: "elsewhere.example" });
    const errors = collectErrors(consent);
    consent.denyAll();
    await turn();
    expect([consent.get("analytics"), stored(), errors]).to.deep.equal([
      "denied",
      { cookies: [], local: [] },
      ["record not kept"],
    ]);
  });

  it("refuses an option that there is not", () => {
    const kinds = [
      { cookiename: "a" },
      { purpose: [] },
      { store: "cookie" },
      { neighbours: undefined },
    ];
    expect(
      kinds.map((options) =>
        catchError(() => createConsent(options as object)),
      ),
    ).to.deep.equal(
      ["cookiename", "purpose", "store", "neighbours"].map(
        (name) =>
          `TypeError: consent-elements: an option is ["${name}"]; write purposes,mode,revision,maxAge,storage,cookieName,cookieDomain,clock,region,signalPurposes,respectDnt,underAge,refusals`,
      ),
    );
  });

  it("refuses a length of time that it cannot read", () => {
    expect(catchError(() => createConsent({ maxAge: "6 months" }))).to.equal(
      'RangeError: consent-elements: max-age is "6 months"; write a word such as P6M',
    );
  });

  it("refuses a storage whose name it does not know", () => {
    const names = ["session", "Cookie", "", "toString"];
    expect(
      names.map((storage) =>
        catchError(() => createConsent({ storage } as object)),
      ),
    ).to.deep.equal(
      names.map(
        (name) =>
          `RangeError: consent-elements: storage is ${JSON.stringify(name)}; write cookie or local or memory`,
      ),
    );
  });

  it("refuses a name that a cookie cannot have, wherever the record waits", () => {
    const names = ["", "a b", "a;b", "a=b", "a,b", "café", "a\n", '"a"'];
    const storages = ["cookie", "local", "memory"] as const;
    const refused = storages.flatMap((storage) =>
      names.map((cookieName) =>
        catchError(() => createConsent({ storage, cookieName })),
      ),
    );
    expect(refused).to.deep.equal(
      storages.flatMap(() =>
        names.map(
          (name) =>
            `RangeError: consent-elements: cookieName is ${JSON.stringify(name)}; write a word such as consent`,
        ),
      ),
    );
  });

  it("leaves nothing behind when it refuses", () => {
    expect(
      catchError(() => createConsent({ purposes: ["no good"] })).slice(0, 10),
    ).to.equal("RangeError");
    expect(stored()).to.deep.equal({ cookies: [], local: [] });
  });
});
