import { expect } from "@open-wc/testing";
import { firstParty } from "../../src/gate/first-party.js";
import { catchError } from "../support/catch-error.js";

describe("an endpoint of this site", () => {
  for (const [given, wanted] of [
    ["/consent-receipts", `${location.origin}/consent-receipts`],
    [`${location.origin}/a`, `${location.origin}/a`],
    [`http://${location.hostname}:81/a`, `http://${location.hostname}:81/a`],
    [`http://${location.hostname}/a`, `http://${location.hostname}/a`],
  ] as const)
    it(`may be ${given.replace(/:\d{4,5}/, "")}`, () => {
      expect(firstParty(given)).to.equal(wanted);
    });

  for (const given of [
    "https://elsewhere.test/receipts",
    "//elsewhere.test/receipts",
    "/\\elsewhere.test/receipts",
    "receipts",
    "receipts.shop.test",
    "/receipts?visitor=1",
    "/receipts#1",
    `http://me:secret@${location.hostname}/receipts`,
    "javascript:alert(1)",
    "",
  ])
    it(`is not ${given.replace(location.hostname, "host") || "nothing"}`, () => {
      expect(catchError(() => firstParty(given))).to.match(
        /^RangeError: .*write an address of this site/,
      );
    });

  for (const [given, isOurs] of [
    ["https://www.shop.test/a", true],
    ["https://shop.test/a", true],
    ["https://proof.shop.test/a", true],
    ["https://evilshop.test/a", false],
    ["https://shop.test.elsewhere.test/a", false],
    ["https://test/a", false],
    ["http://www.shop.test/a", false],
  ] as const)
    it(`is ${isOurs ? "" : "not "}${given} for https://www.shop.test`, () => {
      const here = new URL("https://www.shop.test/basket");
      const refused = catchError(() => firstParty(given, here)) !== "nothing";
      expect(refused).to.equal(!isOurs);
    });
});
