import { expect } from "@open-wc/testing";
import { toReceipt, type Receipt } from "../../src/consent/receipt.js";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import type { ReceiptsOptions } from "../../src/gate/open-receipts.js";
import { keepReceipts } from "../../src/gate/receipts.js";
import { textHash, textOf, type Shown } from "../../src/gate/text-hash.js";
import { VERSION } from "../../src/version.js";
import { catchError } from "../support/catch-error.js";
import { cleanStorage } from "../support/clean-storage.js";
import { collectErrors } from "../support/collect-errors.js";
import { deferred } from "../support/deferred.js";
import { fakeClock } from "../support/fake-clock.js";
import { fakeFetch } from "../support/fake-fetch.js";
import { fakeLocks } from "../support/fake-locks.js";
import { FakeNeighbours } from "../support/fake-neighbours.js";
import { FakeRecordStorage } from "../support/fake-record-storage.js";
import { fakeTimers, START } from "../support/fake-timers.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

const shown: Shown = {
  locale: "en",
  texts: { question: "May we count?", yes: "Accept all", no: "Reject all" },
  purposes: [{ name: "analytics" }],
  services: [],
};

/** A page: a store, and what keeps its receipts. */
function start(options: Partial<ReceiptsOptions> = {}) {
  const clock = options.clock ?? fakeClock();
  const consent =
    options.consent ?? createStore({ clock, revision: "2026-11" });
  const errors = collectErrors(consent);
  const receipts = keepReceipts({
    shown: () => shown,
    clock,
    inTurn: fakeLocks().user().inTurn,
    ...options,
    consent,
  });
  afterThisTest(() => receipts.stop());
  return { consent, receipts, errors };
}

/** Decides, and waits for the receipt and for what sends it. */
async function receiptOf(
  consent: ConsentStore,
  decide: () => unknown,
): Promise<Receipt> {
  const told = new Promise<Receipt>((resolve) =>
    consent.addEventListener(
      "consent-receipt",
      ({ receipt }) => resolve(receipt),
      { once: true },
    ),
  );
  decide();
  const receipt = await told;
  await turn();
  return receipt;
}

const ids = (bodies: readonly { body: string }[]) =>
  bodies.map(({ body }) => (JSON.parse(body) as Receipt).id);

const stored = () => localStorage.getItem("consent-receipts");

afterEach(cleanStorage);

