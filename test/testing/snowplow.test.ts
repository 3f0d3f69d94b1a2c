import { expect } from "@open-wc/testing";
import {
  findLeaks,
  type Level,
  type PlainRequest,
} from "../../src/testing/index.js";
import { base64, column, mixpanelPost, snowplowPost } from "../support/sent.js";

const SESSION = {
  userId: "00000000-0000-0000-0000-000000000000",
  sessionId: "5b1e0b9e-0c5e-4a56-9d0c-6b8f2f9e7a11",
  previousSessionId: null,
};
const ID_COOKIE = "_sp_id.c169=uuid.1.2.3..sid";
const NO_ID_COOKIE = "_sp_id.c169=.1.2.3..sid";

/** What is found in `request`, without the request's name. */
function found(level: Level, request: PlainRequest, more: object = {}) {
  const capture = { requests: [request], ...more };
  return findLeaks(capture, { level }).leaks.map(
    ({ where, what }) => `${where}: ${what}`,
  );
}
const withHeaders = (headers: Record<string, string>) =>
  snowplowPost({}, { headers: { "sp-anonymous": "*", ...headers } });
const answered = (cookie: string | string[]) =>
  snowplowPost({}, { responseHeaders: { "Set-Cookie": cookie } });

describe("findLeaks in Snowplow's events", () => {
  it("finds nothing in an event without identifiers, at any level", () => {
    for (const level of [
      "client",
      "session",
      "server",
      "server-session",
    ] as const) {
      expect(findLeaks([snowplowPost()], { level })).to.deep.equal({
        events: 1,
        leaks: [],
      });
    }
  });

  for (const field of "duid uid nuid tnuid ip fp mac ad_uid".split(" ")) {
    it(`finds ${field} at every level`, () => {
      const request = snowplowPost({ [field]: "x" });
      expect(found("client", request)).to.deep.equal([`event pv: ${field}`]);
      expect(found("server-session", request)).to.deep.equal([
        `event pv: ${field}`,
      ]);
    });
  }

  for (const field of ["sid", "vid"]) {
    it(`finds ${field} where sessions may not be told apart`, () => {
      const request = snowplowPost({ [field]: "x" });
      expect(found("client", request)).to.deep.equal([`event pv: ${field}`]);
      expect(found("server", request)).to.deep.equal([`event pv: ${field}`]);
      expect(found("session", request)).to.deep.equal([]);
    });
  }

  for (const field of "userId tabId appleIdfa appleIdfv androidIdfa openIdfa appSetId".split(
    " ",
  )) {
    it(`finds ${field} in an entity and in a self-describing event, but not when it is null`, () => {
      const co = (value: unknown) =>
        column("mobile_context", { [field]: value });
      expect(found("session", snowplowPost({ co: co("x") }))).to.deep.equal([
        `event pv: mobile_context.${field}`,
      ]);
      expect(found("session", snowplowPost({ co: co(null) }))).to.deep.equal(
        [],
      );
      const ue_pr = {
        data: column("mobile_context", { [field]: "x" }).data[0],
      };
      expect(found("session", snowplowPost({ e: "ue", ue_pr }))).to.deep.equal([
        `event ue: mobile_context.${field}`,
      ]);
    });
  }

  it("allows a client_session at session levels, if it has the null UUID and nothing of the one before", () => {
    const co = (change: object) => ({
      co: column("client_session", { ...SESSION, ...change }),
    });
    expect(found("session", snowplowPost(co({})))).to.deep.equal([]);
    expect(found("client", snowplowPost(co({})))).to.deep.equal([
      "event pv: client_session",
    ]);
    const cases = [
      [{ userId: "x" }, "client_session.userId"],
      [{ previousSessionId: "x" }, "client_session.previousSessionId"],
      [{ sessionId: "" }, "client_session.sessionId that is empty"],
    ] as const;
    for (const [change, what] of cases)
      expect(found("session", snowplowPost(co(change)))).to.deep.equal([
        `event pv: ${what}`,
      ]);
  });

  it("reads columns as objects, as text, in base64url and out of a decoded twin", () => {
    const value = column("mobile_context", { userId: "ÿ?>" });
    const text = JSON.stringify(value);
    const url = base64(text).replaceAll("+", "-").replaceAll("/", "_");
    const columns = [
      { co: value },
      { co: text },
      { cx: url.replace(/=+$/, "") },
      { cx: "<base64url>", cx_decoded: value },
    ];
    for (const each of columns)
      expect(found("client", snowplowPost(each))).to.deep.equal([
        "event pv: mobile_context.userId",
      ]);
    const data = base64(JSON.stringify({ data: value.data[0] }));
    expect(
      found("client", snowplowPost({ e: "ue", ue_px: data })),
    ).to.deep.equal(["event ue: mobile_context.userId"]);
  });

  it("does not let a column pass that it cannot read", () => {
    expect(found("client", snowplowPost({ cx: "*" }))).to.deep.equal([
      "event pv: cx that cannot be read",
    ]);
    expect(found("client", snowplowPost({ ue_pr: "{" }))).to.deep.equal([
      "event pv: ue_pr that cannot be read",
    ]);
  });

  it("reads an event that goes by GET", () => {
    const get = { url: "https://c.shop.test/i?e=se&uid=ada&tv=js" };
    expect(findLeaks([get], { level: "client" })).to.deep.equal({
      events: 1,
      leaks: [
        {
          where: "event se",
          what: "uid",
          request: "#1 GET https://c.shop.test/i",
        },
      ],
    });
  });

  for (const name of "_sp uid user_id userId duid email e-mail token".split(
    " ",
  )) {
    it(`finds the parameter ${name} in an address, in any field and entity, also escaped`, () => {
      const url = `https://shop.test/?a=1&${name}=x`;
      const what = "with a parameter that identifies";
      expect(found("client", snowplowPost({ url }))).to.deep.equal([
        `event pv: url ${what}`,
      ]);
      expect(
        found("client", snowplowPost({ refr: encodeURIComponent(url) })),
      ).to.deep.equal([`event pv: refr ${what}`]);
      const co = column("link_click", { targetUrl: url });
      expect(found("client", snowplowPost({ co }))).to.deep.equal([
        `event pv: co.data.0.data.targetUrl ${what}`,
      ]);
    });
  }

  it("finds an e-mail address wherever the site has put it, and knows an icon's name from one", () => {
    const se = (se_la: string) => snowplowPost({ e: "se", se_la });
    for (const label of [
      "ada@shop.test",
      "to ada%40mail.shop.test!",
      "ada@163.com",
      "ada@münchen.de",
      "josé@shop.test",
      "ada@shop.xn--p1ai",
    ])
      expect(found("client", se(label))).to.deep.equal([
        "event se: se_la with an e-mail address",
      ]);
    for (const file of [
      "icon@2x.png",
      "https://cdn.test/hero@mobile.webp?w=2",
      "https://cdn.test/lit@3.3.3/index.js",
      "app@next.min.js",
    ])
      expect(found("client", se(file)), file).to.deep.equal([]);
  });
});

