import type { Permit } from "../vendor.js";

/** A vendor's script, which runs once in a page, however often the visitor says yes. */
export interface Script {
  /** Whether it has run. What it has begun goes on then. */
  readonly hasRun: boolean;
  /** Fetches it, unless it has run. Does not settle where the yes ends before it is there. */
  load(permit: Permit): Promise<void>;
}

export function scriptAt(
  src: string,
  attributes?: Readonly<Record<string, string>>,
): Script {
  let hasRun = false;
  return {
    get hasRun() {
      return hasRun;
    },
    async load({ load }) {
      if (hasRun) return;
      await load(src, attributes);
      hasRun = true;
    },
  };
}
