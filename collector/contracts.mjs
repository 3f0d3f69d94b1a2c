import { readdirSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { parse } from "yaml";

/**
 * The two vendors' own descriptions of what they take, as functions from a value to sentences about what is wrong.
 * Each description is read and compiled when the first value asks for it, so that a dev server that receives
 * nothing pays nothing.
 *
 * @typedef {"engage" | "groups"} UpdateKind
 * @typedef {(value: unknown) => string[]} Check
 */

const folder = new URL("./contracts/", import.meta.url);

/**
 * What is wrong with one event of Mixpanel's `/track`.
 *
 * @param {unknown} event
 * @returns {string[]}
 */
export function trackErrors(event) {
  return mixpanel().track()(event);
}

/**
 * The operations a kind of profile update knows, such as `$set`.
 *
 * @param {UpdateKind} kind
 * @returns {string[]}
 */
export function operationsOf(kind) {
  return [...mixpanel()[kind]().keys()];
}

/**
 * What is wrong with one profile update, read as `operation`.
 *
 * @param {UpdateKind} kind
 * @param {string} operation One of `operationsOf(kind)`.
 * @param {unknown} update
 * @returns {string[]}
 */
export function updateErrors(kind, operation, update) {
  const check = mixpanel()[kind]().get(operation);
  return check ? check(update) : [`unknown operation ${operation}`];
}

/**
 * What is wrong with `data` as an instance of an Iglu schema.
 *
 * @param {string} uri As in `iglu:com.example/thing/jsonschema/1-0-0`.
 * @param {unknown} data
 * @returns {string[]}
 */
export function igluErrors(uri, data) {
  const source = iglu().sources.get(uri);
  if (!source) return [`unknown schema ${uri}`];
  const { checks, ajv } = iglu();
  let check = checks.get(uri);
  if (!check) {
    // Both keywords belong to Iglu: no draft-04 validator can resolve that `$schema`.
    const schema = JSON.parse(readFileSync(source, "utf8"));
    delete schema.$schema;
    delete schema.self;
    check = checkOf(ajv, schema);
    checks.set(uri, check);
  }
  return check(data);
}

/**
 * Every Iglu schema that is kept here.
 *
 * @returns {string[]}
 */
export function igluSchemas() {
  return [...iglu().sources.keys()];
}

const mixpanel = once(() => {
  const file = new URL("mixpanel-openapi/ingestion.openapi.yaml", folder);
  // Path by path and only when needed: the whole file takes a quarter of a second.
  const paths = readFileSync(file, "utf8").split(/^(?= {2}\/)/m);
  // OpenAPI 3.0 writes `nullable` where JSON Schema has a type "null"; ajv knows the word.
  const ajv = new Ajv({ allErrors: true });

  /** @param {string} start */
  const itemsOf = (start) =>
    paths.filter((path) => path.startsWith(`  ${start}`)).map(itemOf);

  const track = once(() => {
    const [schema] = itemsOf("/track:");
    // The description says integer, the vendor's own client sends seconds with three decimals.
    schema.properties.properties.properties.time.type = "number";
    return checkOf(ajv, schema);
  });

  /** @param {UpdateKind} kind */
  const updates = (kind) => {
    /** @type {Map<string, Check>} */
    const checks = new Map();
    for (const schema of itemsOf(`/${kind}#`)) {
      // Batch updates are described as one string: their items are the updates of the other paths.
      if (!schema) continue;
      const operation = Object.keys(schema.properties).find(isOperation);
      if (!operation) throw new Error(`no operation in ${schema.description}`);
      // Two group operations require the key of another one, which they do not have (`contracts/README.md`).
      const required = schema.required.filter(
        (/** @type {string} */ key) => !isOperation(key),
      );
      checks.set(
        operation,
        checkOf(ajv, { ...schema, required: [...required, operation] }),
      );
    }
    return checks;
  };

  return {
    track,
    engage: once(() => updates("engage")),
    groups: once(() => updates("groups")),
  };
});

const iglu = once(() => {
  const root = new URL("iglu/", folder);
  const sources = new Map(
    readdirSync(fileURLToPath(root), { recursive: true })
      .map((path) => String(path).split(sep).join("/"))
      .filter((path) => /\/\d+-\d+-\d+$/.test(path))
      .map((path) => [`iglu:${path}`, new URL(path, root)]),
  );
  // Iglu schemas are looser than ajv's strict mode: types in lists, formats beside null.
  const ajv = new AjvDraft04({ allErrors: true, strict: false });
  addFormats(ajv);
  // A name of Iglu's own; ajv's "uri" is already the strict one.
  ajv.addFormat("strict-uri", addFormats.get("uri"));
  /** @type {Map<string, Check>} */
  const checks = new Map();
  return { sources, ajv, checks };
});

/**
 * The schema of one event or update.
 *
 * @param {string} yaml One path of the description.
 */
function itemOf(yaml) {
  const [path] = Object.values(parse(yaml));
  return path.post.requestBody.content["application/json"].schema.items;
}

// What stands beside the operation in an update.
const COMPANIONS = new Set([
  "$token",
  "$distinct_id",
  "$group_key",
  "$group_id",
  "$ignore_alias",
]);

/** @param {string} key */
function isOperation(key) {
  return key.startsWith("$") && !COMPANIONS.has(key);
}

/**
 * @param {{ compile(schema: object): import("ajv").ValidateFunction }} ajv
 * @param {object} schema
 * @returns {Check}
 */
function checkOf(ajv, schema) {
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map(sentence);
}

/** @param {import("ajv").ErrorObject} error */
function sentence({ instancePath, message, params }) {
  const path = instancePath.slice(1).split("/").join(".");
  const detail = params.additionalProperty ?? params.allowedValues?.join(", ");
  return [path, message, detail && `(${detail})`].filter(Boolean).join(" ");
}

/**
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}
