import { expect } from "@open-wc/testing";
import { createIdentity } from "../../src/tracker/identity.js";
import { stubProperty } from "../support/stub-property.js";
import { afterThisTest } from "../support/undo.js";
import { watchTraces } from "../support/watch-traces.js";

const KEY = "identity-test";
const OLD = "0a1b2c3d-0000-4000-8000-000000000001";

const keeper = () =>
  createIdentity(KEY, () => {
    localStorage.removeItem(KEY);
  });
const stored = () => JSON.parse(localStorage.getItem(KEY)!) as unknown;

describe("identity", () => {
  beforeEach(() => {
    afterThisTest(() => {
      localStorage.removeItem(KEY);
    });
  });

  it("touches nothing until it is asked for", () => {
    const seen = watchTraces();
    const identity = keeper();
    expect(identity.isKnown()).to.equal(false);
    expect(seen).to.deep.equal([]);
  });

  it("is made once, with where the visitor came from, and kept", () => {
    const identity = keeper();
    const who = identity.get("https://search.test/");
    expect(who.deviceId).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect([
      who.initialReferrer,
      identity.get("https://other.test/"),
      keeper().get("https://other.test/"),
      stored(),
      identity.isKnown(),
    ]).to.deep.equal(["https://search.test/", who, who, who, true]);
  });

  it("keeps what it learns beside what it knows", () => {
    const identity = keeper();
    const { deviceId } = identity.get();
    identity.update({ userId: "user-42" });
    identity.update({ registered: { plan: "pro" } });
    const expected = {
      deviceId,
      initialReferrer: "",
      userId: "user-42",
      registered: { plan: "pro" },
    };
    expect([identity.get(), stored()]).to.deep.equal([expected, expected]);
  });

  it("is another one after it was forgotten, with nothing of the old", () => {
    const identity = keeper();
    const before = identity.update({ userId: "user-42" });
    identity.forget();
    const between = [identity.isKnown(), localStorage.getItem(KEY)];
    const after = identity.get();
    expect(between).to.deep.equal([false, null]);
    expect(after.deviceId).not.to.equal(before.deviceId);
    expect(Object.keys(after)).to.deep.equal(["deviceId", "initialReferrer"]);
  });

  const DAMAGED = [
    "",
    "not JSON",
    "null",
    '"text"',
    "42",
    "[]",
    "{}",
    `{"deviceId":"${OLD}`,
    '{"deviceId":null}',
    '{"deviceId":""}',
    '{"deviceId":7}',
    '{"deviceId":"<script>alert(1)</script>"}',
    `{"deviceId":"${OLD}${OLD}"}`,
    `{"deviceId":" ${OLD}"}`,
    `{"deviceId":"${OLD}\\n"}`,
    `{"deviceId":"${OLD.toUpperCase()}"}`,
    '{"userId":"mallory"}',
  ];
  it("does not adopt an entry that is damaged or not its own", () => {
    const adopted = DAMAGED.filter((entry) => {
      localStorage.setItem(KEY, entry);
      const who = keeper().get("https://search.test/");
      return (
        JSON.stringify(Object.keys(who)) !== '["deviceId","initialReferrer"]' ||
        !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(who.deviceId) ||
        who.deviceId === OLD ||
        JSON.stringify(stored()) !== JSON.stringify(who)
      );
    });
    expect(adopted).to.deep.equal([]);
  });

  const FORGED = [
    `{"deviceId":["${OLD}"],"initialReferrer":""}`,
    `{"deviceId":"${OLD}","initialReferrer":5}`,
    `{"deviceId":"${OLD}","initialReferrer":{}}`,
    `{"deviceId":"${OLD}","userId":7}`,
    `{"deviceId":"${OLD}","userId":""}`,
    `{"deviceId":"${OLD}","userId":null}`,
    `{"deviceId":"${OLD}","userId":{"toString":"x"}}`,
    `{"deviceId":"${OLD}","registered":"text"}`,
    `{"deviceId":"${OLD}","registered":["a"]}`,
    `{"deviceId":"${OLD}","registered":null}`,
    '{"deviceId":"------------------------------------"}',
  ];
  it("does not adopt an entry whose fields are of another kind than its own", () => {
    const adopted = FORGED.filter((entry) => {
      localStorage.setItem(KEY, entry);
      const id = `${keeper().get().deviceId}`;
      return id === OLD || id.startsWith("-");
    });
    expect(adopted).to.deep.equal([]);
  });

  it("adopts an entry of its own, however much of it there is", () => {
    const entries = [
      { deviceId: OLD },
      { deviceId: OLD, initialReferrer: "" },
      { deviceId: OLD, initialReferrer: "https://search.test/" },
      { deviceId: OLD, userId: "user-42", registered: { plan: "pro" } },
    ];
    const adopted = entries.map((entry) => {
      localStorage.setItem(KEY, JSON.stringify(entry));
      return keeper().get();
    });
    expect(adopted).to.deep.equal(entries);
  });

  it("notices when another page has removed or replaced it", () => {
    const identity = keeper();
    const answers = [identity.isStale()];
    identity.get();
    answers.push(identity.isStale());
    localStorage.removeItem(KEY);
    answers.push(identity.isStale());
    localStorage.setItem(KEY, JSON.stringify({ deviceId: OLD }));
    answers.push(identity.isStale());
    identity.release();
    answers.push(identity.isStale());
    const { deviceId } = identity.get();
    answers.push(identity.isStale());
    keeper().update({ userId: "user-42" });
    answers.push(identity.isStale());
    expect([answers, deviceId]).to.deep.equal([
      [false, false, true, true, false, false, false],
      OLD,
    ]);
  });

  it("notices it also where storage had no room at first", () => {
    const identity = keeper();
    let room = false;
    const { setItem } = Storage.prototype;
    stubProperty(
      Storage.prototype,
      "setItem",
      () =>
        function write(this: Storage, key: string, value: string) {
          if (!room) throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, key, value);
        },
    );
    identity.get();
    const answers = [identity.isStale()];
    room = true;
    identity.update({ userId: "user-42" });
    answers.push(identity.isStale());
    localStorage.removeItem(KEY);
    answers.push(identity.isStale());
    expect(answers).to.deep.equal([false, false, true]);
  });

  const BLOCKED: Record<string, () => void> = {
    "localStorage is blocked": () => {
      stubProperty(globalThis, "localStorage", () => {
        throw new DOMException("blocked", "SecurityError");
      });
    },
    "localStorage is missing": () => {
      stubProperty(globalThis, "localStorage", () => undefined);
    },
    "localStorage is full": () => {
      stubProperty(Storage.prototype, "setItem", () => () => {
        throw new DOMException("full", "QuotaExceededError");
      });
    },
  };
  for (const [condition, block] of Object.entries(BLOCKED))
    it(`lives as long as the page where ${condition}`, () => {
      block();
      const identity = keeper();
      const { deviceId } = identity.get("https://search.test/");
      identity.update({ userId: "user-42" });
      expect([identity.get(), identity.isStale()]).to.deep.equal([
        {
          deviceId,
          initialReferrer: "https://search.test/",
          userId: "user-42",
        },
        false,
      ]);
    });
});
