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
    results.push(await step(item));
  }
  return results;
}
