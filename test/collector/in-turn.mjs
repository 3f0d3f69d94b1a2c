/**
 * Takes one step after the other and gives what each of them gave.
 *
 * @template T, R
 * @param {Iterable<T>} items
 * @param {(item: T) => R | Promise<R>} step
 * @returns {Promise<R[]>}
 */
export async function inTurn(items, step) {
  const results = [];
  for (const item of items) {
    // oxlint-disable-next-line no-await-in-loop -- the order is the point
    results.push(await step(item));
  }
  return results;
}
