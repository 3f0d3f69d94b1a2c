import { expect } from "@open-wc/testing";
import { readCookies } from "../support/cookies.js";
import {
  mixpanelScene,
  type MixpanelScene,
} from "../support/mixpanel-scene.js";
import { stubProperty } from "../support/stub-property.js";
import { microtasks } from "../support/turn.js";

const BY_DEFAULT = { opt_out_tracking_by_default: true };

/** Everything that is stored, but for the flag. */
const stored = ({ flag }: MixpanelScene) => [
  ...Object.keys(localStorage).filter((key) => key !== flag),
  ...Object.keys(sessionStorage),
  ...readCookies().map((cookie) => cookie.split("=")[0]),
];

/** A page that has sent one event, and on which another one waits. */
async function waiting(...given: Parameters<typeof mixpanelScene>) {
  const scene = mixpanelScene(...given);
  scene.mixpanel.track("First");
  await scene.pass(5000);
  scene.mixpanel.track("Waits");
  await microtasks(5);
  return { ...scene, id: scene.mixpanel.get_distinct_id() };
}

describe("mixpanel dialect: where it is kept", () => {
  for (const call of ["opt_in_tracking", "clear_opt_in_out_tracking"] as const)
    it(`goes on keeping what is kept when ${call} does not enable persistence`, async () => {
      const { mixpanel, id, pass, names } = await waiting();
      mixpanel[call]({ enable_persistence: false });
      await pass(5000);
      expect([
        names().filter((name) => name !== "$opt_in"),
        mixpanel.get_distinct_id(),
        readCookies().length,
      ]).to.deep.equal([["First", "Waits"], id, 1]);
    });

  it("leaves nothing at a no after an opt-in that did not enable persistence", async () => {
    const scene = await waiting();
    scene.mixpanel.opt_in_tracking({ enable_persistence: false });
    scene.mixpanel.track("Waits");
    await microtasks(5);
    void scene.mixpanel.opt_out_tracking();
    expect(stored(scene)).to.deep.equal([]);
  });

  it("keeps nothing after a no and an opt-in that does not enable persistence", async () => {
    const scene = await waiting();
    void scene.mixpanel.opt_out_tracking();
    scene.mixpanel.opt_in_tracking({ enable_persistence: false });
    scene.mixpanel.track("A");
    await scene.pass(5000);
    expect([stored(scene), scene.names().at(-1)]).to.deep.equal([[], "A"]);
  });

  it("takes visitor and waiting events along when persistence is enabled later", async () => {
    const scene = mixpanelScene(BY_DEFAULT);
    const { mixpanel, pass, names, open } = scene;
    mixpanel.opt_in_tracking({ enable_persistence: false });
    await pass(5000);
    mixpanel.track("A");
    await microtasks(5);
    const id = mixpanel.get_distinct_id();
    mixpanel.opt_in_tracking();
    const outlives = Object.keys(localStorage).some((key) =>
      key.includes("/out/"),
    );
    await pass(5000);
    mixpanel.track("B");
    await pass(5000);
    expect([
      names(),
      outlives,
      mixpanel.get_distinct_id() === id,
      open(BY_DEFAULT).get_distinct_id() === id,
    ]).to.deep.equal([["$opt_in", "A", "B"], true, true, true]);
  });

  it("goes on in memory, and says so, where storage refuses what is to be taken along", async () => {
    const scene = mixpanelScene(BY_DEFAULT);
    const { mixpanel, pass, names, errors } = scene;
    mixpanel.opt_in_tracking({ enable_persistence: false });
    await pass(5000);
    mixpanel.track("A");
    await microtasks(5);
    const id = mixpanel.get_distinct_id();
    stubProperty(
      document,
      "cookie",
      () => "",
      () => {},
    );
    mixpanel.opt_in_tracking();
    await pass(5000);
    expect([
      names(),
      mixpanel.get_distinct_id() === id,
      stored(scene),
      errors.length,
    ]).to.deep.equal([["$opt_in", "A"], true, [], 1]);
  });

  it("leaves the visitor of another page alone when persistence is enabled later", async () => {
    const { open, pass, names, mixpanel } = mixpanelScene(BY_DEFAULT);
    mixpanel.opt_in_tracking({ enable_persistence: false, track: null });
    mixpanel.track("A");
    await pass(5000);
    const other = open(BY_DEFAULT);
    other.track("B");
    await pass(5000);
    const id = other.get_distinct_id();
    other.track("C");
    mixpanel.track("D");
    await microtasks(5);
    mixpanel.opt_in_tracking();
    await pass(5000);
    expect([names().toSorted(), other.get_distinct_id() === id]).to.deep.equal([
      ["A", "B", "C", "D"],
      true,
    ]);
  });

  for (const persistence_name of [
    ..."#$&+^`|()=;,%",
    "a shop",
    "grüße",
    "店",
  ].map((text) => `shop${text}`))
    it(`keeps a visitor in a cookie called ${persistence_name}, and removes it at a no`, async () => {
      const scene = mixpanelScene({ persistence_name });
      scene.mixpanel.track("A");
      await scene.pass(5000);
      const id = scene.mixpanel.get_distinct_id();
      const next = scene.open({ persistence_name });
      const again = [next.get_distinct_id() === id, readCookies().length];
      void scene.mixpanel.opt_out_tracking();
      expect([again, stored(scene)]).to.deep.equal([[true, 1], []]);
    });

  it("removes what an earlier page has kept where disable_persistence says so", async () => {
    const scene = await waiting();
    scene.open({ disable_persistence: true });
    expect(stored(scene)).to.deep.equal([]);
  });

  it("removes at a no what another page keeps, also where this one keeps nothing", async () => {
    const scene = mixpanelScene(null);
    const mixpanel = scene.open({ disable_persistence: true });
    for (const end of ["", "/out/grant/1"])
      localStorage.setItem(`mp_${scene.token}_mixpanel${end}`, "{}");
    void mixpanel.opt_out_tracking();
    expect(stored(scene)).to.deep.equal([]);
  });
});
