import { expect } from "@open-wc/testing";
import { mixpanelScene } from "../support/mixpanel-scene.js";
import { microtasks } from "../support/turn.js";

describe("mixpanel dialect's gate", () => {
  it("check 3: holds page views and groups like events, and calls back once, with 0", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    const heard: unknown[] = [];
    const callback = (response: number) => heard.push(response);
    const use = () => {
      const group = mixpanel.get_group("company", "c1");
      return [
        mixpanel.track_pageview({ page: "Kites" }),
        group.set({ size: 3 }, callback),
        group.set("size", 3, callback),
        group.set_once({ size: 3 }, callback),
        group.unset("size", callback),
        group.union("tags", ["a"], callback),
        group.remove("tags", "a", callback),
      ];
    };
    use();
    await microtasks(2);
    expect(heard.splice(0)).to.deep.equal(Array(6).fill(1));
    await pass(5000);
    expect(names().splice(0).toSorted()).to.deep.equal([
      "$mp_web_page_view",
      "$remove",
      "$set",
      "$set",
      "$set_once",
      "$union",
      "$unset",
    ]);

    void mixpanel.opt_out_tracking();
    const before = names().length;
    const [returned] = use();
    await microtasks(5);
    expect(heard).to.deep.equal(Array(6).fill(0));
    expect(returned).to.equal(undefined);
    await pass(5000);
    mixpanel.opt_in_tracking();
    await pass(5000);
    expect(names().slice(before)).to.deep.equal(["$opt_in"]);
  });
});