describe("a receipt", () => {
  it("tells who, when, what was shown, how and on what, and nothing else", async () => {
    const { consent } = start({ services: () => ["films"] });
    consent.addPurpose("films");
    const receipt = await receiptOf(consent, () =>
      consent.set(
        { analytics: "granted", films: "denied" },
        { source: "user", action: "save" },
      ),
    );
    const { id, consentId } = receipt;
    expect(receipt).to.deep.equal({
      schema: "consent-receipt/1",
      consentId,
      id,
      previousId: null,
      time: "2026-11-22T10:15:00.000Z",
      revision: "2026-11",
      textHash: await textHash(textOf(shown)),
      uiVersion: VERSION,
      locale: "en",
      mode: "opt-in",
      source: "user",
      action: "save",
      purposes: { necessary: "granted", analytics: "granted" },
      services: { films: "denied" },
    });
    expect(toReceipt(receipt, START)).to.deep.equal(receipt);
  });

  it("comes with every decision of this page, each linked to the one before", async () => {
    const { consent, receipts } = start();
    const all: Receipt[] = [];
    for (const decide of [
      () => consent.grantAll({ source: "user" }),
      () => consent.set({ analytics: "anonymous" }),
      () => consent.withdraw({ source: "user" }),
      () => consent.denyAll({ source: "signal", action: "gpc" }),
      () => consent.reset(),
    ])
      all.push(await receiptOf(consent, decide));
    expect(
      all.map(({ source, action, purposes, previousId }, i) => [
        source,
        action,
        purposes.analytics,
        previousId === (all[i - 1]?.id ?? null),
      ]),
    ).to.deep.equal([
      ["user", "grant-all", "granted", true],
      ["api", "set", "anonymous", true],
      ["user", "withdraw", "denied", true],
      ["signal", "gpc", "denied", true],
      ["api", "reset", undefined, true],
    ]);
    expect(new Set(all.map(({ consentId }) => consentId)).size).to.equal(1);
    expect(receipts.list()).to.deep.equal(all);
  });

  it("has no hash where nothing was shown", async () => {
    const { consent, errors } = start({ shown: undefined });
    const {
      textHash: hash,
      locale,
      source,
    } = await receiptOf(consent, () => consent.grantAll());
    expect([hash, locale, source, errors]).to.deep.equal([
      null,
      null,
      "api",
      [],
    ]);
  });

  it("tells what was shown at the decision, not afterwards", async () => {
    let now = shown;
    const { consent } = start({ shown: () => now });
    const receipt = receiptOf(consent, () => consent.grantAll());
    now = { ...shown, locale: "de" };
    expect((await receipt).locale).to.equal("en");
  });

  it("is without a hash, and the decision stands, where none can be made", async () => {
    stubProperty(crypto, "subtle", () => undefined);
    const { consent, errors } = start();
    const receipt = await receiptOf(consent, () => consent.denyAll());
    expect([
      receipt.textHash,
      receipt.locale,
      consent.get("analytics"),
      errors.join().includes("write https"),
    ]).to.deep.equal([null, "en", "denied", true]);
  });

  it("is without a hash, and the decision stands, where what was shown cannot be told", async () => {
    const { consent, errors } = start({
      shown: () => {
        throw new Error("no words");
      },
    });
    const receipt = await receiptOf(consent, () => consent.grantAll());
    expect([
      receipt.textHash,
      consent.isGranted("analytics"),
      errors,
    ]).to.deep.equal([null, true, ["no words"]]);
  });

  it("is written by the page that decided, not by one that heard of it", async () => {
    const storage = new FakeRecordStorage();
    const neighbours = new FakeNeighbours();
    const clock = fakeClock();
    const consent = createStore({ storage, neighbours, clock });
    const { receipts } = start({ consent, clock });
    createStore({ storage, clock }).grantAll();
    neighbours.say();
    expect([consent.get("analytics"), receipts.list()]).to.deep.equal([
      "granted",
      [],
    ]);
  });

  it("is made for a decision that came before this code, once", async () => {
    const clock = fakeClock(new Date(Date.now() + 60_000).toISOString());
    const consent = createStore({ clock });
    const { time } = consent.denyAll();
    const first = start({ consent, clock });
    const second = start({ consent, clock });
    expect([
      first.receipts.list().map((receipt) => receipt.time),
      second.receipts.list().length,
    ]).to.deep.equal([[time], 1]);
  });

  it("is not made for a decision of an earlier page", () => {
    const storage = new FakeRecordStorage();
    const clock = fakeClock();
    createStore({ storage, clock }).grantAll();
    const { receipts } = start({
      consent: createStore({ storage, clock }),
      clock,
    });
    expect([receipts.list(), stored()]).to.deep.equal([[], null]);
  });
});

describe("the receipts of a browser", () => {
  it("are nothing before a decision: no id, no entry", async () => {
    const { fetch, requests } = fakeFetch();
    const { receipts } = start({ endpoint: "/receipts", fetch });
    await turn();
    expect([
      JSON.stringify(receipts),
      Object.keys(localStorage),
      document.cookie,
      requests.length,
    ]).to.deep.equal(['{"consentId":null,"receipts":[]}', [], "", 0]);
  });

  it("are there again on the next page, and the chain goes on", async () => {
    const first = start();
    const one = await receiptOf(first.consent, () => first.consent.grantAll());
    first.receipts.stop();
    const second = start();
    const two = await receiptOf(second.consent, () => {
      second.consent.denyAll();
      second.consent.withdraw();
    });
    const [, , three] = second.receipts.list();
    expect([
      two.previousId,
      two.consentId,
      three?.previousId,
      second.receipts.toJSON().consentId,
    ]).to.deep.equal([one.id, one.consentId, two.id, one.consentId]);
  });

  it("are written before the decision returns: the page may be gone next", () => {
    const { consent } = start();
    consent.denyAll();
    expect(JSON.parse(stored()!).receipts[0].purposes.analytics).to.equal(
      "denied",
    );
  });

  it("are named after the record's cookie", async () => {
    const { consent } = start({ name: "shop" });
    await receiptOf(consent, () => consent.denyAll());
    expect(Object.keys(localStorage)).to.deep.equal(["shop-receipts"]);
  });

  it("are the last fifty", async () => {
    const { consent, receipts } = start();
    for (let i = 0; i < 50; i++)
      await receiptOf(consent, () => consent.grantAll());
    const last = await receiptOf(consent, () => consent.denyAll());
    expect([receipts.list().length, receipts.list().at(-1)]).to.deep.equal([
      50,
      last,
    ]);
  });

  for (const damage of [
    "{",
    "null",
    "[]",
    '{"consentId":"1"}',
    '{"consentId":"1","receipts":[null],"unsent":[]}',
  ])
    it(`begin anew after ${damage}`, async () => {
      localStorage.setItem("consent-receipts", damage);
      const { consent, receipts, errors } = start();
      const receipt = await receiptOf(consent, () => consent.denyAll());
      expect([receipts.list(), receipt.previousId, errors]).to.deep.equal([
        [receipt],
        null,
        [],
      ]);
    });

  it("are kept in memory where nothing may be stored, and the decision stands", async () => {
    const storage = {
      getItem: () => null,
      setItem() {
        throw new Error("full");
      },
    };
    const { consent, receipts, errors } = start({ storage });
    const one = await receiptOf(consent, () => consent.denyAll());
    const two = await receiptOf(consent, () => consent.denyAll());
    expect([receipts.list(), errors, consent.get("analytics")]).to.deep.equal([
      [one, two],
      ["full"],
      "denied",
    ]);
  });

  it("say what would be hashed, so that it can be archived", async () => {
    const { receipts } = start();
    const { text = "", textHash: hash } = (await receipts.shown()) ?? {};
    expect([text, hash]).to.deep.equal([
      textOf(shown),
      await textHash(textOf(shown)),
    ]);
    expect(await start({ shown: undefined }).receipts.shown()).to.equal(
      undefined,
    );
  });

  it("are no more after stop(), and what is kept stays", async () => {
    const { consent, receipts } = start();
    const one = await receiptOf(consent, () => consent.grantAll());
    receipts.stop();
    consent.denyAll();
    expect(receipts.list()).to.deep.equal([one]);
  });
});

