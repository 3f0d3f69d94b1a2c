import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { start } from "./collector/start.mjs";
import { asyncStore } from "./support/async-store.mjs";
import { loadSource } from "./support/load-source.mjs";

const { createTracker, newTracker, removeAllTrackers } = await loadSource(
  "dialects/snowplow.ts",
);
const { createStore } = await loadSource("consent/store.ts");
const { asyncStorage } = await loadSource("storage/async.ts");

const NOBODY = "00000000-0000-0000-0000-000000000000";
const ONE_UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/** What names the user. */
const SECRET = {
  userId: "user-42@shop.test",
  domainUserId: "0a1b2c3d-0000-4000-8000-000000000001",
  networkUserId: "0a1b2c3d-0000-4000-8000-000000000002",
  ipAddress: "203.0.113.7",
};
const NAMING = ["uid", "duid", "tnuid", "nuid", "ip"];

/** What names the device. */
const PHONE = {
  appleIdfa: "aa1b2c3d-0000-4000-8000-000000000003",
  appleIdfv: "aa1b2c3d-0000-4000-8000-000000000004",
  androidIdfa: "aa1b2c3d-0000-4000-8000-000000000005",
  openIdfa: "aa1b2c3d-0000-4000-8000-000000000006",
  appSetId: "aa1b2c3d-0000-4000-8000-000000000007",
  appSetIdScope: "app",
};
const DEVICE = {
  osType: "android",
  osVersion: "16",
  deviceManufacturer: "Kite",
  deviceModel: "K1",
};

const GDPR = {
  basisForProcessing: "consent",
  documentId: "policy",
  documentVersion: "1",
  documentDescription: "How we treat what we know",
};

const nameOf = ({ schema }) => schema.split("/")[1];

/** The events that a collector got, with what a test asks for. */
function seen({ events, requests }) {
  return events.map(
    ({ data, contexts, unstruct, errors, requestId, name }) => ({
      name,
      errors,
      columns: data,
      event: unstruct?.data,
      entities: Object.fromEntries(
        contexts.map((entity) => [nameOf(entity), entity.data]),
      ),
      isAnonymous: requests.some(
        ({ id, headers }) =>
          id === requestId && headers["sp-anonymous"] === "*",
      ),
    }),
  );
}

/** A tracker with a collector of its own. `send()` sends what waits until `count` events have arrived. */
async function scene(t, controller, namespace = "appTracker") {
  const collector = await start(t);
  const { url: endpoint } = collector;
  const tracker = createTracker(namespace, { endpoint }, controller);
  t.after(removeAllTrackers);
  return { collector, endpoint, tracker, send: sender(collector, tracker) };
}

function sender(collector, tracker) {
  return async (count) => {
    await tracker.flush();
    await collector.waitFor(({ events }) => events.length >= count);
    return seen(collector);
  };
}

/** Tells of everything once: a screen, a structured event, a page and a schema's own event, with all that names somebody. */
async function useAll(tracker) {
  await tracker.setUserId(SECRET.userId);
  await tracker.setDomainUserId(SECRET.domainUserId);
  await tracker.setNetworkUserId(SECRET.networkUserId);
  await tracker.setIpAddress(SECRET.ipAddress);
  await tracker.setLanguage("cs");
  await tracker.setScreenResolution({ width: 1080, height: 2400 });
  await tracker.trackScreenViewEvent({ name: "Home" });
  await tracker.trackStructuredEvent({
    category: "shop",
    action: "add",
    label: "kite",
    property: "red",
    value: 2,
  });
  await tracker.trackPageViewEvent({
    pageUrl: "https://shop.test/kites?email=me",
    pageTitle: "Kites",
  });
  await tracker.trackSelfDescribingEvent({
    schema: "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1",
    data: { targetUrl: "https://shop.test/x" },
  });
}
const NAMES = ["screen_view", "se", "pv", "link_click"];

const named = (events) =>
  [...Object.values(SECRET), ...Object.values(PHONE)].filter(
    (value) => value.length > 5 && JSON.stringify(events).includes(value),
  );

