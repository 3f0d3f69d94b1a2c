import { expect } from "@open-wc/testing";
import { toReceipt, type Receipt } from "../../src/consent/receipt.js";

const NOW = Date.parse("2026-11-22T10:15:00.000Z");

const receipt: Receipt = {
  schema: "consent-receipt/1",
  consentId: "0b6bd4b6-2a77-4b0c-9d3d-3d6e3a1c5f10",
  id: "6f9619ff-8b86-4011-b42d-00c04fc964ff",
  previousId: null,
  time: "2026-11-22T10:15:00.000Z",
  revision: "2026-11",
  textHash: "a".repeat(64),
  uiVersion: "0.1.0",
  locale: "zh-Hant",
  mode: "opt-in",
  source: "user",
  action: "save",
  purposes: { necessary: "granted", analytics: "denied" },
  services: { films: "anonymous" },
};

describe("a receipt from elsewhere", () => {
  it("is read as it was written", () => {
    expect(toReceipt(JSON.parse(JSON.stringify(receipt)), NOW)).to.deep.equal(
      receipt,
    );
  });

  it("may have had nothing to show", () => {
    const bare = { ...receipt, locale: null, textHash: null };
    expect(toReceipt(bare, NOW)).to.deep.equal(bare);
  });

  it("is taken without what does not belong to it", () => {
    expect(toReceipt({ ...receipt, ip: "192.0.2.1" }, NOW)).to.deep.equal(
      receipt,
    );
  });

  for (const [name, damage] of [
    ["of another form", { schema: "consent-receipt/2" }],
    ["without an id", { id: undefined }],
    ["with an id of its own making", { consentId: "visitor-1" }],
    ["that follows something else", { previousId: "1" }],
    ["of no time", { time: "22 November" }],
    ["of the future", { time: "2026-11-22T10:16:00.001Z" }],
    ["of no day", { time: "2026-99-22T10:16:00.001Z" }],
    ["with half a hash", { textHash: "abc" }],
    ["with markup for a language", { locale: "<script>" }],
    ["with a line break", { action: "save\nsave" }],
    ["that is too long", { revision: "1".repeat(65) }],
    ["of no mode", { mode: "implied" }],
    ["of no source", { source: "banner" }],
    ["with an answer that is none", { purposes: { analytics: "yes" } }],
    ["with a name that is none", { services: { "a b": "denied" } }],
    ["without answers", { purposes: null }],
  ] as const)
    it(`is none ${name}`, () => {
      expect(toReceipt({ ...receipt, ...damage }, NOW)).to.equal(undefined);
    });

  for (const given of [null, undefined, "receipt", 1, []])
    it(`is not ${JSON.stringify(given)}`, () => {
      expect(toReceipt(given, NOW)).to.equal(undefined);
    });
});
