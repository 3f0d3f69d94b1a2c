import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const sqlite = await import("node:sqlite").catch(() => undefined);
const query = readFileSync(
  new URL("../docs/verify-no-pii.sql", import.meta.url),
  "utf8",
);

/** A row as the collector writes it for a request with SP-Anonymous. */
const ANONYMISED = {
  collector_tstamp: "2026-11-22 10:00:00",
  user_id: null,
  domain_userid: null,
  domain_sessionid: null,
  domain_sessionidx: null,
  refr_domain_userid: null,
  user_fingerprint: null,
  network_userid: "00000000-0000-0000-0000-000000000000",
  user_ipaddress: "unknown",
};
const IDENTIFIERS = {
  user_id: "ada",
  domain_userid: "9f0c",
  domain_sessionid: "5b1e",
  domain_sessionidx: 1,
  refr_domain_userid: "9f0c",
  user_fingerprint: "77",
  network_userid: "7a3d",
  user_ipaddress: "203.0.113.9",
};

/**
 * What the query says of a table with `rows`.
 *
 * @param {readonly object[]} rows
 * @returns {any}
 */
function ask(rows) {
  const { DatabaseSync } = /** @type {typeof import("node:sqlite")} */ (sqlite);
  const database = new DatabaseSync(":memory:");
  const columns = Object.keys(ANONYMISED);
  database.exec(`CREATE TABLE events (${columns.join(", ")})`);
  const places = columns.map(() => "?").join(", ");
  const insert = database.prepare(`INSERT INTO events VALUES (${places})`);
  for (const row of rows)
    insert.run(...Object.values({ ...ANONYMISED, ...row }));
  const found = database.prepare(query).get({ since: "2026-11-22" });
  database.close();
  return found;
}

const skip = !sqlite && "this Node has no node:sqlite";

describe("docs/verify-no-pii.sql", () => {
  it(
    "counts what was seen and what leaks, from the time that is asked for on",
    { skip },
    () => {
      const counts = (/** @type {readonly object[]} */ rows) => {
        const { seen, leaking } = ask(rows);
        return [seen, leaking];
      };
      const clean = [{}, {}, { network_userid: null, user_ipaddress: null }];
      const earlier = { collector_tstamp: "2026-11-21", user_id: "ada" };
      assert.deepEqual(counts([]), [0, 0]);
      assert.deepEqual(counts(clean), [3, 0]);
      assert.deepEqual(counts([...clean, earlier]), [3, 0]);
      assert.deepEqual(counts([...clean, { domain_userid: "9f0c" }]), [4, 1]);
      assert.deepEqual(counts([IDENTIFIERS, {}]), [2, 1]);
    },
  );

  for (const [name, value] of Object.entries(IDENTIFIERS))
    it(`finds ${name} alone, and says that it was this one`, { skip }, () => {
      const { seen, leaking, ...each } = ask([{}, { [name]: value }]);
      assert.deepEqual([seen, leaking], [2, 1]);
      assert.deepEqual(
        Object.keys(each).filter((key) => each[key]),
        [`with_${name}`],
      );
    });
});
