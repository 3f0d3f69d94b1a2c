import { refuse } from "./refuse.js";

/** Something a visitor decides on. */
export interface Purpose {
  /** A short id, kept in the record: letters, digits, `-` and `_`. */
  readonly name: string;
  /** Always on and not asked about. The name `necessary` is always required. */
  readonly required: boolean;
}

/** How a purpose may be written: its name, or its name with details. */
export type PurposeInput =
  string | { readonly name: string; readonly required?: boolean };

/** Reads one purpose. Throws a `RangeError` for a name that the record could not hold. */
export function toPurpose(input: PurposeInput): Purpose {
  const { name = input as string, required } = input as Partial<Purpose>;
  // A name that every object has (`constructor`) would look answered before it is; four are the record's own.
  if (
    !/^(?!(revision|time|source|action)$)[a-z][\w-]{0,31}$/i.test(name) ||
    name in {}
  )
    refuse("a purpose's name", name, "a word such as analytics");
  return { name, required: !!required || name === "necessary" };
}
