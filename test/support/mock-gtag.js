// Reads the page's queue as gtag.js does, and sends nothing.
{
  const layer = /** @type {any} */ (globalThis).dataLayer;
  layer.push = (/** @type {unknown[]} */ ...entries) =>
    Array.prototype.push.apply(layer, entries);
}
