const original = console.error;

/** Keeps `console.error` quiet until the test ends, and collects what it was called with. */
export function stubConsoleError(): unknown[][] {
  const calls: unknown[][] = [];
  console.error = (...call: unknown[]) => void calls.push(call);
  return calls;
}

afterEach(() => {
  console.error = original;
});
