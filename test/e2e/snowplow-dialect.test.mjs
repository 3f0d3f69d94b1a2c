import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { startCollector } from "../../collector/collector.mjs";
import { hasPageCache, launch } from "../support/browser.mjs";
import { loadSource } from "../support/load-source.mjs";
import { startSourceSite } from "../support/source-site.mjs";

const { assertNoLeaks } = await loadSource("testing/index.ts");

const NOBODY = "00000000-0000-0000-0000-000000000000";
const UUIDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const USER = "user-42@shop.test";
const PREFERENCES = {
  consentScopes: ["necessary"],
  basisForProcessing: "consent",
  consentUrl: "https://shop.test/privacy",
  consentVersion: "2026-11",
  domainsApplied: ["shop.test"],
};

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof startCollector>>} */
let collector;
/** @type {Awaited<ReturnType<typeof startSourceSite>>} */
let site;
/** The collector on a host of the site, as Snowplow recommends it. */
let endpoint = "";

before(async () => {
  browser = await launch();
  collector = await startCollector();
  endpoint = collector.url.replace("127.0.0.1", "c.shop.test");
  site = await startSourceSite(
    `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Kites</title></head>
  <body>
    <a id="partner" href="https://partner.test/x">Partner</a>
    <script type="module">
      import * as sp from "/lib/snowplow.js";
      import { createConsent } from "/lib/create-consent.js";
      Object.assign(window, { sp, snowplow: sp.snowplow, createConsent, isHere: true });
    </script>
  </body>
</html>`,
    { snowplow: "dialects/snowplow.ts", "create-consent": "create-consent.ts" },
  );
});
after(async () => {
  await browser?.close();
  await site?.close();
  await collector?.close();
});
beforeEach(async () => {
  collector.clear();
  collector.answer("ok");
  context = await browser.newContext();
});
afterEach(() => context.close());

/** Opens a page of the site, and runs `body` there with what the test hands over. */
async function open(path = "/kites?email=me", script) {
  const page = await context.newPage();
  const warnings = [];
  page.on("console", (message) => {
    if (message.type() === "warning" || message.type() === "error")
      warnings.push(message.text());
  });
  page.on("pageerror", (error) => warnings.push(String(error)));
  if (script) await page.addInitScript(script);
  await goTo(page, path);
  /** @param {Function} body @param {object} [given] */
  const run = (body, given = {}) =>
    page.evaluate(
      `(${body})(${JSON.stringify({ url: endpoint, user: USER, choice: PREFERENCES, ...given })})`,
    );
  return { page, run, warnings };
}

async function goTo(page, path) {
  await page.goto(site.url + path);
  await page.waitForFunction(() => window.isHere);
}

const arrived = (count) =>
  collector.waitFor(({ events }) => events.length >= count);

const nameOf = ({ schema }) => schema.split("/")[1];

/** The events that arrived, from the `from`-th on. */
const seen = (from = 0) =>
  collector.events
    .slice(from)
    .map(({ data, contexts, unstruct, requestId }) => ({
      columns: data,
      event: unstruct?.data,
      entities: Object.fromEntries(
        contexts.map((entity) => [nameOf(entity), entity.data]),
      ),
      request: collector.requests.find(({ id }) => id === requestId),
    }));

const errors = () => collector.events.flatMap((event) => event.errors);

/** Cookies and entries, of which the collector's own cookie is not the page's to know. */
const stored = (page) =>
  page.evaluate(() => ({
    cookies: document.cookie,
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
  }));

/** A tracker with everything on, or one a strategy of its name, and an event of each kind. */
const useAll = ({ url, configuration, user, strategies }) => {
  const { sp } = window;
  for (const stateStorageStrategy of strategies ?? [undefined])
    sp.newTracker(stateStorageStrategy ?? "sp", url, {
      appId: "shop",
      platform: "web",
      contexts: { webPage: true, session: true, browser: true },
      ...configuration,
      ...(stateStorageStrategy && { stateStorageStrategy }),
    });
  sp.setUserId(user);
  sp.trackPageView();
  sp.trackStructEvent({
    category: "shop",
    action: "add",
    label: "kite",
    property: "red",
    value: 2,
  });
  sp.trackSelfDescribingEvent({
    event: {
      schema: "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1",
      data: { targetUrl: "https://shop.test/x" },
    },
  });
};

const STRATEGIES = ["cookieAndLocalStorage", "cookie", "localStorage", "none"];

