/** Waits for `promise`, but no longer than `ms` milliseconds: then it throws. */
export function limit(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      reject,
      ms,
      new Error(`no answer in ${Math.round(ms / 1000)} s`),
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
