import { expect } from "@open-wc/testing";
import { NAME, tabs, type Tab, type Tabs } from "../support/tabs.js";

/** Who each event was about, by its name. */
const devices = (all: Tabs) =>
  Object.fromEntries(
    all.messages().map(({ name, who }) => [name, who.deviceId]),
  );

/** A tab whose visitor has said yes, and which has sent `first`. */
async function granted(all: Tabs): Promise<Tab> {
  const tab = all.open();
  tab.consent.grantAll();
  tab.track("first");
  await all.pass(1000);
  return tab;
}

describe("engine and a storage that is blocked for a while", () => {
  it("P4 uses no identity that a storage has kept over a damaged record", async () => {
    const all = tabs();
    const tab = await granted(all);
    const other = all.open();
    tab.local.blocked = other.local.blocked = true;
    all.record.texts = ["analytics=granted&time"];
    tab.consent.refresh();
    tab.consent.grantAll();
    other.consent.refresh();
    tab.local.blocked = other.local.blocked = false;
    tab.track("a");
    other.track("b");
    await all.pass(1000);
    const { first, a, b } = devices(all);
    expect([!!a, !!b, a === first, b === first]).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });

  for (const isLoaded of [true, false])
    it(`P2 uses no identity and sends nothing that it has kept over a no, ${isLoaded ? "with" : "without"} the code that sends`, async () => {
      const all = tabs({}, "hang");
      const before = await granted(all);
      before.track("never");
      await all.pass(1000);
      before.crash();
      const tab = isLoaded ? await granted(all) : all.open();
      tab.local.blocked = true;
      tab.consent.denyAll();
      tab.local.blocked = false;
      const { length } = all.requests;
      tab.consent.grantAll();
      tab.track("a");
      await all.pass(10_000);
      const later = all.requests.slice(length);
      const { first, a } = devices(all);
      expect([
        later.map(({ body }) => JSON.parse(body).length),
        !!a,
        a === first,
      ]).to.deep.equal([[1], true, false]);
    });

  it("P5 uses again what was there when it began, where nothing was decided", async () => {
    const all = tabs();
    const before = await granted(all);
    before.crash();
    const tab = all.open();
    tab.local.blocked = true;
    tab.consent.refresh();
    tab.local.blocked = false;
    tab.track("a");
    await all.pass(1000);
    const { first, a } = devices(all);
    expect([a, Object.keys(all.local.content)]).to.deep.equal([first, [NAME]]);
  });
});

describe("engine and what waits for the code that sends", () => {
  it("P2 lets nothing leave as granted that a no has made anonymous before a yes", async () => {
    const all = tabs();
    const tab = all.open({ whenDenied: "anonymous" });
    const other = all.open({ whenDenied: "anonymous" });
    tab.track("a");
    other.consent.denyAll();
    // It hears of the no as it says yes.
    tab.consent.grantAll();
    tab.track("b");
    await all.pass(1000);
    const found = all.messages();
    expect([
      found.map(({ name, level }) => `${name} ${level}`).toSorted(),
      found[0]!.who.deviceId === found[1]!.who.deviceId,
    ]).to.deep.equal([["a anonymous", "b full"], false]);
  });

  it("P3 drops what is too old also where a no has made it anonymous", async () => {
    const all = tabs();
    const tab = all.open({ whenDenied: "anonymous" });
    tab.track("never");
    await all.pass(600_001);
    tab.consent.denyAll();
    tab.consent.grantAll();
    tab.track("a");
    await all.pass(1000);
    expect(all.messages().map(({ name }) => name)).to.deep.equal(["a"]);
  });
});
