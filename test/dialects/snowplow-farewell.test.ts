import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { fakeFetch } from "../support/fake-fetch.js";
import { snowplowScene as scene } from "../support/snowplow-scene.js";

const CHOICE = {
  consentScopes: ["necessary"],
  basisForProcessing: "consent",
  consentUrl: "https://shop.test/privacy",
  consentVersion: "1",
  domainsApplied: ["shop.test"],
} as const;

describe("snowplow dialect: an event that tells of a refusal", () => {
  it("survives that the level full is left right after it", async () => {
    const { tracker, network, events } = scene({ contexts: { session: true } });
    tracker.trackPageView();
    await events();
    tracker.trackConsentDeny(CHOICE);
    tracker.enableAnonymousTracking();
    const [view, deny] = await events();
    expect([
      view?.fields["e"],
      deny?.event?.data["eventType"],
      deny?.fields["duid"],
      deny?.fields["sid"],
    ]).to.deep.equal(["pv", "deny_all", undefined, undefined]);
    expect(network.requests.at(-1)?.credentials).to.equal("omit");
  });

  it("survives that the level full is left while it is under way", async () => {
    const network = fakeFetch({}, "hang");
    const { tracker, events } = scene({ customFetch: network.fetch });
    tracker.trackPageView();
    await events();
    tracker.trackConsentWithdrawn(CHOICE);
    await events();
    tracker.enableAnonymousTracking();
    expect(
      network.requests.map(({ body, signal }) => [
        body.includes("withdrawn"),
        signal.aborted,
      ]),
    ).to.deep.equal([
      [false, false],
      [true, false],
    ]);
  });

  for (const [level, configuration] of [
    ["session", { anonymousTracking: { withSessionTracking: true } }],
    ["full", {}],
  ] as const)
    it(`carries no id at the level ${level}, and asks for server anonymity`, async () => {
      const { tracker, network, events } = scene({
        ...configuration,
        contexts: { session: true, browser: true },
      });
      tracker.setUserId("alice");
      tracker.trackPageView();
      await events();
      tracker.trackConsentExpired(CHOICE);
      const [view, expired] = await events();
      expect([
        ["duid", "uid", "sid", "vid"].filter((name) => expired!.fields[name]),
        expired!.entities.map(({ schema, data }) => [
          schema.split("/")[1],
          data["tabId"],
        ]),
        view!.entities[0]!.data["id"] === expired!.entities[0]!.data["id"],
        network.requests.map(({ headers }) => headers["SP-Anonymous"]),
      ]).to.deep.equal([
        [],
        [
          ["web_page", undefined],
          ["browser_context", null],
        ],
        false,
        [undefined, "*"],
      ]);
    });

  it("counts in no visit, and is not named by what comes after it", async () => {
    const { tracker, events } = scene({ contexts: { session: true } });
    tracker.trackConsentDeny(CHOICE);
    tracker.trackPageView();
    const all = await events();
    const deny = all.find(({ event }) => event);
    const view = all.find(({ fields }) => fields["e"] === "pv");
    const session = view?.entities.find(({ schema }) =>
      schema.includes("client_session"),
    )?.data;
    expect([session?.["eventIndex"], session?.["firstEventId"]]).to.deep.equal([
      1,
      view?.fields["eid"],
    ]);
    expect(deny?.fields["eid"]).to.match(/^[\da-f-]{36}$/);
  });

  it("holds up nothing where the collector refuses server anonymity", async () => {
    const network = fakeFetch();
    const { tracker, events } = scene({
      customFetch: (url, init) =>
        "SP-Anonymous" in (init!.headers as object)
          ? Promise.reject(new TypeError("Failed to fetch"))
          : network.fetch(url, init),
    });
    tracker.trackPageView({ title: "one" });
    await events();
    tracker.trackConsentDeny(CHOICE);
    tracker.trackPageView({ title: "two" });
    await events();
    expect(
      network.requests.map(
        ({ body }) => /"page":"(\w+)"/.exec(body)?.[1] ?? body,
      ),
    ).to.deep.equal(["one", "two"]);
  });

  it("leaves after a yes for what was held, and not after a no", async () => {
    for (const [choice, count] of [
      ["granted", 1],
      ["denied", 0],
    ] as const) {
      const consent = createStore();
      const { tracker, events } = scene({ consent });
      tracker.trackConsentDeny(CHOICE);
      consent.set({ analytics: choice });
      const sent = await events();
      expect([sent.length, sent[0]?.fields["duid"]]).to.deep.equal([
        count,
        undefined,
      ]);
    }
  });
});
