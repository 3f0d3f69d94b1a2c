import { startCollector } from "../../collector/collector.mjs";

/**
 * A collector that ends with the test.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ limit?: number }} [options]
 */
export async function start(t, options) {
  const collector = await startCollector(options);
  t.after(() => collector.close());
  return collector;
}

/**
 * Posts events as a page would.
 *
 * @param {{ url: string }} collector
 * @param {unknown} payload
 * @param {RequestInit & { path?: string }} [options]
 */
export function post({ url }, payload, { path = "/track/", ...init } = {}) {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(payload),
    ...init,
  });
}

/**
 * The least that Mixpanel takes.
 *
 * @param {string} name
 * @param {object} [properties]
 */
export function event(name, properties) {
  return { event: name, properties: { token: "tok_demo", ...properties } };
}

/**
 * Sends the least that Snowplow takes: one event in a query, and no Mixpanel contract to load for it.
 *
 * @param {{ url: string }} collector
 * @param {string} name
 * @param {RequestInit} [init]
 */
export function ping({ url }, name, init) {
  return fetch(`${url}/i?tv=js&p=web&e=${name}`, init);
}
