import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { startStage, UUID } from "../support/real-vendors/stage.mjs";

/**
 * What a real SDK writes and sends behind `attach()`, as measured with the version in package.json. A new version that
 * stores under another name, or goes on sending, is red here.
 *
 * @typedef {object} Measured
 * @property {string} vendor A file in test/support/real-vendors/.
 * @property {readonly string[]} wrote What it has stored after a yes and an event.
 * @property {readonly string[]} [untilReload] What cannot be removed while the SDK has it open.
 * @property {readonly string[]} [remains] What is left of that after a no, because it names nobody.
 * @property {readonly string[]} [last] Where something still goes at the no itself: what was tracked in its very task.
 * @property {RegExp} [joins] What joins events from before a no to those after a new yes in the same page.
 * @property {(url: URL) => { body: string, contentType?: string } | undefined} [answer]
 * @property {boolean} [isRealTime]
 */

/** @type {readonly Measured[]} */
const VENDORS = [
  {
    vendor: "amplitude",
    answer: () => ({ body: `{"code":200}` }),
    wrote: [
      "cookie AMP_0123456789 .shop.test",
      "cookie AMP_MKTG_0123456789 .shop.test",
      "database AMP_diagnostics_0123456789",
      "local AMP_remote_config_0123456789",
      "local AMP_unsent_0123456789",
      "session AMP_PAGE_VIEW",
      "session AMP_URL_INFO",
    ],
    untilReload: ["database AMP_diagnostics_0123456789"],
  },
  {
    vendor: "clarity",
    answer: ({ pathname }) =>
      pathname.startsWith("/tag/")
        ? { body: clarityTag(), contentType: "text/javascript" }
        : undefined,
    wrote: [
      "cookie _clck .shop.test",
      "cookie _clsk .shop.test",
      "session _cltk",
    ],
    last: ["https://collect.vendor.test/collect"],
  },
  {
    vendor: "datadog",
    isRealTime: true,
    wrote: ["cookie _dd_s_v2 www.shop.test", "session _dd_tab_id"],
    // The tab is the same one, to Datadog.
    joins: /"tab":\{"id":"[^"]+"/g,
  },
  {
    vendor: "mixpanel",
    wrote: [
      "cookie mp_TOKEN_mixpanel .shop.test",
      "database mixpanelBrowserDb",
      "database mixpanelFlagsDb",
      "local __mp_opt_in_out_TOKEN",
      "local __mpq_TOKEN_ev",
      "session mp_gen_new_tab_id_mixpanel_TOKEN",
      "session mp_tab_id_mixpanel_TOKEN",
    ],
    untilReload: ["database mixpanelBrowserDb", "database mixpanelFlagsDb"],
    remains: ["local __mp_opt_in_out_TOKEN"],
  },
  {
    vendor: "plausible",
    wrote: [],
    last: ["https://plausible.io/api/event"],
  },
  {
    vendor: "posthog",
    wrote: [
      "cookie ph_phc_test_posthog .shop.test",
      "local __ph_opt_in_out_phc_test",
      "local ph_phc_test_posthog",
      "session ph_phc_test_posthog",
      "session ph_phc_test_session_registered_properties",
      "session ph_phc_test_window_id",
    ],
    last: ["https://us.i.posthog.com/e/"],
    // The page view is the same one, to PostHog.
    joins: /"\$pageview_id":"[^"]+"/g,
    remains: ["local __ph_opt_in_out_phc_test"],
  },
  {
    vendor: "rudderstack",
    answer: ({ pathname }) =>
      pathname.includes("sourceConfig") ? { body: RUDDER } : undefined,
    wrote: [
      "cookie rl_anonymous_id .shop.test",
      "cookie rl_page_init_referrer .shop.test",
      "cookie rl_session .shop.test",
      "local rudder_KEY.ID.ack",
      "local rudder_KEY.ID.batchQueue",
      "local rudder_KEY.ID.inProgress",
      "local rudder_KEY.ID.queue",
    ],
    untilReload: ["local rudder_KEY.ID.ack"],
    last: ["https://data.vendor.test/v1/track"],
  },
  {
    vendor: "segment",
    answer: ({ pathname }) =>
      pathname.endsWith("/settings") ? { body: SEGMENT } : undefined,
    wrote: [
      "cookie ajs_anonymous_id .shop.test",
      "local ajs_anonymous_id",
      "local ajs_user_id",
    ],
  },
  {
    vendor: "sentry",
    wrote: ["session sentryReplaySession"],
    last: ["https://o1.ingest.sentry.io/api/1/envelope/"],
  },
];

