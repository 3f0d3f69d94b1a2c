import { expect } from "@open-wc/testing";
import { hashed } from "../../src/tracker/hash.js";
import { stubProperty } from "../support/stub-property.js";

describe("hashed", () => {
  const KNOWN: [string, string, string][] = [
    // FIPS 180-2, appendix B.1, and the empty message.
    [
      "abc",
      "",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ],
    [
      "",
      "",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ],
    // The same text, however it is shared between salt and id.
    [
      "bc",
      "a",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ],
  ];
  it("is SHA-256 of salt and id, in hexadecimal", async () => {
    const found = [];
    for (const [id, salt] of KNOWN)
      found.push([id, salt, await hashed(id, salt)]);
    expect(found).to.deep.equal(KNOWN);
  });

  it("takes every text, and tells apart what differs", async () => {
    const ids = ["ä", "a\u0308", "\u{1fa81}", "a ", "a"];
    const found = await Promise.all(ids.map((id) => hashed(id, "")));
    expect([
      new Set(found).size,
      found.every((hash) => /^[\da-f]{64}$/.test(hash)),
    ]).to.deep.equal([ids.length, true]);
  });

  for (const [name, value] of [
    ["SubtleCrypto is missing", {}],
    ["there is no crypto", undefined],
  ] as const)
    it(`refuses where ${name}, and never answers with the id itself`, async () => {
      stubProperty(globalThis, "crypto", () => value);
      const message = await hashed("user-42", "").catch(String);
      expect(message).to.match(/^TypeError: .*write https/);
      expect(message).not.to.include("user-42");
    });
});
