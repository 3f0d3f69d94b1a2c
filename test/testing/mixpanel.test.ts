import { expect } from "@open-wc/testing";
import { findLeaks, type PlainRequest } from "../../src/testing/index.js";
import {
  base64,
  mixpanelEvent,
  mixpanelPost,
  snowplowPost,
} from "../support/sent.js";
import { wireCapture } from "../support/wire-capture.js";

const level = "anonymous";
const found = (request: PlainRequest) =>
  findLeaks([request], { level }).leaks.map(
    ({ where, what }) => `${where}: ${what}`,
  );
const foundIn = (properties: Record<string, unknown>) =>
  found(mixpanelPost([mixpanelEvent(properties)]));

describe("findLeaks in Mixpanel's events", () => {
  it("finds nothing in an event of somebody who exists for one page alone", () => {
    expect(findLeaks([mixpanelPost()], { level })).to.deep.equal({
      events: 1,
      leaks: [],
    });
  });

  it("reads a form with JSON or base64, a JSON body, a text beacon and a GET", () => {
    const event = mixpanelEvent({ $user_id: "ada" });
    const json = JSON.stringify(event);
    const form = encodeURIComponent(base64(json));
    const url = "https://api.mixpanel.com/track/?ip=0";
    const requests: PlainRequest[] = [
      mixpanelPost(event),
      mixpanelPost([], { body: `data=${form}` }),
      mixpanelPost([], { body: json }),
      mixpanelPost([], { body: base64(json) }),
      mixpanelPost([], { body: event }),
      { method: "GET", url: `${url}&data=${form}` },
      { method: "GET", url: `${url}&data=${encodeURIComponent(json)}` },
    ];
    for (const request of requests) {
      const { events, leaks } = findLeaks([request], { level });
      expect([events, ...leaks.map(({ what }) => what)]).to.deep.equal([
        1,
        "$user_id",
      ]);
    }
  });

  it("finds who somebody is, and where", () => {
    const cases = [
      [{ $user_id: "ada" }, "$user_id"],
      [{ $anon_distinct_id: "9f0c" }, "$anon_distinct_id"],
      [{ alias: "ada" }, "alias"],
      [{ $identified_id: "ada" }, "$identified_id"],
      [{ $anon_id: "9f0c" }, "$anon_id"],
      [{ $distinct_ids: ["ada", "9f0c"] }, "$distinct_ids"],
      [{ $name: "Ada Lovelace" }, "$name"],
      [{ $phone: "+34600111222" }, "$phone"],
      [{ gclid: "Cj0KCQ" }, "gclid"],
      [{ fbclid: "IwAR" }, "fbclid"],
      [{ distinct_id: "ada" }, "distinct_id that is no device's"],
      [{ ip: "203.0.113.9" }, "ip"],
      [{ $ip: "203.0.113.9" }, "$ip"],
      [{ plan: "ada@shop.test" }, "properties.plan with an e-mail address"],
      [
        { link: "https://x.test/?uid=7" },
        "properties.link with a parameter that identifies",
      ],
    ] as const;
    for (const [properties, what] of cases)
      expect(foundIn(properties)).to.deep.equal([`event A: ${what}`]);
    expect(foundIn({ ip: 0 })).to.deep.equal([]);
  });

  it("finds what an address tells beyond its path, and a referrer beyond its origin", () => {
    const current = "event A: $current_url with a query or a hash";
    for (const end of ["?q=kites", "#top"])
      expect(
        foundIn({ $current_url: `https://shop.test/${end}` }),
      ).to.deep.equal([current]);
    expect(foundIn({ current_url_search: "?q=kites" })).to.deep.equal([
      "event A: current_url_search",
    ]);
    for (const name of ["$referrer", "$initial_referrer", "referrer"]) {
      for (const end of ["/kites", "/?q=kites", "?q=kites"])
        expect(foundIn({ [name]: `https://search.test${end}` })).to.deep.equal([
          `event A: ${name} with more than an origin`,
        ]);
      for (const clean of ["https://search.test", "$direct", "", null])
        expect(foundIn({ [name]: clean })).to.deep.equal([]);
    }
  });

  it("finds a profile", () => {
    const update = { $token: "tok", $distinct_id: "$device:9f0c", $set: {} };
    const { events, leaks } = findLeaks([mixpanelPost([update])], { level });
    expect([events, leaks[0]?.where, leaks[0]?.what]).to.deep.equal([
      1,
      "update $set",
      "a profile",
    ]);
  });
});

