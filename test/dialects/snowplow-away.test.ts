import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import type { StateStorageStrategy } from "../../src/dialects/snowplow.js";
import { readCookies } from "../support/cookies.js";
import {
  nextTracker,
  snowplowScene as scene,
} from "../support/snowplow-scene.js";
import { stubProperty } from "../support/stub-property.js";

/** A record that two pages have in common. */
function recordStorage() {
  let record: string | undefined;
  return {
    read: () => (record ? [record] : []),
    write(text: string | undefined) {
      record = text;
    },
  };
}

/** Removes what trackers of this name keep, as another page does at a no. */
function removeAll(name: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(name)) localStorage.removeItem(key);
  for (const cookie of readCookies())
    if (cookie.startsWith(name))
      document.cookie = `${cookie.replace(/=.*/, "")}=; Path=/; Max-Age=0`;
}

/** A store whose record is a no. */
function denied() {
  const consent = createStore();
  consent.denyAll();
  return consent;
}

const comeBack = () =>
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));

const ids = (fields: Record<string, string> | undefined) =>
  ["duid", "sid", "uid"].flatMap((name) => fields?.[name] ?? []);

const STRATEGIES: StateStorageStrategy[] = [
  "localStorage",
  "cookieAndLocalStorage",
];

describe("snowplow dialect: a page that was away", () => {
  for (const who of ["it has made itself", "an earlier page has made"])
    it(`follows a withdrawal meanwhile, with a visitor that ${who}`, async () => {
      const name = `_sp_consent.${nextTracker()}`;
      if (who.startsWith("an earlier"))
        localStorage.setItem(
          name,
          JSON.stringify({
            grant: "g1",
            deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
            initialReferrer: "",
          }),
        );
      const { tracker, sent } = scene({ stateStorageStrategy: "localStorage" });
      tracker.setUserId("alice");
      tracker.trackPageView();
      await sent();
      removeAll(name);
      comeBack();
      tracker.trackPageView();
      expect((await sent()).map((fields) => ids(fields).length)).to.deep.equal([
        3, 0,
      ]);
    });

  it("follows a withdrawal that its own events have come upon first", async () => {
    const name = `_sp_consent.${nextTracker()}`;
    const { tracker, sent } = scene({ stateStorageStrategy: "localStorage" });
    tracker.trackPageView();
    await sent();
    localStorage.removeItem(name);
    tracker.trackPageView();
    await sent();
    localStorage.removeItem(name);
    comeBack();
    tracker.trackPageView();
    expect(ids((await sent()).at(-1))).to.deep.equal([]);
  });

  for (const stateStorageStrategy of STRATEGIES)
    it(`takes whoever said no and yes meanwhile for somebody else (${stateStorageStrategy})`, async () => {
      const name = `_sp_consent.${nextTracker()}`;
      const storage = recordStorage();
      const consent = createStore({ storage });
      const elsewhere = createStore({ storage });
      consent.grantAll();
      const { tracker, sent } = scene({
        consent,
        stateStorageStrategy,
        contexts: { browser: true },
      });
      tracker.setUserId("alice");
      tracker.trackPageView();
      await sent();
      const tab = tracker.getTabId();
      elsewhere.withdraw();
      removeAll(name);
      elsewhere.grantAll();
      consent.refresh();
      expect(tracker.getUserId()).to.equal(undefined);
      tracker.trackPageView();
      const [before, after] = await sent();
      expect([
        ids(before).length,
        ids(after).length,
        ids(after).filter((id) => ids(before).includes(id)),
        tracker.getTabId() === tab,
      ]).to.deep.equal([3, 2, [], false]);
    });

  it("keeps the visitor of a yes that was only said again", async () => {
    const storage = recordStorage();
    const consent = createStore({ storage });
    const elsewhere = createStore({ storage });
    consent.grantAll();
    const { tracker, sent } = scene({ consent });
    tracker.setUserId("alice");
    tracker.trackPageView();
    await sent();
    elsewhere.grantAll();
    consent.refresh();
    tracker.trackPageView();
    const [before, after] = await sent();
    expect(ids(after)).to.deep.equal(ids(before));
  });

  it("counts the newer yes of the record, whatever was removed before it", async () => {
    const name = `_sp_consent.${nextTracker()}`;
    const storage = recordStorage();
    const consent = createStore({ storage });
    const elsewhere = createStore({ storage });
    consent.grantAll();
    const { tracker, sent } = scene({ consent });
    tracker.trackPageView();
    await sent();
    elsewhere.withdraw();
    removeAll(name);
    elsewhere.grantAll();
    // The tracker hears of it before the store does.
    comeBack();
    tracker.trackPageView();
    expect((await sent()).map(({ duid }) => !!duid)).to.deep.equal([
      true,
      true,
    ]);
  });

  for (const [what, configuration] of [
    ["at an anonymous level", { anonymousTracking: true }],
    ["before a choice", { consent: createStore() }],
    ["after a no", { consent: denied() }],
  ] as const)
    it(`check 10: touches no storage ${what}`, async () => {
      let touched = 0;
      const { tracker, sent } = scene(configuration);
      tracker.trackPageView();
      await sent();
      stubProperty(
        document,
        "cookie",
        () => (touched++, ""),
        () => void touched++,
      );
      for (const area of ["localStorage", "sessionStorage"] as const) {
        const real = globalThis[area];
        stubProperty(globalThis, area, () => (touched++, real));
      }
      comeBack();
      document.dispatchEvent(new Event("visibilitychange"));
      globalThis.cookieStore?.dispatchEvent(new Event("change"));
      expect(touched).to.equal(0);
    });
});