describe("snowplow dialect", () => {
  // The three shapes of the documentation, as they stand there, and the same in the other spelling and in the flat shape.
  const ANONYMOUS = [
    { trackerConfig: { sessionContext: false, userAnonymisation: true } },
    { trackerConfig: { sessionContext: false, userAnonymization: true } },
    { sessionContext: false, userAnonymisation: true },
    { sessionContext: false, userAnonymization: true },
  ];
  const SESSION = [
    { trackerConfig: { sessionContext: true, userAnonymisation: true } },
    { trackerConfig: { sessionContext: true, userAnonymization: true } },
    { sessionContext: true, userAnonymisation: true },
    { userAnonymization: true },
  ];
  const SERVER = [
    { emitterConfig: { serverAnonymisation: true } },
    { emitterConfig: { serverAnonymization: true } },
    { serverAnonymisation: true },
    { serverAnonymization: true },
  ];
  const withDevice = ({ trackerConfig, ...rest }) => {
    const platformContext = { ...DEVICE, ...PHONE };
    return trackerConfig
      ? { ...rest, trackerConfig: { ...trackerConfig, platformContext } }
      : { ...rest, platformContext };
  };

  for (const given of ANONYMOUS)
    test(`check 5: names nobody and tells of no visit with ${JSON.stringify(given)}`, async (t) => {
      const { tracker, send } = await scene(t, withDevice(given));
      await useAll(tracker);
      const events = await send(4);
      assert.deepEqual(
        events.map(({ name }) => name),
        NAMES,
      );
      assert.deepEqual(
        events.flatMap(({ errors }) => errors),
        [],
      );
      assert.deepEqual(named(events), []);
      for (const { columns, entities, isAnonymous } of events) {
        assert.equal(isAnonymous, false);
        assert.equal(columns.p, "mob");
        assert.equal(columns.lang, "cs");
        assert.equal(columns.res, "1080x2400");
        assert.deepEqual(
          [...NAMING, "sid", "vid"].filter((name) => name in columns),
          [],
        );
        assert.equal(entities.client_session, undefined);
        assert.deepEqual(entities.mobile_context, DEVICE);
        assert.equal(entities.screen.name, "Home");
      }
      assert.equal(events[2].columns.url, "https://shop.test/kites");
    });

  for (const given of SESSION)
    test(`check 5: tells of the visit and of nobody with ${JSON.stringify(given)}`, async (t) => {
      const { tracker, send } = await scene(t, withDevice(given));
      await useAll(tracker);
      const events = await send(4);
      assert.deepEqual(
        events.flatMap(({ errors }) => errors),
        [],
      );
      assert.deepEqual(named(events), []);
      const id = await tracker.getSessionId();
      assert.deepEqual(
        events.map(({ entities: { client_session: session } }) => [
          session.userId,
          session.previousSessionId,
          session.sessionId,
          session.sessionIndex,
          session.eventIndex,
          session.firstEventId,
        ]),
        events.map((_, at) => [
          NOBODY,
          null,
          id,
          1,
          at + 1,
          events[0].columns.eid,
        ]),
      );
      for (const { columns, entities } of events) {
        assert.deepEqual(
          [...NAMING, "sid", "vid"].filter((name) => name in columns),
          [],
        );
        assert.deepEqual(entities.mobile_context, DEVICE);
      }
      assert.equal(await tracker.getSessionUserId(), null);
    });

  for (const given of SERVER)
    test(`check 5: leaves the app's own ids with ${JSON.stringify(given)} alone`, async (t) => {
      const { tracker, send } = await scene(t, withDevice(given));
      await useAll(tracker);
      const events = await send(4);
      assert.deepEqual(
        events.flatMap(({ errors }) => errors),
        [],
      );
      const user = await tracker.getSessionUserId();
      assert.match(user, ONE_UUID);
      for (const { columns, entities, isAnonymous } of events) {
        assert.equal(isAnonymous, true);
        assert.deepEqual(
          [columns.uid, columns.duid, columns.tnuid, columns.ip],
          Object.values(SECRET),
        );
        assert.equal(entities.client_session.userId, user);
        assert.deepEqual(entities.mobile_context, { ...DEVICE, ...PHONE });
      }
    });

  test("check 5: asks the collector for anonymity beside its own, when both are written", async (t) => {
    const { tracker, send } = await scene(t, {
      trackerConfig: { sessionContext: false, userAnonymisation: true },
      emitterConfig: { serverAnonymisation: true },
    });
    await tracker.trackScreenViewEvent({ name: "Home" });
    const [{ isAnonymous, errors }] = await send(1);
    assert.deepEqual([isAnonymous, errors], [true, []]);
  });

  test("means what the real one means when nothing is asked for: everything is told", async (t) => {
    const { tracker, send } = await scene(t, {
      trackerConfig: { appId: "kites" },
      subjectConfig: { userId: SECRET.userId, colorDepth: 24 },
      gdprConfig: {
        basisForProcessing: "consent",
        documentId: "policy",
        documentVersion: "2026-11",
        documentDescription: "Privacy",
      },
      gcConfig: [
        {
          tag: "shop",
          globalContexts: [
            {
              schema:
                "iglu:com.snowplowanalytics.mobile/application/jsonschema/1-0-0",
              data: { version: "1.2", build: "3" },
            },
          ],
        },
      ],
    });
    await tracker.trackScreenViewEvent({ name: "Home" });
    await tracker.removeGlobalContexts("shop");
    await tracker.setUserId(null);
    await tracker.trackScreenViewEvent({ name: "Kites", type: "list" });
    const [first, second] = await send(2);
    assert.deepEqual([...first.errors, ...second.errors], []);
    assert.deepEqual(Object.keys(first.entities), [
      "client_session",
      "screen",
      "gdpr",
      "application",
    ]);
    assert.deepEqual(
      [first.columns.uid, first.columns.cd, first.columns.aid],
      [SECRET.userId, "24", "kites"],
    );
    assert.equal(second.columns.uid, undefined);
    assert.equal(second.entities.application, undefined);
    assert.deepEqual(
      [
        second.event.name,
        second.event.previousName,
        second.event.previousId,
        second.entities.screen.id,
      ],
      ["Kites", "Home", first.event.id, second.event.id],
    );
    assert.match(first.entities.client_session.userId, ONE_UUID);
  });

  test("check 9: begins anew at each turn of user anonymisation, with no id in common", async (t) => {
    const { tracker, send } = await scene(t, {
      trackerConfig: { userAnonymisation: true },
      subjectConfig: { userId: SECRET.userId },
    });
    const groups = [];
    for (const isOn of [true, false, true, true]) {
      await tracker.setUserAnonymisation(isOn);
      await tracker.trackScreenViewEvent({ name: "Home" });
      await tracker.trackStructuredEvent({ category: "a", action: "b" });
      const events = await send(groups.flat().length + 2);
      groups.push(events.slice(-2));
    }
    const idsOf = (events) =>
      new Set(
        JSON.stringify(
          events.map(({ columns, entities, event }) => [
            columns.eid,
            columns,
            // A screen view names the screen before it; that is the app's own story of what was shown.
            { ...event, previousId: undefined },
            entities,
          ]),
        ).match(UUID),
      );
    const [one, two, three, four] = groups.map(idsOf);
    for (const [a, b] of [
      [one, two],
      [two, three],
      [one, three],
    ])
      assert.deepEqual(
        [...a].filter((id) => b.has(id)),
        [NOBODY].filter((id) => a.has(id) && b.has(id)),
      );
    // What does not change is not a change.
    assert.ok([...three].some((id) => id !== NOBODY && four.has(id)));
    assert.deepEqual(
      groups.map(([{ columns }]) => columns.uid),
      [undefined, SECRET.userId, undefined, undefined],
    );
  });

  const MISPLACED = [
    [
      { trackerConfig: { serverAnonymisation: true } },
      /trackerConfig is \["serverAnonymisation"\]; write emitterConfig: { serverAnonymisation }/,
    ],
    [
      { emitterConfig: { userAnonymisation: true } },
      /emitterConfig is \["userAnonymisation"\]; write trackerConfig: { userAnonymisation }/,
    ],
    [
      { emitterConfig: { sessionContext: false } },
      /write trackerConfig: { sessionContext }/,
    ],
    [
      { sessionConfig: { userAnonymization: true } },
      /write trackerConfig: { userAnonymization }/,
    ],
    [{ foregroundTimeout: 60 }, /write sessionConfig: { foregroundTimeout }/],
    [{ bufferOption: "single" }, /write emitterConfig: { bufferOption }/],
    [{ trackerConfig: { consent: {} } }, /write consentConfig: { consent }/],
    [{ endpoint: "c.shop.test" }, /write endpoint in the second argument/],
    [{ trackerConfig: { userAnonymistion: true } }, /write userAnonymisation/],
    [{ userAnonimisation: true }, /write userAnonymisation/],
    [{ TrackerConfig: {} }, /write trackerConfig/],
    [{ anonymousTracking: true }, /write userAnonymisation and/],
    [{ trackerConfig: { anything: 1 } }, /write one of appId/],
    [
      { trackerConfig: { emitterConfig: { serverAnonymisation: true } } },
      /write emitterConfig beside trackerConfig, not in it/,
    ],
    [
      { trackerConfig: { appVersion: "1" } },
      /write appVersion beside trackerConfig, not in it/,
    ],
    [
      { emitterConfig: { bufferSize: 1 } },
      /write bufferSize beside emitterConfig, not in it/,
    ],
    [{ consentConfig: { consent: {} } }, /consent is .*write createConsent/],
    [{ onError: 5 }, /onError is \[5\]; write a function/],
    [{ trackerConfig: true }, /trackerConfig is \[true\]/],
    [{ trackerConfig: { userAnonymisation: "yes" } }, /write true or false/],
    [
      { userAnonymisation: false, trackerConfig: { userAnonymisation: true } },
      /trackerConfig.userAnonymisation is \[true\]; write it once/,
    ],
    [
      { userAnonymisation: true, userAnonymization: false },
      /write one of userAnonymisation and userAnonymization/,
    ],
    [
      { trackerConfig: { screenViewAutotracking: true } },
      /trackScreenViewEvent/,
    ],
    [{ sessionConfig: { foregroundTimeout: 60 } }, /write 1800/],
    [{ gcConfig: {} }, /gcConfig/],
    [{ gdprConfig: { documentId: "a" } }, /gdprConfig.basisForProcessing/],
    [
      { gdprConfig: { ...GDPR, documentVersion: "2026-11-22-very-final" } },
      /the length of gdprConfig.documentVersion is 21; write at most 16/,
    ],
    [
      { gdprConfig: { ...GDPR, basisForProcessing: "because" } },
      /gdprConfig.basisForProcessing is "because"; write consent or/,
    ],
    [
      { appVersion: "x".repeat(256), appBuild: "1" },
      /the length of appVersion is 256; write at most 255/,
    ],
    [{ platformContext: { osType: "ios" } }, /platformContext.osVersion/],
    [{ platformContext: { ...DEVICE, batteryLevel: 0.5 } }, /batteryLevel/],
    [
      { platformContext: { ...DEVICE, model: "K1" } },
      /platformContext .*model/,
    ],
    [{ platformContext: { ...DEVICE, language: "sr-Latn-RS" } }, /most 8/],
    [{ consentConfig: { purpose: 1 } }, /purpose/],
  ];
  for (const [given, error] of MISPLACED)
    test(`check 5: refuses ${JSON.stringify(given)} and names the right place`, () => {
      assert.throws(
        () => createTracker("app", { endpoint: "https://c.shop.test" }, given),
        (thrown) =>
          /^(Type|Range)Error/.test(String(thrown)) &&
          error.test(String(thrown)),
      );
    });

  test("refuses a storage that answers late, and says what to write", () => {
    const { store } = asyncStore();
    for (const given of [
      { storage: store },
      { consentConfig: { storage: store } },
    ])
      assert.throws(
        () => createTracker("app", { endpoint: "c.shop.test" }, given),
        /TypeError: .*storage .*write asyncStorage\(AsyncStorage\)/,
      );
  });

  test("check 5: refuses a network option in the wrong place", () => {
    assert.throws(
      () => createTracker("app", { endpoint: "c.shop.test", appId: "x" }),
      /write trackerConfig: { appId }/,
    );
    assert.throws(
      () =>
        createTracker("app", {
          endpoint: "c.shop.test",
          serverAnonymisation: true,
        }),
      /write emitterConfig: { serverAnonymisation }/,
    );
    assert.throws(
      () =>
        createTracker("app", {
          endpoint: "c.shop.test",
          trackerConfig: { userAnonymisation: true },
        }),
      /write trackerConfig in the third argument/,
    );
    assert.throws(
      () => createTracker("app", { endpoint: "c.test", customPostPath: 5 }),
      /customPostPath is 5; write a text/,
    );
  });

  test("rejects a call that the schema would fail, instead of sending it", async (t) => {
    const { tracker, collector, send } = await scene(t, {});
    await assert.rejects(tracker.trackScreenViewEvent({ nam: "Home" }), /nam/);
    await assert.rejects(tracker.trackScreenViewEvent({}), TypeError);
    await assert.rejects(
      tracker.trackStructuredEvent({ category: "a" }),
      TypeError,
    );
    await assert.rejects(
      tracker.trackSelfDescribingEvent({ schema: "shop", data: {} }),
      RangeError,
    );
    await assert.rejects(tracker.setUserId("x".repeat(256)), RangeError);
    for (const more of [
      { id: "home" },
      { previousId: "start" },
      { previousName: 5 },
      { transitionType: 5 },
    ])
      await assert.rejects(
        tracker.trackScreenViewEvent({ name: "Home", ...more }),
        /^(Type|Range)Error: .*(id|previousId|previousName|transitionType) is /,
      );
    await assert.rejects(
      tracker.trackPageViewEvent({ pageUrl: "https://shop.test", referrer: 5 }),
      RangeError,
    );
    await assert.rejects(tracker.setColorDepth(24.5), TypeError);
    await assert.rejects(tracker.setScreenViewport({ width: 0 }), TypeError);
    await tracker.trackScreenViewEvent({ name: "Home" });
    await send(1);
    assert.equal(collector.events.length, 1);
  });

  test("writes a screen's size in whole numbers", async (t) => {
    const { tracker, send } = await scene(t, {});
    await tracker.setScreenResolution({ width: 411.43, height: 866.29 });
    await tracker.trackScreenViewEvent({ name: "Home" });
    const [{ columns, errors }] = await send(1);
    assert.deepEqual([columns.res, errors], ["411x866", []]);
  });

  test("takes the one object of React Native 4", async (t) => {
    const collector = await start(t);
    t.after(removeAllTrackers);
    const tracker = await newTracker({
      namespace: "appTracker",
      endpoint: collector.url,
      appId: "kites",
      appVersion: "1.2",
      appBuild: "3",
      userAnonymization: true,
      serverAnonymization: true,
      encodeBase64: false,
      customHeaders: { "x-shop": "1" },
    });
    await tracker.trackScreenViewEvent({ name: "Home" });
    const [event] = await sender(collector, tracker)(1);
    assert.deepEqual(event.errors, []);
    assert.equal(event.isAnonymous, true);
    assert.equal(collector.requests[0].headers["x-shop"], "1");
    assert.deepEqual(event.entities.application, {
      version: "1.2",
      build: "3",
    });
    assert.equal(event.entities.client_session.userId, NOBODY);
  });

  test("check 7: grants nothing until a late storage has answered, then follows the record", async (t) => {
    const slow = asyncStore(
      {
        "consent-elements/consent": `analytics=granted&revision=1&time=${encodeURIComponent(new Date().toISOString())}&source=user&action=set`,
      },
      { isOpen: false },
    );
    const view = asyncStorage(slow.store);
    const consent = createStore({ storage: view.records("consent") });
    const { tracker, collector, send } = await scene(t, {
      consentConfig: { consent, storage: view },
    });
    await tracker.trackScreenViewEvent({ name: "Home" });
    await tracker.flush();
    assert.equal(consent.isGranted("analytics"), false);
    assert.deepEqual([collector.requests.length, slow.told], [0, []]);
    slow.open();
    await consent.ready;
    assert.equal(consent.isGranted("analytics"), true);
    const [{ entities }] = await send(1);
    const user = entities.client_session.userId;
    await view.settled();
    assert.ok([...slow.kept.values()].some((text) => text.includes(user)));

    consent.withdraw();
    await view.settled();
    assert.deepEqual(
      [...slow.kept.keys()],
      ["consent-elements/consent"],
      "nothing but the refusal stays",
    );
    assert.ok(![...slow.kept.values()].join().includes(user));
  });

  test("check 7: sends nothing before a late storage of the tracker's own has told who the user is", async (t) => {
    const first = asyncStore();
    const { tracker, send, endpoint, collector } = await scene(t, {
      storage: asyncStorage(first.store),
    });
    await tracker.trackScreenViewEvent({ name: "Home" });
    const [{ entities }] = await send(1);
    const user = entities.client_session.userId;

    // The app starts again.
    const slow = asyncStore(Object.fromEntries(first.kept), { isOpen: false });
    const storage = asyncStorage(slow.store);
    const again = createTracker("again", { endpoint }, { storage });
    const rename = (key) => key.replace("appTracker", "again");
    for (const [key, value] of slow.kept) slow.kept.set(rename(key), value);
    await again.trackScreenViewEvent({ name: "Home" });
    await again.flush();
    // By the time that this one has arrived, the other would have been sent.
    await tracker.trackScreenViewEvent({ name: "Kites" });
    await send(2);
    assert.equal(await again.getSessionUserId(), null);
    assert.equal(collector.events.length, 2);
    slow.open();
    await storage.ready;
    const [, , event] = await sender(collector, again)(3);
    assert.equal(event.entities.client_session.userId, user);
    assert.deepEqual(event.errors, []);
  });

  test("check 7: the stricter of the record and the tracker's own options counts", async (t) => {
    const consent = createStore();
    const { tracker, collector, send } = await scene(t, {
      trackerConfig: { userAnonymisation: true, sessionContext: true },
      subjectConfig: { userId: SECRET.userId },
      consentConfig: { consent, whenDenied: "anonymous" },
    });
    await tracker.trackScreenViewEvent({ name: "Held" });
    await tracker.flush();
    assert.equal(collector.events.length, 0);
    consent.set({ analytics: "granted" });
    const [first] = await send(1);
    assert.deepEqual(
      [first.columns.uid, first.entities.client_session.userId],
      [undefined, NOBODY],
    );
    consent.denyAll();
    await tracker.trackScreenViewEvent({ name: "Denied" });
    const [, second] = await send(2);
    assert.deepEqual(
      [second.entities.client_session, second.isAnonymous],
      [undefined, true],
    );
  });

  test("check 6: after a withdrawal nothing that was waiting leaves", async (t) => {
    const consent = createStore();
    consent.grantAll();
    const { tracker, collector } = await scene(t, {
      subjectConfig: { userId: SECRET.userId },
      consentConfig: { consent, onError: () => {} },
    });
    collector.answer({ status: 503 });
    await tracker.trackScreenViewEvent({ name: "Home" });
    await tracker.flush();
    await collector.waitFor(({ requests }) => requests.length === 1);
    consent.withdraw();
    collector.answer("ok");
    consent.set({ analytics: "anonymous" });
    await tracker.trackScreenViewEvent({ name: "Later" });
    await tracker.flush();
    await collector.waitFor(({ events }) => events.length > 0);
    const events = seen(collector);
    assert.deepEqual(
      events.map(({ event }) => event.name),
      ["Later"],
    );
    assert.deepEqual(named(events), []);
  });

  for (const before of ["nothing", "a screen under a yes"])
    test(`check 14: never tells of a screen that was seen under a no, after ${before}`, async (t) => {
      const consent = createStore();
      if (before !== "nothing") consent.grantAll();
      const { tracker, send } = await scene(t, { consentConfig: { consent } });
      if (before !== "nothing") {
        await tracker.trackScreenViewEvent({ name: "Start" });
        await send(1);
      }
      consent.denyAll();
      await tracker.trackScreenViewEvent({ name: "Debt advice" });
      consent.grantAll();
      await tracker.trackStructuredEvent({ category: "a", action: "b" });
      await tracker.trackScreenViewEvent({ name: "Home" });
      const events = (await send(before === "nothing" ? 2 : 3)).slice(-2);
      assert.deepEqual(
        events.map(({ entities, event }) => [
          entities.screen?.name,
          event?.previousName,
        ]),
        [
          [undefined, undefined],
          ["Home", undefined],
        ],
      );
    });
});

