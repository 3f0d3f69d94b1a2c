const steps: (() => void)[] = [];

/** Does `step` after the test that is running, the newest first. */
export function afterThisTest(step: () => void): void {
  steps.push(step);
}

afterEach(() => {
  for (const step of steps.splice(0).reverse()) step();
});
