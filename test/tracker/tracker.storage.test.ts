import { expect } from "@open-wc/testing";
import { tabs } from "../support/tabs.js";

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
