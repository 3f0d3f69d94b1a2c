import { expect } from "@open-wc/testing";
import { findLeaks, type PlainRequest } from "../../src/testing/index.js";
import { catchError } from "../support/catch-error.js";
import { base64, snowplowPost } from "../support/sent.js";

const KNOWN = "Jörg <b>/7+@x";

/** Where `KNOWN` is found in a request. */
const places = (request: PlainRequest) =>
  findLeaks([request], { level: "session", known: [KNOWN] }).leaks.map(
    ({ where }) => where,
  );
const label = (se_la: string) => snowplowPost({ e: "se", se_la });

describe("identifiers that must appear nowhere", () => {
  const json = JSON.stringify({ name: KNOWN });
  const escaped = json.replace("ö", "\\u00f6").replace("/", "\\/");
  const ways: [string, string][] = [
    ["as they are", KNOWN],
    ["in other letters", KNOWN.toUpperCase()],
    ["percent-encoded", encodeURIComponent(KNOWN)],
    [
      "in a form, with + for a blank",
      encodeURIComponent(KNOWN).replaceAll("%20", "+"),
    ],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(KNOWN))],
    ["with JSON's escapes", escaped],
    ["in base64", base64(KNOWN)],
    [
      "in base64url without padding",
      base64(json).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"),
    ],
    ["in percent-encoded base64", encodeURIComponent(base64(json))],
    ["in base64 of base64", base64(`{"cx":"${base64(json)}"}`)],
    ["in base64 of percent-encoded", base64(encodeURIComponent(KNOWN))],
    ["in base64 behind one letter of a path", `/${base64(json)}`],
    ["in base64 behind two", `/a${base64(json)}`],
    ["in base64 behind three", `/ab${base64(json)}`],
  ];
  for (const [how, text] of ways) {
    it(`are found ${how}`, () => {
      expect(places(label(text))).to.deep.equal(["body"]);
    });
  }

  it("are found in addresses, headers, cookies of both directions and preflights", () => {
    const name = encodeURIComponent(KNOWN);
    const url = `https://c.shop.test/i?e=pv&page=${name}`;
    expect(places({ url })).to.deep.equal(["url"]);
    expect(places({ url, method: "OPTIONS" })).to.deep.equal(["url"]);
    const headers = { Referer: `https://x.test/${name}`, cookie: `a=${name}` };
    expect(places(snowplowPost({}, { headers }))).to.deep.equal([
      "header referer",
      "header cookie",
    ]);
    const responseHeaders = { "set-cookie": ["a=b", `c=${name}`] };
    expect(places(snowplowPost({}, { responseHeaders }))).to.deep.equal([
      "set-cookie",
    ]);
  });

  it("are not found where they are not", () => {
    expect(places(label(base64("Jorg <b>/7+@x")))).to.deep.equal([]);
    expect(places(label("%ff%zz \\u00zz"))).to.deep.equal([]);
  });

  it("are each told by their beginning alone, so that the report is no leak", () => {
    const { leaks } = findLeaks([label("user-7 and user-8")], {
      level: "client",
      known: ["user-7", " user-8 ", "user-9"],
    });
    expect(leaks.map(({ what }) => what)).to.deep.equal([
      "the known use… of 6 characters",
      "the known use… of 6 characters",
    ]);
  });

  it("have to be long enough not to be there by chance", () => {
    for (const known of [["42"], ["    7"], [7], "ada@shop.test"]) {
      const error = catchError(() =>
        findLeaks([], { level: "client", known: known as string[] }),
      );
      expect(error).to.match(/known.* is .*; write /);
    }
  });
});
