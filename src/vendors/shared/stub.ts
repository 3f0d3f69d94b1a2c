import type { Stored } from "../../gate/stored.js";
import type { Vendor } from "../vendor.js";
import { scriptAt } from "./script.js";

/** One call of a vendor's function. */
type Call = readonly unknown[];

/** A vendor whose page calls one function, which keeps the calls in a queue until the vendor's script takes over. */
export interface StubVendor {
  readonly name: string;
  readonly purpose: string;
  readonly stores: Stored;
  readonly src: string;
  readonly needsReload?: boolean;
  /** What the function is called in the page. */
  readonly global: string;
  /** What the vendor's script looks for on the function, beside the queue. */
  readonly marks?: Readonly<Record<string, unknown>>;
  /** Where the function keeps its queue. Default: `"queue"`. */
  readonly queue?: string;
  /** Where the vendor's script puts its own function, which gets the calls from then on. */
  readonly handler?: string;
  /** Whether a call is queued as an array, not as an `arguments` object. */
  readonly isArray?: boolean;
  /** What tells a no; without it, there is no such call. */
  readonly no?: readonly Call[];
  /** What tells a yes. */
  readonly yes?: readonly Call[];
  /** What begins the tag, once for a page. */
  readonly begin: readonly Call[];
}

type Stub = ((...call: unknown[]) => void) & Record<string, unknown>;

/** How many vendors have opened one of our own functions. */
const opened = new WeakMap<Stub, Set<object>>();

/**
 * Makes a vendor from its calls. The function is in the page from the start, so that a page may call it whatever was decided, and
 * deaf without a yes: what the page said before a yes, or after a no, is gone, and is not sent by a later yes.
 */
export function stubVendor({
  name,
  purpose,
  stores,
  src,
  needsReload = false,
  global,
  marks,
  queue = "queue",
  handler = "",
  isArray = false,
  no = [],
  yes = [],
  begin,
}: StubVendor): Vendor {
  const page = globalThis as unknown as Record<string, Stub | undefined>;
  const script = scriptAt(src);
  const me = {};
  /** Ours, for as long as the vendor's script leaves it in place. */
  let stub: Stub;
  const say = (...calls: readonly Call[]) => {
    opened.get(stub)!.add(me);
    // Not the function from before: a vendor's script may put in its own.
    for (const call of calls) page[global]!(...call);
  };
  return {
    name,
    purposes: [purpose],
    stores,
    needsReload,
    prepare() {
      const there = page[global];
      if (there && !opened.has(there))
        throw new Error(
          `consent-elements: the page has a window.${global} of its own; take the snippet of ${name} out, or leave ${name} to it alone`,
        );
      stub = page[global] = there ?? makeStub({ queue, handler, isArray });
      Object.assign(stub, marks);
      say(...no);
      opened.get(stub)!.delete(me);
    },
    async grant(permit) {
      say(...yes, ...(script.hasRun ? [] : begin));
      await script.load(permit);
    },
    revoke() {
      // A script that comes with a later yes must not find what an earlier one has left.
      if (!script.hasRun) (stub[queue] as unknown[]).length = 0;
      say(...no);
      opened.get(stub)!.delete(me);
    },
  };
}

function makeStub({
  queue,
  handler,
  isArray,
}: Required<Pick<StubVendor, "queue" | "handler" | "isArray">>): Stub {
  const open = new Set<object>();
  const stub = function (...call: unknown[]) {
    if (!open.size) return;
    const takeOver = stub[handler] as Stub | undefined;
    // oxlint-disable-next-line prefer-rest-params -- vendors tell a call by its `arguments`
    const given = isArray ? call : arguments;
    if (takeOver) takeOver.apply(stub, call);
    else (stub[queue] as unknown[]).push(given);
  } as Stub;
  stub[queue] = [];
  opened.set(stub, open);
  return stub;
}
