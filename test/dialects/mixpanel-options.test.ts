import { expect } from "@open-wc/testing";
import {
  IGNORED,
  type MixpanelConfig,
} from "../../src/dialects/mixpanel/options.js";
import { catchError } from "../support/catch-error.js";
import { mixpanelScene } from "../support/mixpanel-scene.js";

const manual = async () =>
  (await fetch(new URL("../../docs/mixpanel.md", import.meta.url))).text();

describe("mixpanel dialect: options", () => {
  for (const [given, near] of Object.entries({
    opt_out_tracking_by_defalt: "opt_out_tracking_by_default",
    ignoreDnt: "ignore_dnt",
    property_blacklst: "property_blacklist",
    batch_request: "batch_requests",
    record_mask_text: "one of ",
  }))
    it(`names the nearest option for ${given}`, () => {
      const words = catchError(() =>
        mixpanelScene({ [given]: true } as MixpanelConfig),
      );
      expect(words).to.contain("TypeError: consent-elements: ");
      expect(words).to.contain(`${given}"]; write ${near}`);
    });

  for (const [call, near] of [
    ["opt_in_tracking", "track_properties"],
    ["opt_out_tracking", "delete_user"],
    ["has_opted_in_tracking", "cookie_prefix"],
    ["has_opted_out_tracking", "persistence_type"],
    ["clear_opt_in_out_tracking", "enable_persistence"],
  ] as const)
    it(`throws at ${call} for a misspelt option, and records nothing`, () => {
      const { mixpanel } = mixpanelScene();
      const words = catchError(() =>
        mixpanel[call]({ [near.replace("e", "")]: true } as never),
      );
      expect([words.split(";")[1], mixpanel.get_decision()]).to.deep.equal([
        ` write ${near}`,
        undefined,
      ]);
    });

  for (const config of [
    { ip: "yes" },
    { property_blacklist: "$referrer" },
    { batch_size: 0 },
    { batch_flush_interval_ms: -1 },
    { cookie_expiration: Infinity },
    { api_host: "proxy.test" },
    { api_payload_format: "xml" },
    { track_pageview: "path" },
    { opt_out_tracking_cookie_prefix: "a;b" },
    { purpose: "" },
    { xhr_headers: { "not a header": "x" } },
    { when_denied: "maybe" },
    { batch_size: 1.5 },
    { api_hosts: { event: "https://proxy.test" } },
    { api_hosts: { events: "proxy.test" } },
    { persistence_name: "shop/two" },
    { cookie_name: "\ud800" },
    { cookie_domain: "shop.test; secure" },
    { hooks: { before_trak: () => null } },
    { hooks: { before_track: "never" } },
  ])
    it(`refuses ${JSON.stringify(config)}`, () => {
      expect(
        catchError(() => mixpanelScene(config as unknown as MixpanelConfig)),
      ).to.match(/^(Type|Range)Error: consent-elements: /);
    });

  it("takes null for not given", async () => {
    const { mixpanel, token, open, pass, names } = mixpanelScene(null);
    const { fetch, clock } = open().get_config();
    const none = { cookie_expiration: null, batch_size: null, hooks: null };
    mixpanel.init(token, { fetch, clock, ...none } as never);
    mixpanel.init("tok_null", null, "second");
    mixpanel.track("A");
    await pass(5000);
    expect([names(), mixpanel.get_config("batch_size")]).to.deep.equal([
      ["A"],
      50,
    ]);
  });

  it("takes every option that the SDK documents and this library has no use for, and the manual says why", async () => {
    const ignored = Object.fromEntries(
      Object.keys(IGNORED).map((name) => [name, true]),
    );
    const { mixpanel, pass, names } = mixpanelScene(ignored as MixpanelConfig);
    mixpanel.track("A");
    await pass(5000);
    const text = await manual();
    const missing = Object.entries(IGNORED)
      .filter(
        ([name, reason]) =>
          !text
            .split("\n")
            .some(
              (line) => line.includes(`\`${name}\``) && line.includes(reason),
            ),
      )
      .map(([name]) => name);
    expect([names(), missing]).to.deep.equal([["A"], []]);
  });

  it("changes at run time what can be changed, and refuses the rest", async () => {
    const { mixpanel, pass, sent } = mixpanelScene();
    mixpanel.set_config({ property_blacklist: ["own"], debug: true });
    mixpanel.register({ own: 1 });
    mixpanel.track("A", { own: 1, other: 2 });
    await pass(5000);
    const { own, other } = sent()[0]!.properties!;
    expect([
      own,
      other,
      mixpanel.get_config("property_blacklist"),
      catchError(() => mixpanel.set_config({ persistence: "cookie" })).split(
        ":",
      )[0],
    ]).to.deep.equal([undefined, 2, ["own"], "TypeError"]);
  });
});