describe("findLeaks beside Mixpanel's events", () => {
  it("finds a place from the network address, cookies either way and a Referer with a query", () => {
    const url = "https://api.mixpanel.com/track/?ip=1";
    expect(found(mixpanelPost(undefined, { url }))).to.deep.equal([
      "url: ip=1, a place from the network address",
    ]);
    expect(
      found(mixpanelPost(undefined, { headers: { cookie: "a=b" } })),
    ).to.deep.equal(["header cookie: cookies"]);
    expect(
      found(
        mixpanelPost(undefined, { responseHeaders: { "set-cookie": "a=b" } }),
      ),
    ).to.deep.equal(["set-cookie: sets a"]);
    const from = (referer: string) =>
      found(mixpanelPost(undefined, { headers: { referer } }));
    expect(from("https://shop.test/?q=kites")).to.deep.equal([
      "header referer: a query",
    ]);
    expect(from("https://shop.test/kites")).to.deep.equal([]);
  });

  it("reads every data of a form, and what stands beside it", () => {
    const url = "https://api.mixpanel.com/track/?ip=0";
    const clean = `${mixpanelPost().body}`;
    const named = `${mixpanelPost([mixpanelEvent({ $user_id: "ada" })]).body}`;
    const user = "event A: $user_id";
    const cases: [string, Partial<PlainRequest>][] = [
      [user, { body: `${clean}&${named}` }],
      [user, { body: `${named}&${clean}` }],
      [user, { body: clean, url: `${url}&${named}` }],
      [
        "body: contact with an e-mail address",
        { body: `${clean}&contact=ada%40shop.test` },
      ],
      [
        "body: ip=1, a place from the network address",
        { body: `ip=1&${clean}` },
      ],
      ["body: an identifier's name", { body: `${clean}&user_id=7` }],
      [
        "url: who with an e-mail address",
        { body: clean, url: `${url}&who=ada@shop.test` },
      ],
    ];
    for (const [leak, request] of cases)
      expect(found(mixpanelPost([], request)), leak).to.deep.equal([leak]);
  });

  it("finds an e-mail address in a path, a header and a cookie, but none in what stands before a host", () => {
    const at = (request: Partial<PlainRequest>) =>
      found(mixpanelPost(undefined, request));
    const host = "api.mixpanel.com";
    expect(at({ url: `https://${host}/u/ada@shop.test/track` })).to.deep.equal([
      "url: an e-mail address",
    ]);
    expect(at({ url: `https://key@${host}/track` })).to.deep.equal([]);
    expect(at({ headers: { "x-customer": "ada%40shop.test" } })).to.deep.equal([
      "header x-customer: an e-mail address",
    ]);
    expect(
      at({ responseHeaders: { "set-cookie": "a=ada@shop.test; Max-Age=0" } }),
    ).to.deep.equal(["set-cookie: an e-mail address"]);
  });

  it("finds an identifier in a request that carries no event, such as the one for feature flags", () => {
    const context = encodeURIComponent('{"distinct_id":"ada"}');
    const url = `https://api.mixpanel.com/flags/?context=${context}`;
    expect(found({ url })).to.deep.equal(["url: an identifier's name"]);
  });

  it("does not let Snowplow's events pass", () => {
    expect(found(snowplowPost())[0]).to.match(/^body: events of snowplow/);
  });

  it("lets no capture of the real mixpanel-browser pass", async () => {
    for (const name of [
      "01-track-batched-base64",
      "06-track-GET",
      "13-pageview",
      "30-ip-false",
    ]) {
      const requests = await wireCapture(name);
      const { events, leaks } = findLeaks({ requests }, { level });
      expect(events).to.be.above(0);
      expect(leaks.map(({ what }) => what)).to.include("cookies");
    }
    const requests = await wireCapture("25-opt-out-identified-unbatched");
    expect(
      findLeaks({ requests }, { level }).leaks.map(
        ({ where, what }) => `${where}: ${what}`,
      ),
    ).to.include.members([
      "event $identify: $user_id",
      "update $delete: a profile",
    ]);
  });
});

describe("findLeaks where nothing may be sent", () => {
  it("finds any request at all, and does without events", () => {
    expect(findLeaks([], { level: "off" })).to.deep.equal({
      events: 0,
      leaks: [],
    });
    const requests = [
      mixpanelPost(),
      snowplowPost({}, { method: "OPTIONS" }),
      { url: "https://api.mixpanel.com/flags/" },
    ];
    expect(
      findLeaks(requests, { level: "off" }).leaks.map(({ what }) => what),
    ).to.deep.equal(["was sent", "was sent", "was sent"]);
  });
});