/** What Clarity's servers make of a project: a start with its settings, and the SDK. */
const clarityTag = () =>
  `clarity("start", { projectId: "project", upload: "https://collect.vendor.test/collect", track: true, delay: 500 });
  clarity.q.unshift(clarity.q.pop());
  ${readFileSync(new URL("../../node_modules/clarity-js/build/clarity.min.js", import.meta.url), "utf8")}`;

const SEGMENT = JSON.stringify({
  integrations: { "Segment.io": { apiKey: "KEY" } },
  plan: { track: { __default: { enabled: true } } },
});

const RUDDER = JSON.stringify({
  source: {
    id: "source",
    name: "shop",
    writeKey: "KEY",
    enabled: true,
    workspaceId: "workspace",
    destinations: [],
    config: {
      statsCollection: {
        errors: { enabled: false },
        metrics: { enabled: false },
      },
    },
  },
});

/** @param {readonly { body: string }[]} sent */
const text = (sent) => sent.map(({ body }) => body).join("\n");

describe("the real SDK of", () => {
  /** @type {Awaited<ReturnType<typeof startStage>>} */
  let stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage?.close());

  for (const {
    vendor,
    wrote,
    remains = [],
    untilReload = [],
    last = [],
    joins,
    ...how
  } of VENDORS)
    describe(vendor, () => {
      /**
       * @param {(visitor: import("../support/real-vendors/stage.mjs").Visitor) => Promise<void>} journey
       */
      const visit = async (journey) => {
        const visitor = await stage.visitor(vendor, how);
        try {
          await visitor.open();
          await journey(visitor);
          assert.deepEqual(await visitor.errors(), []);
        } finally {
          await visitor.close();
        }
      };
      /** @param {import("../support/real-vendors/stage.mjs").Visitor} visitor */
      const grant = async (visitor, event = "Signed up") => {
        await visitor.do("grant");
        await visitor.pass();
        await visitor.follows(true);
        await visitor.do(event);
        await visitor.hears(event);
      };

      it("sends, stores and even tries out nothing before a yes", () =>
        visit(async (visitor) => {
          await visitor.do("Too early");
          await visitor.pass(60_000);
          assert.deepEqual(
            [visitor.sent(), await visitor.writes(), await visitor.stored()],
            [[], [], []],
          );
          await grant(visitor);
          assert.doesNotMatch(text(visitor.sent()), /Too early/);
        }));

      it("sends after a yes, and stores under the declared names only", () =>
        visit(async (visitor) => {
          await grant(visitor);
          assert.match(text(visitor.sent()), /Signed up/);
          assert.deepEqual(await visitor.stored(), wrote);
        }));

      it("sends nothing after a no, leaves nothing, and neither comes back", () =>
        visit(async (visitor) => {
          const stays = [...untilReload, ...remains];
          await grant(visitor);
          visitor.sent();
          await visitor.do("At the end", "withdraw");
          await visitor.follows(false);
          await visitor.pass(5000);
          assert.deepEqual(
            [...new Set(visitor.sent().map(({ url }) => url))],
            last,
          );
          await visitor.do("Too late");
          await visitor.pass(60_000);
          assert.deepEqual(
            [visitor.sent(), await visitor.storesOnly(stays)],
            [[], stays],
          );
          await visitor.reload();
          await visitor.writes();
          await visitor.do("Still too late");
          await visitor.pass(60_000);
          assert.deepEqual(
            [visitor.sent(), await visitor.writes(), await visitor.stored()],
            [[], [], remains],
          );
        }));

      it("begins anew after a no and a yes, in the same page and in the next one", () =>
        visit(async (visitor) => {
          await grant(visitor, "First");
          const first = new Set(text(visitor.sent()).match(UUID));
          await visitor.do("withdraw");
          await visitor.follows(false);
          await visitor.pass(5000);
          await visitor.do("Too late");
          await visitor.pass();
          visitor.sent();
          await grant(visitor, "Second");
          const second = text(visitor.sent());
          assert.match(second, /Second/);
          assert.doesNotMatch(second, /First|Too late/);
          assert.deepEqual(
            (second.replace(joins ?? "", "").match(UUID) ?? []).filter(
              (id) => first.has(id) && !/^[0-]+$/.test(id),
            ),
            [],
          );
          await visitor.reload();
          await visitor.pass();
          await visitor.do("Third");
          await visitor.hears("Third");
          assert.match(text(visitor.sent()), /Third/);
        }));
    });
});