/** Web's levels, and what `assertNoLeaks` calls them. */
const LEVELS = [
  [true, "client"],
  [{}, "client"],
  [{ withSessionTracking: true }, "session"],
  [{ withServerAnonymisation: true }, "server"],
  [
    { withSessionTracking: true, withServerAnonymisation: true },
    "server-session",
  ],
];

/** Columns that are the same in every mode. */
const SAME =
  "e eid tv tna aid p cookie cs lang res cd tz dtm stm vp ds url page".split(
    " ",
  );

describe("snowplow dialect", () => {
  for (const eventMethod of ["post", "get"])
    for (const [anonymousTracking, level] of LEVELS)
      it(`check 1, check 3: anonymousTracking ${JSON.stringify(anonymousTracking)} by ${eventMethod} names nobody, in all storage strategies`, async () => {
        const { page, run, warnings } = await open();
        await run(useAll, {
          configuration: { anonymousTracking, eventMethod },
          strategies: STRATEGIES,
        });
        await arrived(12);
        const { events } = assertNoLeaks(collector.requests, {
          level,
          known: [USER, "email=me"],
        });
        assert.deepEqual([events, errors(), warnings], [12, [], []]);
        const hasSession = level.endsWith("session");
        for (const { columns, entities, request } of seen()) {
          assert.deepEqual(
            SAME.filter((name) => !(name in columns)),
            columns.e === "pv" ? [] : ["page"],
          );
          assert.deepEqual(
            ["duid", "uid", "sid", "vid"].filter((name) => name in columns),
            hasSession ? ["sid", "vid"] : [],
          );
          assert.equal(columns.url, `${site.url}/kites`);
          assert.equal(request.headers.cookie, undefined);
          assert.equal(
            request.headers["sp-anonymous"],
            level.startsWith("server") ? "*" : undefined,
          );
          assert.equal(entities.browser_context.tabId, null);
          assert.match(entities.web_page.id, /^[\da-f-]{36}$/);
          const session = entities.client_session;
          assert.deepEqual(
            session && [
              session.userId,
              session.previousSessionId,
              session.sessionId,
            ],
            hasSession ? [NOBODY, null, columns.sid] : undefined,
          );
        }
        const { cookies, local, session } = await stored(page);
        assert.deepEqual([cookies, local], ["", []]);
        assert.deepEqual(
          session.map(([key]) => key).toSorted(),
          STRATEGIES.filter((name) => hasSession && name !== "none")
            .map((name) => `_sp_consent.${name}/session`)
            .toSorted(),
        );
      });

  for (const stateStorageStrategy of STRATEGIES)
    it(`check 3: alone and with ${stateStorageStrategy} it means what the real one means: everything is told`, async () => {
      const { page, run } = await open();
      await run(useAll, { configuration: { stateStorageStrategy } });
      await arrived(3);
      const events = seen();
      assert.deepEqual(errors(), []);
      const [{ columns }] = events;
      assert.deepEqual([columns.uid, columns.vid], [USER, "1"]);
      assert.equal(columns.url, `${site.url}/kites?email=me`);
      const own = await run(() => {
        const sp = window.sp.newTracker("sp", "");
        return [
          sp.getDomainUserId(),
          sp.getDomainSessionId(),
          sp.getDomainSessionIndex(),
          sp.getUserId(),
          sp.getPageViewId(),
        ];
      });
      for (const { columns: each, entities } of events)
        assert.deepEqual(
          [each.duid, each.sid, 1, each.uid, entities.web_page.id],
          own,
        );
      assert.equal(events[0].entities.client_session.userId, columns.duid);
      const { cookies, local } = await stored(page);
      assert.deepEqual(
        [
          cookies.includes(columns.duid),
          // An event whose answer is still on its way is there too, and names the visitor.
          local.some(
            ([name, value]) =>
              !name.includes("/out/") && value.includes(columns.duid),
          ),
        ],
        {
          cookieAndLocalStorage: [true, false],
          cookie: [true, false],
          localStorage: [false, true],
          none: [false, false],
        }[stateStorageStrategy],
      );
      for (const { value: _, ...cookie } of await context.cookies())
        if (cookie.name.startsWith("_sp_"))
          assert.deepEqual(
            [cookie.domain, cookie.path, cookie.sameSite],
            ["www.shop.test", "/", "Lax"],
          );

      await goTo(page, "/next");
      await run(useAll, { configuration: { stateStorageStrategy } });
      await arrived(6);
      assert.equal(
        seen(3)[0].columns.duid === columns.duid,
        stateStorageStrategy !== "none",
      );
    });

  it("check 3: the command function does what the named exports do", async () => {
    const { run } = await open();
    const error = await run(({ url, user }) => {
      const { snowplow } = window;
      snowplow("newTracker", "sp", url, {
        appId: "shop",
        platform: "web",
        anonymousTracking: { withServerAnonymisation: true },
        contexts: { webPage: true },
      });
      snowplow("newTracker", "other", url, { anonymousTracking: true });
      snowplow("setUserId", user);
      snowplow("trackPageView:sp", { title: "Named" });
      snowplow("trackStructEvent", { category: "a", action: "b" }, ["other"]);
      try {
        snowplow("trackPageveiw");
        return "nothing";
      } catch (thrown) {
        return String(thrown).slice(0, 80);
      }
    });
    await arrived(2);
    assert.match(
      error,
      /RangeError: consent-elements: a command is "trackPageveiw"/,
    );
    assert.deepEqual(
      seen()
        .map(({ columns }) => [columns.tna, columns.e, columns.page])
        .toSorted(),
      [
        ["other", "se", undefined],
        ["sp", "pv", "Named"],
      ],
    );
  });

  it("check 4: refuses at the call what the schemas would fail later", async () => {
    const { run } = await open();
    const found = await run(({ url, choice }) => {
      const { sp } = window;
      sp.newTracker("sp", url);
      const attempt = (body) => {
        try {
          body();
          return "nothing";
        } catch (error) {
          return error.name;
        }
      };
      const deny = (more) => () => sp.trackConsentDeny({ ...choice, ...more });
      return [
        deny({ consentScopes: [] }),
        deny({ domainsApplied: [] }),
        deny({ consentVersion: "2026-11-22-very-final" }),
        deny({ consentUrl: "/privacy" }),
        deny({ basisForProcessing: "because" }),
        deny({ gdprApplies: "yes" }),
        deny({ scopes: ["all"] }),
        deny({ consentScopes: ["x".repeat(1025)] }),
        deny({ domainsApplied: ["x".repeat(1025)] }),
        () => sp.trackCmpVisible({ elapsedTime: -1 }),
        () => sp.trackCmpVisible({ elapsedTime: "5" }),
        () => sp.trackStructEvent({ category: "a" }),
        () => sp.trackStructEvent({ category: "a", action: "b", value: "2" }),
        () =>
          sp.trackSelfDescribingEvent({ event: { schema: "shop", data: {} } }),
        () => sp.trackPageView({ titel: "Home" }),
        () => sp.trackPageView({}, ["nobody"]),
        () => sp.setUserId("x".repeat(256)),
        () => sp.enableAnonymousTracking({ withSessionTracking: true }),
        () => sp.enableAnonymousTracking({ stateStorageStrategy: "local" }),
        () => sp.newTracker("b", url, { withServerAnonymisation: true }),
        () => sp.newTracker("b", url, { userAnonymisation: true }),
        () =>
          sp.newTracker("b", url, {
            anonymousTracking: { withServer: true },
          }),
      ].map(attempt);
    });
    assert.deepEqual(
      found,
      "TypeError TypeError RangeError RangeError RangeError TypeError TypeError RangeError RangeError TypeError TypeError TypeError TypeError RangeError TypeError RangeError RangeError TypeError RangeError TypeError TypeError TypeError".split(
        " ",
      ),
    );
  });

  for (const [title, fault] of [
    ["a collector that fails", { status: 503 }],
    ["a collector that hangs", "hang"],
  ])
    it(`check 6: after ${title}, nothing from before enableAnonymousTracking() leaves or stays`, async () => {
      const { page, run } = await open();
      collector.answer(fault);
      await run(useAll, { configuration: { onError: undefined } });
      await collector.waitFor(({ requests }) => requests.length > 0);
      const ids = await run(() => {
        const { sp } = window;
        const tracker = sp.newTracker("sp", "");
        const known = [tracker.getDomainUserId(), sp.getDomainSessionId()];
        sp.enableAnonymousTracking({
          options: { withServerAnonymisation: true },
        });
        return known;
      });
      assert.equal(ids.filter(Boolean).length, 2);
      collector.answer("ok");
      collector.clear();
      const left = JSON.stringify(await stored(page));
      assert.deepEqual(
        [...ids, USER].filter((id) => left.includes(id)),
        [],
      );
      await run(() => window.sp.trackPageView());
      await arrived(1);
      await goTo(page, "/next");
      await run(useAll, {
        configuration: { anonymousTracking: { withServerAnonymisation: true } },
      });
      await arrived(4);
      assertNoLeaks(collector.requests, {
        level: "server",
        known: [...ids, USER],
      });
    });

  it("check 7, check 8: follows a withdrawal in another tab at once, and never a rise", async () => {
    const first = await open("/a");
    const second = await open("/b");
    await first.run(useAll);
    // One after the other: without a record, tabs that begin in the same moment each make a visitor (ARCHITECTURE.md).
    await arrived(3);
    await second.run(useAll);
    await arrived(6);
    const { duid } = seen()[0].columns;
    await first.run(() => window.sp.enableAnonymousTracking());
    await second.page.waitForFunction(
      () => !window.sp.newTracker("sp", "").getDomainUserId(),
    );
    collector.clear();
    await second.run(() => window.sp.trackPageView());
    await arrived(1);
    await first.run(() => {
      window.sp.disableAnonymousTracking();
      window.sp.trackPageView();
    });
    await arrived(2);
    await second.run(() => window.sp.trackPageView());
    await arrived(3);
    const all = seen().map(({ columns }) => columns.duid);
    assert.deepEqual([all[0], all[2]], [undefined, undefined]);
    assert.match(all[1], /^[\da-f-]{36}$/);
    assert.notEqual(all[1], duid);
  });

  it(
    "check 8: a page out of the back/forward cache is anonymous after a withdrawal on the next one",
    { skip: !hasPageCache },
    async () => {
      const { page, run } = await open("/a");
      await run(useAll);
      await arrived(3);
      const { duid } = seen()[0].columns;
      await run(() => {
        window.isOld = true;
      });
      await goTo(page, "/b");
      await run(({ url }) => {
        window.sp.newTracker("sp", url);
        window.sp.enableAnonymousTracking();
      });
      // Playwright's goBack() waits for a load, which a restored page does not have.
      await page.evaluate(() => history.back()).catch(() => {});
      await page.waitForFunction(
        () => location.pathname === "/a" && window.isHere,
      );
      assert.equal(await run(() => window.isOld), true);
      collector.clear();
      await run(() => window.sp.trackPageView());
      await arrived(1);
      assertNoLeaks(collector.requests, {
        level: "server",
        known: [duid, USER],
      });
      assert.ok(!(await stored(page)).cookies.includes("_sp_"));
    },
  );

  it("check 8: carries an id to another site at the level full alone", async () => {
    const { page, run } = await open();
    await run(({ url }) => {
      window.sp.newTracker("sp", url, {
        crossDomainLinker: ({ hostname }) => hostname === "partner.test",
      });
      window.sp.trackPageView();
    });
    await arrived(1);
    const press = () =>
      page.evaluate(() => {
        const link = document.querySelector("#partner");
        link.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
        return link.href;
      });
    assert.match(await press(), /\?_sp=[\da-f-]{36}\.\d+$/);
    await run(() => window.sp.enableAnonymousTracking());
    assert.equal(await press(), "https://partner.test/x");
  });

  it("check 8: two trackers on a page have no id in common", async () => {
    const { run } = await open();
    await run(({ url }) => {
      const { sp } = window;
      sp.newTracker("one", url, { contexts: { browser: true } });
      sp.newTracker("two", url, { anonymousTracking: true });
      sp.trackPageView();
    });
    await arrived(2);
    const [one, two] = seen().map(
      ({ columns, entities }) =>
        new Set(JSON.stringify([columns, entities]).match(UUIDS)),
    );
    assert.deepEqual(
      [[...one].filter((id) => two.has(id)), two.size > 1],
      [[], true],
    );
  });

  it("check 9: no id of one level appears in another, there and back", async () => {
    const { run } = await open();
    const groups = [];
    await run(({ url }) => {
      window.sp.newTracker("sp", url, {
        contexts: { webPage: true, session: true, browser: true },
      });
    });
    const steps = [
      () => {},
      () =>
        window.sp.enableAnonymousTracking({
          options: { withSessionTracking: true },
        }),
      () => window.sp.enableAnonymousTracking(),
      () =>
        window.sp.enableAnonymousTracking({
          options: { withServerAnonymisation: true },
        }),
      () => window.sp.disableAnonymousTracking(),
    ];
    for (const [at, step] of steps.entries()) {
      await run(
        `() => { (${step})(); window.sp.trackPageView(); window.sp.trackPageView(); }`,
      );
      await arrived(2 * (at + 1));
      groups.push(
        new Set(
          JSON.stringify(
            seen(2 * at).map(({ columns, entities }) => [columns, entities]),
          ).match(UUIDS),
        ),
      );
    }
    for (const [at, ids] of groups.entries())
      for (const other of groups.slice(at + 1))
        assert.deepEqual(
          [...ids].filter((id) => other.has(id) && id !== NOBODY),
          [],
        );
  });

  it("check 10: reads and writes nothing with server anonymity and no storage", async () => {
    const { page, run } = await open("/", () => {
      window.touched = [];
      for (const [owner, name] of [
        [Document.prototype, "cookie"],
        [Window.prototype, "localStorage"],
        [Window.prototype, "sessionStorage"],
        [Window.prototype, "indexedDB"],
        [Window.prototype, "caches"],
      ]) {
        const holder = Object.getOwnPropertyDescriptor(owner, name)
          ? owner
          : window;
        const { get, set } =
          Object.getOwnPropertyDescriptor(holder, name) ?? {};
        Object.defineProperty(holder, name, {
          configurable: true,
          get() {
            window.touched.push(`read ${name}`);
            return get?.call(this);
          },
          set(value) {
            window.touched.push(`write ${name}`);
            set?.call(this, value);
          },
        });
      }
    });
    const touched = () => page.evaluate(() => window.touched);
    await run(useAll, {
      configuration: {
        anonymousTracking: { withServerAnonymisation: true },
        stateStorageStrategy: "none",
      },
    });
    await arrived(3);
    assert.deepEqual(await touched(), []);
    // The instrument works.
    await page.evaluate(() => document.cookie.length + localStorage.length);
    assert.deepEqual(await touched(), ["read cookie", "read localStorage"]);
  });

  for (const [signal, script] of [
    ["Global Privacy Control", "navigator.globalPrivacyControl = true"],
    [
      "Do Not Track",
      'Object.defineProperty(navigator, "doNotTrack", { get: () => "1" })',
    ],
  ])
    it(`check 11: ${signal} means anonymous, at the start and later`, async () => {
      const early = await open("/a", script);
      await early.run(useAll);
      await arrived(3);
      assertNoLeaks(collector.requests, { level: "server", known: [USER] });
      assert.equal((await stored(early.page)).cookies, "");

      collector.clear();
      const late = await open("/b");
      await late.run(useAll);
      await arrived(3);
      const { duid } = seen()[0].columns;
      assert.match(duid, /^[\da-f-]{36}$/);
      await late.page.evaluate(script);
      collector.clear();
      await late.run(() => window.sp.trackPageView());
      await arrived(1);
      assertNoLeaks(collector.requests, {
        level: "server",
        known: [duid, USER],
      });
      assert.equal((await stored(late.page)).cookies, "");
    });

  it("check 11: a yes in the site's record outweighs the signal, and respectDoNotTrack: true forbids all", async () => {
    const { page, run } = await open(
      "/a",
      'navigator.globalPrivacyControl = true; Object.defineProperty(navigator, "doNotTrack", { get: () => "1" })',
    );
    await run(({ url }) => {
      const consent = window.createConsent();
      const { sp } = window;
      sp.newTracker("never", url, { respectDoNotTrack: true, consent });
      sp.newTracker("sp", url, { consent });
      sp.trackPageView();
      consent.grantAll({ source: "user" });
      sp.trackPageView();
    });
    await arrived(2);
    assert.deepEqual(
      seen().map(({ columns }) => [columns.tna, !!columns.duid]),
      [
        ["sp", true],
        ["sp", true],
      ],
    );
    assert.ok(!(await stored(page)).cookies.includes("never"));
  });

  it("check 12: works, quietly and anonymously, in a sandboxed document", async () => {
    const { page, warnings } = await open("/a");
    await page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.sandbox.add("allow-scripts");
      frame.src = "/framed";
      document.body.append(frame);
    });
    const frame = await page
      .waitForSelector("iframe")
      .then((found) => found.contentFrame());
    await frame.waitForFunction(() => window.isHere);
    const thrown = await frame.evaluate(
      `(${({ url }) => {
        try {
          window.sp.newTracker("sp", url);
          window.sp.trackPageView();
          window.sp.enableAnonymousTracking();
          window.sp.clearUserData();
          window.sp.trackPageView();
          return "nothing";
        } catch (error) {
          return String(error);
        }
      }})(${JSON.stringify({ url: endpoint })})`,
    );
    assert.deepEqual([thrown, warnings], ["nothing", []]);
    await arrived(1);
    assert.equal(seen()[0].columns.duid, undefined);
  });

  it("check 13: sends credentials at the level full alone, and one explicit call lets the collector expire its cookie", async () => {
    const { run } = await open();
    const cookies = async () =>
      (await context.cookies(endpoint))
        .map(({ name }) => name)
        .filter((name) => name === "sp");
    await run(useAll);
    await arrived(3);
    assert.deepEqual(await cookies(), ["sp"]);
    const refused = await run(() =>
      window.sp.expireNetworkCookie().then(
        () => "nothing",
        (error) => error.name,
      ),
    );
    assert.equal(refused, "TypeError");
    await run(() => window.sp.enableAnonymousTracking());
    collector.clear();
    await run(() => window.sp.trackPageView());
    await arrived(1);
    assert.equal(collector.requests[0].headers.cookie, undefined);
    assert.deepEqual(await cookies(), ["sp"]);
    assert.equal(await run(() => window.sp.expireNetworkCookie()), true);
    assert.deepEqual([await cookies(), errors()], [[], []]);
    assert.match(collector.requests[1].headers.cookie, /^sp=[^;]+$/);
    assert.equal(collector.requests[1].headers["sp-anonymous"], "*");
  });

  it("check 14: holds events until the record says yes, and drops them at a no", async () => {
    const { page, run } = await open();
    await run(({ url, user }) => {
      const { sp } = window;
      window.consent = window.createConsent();
      sp.newTracker("sp", url, { consent: window.consent });
      sp.setUserId(user);
      sp.trackPageView({ title: "One" });
      sp.trackPageView({ title: "Two" });
    });
    assert.deepEqual(
      [await stored(page), collector.requests.length],
      [{ cookies: "", local: [], session: [] }, 0],
    );
    await run(() => {
      window.consent.grantAll();
      window.sp.trackPageView({ title: "Three" });
    });
    await arrived(3);
    assert.deepEqual(
      seen().map(({ columns }) => [columns.page, columns.uid]),
      ["One", "Two", "Three"].map((title) => [title, USER]),
    );
    await run(() => {
      window.consent.withdraw();
      window.sp.trackPageView({ title: "Four" });
      window.consent.set({ analytics: "anonymous" });
      window.sp.trackPageView({ title: "Five" });
    });
    await arrived(4);
    assert.deepEqual(
      seen(3).map(({ columns, request }) => [
        columns.page,
        columns.uid,
        request.headers["sp-anonymous"],
      ]),
      [["Five", undefined, "*"]],
    );
  });

  it("check 15: a refusal is told without any id, in an anonymous request of its own", async () => {
    const { run } = await open();
    await run(({ url, user, choice }) => {
      const { sp } = window;
      sp.newTracker("sp", url, {
        contexts: { session: true, browser: true },
      });
      sp.setUserId(user);
      sp.trackCmpVisible({ elapsedTime: 12.5 });
      sp.trackConsentSelected({ ...choice, consentScopes: ["analytics"] });
      sp.trackConsentDeny({ ...choice, gdprApplies: true });
    });
    await arrived(3);
    assert.deepEqual(errors(), []);
    // What names nobody waits for nothing else, and may arrive first.
    const events = seen().toSorted(
      (a, b) => +!a.columns.duid - +!b.columns.duid,
    );
    assert.deepEqual(
      events.map(({ event, columns }) => [event.eventType, !!columns.duid]),
      [
        [undefined, true],
        ["allow_selected", true],
        ["deny_all", false],
      ],
    );
    const [{ columns }, , last] = events;
    assertNoLeaks([last.request], {
      level: "server",
      known: [columns.duid, columns.sid, USER],
    });
    const earlier = new Set(
      JSON.stringify(
        events.slice(0, 2).map((each) => [each.columns, each.entities]),
      ).match(UUIDS),
    );
    assert.deepEqual(
      [
        ...new Set(JSON.stringify([last.columns, last.entities]).match(UUIDS)),
      ].filter((id) => earlier.has(id)),
      [],
    );
    assert.equal(last.request.headers.cookie, undefined);
  });

  it("makes a fresh visitor by clearUserData(), and keeps what it is told to keep", async () => {
    const { run } = await open();
    await run(useAll);
    await arrived(3);
    const calls = [
      "",
      "{ preserveUser: true }",
      "{ preserveSession: true }",
      "{ preserveUser: true, preserveSession: true }",
    ];
    for (const [at, call] of calls.entries()) {
      await run(
        `({ user }) => { window.sp.setUserId(user); window.sp.clearUserData(${call}); window.sp.trackPageView(); }`,
      );
      await arrived(4 + at);
    }
    const all = seen(2).map(({ columns }) => columns);
    assert.deepEqual(
      all
        .slice(1)
        .map(({ duid, sid, uid }, at) => [
          duid === all[at].duid,
          sid === all[at].sid,
          uid,
        ]),
      [
        [false, false, undefined],
        [true, false, USER],
        [false, true, undefined],
        [true, true, USER],
      ],
    );
  });

  it("tracks nothing while the opt-out cookie is there, and sends nothing that waited", async () => {
    const { page, run } = await open();
    await run(useAll);
    await arrived(3);
    const { duid } = seen()[0].columns;
    collector.clear();
    await run(() => {
      window.sp.setOptOutCookie("no-tracking");
      document.cookie = "no-tracking=1; Path=/";
      window.sp.trackPageView();
      window.sp.flushBuffer();
      document.cookie = "no-tracking=; Path=/; Max-Age=0";
      window.sp.trackPageView({ title: "Back" });
    });
    await arrived(1);
    const [{ columns }] = seen();
    assert.equal(collector.events.length, 1);
    assert.equal(columns.page, "Back");
    assert.notEqual(columns.duid, duid);
    assert.ok(!(await stored(page)).cookies.includes(duid));
  });

  it("moves to another storage strategy and leaves nothing behind", async () => {
    const { page, run } = await open();
    await run(useAll);
    await arrived(3);
    await run(() => {
      window.sp.enableAnonymousTracking({ stateStorageStrategy: "none" });
    });
    assert.deepEqual(await stored(page), {
      cookies: "",
      local: [],
      session: [],
    });
    await run(() => {
      window.sp.disableAnonymousTracking({
        stateStorageStrategy: "localStorage",
      });
      window.sp.trackPageView();
    });
    await arrived(4);
    const { duid } = seen(3)[0].columns;
    const { cookies, local } = await stored(page);
    assert.deepEqual(
      [cookies, JSON.stringify(local).includes(duid)],
      ["", true],
    );
  });

  it("tells of the page that the caller names, and of entities for every event", async () => {
    const { run } = await open("/kites#top");
    await run(({ url }) => {
      const { sp } = window;
      const entity = (targetUrl) => ({
        schema:
          "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1",
        data: { targetUrl },
      });
      sp.newTracker("sp", url, { contexts: { webPage: false } });
      sp.discardHashTag(true);
      sp.addGlobalContexts({
        always: entity("https://shop.test/always"),
        views: [
          ({ eventType }) => eventType === "pv",
          () => entity("https://shop.test/view"),
        ],
      });
      sp.trackPageView({ timestamp: { type: "ttm", value: 5 } });
      sp.setCustomUrl("/virtual");
      sp.setReferrerUrl("https://search.test/");
      sp.setDocumentTitle("Virtual");
      sp.removeGlobalContexts(["always"]);
      sp.trackPageView({
        timestamp: 7,
        context: [entity("https://shop.test/own")],
      });
      sp.clearGlobalContexts();
      sp.trackStructEvent({ category: "a", action: "b" });
    });
    await arrived(3);
    assert.deepEqual(errors(), []);
    const targets = collector.events.map(({ contexts }) =>
      contexts.map(({ data }) => data.targetUrl.slice(18)),
    );
    assert.deepEqual(targets, [["always", "view"], ["own", "view"], []]);
    assert.deepEqual(
      seen().map(({ columns }) => [
        columns.url.replace(site.url, ""),
        columns.refr,
        columns.page,
      ]),
      [
        ["/kites", undefined, "Kites"],
        ["/virtual", "https://search.test/", "Virtual"],
        ["/virtual", "https://search.test/", undefined],
      ],
    );
    assert.deepEqual(
      [seen()[0].columns.ttm, seen()[1].columns.dtm],
      ["5", "7"],
    );
  });
});
