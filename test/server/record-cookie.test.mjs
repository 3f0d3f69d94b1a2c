import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";

const { recordCookie, recordHandler, recordOf } =
  await loadSource("server/index.ts");

const NOW = Date.parse("2026-11-22T10:15:00.000Z");
const clock = () => NOW;
const NO =
  "analytics=denied&revision=2026-11&time=2026-11-22T10:15:00.000Z&source=user&action=deny-all";
const YES = NO.replaceAll("denied", "granted").replace("deny", "grant");

/** @param {number} days */
const at = (days) =>
  NO.replace(
    "2026-11-22T10:15:00.000Z",
    new Date(NOW + days * 864e5).toISOString(),
  );

describe("the Set-Cookie of a record", () => {
  it("lasts for 180 days from the decision, on https, for the whole site", () => {
    assert.equal(
      recordCookie(NO, { clock }),
      `consent=${NO}; Max-Age=15552000; Path=/; SameSite=Lax; Secure`,
    );
  });

  it("lasts no longer for being asked for later", () => {
    assert.match(recordCookie(at(-179), { clock }), /; Max-Age=86400;/);
  });

  it("can have another name, domain and length", () => {
    assert.equal(
      recordCookie(NO, {
        clock,
        name: "shop",
        domain: "shop.example",
        maxAge: "P30D",
        secure: false,
      }),
      `shop=${NO}; Max-Age=2592000; Path=/; Domain=shop.example; SameSite=Lax`,
    );
  });

  for (const [name, text] of /** @type {const} */ ([
    ["nothing", ""],
    ["no record", "analytics=granted"],
    ["another cookie's attributes", `${NO}; Domain=elsewhere.test`],
    ["a line break", `${NO}\r\nSet-Cookie: session=1`],
    ["something beside the record", `${NO}&visitor=1`],
    ["something before the record", `visitor=1&${NO}`],
    ["a choice that there is not", NO.replace("denied", "yes")],
    ["a source that there is not", NO.replace("user", "banner")],
    ["no revision", NO.replace("revision=2026-11&", "")],
    ["no action", NO.replace("deny-all", "")],
    ["a decision of the future", at(1)],
    ["a decision that has expired", at(-180)],
    ["a time in another form", NO.replace("T10:15:00.000Z", "")],
    ["more than 1 KB", NO.replace("deny-all", "x".repeat(1_000))],
  ]))
    it(`is not made of ${name}`, () => {
      assert.equal(recordCookie(text, { clock }), undefined);
    });

  it("refuses a name or a domain that would be more than that, and an option that there is not", () => {
    assert.throws(
      () => recordCookie(NO, { name: "a; Path=/x" }),
      /RangeError|write a word such as consent/,
    );
    assert.throws(
      () => recordCookie(NO, { domain: "shop.example; HttpOnly" }),
      /write a host such as shop.example/,
    );
    assert.throws(() => recordCookie(NO, { maxage: 1 }), TypeError);
  });
});

describe("a visitor's decision in a request", () => {
  for (const [name, cookies, wanted] of /** @type {const} */ ([
    ["is read", `a=1; consent=${YES}; b=2`, "granted"],
    ["is unknown where there is no cookie", null, undefined],
    ["is unknown where it is damaged", "consent=analytics=granted", undefined],
    ["is unknown where it has expired", `consent=${at(-180)}`, undefined],
    ["is not another cookie's", `my-consent=${YES}`, undefined],
    [
      "is the newer one while the server has not confirmed it",
      `consent=${YES}; consent-new=${at(0.0001).replace("granted", "denied")}`,
      "denied",
    ],
    [
      "is the stricter one of the same time",
      `consent=${YES}; consent=${NO}`,
      "denied",
    ],
  ]))
    it(name, () => {
      assert.equal(recordOf(cookies, { clock })?.choices.analytics, wanted);
    });
});

describe("the endpoint of the record", () => {
  const handle = recordHandler({ clock });
  const there = "https://shop.test/consent";

  /** @param {RequestInit} more */
  const ask = (more = {}, body = /** @type {BodyInit | undefined} */ (NO)) =>
    handle(
      new Request(there, {
        method: "POST",
        ...(body !== undefined && { body }),
        ...more,
        headers: { "sec-fetch-site": "same-origin", ...more.headers },
      }),
    );

  it("sets the cookie, and is kept by no cache", async () => {
    const { status, headers } = await ask();
    assert.deepEqual(
      [status, headers.getSetCookie(), headers.get("cache-control")],
      [204, [recordCookie(NO, { clock })], "no-store"],
    );
  });

  it("leaves Secure out for a page on http, which could not overwrite such a cookie", async () => {
    const { headers } = await handle(
      new Request("http://shop.test/consent", {
        method: "POST",
        body: NO,
        headers: { origin: "http://shop.test" },
      }),
    );
    assert.match(headers.get("set-cookie"), /SameSite=Lax$/);
  });

  for (const [name, status, more, body] of /** @type {const} */ ([
    ["a damaged record", 400, {}, `${NO}&visitor=1`],
    ["nothing", 400, {}, ""],
    ["more than 1 KB", 400, {}, "x".repeat(2_000)],
    ["what is no text", 400, {}, new Uint8Array([255, 254])],
    ["another method", 405, { method: "GET", body: null }, undefined],
    ["another site", 403, { headers: { "sec-fetch-site": "cross-site" } }, NO],
    ["a subdomain", 403, { headers: { "sec-fetch-site": "same-site" } }, NO],
    [
      "an address that was typed in",
      403,
      { headers: { "sec-fetch-site": "none" } },
      NO,
    ],
    [
      "an older record than the visitor has",
      409,
      { headers: { cookie: `consent-new=${NO}` } },
      at(-1),
    ],
  ]))
    it(`answers ${status} to ${name}, and sets nothing`, async () => {
      const answer = await ask(more, body);
      assert.deepEqual(
        [answer.status, answer.headers.get("set-cookie")],
        [status, null],
      );
    });

  it("sets the same record again, and one that is newer than the visitor's cookies", async () => {
    const statuses = [];
    for (const cookie of [`consent=${NO}`, `consent=${at(-1)}`])
      statuses.push((await ask({ headers: { cookie } })).status);
    assert.deepEqual(statuses, [204, 204]);
  });

  for (const [origin, host, status] of /** @type {const} */ ([
    ["https://shop.test", "shop.test", 204],
    ["https://shop.test", "inner.test", 204],
    ["https://elsewhere.test", "shop.test", 403],
    ["null", "shop.test", 403],
    [undefined, "shop.test", 403],
  ]))
    it(`answers ${status} at ${host} to a page of ${origin} in a browser that says no more`, async () => {
      const { status: found } = await recordHandler({
        clock,
        origins: ["https://shop.test"],
      })(
        new Request(`http://${host}/consent`, {
          method: "POST",
          body: NO,
          headers: origin ? { origin } : {},
        }),
      );
      assert.equal(found, status);
    });
});
