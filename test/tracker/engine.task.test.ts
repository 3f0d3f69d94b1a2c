import { expect } from "@open-wc/testing";
import { NAME, tabs, type Tab, type Tabs } from "../support/tabs.js";

const DELAY = { flushInterval: 1000 };

/** What a tab's storage says of who the visitor is. */
const kept = ({ local }: Tabs) => JSON.parse(local.content[NAME] ?? "{}");

/** The visitor says no and yes in another tab, and `tab` hears of neither. */
const goThroughANo = ({ open }: Tabs) => {
  const { consent, track } = open();
  consent.denyAll();
  consent.grantAll();
  track("other");
};

/** A tab that may send, with the code for it. */
async function sending(
  all: Tabs,
  options: Parameters<Tabs["open"]>[0],
  choice: "granted" | "denied" = "granted",
): Promise<Tab> {
  const tab = all.open({ ...DELAY, ...options });
  tab.consent.set({ analytics: choice });
  tab.track("first");
  await all.pass(1000);
  return tab;
}

describe("engine and what is called within one task", () => {
  it("P2 gives nothing to a new grant that was registered under the one before", async () => {
    const all = tabs();
    const { engine } = await sending(all, {});
    engine.call("register", "", { plan: "old" });
    await all.pass(1000);
    goThroughANo(all);
    await all.pass(1000);
    const { deviceId } = kept(all);
    engine.call("register", "", { color: "red" });
    engine.call("identify", "user-42");
    await all.pass(1000);
    expect([kept(all).deviceId, kept(all).registered]).to.deep.equal([
      deviceId,
      undefined,
    ]);
  });

  it("P3 names the visitor where a listener does so at the news of a yes", async () => {
    const all = tabs();
    const options = { whenDenied: "anonymous" } as const;
    const tab = all.open({ ...DELAY, ...options });
    tab.consent.denyAll();
    await all.pass(1000);
    const { consent } = tab;
    // This one hears of the news before its tracker does.
    let other: Tab | undefined;
    consent.addEventListener("consent-change", () =>
      other?.engine.call("identify", "user-42"),
    );
    other = all.open({ ...DELAY, ...options, consent } as never);
    other.track("first");
    await all.pass(1000);
    other.track("a");
    consent.grantAll();
    await all.pass(1000);
    expect(
      all.messages().map(({ verb, name, level }) => `${verb} ${name} ${level}`),
    ).to.deep.equal([
      "track first anonymous",
      "track a anonymous",
      "identify user-42 full",
    ]);
  });

  it("P1 reads the session of the level session at no other level", async () => {
    const all = tabs();
    const rules = {
      whenDenied: "anonymous",
      anonymousLevel: "session",
    } as const;
    const { consent, track, session } = await sending(all, rules, "denied");
    const [before] = all.messages();
    const read: string[] = [];
    const { getItem } = session;
    session.getItem = (key: string) => {
      read.push(consent.get("analytics")!);
      return getItem.call(session, key);
    };
    track("a");
    consent.grantAll();
    await all.pass(1000);
    const [, after] = all.messages();
    expect([
      read,
      after!.name,
      after!.level,
      after!.who.deviceId === before!.who.deviceId,
    ]).to.deep.equal([["denied"], "a", "session", true]);
  });

  it("P2 stops at a no also where the site cannot say whether the network address is to be forgotten", async () => {
    const all = tabs({}, "hang");
    const { consent, track, errors } = await sending(all, {
      serverAnonymity(level) {
        if (level === "off") throw new Error("no answer");
        return false;
      },
    });
    track("a");
    await all.pass(1000);
    consent.denyAll();
    expect([all.requests[1]!.signal.aborted, String(errors[0])]).to.deep.equal([
      true,
      "Error: no answer",
    ]);
  });

  it("P5 goes on after the site could not say it once", async () => {
    const all = tabs();
    let isBroken = false;
    const { track } = await sending(all, {
      serverAnonymity() {
        if (isBroken) throw new Error("no answer");
        return true;
      },
    });
    isBroken = true;
    track("a");
    await all.pass(1000);
    isBroken = false;
    track("b");
    await all.pass(1000);
    expect(all.messages().map(({ name }) => name)).to.deep.equal([
      "first",
      "a",
      "b",
    ]);
  });
});
