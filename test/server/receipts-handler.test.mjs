import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";

const { receiptsHandler } = await loadSource("server/index.ts");

const receipt = {
  schema: "consent-receipt/1",
  consentId: "0b6bd4b6-2a77-4b0c-9d3d-3d6e3a1c5f10",
  id: "6f9619ff-8b86-4011-b42d-00c04fc964ff",
  previousId: null,
  time: "2026-11-22T10:15:00.000Z",
  revision: "2026-11",
  textHash: null,
  uiVersion: "0.1.0",
  locale: "en",
  mode: "opt-in",
  source: "user",
  action: "save",
  purposes: { analytics: "denied" },
  services: {},
};
const clock = () => Date.parse(receipt.time);

/** @param {unknown} body */
const ask = (body, more = {}) =>
  new Request("https://shop.test/consent-receipts", {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "sec-fetch-site": "same-origin" },
    ...more,
  });

/** A handler, and what it was given to keep. */
function start(more = {}) {
  /** @type {unknown[]} */
  const saved = [];
  const handle = receiptsHandler({
    clock,
    save: async (/** @type {unknown} */ given) => void saved.push(given),
    ...more,
  });
  return { saved, handle };
}

describe("the endpoint of receipts", () => {
  it("keeps a receipt, and nothing that is none of its fields", async () => {
    const { saved, handle } = start();
    const { status } = await handle(ask({ ...receipt, ip: "192.0.2.1" }));
    assert.deepEqual([status, saved], [204, [receipt]]);
  });

  for (const [name, status, request] of /** @type {const} */ ([
    ["what is no JSON", 400, ask("{")],
    ["what is no receipt", 400, ask({ ...receipt, source: "banner" })],
    ["nothing", 400, ask("")],
    [
      "a receipt of the future",
      400,
      ask({ ...receipt, time: "2026-11-23T10:15:00.000Z" }),
    ],
    ["more than 8 KB", 413, ask(" ".repeat(8_200) + JSON.stringify(receipt))],
    [
      "another site",
      403,
      ask(receipt, { headers: { "sec-fetch-site": "cross-site" } }),
    ],
    ["another method", 405, ask(receipt, { method: "PUT" })],
  ]))
    it(`answers ${status} to ${name}, and keeps nothing`, async () => {
      const { saved, handle } = start();
      assert.deepEqual([(await handle(request)).status, saved], [status, []]);
    });

  it("keeps one that comes twice at a time once", async () => {
    const { saved, handle } = start();
    const answers = await Promise.all([
      handle(ask(receipt)),
      handle(ask(receipt)),
    ]);
    assert.deepEqual(
      [answers.map(({ status }) => status), saved.length],
      [[204, 204], 1],
    );
  });

  it("does not keep again what is there", async () => {
    /** @type {string[]} */
    const asked = [];
    const { saved, handle } = start({
      has: async (/** @type {string} */ id) => !!asked.push(id),
    });
    const { status } = await handle(ask(receipt));
    assert.deepEqual([status, asked, saved], [204, [receipt.id], []]);
  });

  it("answers 503 where it cannot be kept, so that it comes again, and tells why", async () => {
    /** @type {unknown[]} */
    const errors = [];
    let isFull = true;
    const { handle } = start({
      save() {
        if (isFull) throw new Error("full");
      },
      report: (/** @type {Error} */ { message }) => errors.push(message),
    });
    const first = await handle(ask(receipt));
    isFull = false;
    const second = await handle(ask(receipt));
    assert.deepEqual(
      [first.status, second.status, errors],
      [503, 204, ["full"]],
    );
  });

  it("refuses to do without what keeps them, and an option that there is not", () => {
    assert.throws(() => receiptsHandler({}), /write a function that keeps/);
    assert.throws(() => start({ store: 1 }), TypeError);
  });
});