describe("findLeaks beside Snowplow's events", () => {
  it("finds what names somebody in the query beside a body, in an envelope and in a request without events", () => {
    const at = (query: string) =>
      found(
        "client",
        snowplowPost({}, { url: `https://c.shop.test/tp2${query}` }),
      );
    expect(at("?a=b")).to.deep.equal([]);
    expect(at("?uid=ada&sid=7")).to.deep.equal(["url: uid", "url: sid"]);
    expect(at("?e-mail=")).to.deep.equal(["url: a parameter that identifies"]);
    expect(at("?contact=ada@shop.test")).to.deep.equal([
      "url: contact with an e-mail address",
    ]);
    expect(
      found("session", { url: "https://c.shop.test/service?sid=7&duid=8" }),
    ).to.deep.equal(["url: duid"]);
    const body = JSON.stringify({
      schema: "x",
      user: "ada@shop.test",
      data: [{ e: "pv" }],
    });
    expect(found("client", snowplowPost({}, { body }))).to.deep.equal([
      "body: user with an e-mail address",
    ]);
  });

  it("takes no field for another of its name in the same query", () => {
    const url = "https://c.shop.test/i?e=se&se_la=ada@shop.test&se_la=x";
    expect(found("client", { url })).to.deep.equal([
      "event se: se_la with an e-mail address",
    ]);
  });

  it("finds an e-mail address in any header, also in the one that asks for anonymity", () => {
    for (const name of ["sp-anonymous", "x-customer", "referer", "cookie"])
      expect(
        found(
          "server",
          withHeaders({ [name]: "https://x.test/ada@shop.test" }),
        ),
      ).to.deep.equal([`header ${name}: an e-mail address`]);
  });

  it("asks for SP-Anonymous at server levels, whatever its value, but not of a preflight", () => {
    const without = snowplowPost({}, { headers: {} });
    expect(found("server", without)).to.deep.equal([
      "request: no SP-Anonymous header",
    ]);
    expect(found("client", without)).to.deep.equal([]);
    expect(found("server", withHeaders({ "sp-anonymous": "1" }))).to.deep.equal(
      [],
    );
    expect(found("server", { ...without, method: "OPTIONS" })).to.deep.equal(
      [],
    );
    // Every request: the one of a cookie service, too.
    expect(
      found("server", { url: "https://c.shop.test/cookie" }),
    ).to.deep.equal(["request: no SP-Anonymous header"]);
  });

  it("reads the tracker's id cookie in the Cookie header, under any prefix", () => {
    const both = [
      "header cookie: _sp_id.c169 with a domain user id",
      "header cookie: _sp_id.c169",
    ];
    const sent = (cookie: string) => withHeaders({ Cookie: cookie });
    expect(found("client", sent(`a=b; ${ID_COOKIE}`))).to.deep.equal(both);
    expect(found("session", sent(ID_COOKIE))).to.deep.equal([both[0]]);
    expect(found("client", sent(NO_ID_COOKIE))).to.deep.equal([both[1]]);
    expect(found("session", sent(NO_ID_COOKIE))).to.deep.equal([]);
    expect(found("session", sent("shop_id.c169=uuid.1"))).to.deep.equal([
      "header cookie: shop_id.c169 with a domain user id",
    ]);
    expect(found("client", sent("basket_id=7; _sp_ses.c169=*"))).to.deep.equal(
      [],
    );
  });

  it("finds the collector's cookie at server levels, in both directions", () => {
    const sent = withHeaders({ cookie: "a=b; sp=uuid" });
    expect(found("server", sent)).to.deep.equal([
      "header cookie: sp, the network user id",
    ]);
    expect(found("client", sent)).to.deep.equal([]);
    expect(found("server", withHeaders({ cookie: "sp=; b=c" }))).to.deep.equal(
      [],
    );
    expect(found("server", answered("sp=uuid; Path=/"))).to.deep.equal([
      "set-cookie: sets sp",
    ]);
    expect(found("client", answered("sp=uuid; Path=/"))).to.deep.equal([]);
    // As this project's fixtures have it.
    expect(
      found("server", {
        ...snowplowPost(),
        responseSetCookie: "sp=uuid",
      } as PlainRequest),
    ).to.deep.equal(["set-cookie: sets sp"]);
    // A collector may call it something else.
    for (const several of [["a=; Path=/", "net=uuid"], "a=; Path=/\nnet=uuid"])
      expect(found("server", answered(several))).to.deep.equal([
        "set-cookie: sets net",
      ]);
  });

  it("lets a collector take its cookie away", () => {
    for (const gone of [
      "sp=; Path=/; Max-Age=0",
      'sp=""; Path=/',
      "sp=gone; Path=/; Max-Age=0",
      "sp=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      "sp=gone; Expires=Sat, 01 Jan 2000 00:00:00 GMT; Path=/",
      "sp=gone; Expires=Sun, 01 Jan 2090 00:00:00 GMT; Max-Age=0",
      "a=; Max-Age=0, sp=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    ])
      expect(found("server", answered(gone)), gone).to.deep.equal([]);
    for (const kept of [
      "sp=uuid; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000",
      "sp=uuid; Expires=Fri, 01 Jan 2027 00:00:00 GMT",
      "sp=uuid; Expires=soon",
      "a=; Max-Age=0, sp=uuid; Max-Age=31536000",
    ])
      expect(found("server", answered(kept)), kept).to.deep.equal([
        "set-cookie: sets sp",
      ]);
  });

  it("reads the Referer header", () => {
    const referer = "https://shop.test/?email=x";
    expect(found("client", withHeaders({ referer }))).to.deep.equal([
      "header referer: a parameter that identifies",
    ]);
  });

  it("looks at what was left in cookies", () => {
    const left = (value: string) => ({
      storageAfter: { cookies: [{ name: "_sp_id.c169", value }] },
    });
    expect(found("session", snowplowPost(), left("uuid.1"))).to.deep.equal([
      "cookie left: _sp_id.c169 with a domain user id",
    ]);
    expect(found("session", snowplowPost(), left(".1"))).to.deep.equal([]);
    expect(found("client", snowplowPost(), left(".1"))).to.deep.equal([
      "cookie left: _sp_id.c169",
    ]);
  });

  it("does not let pass what it cannot judge", () => {
    const cases: [PlainRequest, string][] = [
      [snowplowPost({}, { body: "{" }), "a content that cannot be read"],
      [
        snowplowPost({}, { body: "\u001f\u008b" }),
        "a content that cannot be read",
      ],
      [snowplowPost({}, { body: "" }), "no content in the capture"],
      [snowplowPost({}, { body: { data: [] } }), "no content in the capture"],
      [snowplowPost({ e: undefined }), "an entry that is no event"],
      [snowplowPost({}, { body: [1] }), "an entry that is no event"],
    ];
    for (const [request, what] of cases)
      expect(found("client", request)).to.deep.equal([`body: ${what}`]);
    expect(found("client", mixpanelPost())[0]).to.match(
      /^body: events of mixpanel, which this level cannot judge/,
    );
  });
});
