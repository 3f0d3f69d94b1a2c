// A reporter for `node --test` that writes what `scripts/test.mjs` adds up: {"passed":n,"failed":n}.
export default async function* count(source) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of source) {
    if (data?.details?.type === "suite") continue;
    if (type === "test:pass" && !data.skip && !data.todo) passed++;
    if (type === "test:fail") failed++;
  }
  yield JSON.stringify({ passed, failed });
}
