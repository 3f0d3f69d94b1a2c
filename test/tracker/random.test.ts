import { expect } from "@open-wc/testing";
import { uuid } from "../../src/tracker/random.js";
import { stubProperty } from "../support/stub-property.js";

describe("uuid", () => {
  it("has the form of a random UUID, with its version and its variant", () => {
    const wrong = Array.from({ length: 500 }, uuid).filter(
      (id) =>
        !/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(
          id,
        ),
    );
    expect(wrong).to.deep.equal([]);
  });

  it("never comes twice", () => {
    const ids = Array.from({ length: 2000 }, uuid);
    expect(new Set(ids).size).to.equal(2000);
  });

  it("uses every hexadecimal digit in every place that is free", () => {
    const ids = Array.from({ length: 2000 }, uuid);
    const digits = Array.from(
      { length: 36 },
      (_, i) => new Set(ids.map((id) => id[i])).size,
    );
    // 14: the version. 19: the variant, which may be fixed. The others but the dashes are random.
    const poor = digits.flatMap((size, i) =>
      size < 16 && ![8, 13, 14, 18, 19, 23].includes(i) ? [i] : [],
    );
    expect(poor).to.deep.equal([]);
  });

  it("takes its bits from the browser's cryptography, also where a page is not secure", () => {
    stubProperty(crypto, "randomUUID", () => undefined);
    stubProperty(crypto, "getRandomValues", () => (bytes: Uint8Array) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = 0xa0 + (i % 16);
      return bytes;
    });
    expect(uuid()).to.equal("01234567-9abc-4f01-8456-89abcdef0123");
  });
});
