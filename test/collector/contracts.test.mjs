import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  igluErrors,
  igluSchemas,
  operationsOf,
  trackErrors,
  updateErrors,
} from "../../collector/contracts.mjs";

const folder = new URL("../../collector/contracts/", import.meta.url);

test("keeps the vendors' files as they were published", () => {
  const lines = readFileSync(new URL("SHA256SUMS", folder), "utf8").trim();
  const kept = lines.split("\n").map((line) => {
    const [, , path] = /^(\w+) {2}(.+)$/.exec(line);
    const bytes = readFileSync(new URL(path, folder));
    return `${createHash("sha256").update(bytes).digest("hex")}  ${path}`;
  });
  assert.equal(kept.join("\n"), lines);
});

test("compiles all 35 Iglu schemas", () => {
  const schemas = igluSchemas();
  const unusable = schemas.filter((uri) =>
    igluErrors(uri, undefined).some((error) => error.startsWith("unknown")),
  );
  assert.deepEqual([schemas.length, unusable], [35, []]);
});

test("says which Iglu schema it does not know", () => {
  const uri = "iglu:../../contracts/SHA256SUMS/jsonschema/1-0-0";
  assert.deepEqual(igluErrors(uri, {}), [`unknown schema ${uri}`]);
});

test("knows the operations of profiles and groups", () => {
  assert.deepEqual(
    { engage: operationsOf("engage"), groups: operationsOf("groups") },
    {
      engage: [
        "$set",
        "$set_once",
        "$add",
        "$union",
        "$append",
        "$remove",
        "$unset",
        "$delete",
      ],
      groups: ["$set", "$set_once", "$unset", "$remove", "$union", "$delete"],
    },
  );
});

test("allows for the slips of Mixpanel's description", () => {
  const group = { $token: "t", $group_key: "company", $group_id: "c1" };
  const groupErrors = (operation, rest) =>
    updateErrors("groups", operation, { ...group, ...rest });
  assert.deepEqual(
    {
      "time with decimals": trackErrors({
        event: "A",
        properties: { time: 1.5 },
      }),
      "$union without $unset": groupErrors("$union", { $union: { a: ["b"] } }),
      "$delete without $set": groupErrors("$delete", { $delete: "" }),
      "$delete of null": groupErrors("$delete", { $delete: null }),
      "$union of nothing": groupErrors("$union", { $union: {} }),
      "$union missing": groupErrors("$union", {}),
    },
    {
      "time with decimals": [],
      "$union without $unset": [],
      "$delete without $set": [],
      "$delete of null": [],
      "$union of nothing": ["$union must NOT have fewer than 1 properties"],
      "$union missing": ["must have required property '$union'"],
    },
  );
});
