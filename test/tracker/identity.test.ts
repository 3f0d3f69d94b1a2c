import { expect } from "@open-wc/testing";
import { createIdentity } from "../../src/tracker/identity.js";
import { FakeStorage } from "../support/fake-storage.js";
import { stubProperty } from "../support/stub-property.js";
import { afterThisTest } from "../support/undo.js";
import { watchTraces } from "../support/watch-traces.js";

const KEY = "identity-test";
const OLD = "0a1b2c3d-0000-4000-8000-000000000001";

const GRANT = "9f8e7d6c-0000-4000-8000-000000000009";
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const keeper = () => createIdentity(() => localStorage, KEY);
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
    expect(who.deviceId).to.match(UUID);
    expect(who.grant).to.match(UUID);
    expect(who.grant).not.to.equal(who.deviceId);
    expect([
      who.initialReferrer,
      identity.get("https://other.test/"),
      keeper().get("https://other.test/"),
      stored(),
      identity.isKnown(),
    ]).to.deep.equal(["https://search.test/", who, who, who, true]);
  });

  it("takes the device id that it is given, where it makes one", () => {
    const made = keeper().get("", OLD);
    const found = keeper().get("", "another");
    expect([made.deviceId, found]).to.deep.equal([OLD, made]);
  });

  it("keeps what it learns beside what it knows", () => {
    const identity = keeper();
    const { deviceId, grant } = identity.get();
    identity.update(() => ({ userId: "user-42" }));
    identity.update(() => ({ registered: { plan: "pro" } }));
    const expected = {
      grant,
      deviceId,
      initialReferrer: "",
      userId: "user-42",
      registered: { plan: "pro" },
    };
    expect([identity.get(), stored()]).to.deep.equal([expected, expected]);
  });

  it("keeps what another tab has learned meanwhile", () => {
    const identity = keeper();
    identity.get();
    keeper().update(() => ({ userId: "user-42" }));
    identity.update(() => ({ registered: { plan: "pro" } }));
    const { userId, registered } = identity.get();
    expect([userId, registered]).to.deep.equal(["user-42", { plan: "pro" }]);
  });

  it("is another one after it was renewed, under the same grant, with nothing of the old", () => {
    const identity = keeper();
    identity.update(() => ({ userId: "user-42" }));
    const before = identity.get();
    identity.renew();
    const after = identity.get("https://search.test/");
    expect(after.deviceId).to.match(UUID);
    expect(after.deviceId).not.to.equal(before.deviceId);
    expect([after, stored()]).to.deep.equal([
      { grant: before.grant, deviceId: after.deviceId, initialReferrer: "" },
      after,
    ]);
  });

  it("is known no more after it was released, and storage stays as it is", () => {
    const identity = keeper();
    const before = identity.get();
    identity.release();
    const known = identity.isKnown();
    const kept = stored();
    localStorage.removeItem(KEY);
    const after = identity.get();
    expect([known, kept]).to.deep.equal([false, before]);
    expect([after.grant, after.deviceId]).not.to.include.members([
      before.grant,
    ]);
    expect(after.deviceId).not.to.equal(before.deviceId);
  });

  const DAMAGED = [
    "",
    "not JSON",
    "null",
    '"text"',
    "42",
    "[]",
    "{}",
    `{"grant":"${GRANT}","deviceId":"${OLD}`,
    `{"grant":"${GRANT}","deviceId":null}`,
    `{"grant":"${GRANT}","deviceId":""}`,
    `{"grant":"${GRANT}","deviceId":7}`,
    `{"grant":"${GRANT}","deviceId":"<script>alert(1)</script>"}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}${OLD}"}`,
    `{"grant":"${GRANT}","deviceId":" ${OLD}"}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}\\n"}`,
    `{"grant":"${GRANT}","deviceId":"${OLD.toUpperCase()}"}`,
    '{"userId":"mallory"}',
    `{"deviceId":"${OLD}","initialReferrer":""}`,
    `{"grant":"","deviceId":"${OLD}"}`,
    `{"grant":["${GRANT}"],"deviceId":"${OLD}"}`,
    `{"grant":"${GRANT}/","deviceId":"${OLD}"}`,
  ];
  it("does not adopt an entry that is damaged or not its own", () => {
    const adopted = DAMAGED.filter((entry) => {
      localStorage.setItem(KEY, entry);
      const who = keeper().get("https://search.test/");
      return (
        `${Object.keys(who).join()}` !== "grant,deviceId,initialReferrer" ||
        !UUID.test(who.deviceId) ||
        who.grant === GRANT ||
        who.deviceId === OLD ||
        JSON.stringify(stored()) !== JSON.stringify(who)
      );
    });
    expect(adopted).to.deep.equal([]);
  });

  const FORGED = [
    `{"grant":"${GRANT}","deviceId":["${OLD}"],"initialReferrer":""}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","initialReferrer":5}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","initialReferrer":{}}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","userId":7}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","userId":""}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","userId":null}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","userId":{"toString":"x"}}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","registered":"text"}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","registered":["a"]}`,
    `{"grant":"${GRANT}","deviceId":"${OLD}","registered":null}`,
    `{"grant":"${GRANT}","deviceId":"------------------------------------"}`,
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
      { grant: GRANT, deviceId: OLD },
      { grant: GRANT, deviceId: OLD, initialReferrer: "" },
      {
        grant: GRANT,
        deviceId: OLD,
        initialReferrer: "https://search.test/",
      },
      {
        grant: GRANT,
        deviceId: OLD,
        userId: "user-42",
        registered: { plan: "pro" },
      },
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
    localStorage.setItem(KEY, JSON.stringify({ grant: GRANT, deviceId: OLD }));
    answers.push(identity.isStale());
    identity.release();
    answers.push(identity.isStale());
    const { deviceId } = identity.get();
    answers.push(identity.isStale());
    keeper().update(() => ({ userId: "user-42" }));
    answers.push(identity.isStale());
    expect([answers, deviceId]).to.deep.equal([
      [false, false, true, true, false, false, false],
      OLD,
    ]);
  });

  it("is another one of the same grant where a storage was emptied and nobody has decided anew", () => {
    let decided = "2026-11-22T10:15:00.000Z";
    const identity = createIdentity(
      () => localStorage,
      KEY,
      () => decided,
    );
    const before = identity.get();
    localStorage.clear();
    const isStale = identity.isStale();
    const after = identity.get();
    expect([isStale, after.grant, stored()]).to.deep.equal([
      false,
      before.grant,
      after,
    ]);
    expect(after.deviceId).not.to.equal(before.deviceId);
    localStorage.clear();
    decided = "2026-11-22T10:16:00.000Z";
    expect(identity.isStale()).to.equal(true);
  });

  it("stays what it is while storage cannot be read", () => {
    const area = new FakeStorage();
    const identity = createIdentity(
      () => area,
      KEY,
      () => "grant",
    );
    const before = identity.get();
    area.getItem = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    identity.look();
    expect(identity.get()).to.deep.equal(before);
  });

  it("stores what the destination lets it store, and the grant", () => {
    const identity = createIdentity(
      () => localStorage,
      KEY,
      undefined,
      ({ deviceId, registered }) => ({
        deviceId,
        registered: { ...registered, email: undefined },
      }),
    );
    identity.get("https://search.test/?q=kites");
    identity.update(() => ({
      registered: { email: "ann@shop.test", plan: "pro" },
    }));
    const { deviceId, grant } = identity.get();
    expect(stored()).to.deep.equal({
      deviceId,
      grant,
      registered: { plan: "pro" },
    });
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
    identity.update(() => ({ userId: "user-42" }));
    answers.push(identity.isStale());
    localStorage.removeItem(KEY);
    answers.push(identity.isStale());
    expect(answers).to.deep.equal([false, false, true]);
  });

  it("follows another tab that has forgotten the visitor under the same grant", () => {
    const identity = keeper();
    identity.update(() => ({ userId: "user-42" }));
    const before = identity.get();
    const other = keeper();
    other.get();
    other.renew();
    const isStale = identity.isStale();
    expect([isStale, identity.get()]).to.deep.equal([false, stored()]);
    expect(identity.get().deviceId).not.to.equal(before.deviceId);
  });

  it("notices it once storage holds one, although it refused the one before", () => {
    const area = new FakeStorage();
    const identity = createIdentity(() => area, KEY);
    area.room = 0;
    identity.get();
    const answers = [identity.isStale()];
    identity.release();
    area.room = Infinity;
    area.setItem(KEY, JSON.stringify({ grant: GRANT, deviceId: OLD }));
    identity.get();
    answers.push(identity.isStale());
    area.removeItem(KEY);
    answers.push(identity.isStale());
    expect(answers).to.deep.equal([false, false, true]);
  });

  it("notices it where storage had room at first, and keeps what it learned until then", () => {
    const identity = keeper();
    identity.get();
    let isFull = true;
    const { setItem } = Storage.prototype;
    stubProperty(
      Storage.prototype,
      "setItem",
      () =>
        function write(this: Storage, key: string, value: string) {
          if (isFull) throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, key, value);
        },
    );
    identity.update(() => ({ userId: "user-42" }));
    const answers = [identity.isStale(), identity.get().userId];
    identity.update(() => ({ registered: { plan: "pro" } }));
    answers.push(identity.get().userId);
    isFull = false;
    localStorage.setItem(
      KEY,
      JSON.stringify({ grant: GRANT, deviceId: OLD, userId: "mallory" }),
    );
    answers.push(identity.isStale());
    identity.release();
    answers.push(identity.get().userId, identity.isStale());
    localStorage.removeItem(KEY);
    answers.push(identity.isStale());
    expect(answers).to.deep.equal([
      false,
      "user-42",
      "user-42",
      true,
      "mallory",
      false,
      true,
    ]);
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
      const { deviceId, grant } = identity.get("https://search.test/");
      identity.update(() => ({ userId: "user-42" }));
      expect([identity.get(), identity.isStale()]).to.deep.equal([
        {
          grant,
          deviceId,
          initialReferrer: "https://search.test/",
          userId: "user-42",
        },
        false,
      ]);
    });
});
