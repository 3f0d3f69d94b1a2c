import { expect } from "@open-wc/testing";
import { FakeStorage } from "../support/fake-storage.js";
import { NAME, tabs, type Tab } from "../support/tabs.js";

/** Tells another tab of what a tab has stored, as browsers do a moment later. */
function arrive(from: FakeStorage, at: FakeStorage) {
  for (const [key, value] of Object.entries(from.content))
    at.setItem(key, value);
}

const deviceIn = (storage: FakeStorage) =>
  JSON.parse(storage.content[NAME]!).deviceId as string;

describe("two tabs that begin in the same moment, of which neither sees yet what the other has stored", () => {
  const begin = async (mode: "opt-in" | "opt-out") => {
    const all = tabs({ status: 503 });
    const [own, other] = [new FakeStorage(), new FakeStorage()];
    const [a, b] = [own, other].map((storage) =>
      all.open({
        storage: () => storage,
        store: { mode, purposes: ["analytics", "marketing"] },
      }),
    ) as [Tab, Tab];
    if (mode === "opt-in") a.consent.grantAll();
    a.track("a1");
    b.consent.refresh();
    b.track("b1");
    await all.pass();
    expect(deviceIn(own)).not.to.equal(deviceIn(other));
    arrive(other, own);
    arrive(own, other);
    a.track("a2");
    b.track("b2");
    // Both look at what is stored.
    a.consent.set({ marketing: "granted" });
    b.consent.refresh();
    await all.pass(9000);
    return { ...all, own, other };
  };

  for (const mode of ["opt-in", "opt-out"] as const)
    it(`lose nothing, and are one visitor from then on, where the site asks for ${mode}`, async () => {
      const { messages, own, other } = await begin(mode);
      const sent = messages();
      expect(
        [...new Set(sent.map(({ name }) => name))].toSorted(),
      ).to.deep.equal(["a1", "a2", "b1", "b2"]);
      const after = sent.filter(({ name }) => name.endsWith("2"));
      expect(new Set(after.map(({ who }) => who!.deviceId))).to.deep.equal(
        new Set([deviceIn(own)]),
      );
      expect(deviceIn(own)).to.equal(deviceIn(other));
    });
});

describe("two tabs to which a full storage gave no identity", () => {
  // Found by the model in test/model: each tab took the other's entries for those of a grant that was over.
  it("lose nothing when there is room again, and tell that it will not outlive them", async () => {
    const all = tabs();
    const [a, b] = [all.open(), all.open()];
    a.local.room = b.local.room = 0;
    a.consent.grantAll();
    a.track("a1");
    b.consent.refresh();
    b.track("b1");
    await all.pass(1000);
    a.local.room = b.local.room = Infinity;
    a.track("a2");
    await all.pass();
    b.track("b2");
    await all.pass(1000);
    const names = all.messages().map(({ name }) => name);
    expect([names.toSorted(), a.errors.map(String)]).to.deep.equal([
      ["a1", "a2", "b1", "b2"],
      ["Error: consent-elements: storage took no identity"],
    ]);
  });
});