describe("snowplow dialect: a second tracker of a namespace", () => {
  const screens = (events) =>
    events
      .filter(({ event }) => event)
      .map(({ event, entities }) => [
        event.name,
        entities.client_session?.userId,
      ])
      .toSorted();
  /** Tells of a screen by each tracker in turn. */
  const visit = async (...steps) => {
    for (const [tracker, name] of steps)
      await tracker.trackScreenViewEvent({ name });
  };

  for (const kept of ["in memory", "in a storage"])
    test(`loses nothing that waits, keeps the user ${kept}, and is who holds the first one holds`, async (t) => {
      const configuration = {
        consentConfig:
          kept === "in memory"
            ? undefined
            : { storage: asyncStorage(asyncStore().store) },
      };
      const { tracker, endpoint, send } = await scene(t, configuration);
      await tracker.trackScreenViewEvent({ name: "A" });
      const next = createTracker("appTracker", { endpoint }, configuration);
      await visit([tracker, "B"], [next, "C"]);
      const events = await send(3);
      const user = await next.getSessionUserId();
      assert.match(user, ONE_UUID);
      assert.deepEqual(screens(events), [
        ["A", user],
        ["B", user],
        ["C", user],
      ]);
      assert.deepEqual(
        events.flatMap(({ errors }) => errors),
        [],
      );
    });

  test("leaves the first one as it is where it throws", async (t) => {
    const { tracker, endpoint, send } = await scene(t, {});
    for (const given of [
      { trackerConfig: { devicePlatform: "phone" } },
      { subjectConfig: { userId: "x".repeat(256) } },
      { consentConfig: { whenDenied: "full" } },
    ])
      assert.throws(() => createTracker("appTracker", { endpoint }, given));
    await tracker.trackScreenViewEvent({ name: "A" });
    assert.equal((await send(1)).length, 1);
  });

  test("check 6: cuts off what the first one sends when it may not send that itself", async (t) => {
    /** @type {AbortSignal[]} */
    const signals = [];
    let begun;
    const isBegun = new Promise((done) => (begun = done));
    const { tracker, endpoint } = await scene(t, {
      consentConfig: {
        fetch: (_url, { signal }) => {
          signals.push(signal);
          begun();
          return new Promise((_done, fail) => {
            signal.addEventListener("abort", () => fail(signal.reason));
          });
        },
      },
    });
    await tracker.trackScreenViewEvent({ name: "A" });
    await tracker.flush();
    await isBegun;
    createTracker("appTracker", { endpoint });
    const states = [signals[0].aborted];
    await tracker.setUserAnonymisation(true);
    assert.deepEqual([...states, signals[0].aborted], [false, true]);
  });

  test("keeps what is its own when the first one stood lower", async (t) => {
    const consent = createStore();
    const storage = asyncStorage(asyncStore().store);
    consent.grantAll();
    const { tracker, endpoint, send } = await scene(t, {
      userAnonymisation: true,
      consentConfig: { consent, storage },
    });
    await tracker.trackScreenViewEvent({ name: "A" });
    await send(1);
    createTracker("appTracker", { endpoint }, { consent, storage });
    await tracker.trackScreenViewEvent({ name: "B" });
    await send(2);
    consent.grantAll();
    await tracker.trackScreenViewEvent({ name: "C" });
    const [, [, b], [, c]] = screens(await send(3));
    assert.match(b, ONE_UUID);
    assert.equal(c, b);
    consent.denyAll();
    assert.equal(storage.length, 0);
  });
});
