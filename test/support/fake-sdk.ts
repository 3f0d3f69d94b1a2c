/** A vendor's SDK that writes down what it is told. */
export interface FakeSdk {
  /** Its methods, each of which does nothing. */
  readonly sdk: Record<string, (...details: unknown[]) => unknown>;
  /** Each call as its name and what came with it; a function shows as `"function"`. */
  readonly told: unknown[];
}

/** Makes one with the named methods. `answers` gives what a method returns. */
export function fakeSdk(
  methods: readonly string[],
  answers: Readonly<Record<string, unknown>> = {},
): FakeSdk {
  const told: unknown[] = [];
  const sdk: FakeSdk["sdk"] = {};
  for (const name of methods)
    sdk[name] = (...details) => {
      told.push(plain([name, ...details]));
      return answers[name];
    };
  return { sdk, told };
}

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === "function" ? "function" : part,
    ),
  );