describe("sending receipts", () => {
  it("posts each as JSON to this site, to outlive the page, without the page's address", async () => {
    const { fetch, requests } = fakeFetch();
    const { consent } = start({ endpoint: "/receipts", fetch });
    const receipt = await receiptOf(consent, () => consent.denyAll());
    expect(
      requests.map(
        ({
          url,
          method,
          keepalive,
          credentials,
          headers,
          body,
          referrerPolicy,
        }) => ({
          url: url.href,
          method,
          keepalive,
          credentials,
          headers,
          referrerPolicy,
          receipt: JSON.parse(body) as Receipt,
        }),
      ),
    ).to.deep.equal([
      {
        url: `${location.origin}/receipts`,
        method: "POST",
        keepalive: true,
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        referrerPolicy: "origin",
        receipt,
      },
    ]);
  });

  it("sends each once, in order", async () => {
    const { fetch, requests } = fakeFetch();
    const { consent, receipts } = start({ endpoint: "/receipts", fetch });
    consent.grantAll();
    await receiptOf(consent, () => consent.denyAll());
    await receiptOf(consent, () => consent.withdraw());
    expect(ids(requests)).to.deep.equal(receipts.list().map(({ id }) => id));
  });

  for (const answer of ["fail", { status: 503 }, { status: 429 }] as const)
    it(`tries again, ever more calmly, after ${JSON.stringify(answer)}, and changes nothing`, async () => {
      stubProperty(Math, "random", () => () => 0);
      const timers = fakeTimers();
      const { fetch, requests } = fakeFetch(answer, answer);
      const { consent, receipts, errors } = start({
        endpoint: "/receipts",
        fetch,
        clock: timers.now,
      });
      await receiptOf(consent, () => consent.denyAll());
      const waits = [timers.waiting[0]];
      await timers.advance(2_000);
      waits.push(timers.waiting[0]);
      await timers.advance(4_000);
      expect([
        waits,
        new Set(ids(requests)).size,
        requests.length,
        errors.length,
        consent.get("analytics"),
        timers.waiting,
        JSON.parse(stored()!).unsent,
        receipts.list().length,
      ]).to.deep.equal([[2_000, 4_000], 1, 3, 1, "denied", [], [], 1]);
    });

  it("waits for the retry with what is decided meanwhile", async () => {
    const timers = fakeTimers();
    const { fetch, requests } = fakeFetch("fail");
    const { consent } = start({
      endpoint: "/receipts",
      fetch,
      clock: timers.now,
    });
    await receiptOf(consent, () => consent.denyAll());
    await receiptOf(consent, () => consent.grantAll());
    const before = requests.length;
    await timers.advance(3_000);
    expect([before, requests.length]).to.deep.equal([1, 3]);
  });

  it("tries at once when the network is back", async () => {
    const timers = fakeTimers();
    const { fetch, requests } = fakeFetch("fail");
    const { consent } = start({
      endpoint: "/receipts",
      fetch,
      clock: timers.now,
    });
    await receiptOf(consent, () => consent.denyAll());
    dispatchEvent(new Event("online"));
    await turn();
    expect([requests.length, timers.waiting]).to.deep.equal([2, []]);
  });

  it("leaves one that was refused to the next page, and goes on with the others", async () => {
    const { fetch, requests } = fakeFetch({ status: 400 });
    const first = start({ endpoint: "/receipts", fetch });
    const one = await receiptOf(first.consent, () => first.consent.grantAll());
    const two = await receiptOf(first.consent, () => first.consent.denyAll());
    first.receipts.stop();
    start({ endpoint: "/receipts", fetch });
    await turn();
    expect([ids(requests), first.errors]).to.deep.equal([
      [one.id, two.id, one.id],
      ["consent-elements: the endpoint of receipts answered 400"],
    ]);
  });

  it("sends on the next page what was not acknowledged, and that once", async () => {
    const { fetch, requests } = fakeFetch("fail");
    const first = start({ endpoint: "/receipts", fetch });
    const { id } = await receiptOf(first.consent, () =>
      first.consent.denyAll(),
    );
    first.receipts.stop();
    for (let page = 0; page < 2; page++) {
      start({ endpoint: "/receipts", fetch }).receipts.stop();
      await turn();
    }
    expect(ids(requests)).to.deep.equal([id]);
    for (let page = 0; page < 2; page++) {
      const { receipts } = start({ endpoint: "/receipts", fetch });
      await turn();
      receipts.stop();
    }
    expect(ids(requests)).to.deep.equal([id, id]);
  });

  it("takes turns with other tabs, so that none is sent twice", async () => {
    const locks = fakeLocks();
    const { fetch, requests } = fakeFetch("hang");
    const tab = () =>
      start({ endpoint: "/receipts", fetch, inTurn: locks.user().inTurn });
    const first = tab();
    const { id } = await receiptOf(first.consent, () =>
      first.consent.denyAll(),
    );
    tab();
    await turn();
    requests[0]!.answer({});
    await turn();
    await turn();
    expect([ids(requests), locks.most]).to.deep.equal([[id], 1]);
  });

  it("does not send what another tab is still completing", async () => {
    const timers = fakeTimers();
    const { fetch, requests } = fakeFetch();
    const words = deferred<Shown>();
    const first = start({
      endpoint: "/receipts",
      fetch,
      clock: timers.now,
      shown: () => words.promise,
    });
    const told = receiptOf(first.consent, () => first.consent.denyAll());
    start({ endpoint: "/receipts", fetch, clock: timers.now });
    await turn();
    const before = requests.length;
    words.resolve(shown);
    const receipt = await told;
    await timers.advance(3_000);
    expect([
      before,
      requests.map(({ body }) => JSON.parse(body)),
    ]).to.deep.equal([0, [receipt]]);
  });

  it("sends without its hash what a page has left that did not live to complete it", async () => {
    const timers = fakeTimers();
    const { fetch, requests } = fakeFetch();
    const first = start({
      clock: timers.now,
      endpoint: "/receipts",
      fetch,
      shown: () => new Promise(() => {}),
    });
    first.consent.denyAll();
    first.receipts.stop();
    start({ endpoint: "/receipts", fetch, clock: timers.now });
    await timers.advance(2_999);
    const before = requests.length;
    await timers.advance(1);
    expect([before, ids(requests)]).to.deep.equal([
      0,
      first.receipts.list().map(({ id }) => id),
    ]);
  });

  it("sends nothing while the page is drawn beforehand", async () => {
    const { fetch, requests } = fakeFetch("fail");
    const first = start({ endpoint: "/receipts", fetch });
    await receiptOf(first.consent, () => first.consent.denyAll());
    first.receipts.stop();
    stubProperty(document, "prerendering", () => true);
    start({ endpoint: "/receipts", fetch });
    await turn();
    const before = requests.length;
    document.dispatchEvent(new Event("prerenderingchange"));
    await turn();
    expect([before, requests.length]).to.deep.equal([1, 2]);
  });

  it("sends nothing more after stop()", async () => {
    const timers = fakeTimers();
    const { fetch, requests } = fakeFetch("fail");
    const { consent, receipts } = start({
      endpoint: "/receipts",
      fetch,
      clock: timers.now,
    });
    await receiptOf(consent, () => consent.denyAll());
    receipts.stop();
    dispatchEvent(new Event("online"));
    await timers.advance(120_000);
    expect(requests.length).to.equal(1);
  });
});

describe("a mistake in keepReceipts()", () => {
  const consent = createStore();
  for (const [name, options, wanted] of [
    [
      "an option that there is not",
      { consent, url: "/a" },
      /^TypeError: .*url.*endpoint/,
    ],
    ["a name that is empty", { consent, name: "" }, /^TypeError: .*name is/],
    ["no store", { consent: {} }, /^TypeError: .*createConsent/],
    [
      "an endpoint of another site",
      { consent, endpoint: "https://elsewhere.test/a" },
      /^RangeError: .*write an address of this site/,
    ],
  ] as const)
    it(`is ${name}, and is refused`, () => {
      expect(catchError(() => keepReceipts(options as never))).to.match(wanted);
    });
});
