/**
 * Mixpanel's own calls on this library's sending half: `import mixpanel from "consent-elements/mixpanel"`.
 * @module
 */
import { refuse, text } from "../consent/refuse.js";
import { startInstance, type Instance } from "./mixpanel/instance.js";
import type { MixpanelConfig } from "./mixpanel/options.js";

export type { Decisions } from "./mixpanel/decisions.js";
export type { Instance, RegisterOptions } from "./mixpanel/instance.js";
export type * from "./mixpanel/options.js";
export type { Group, People } from "./mixpanel/people.js";

/** A call as a stub has noted it: the method's name, with `people.` or an instance's name in front, and its arguments. */
export type NotedCall = readonly [method: string, ...args: readonly unknown[]];

/** A project's calls, and how to start it and others. */
export interface Mixpanel extends Instance {
  /**
   * Starts the project. With a `name` it starts another one beside it: `mixpanel.init(TOKEN, {}, "second")` is
   * `mixpanel.second` from then on. A second `init` of the same name changes nothing and says so in the console.
   *
   * Throws a `TypeError` for an option that neither Mixpanel nor this library has, and names the nearest one.
   */
  init(token: string, config?: MixpanelConfig | null, name?: string): Mixpanel;
  /**
   * Makes the calls that were noted before this code was there, in their order. What was said before a refusal is not
   * said any more: the refusal is all that is left of it. Every call is made, also behind one that throws; the first error
   * is thrown at the end.
   */
  replay(calls: readonly NotedCall[]): void;
  /** Makes one call. */
  push(call: NotedCall): void;
  /** Instances by their names. */
  [name: string]: unknown;
}

/** What every instance can do; a project must not be called so. */
const METHODS = [
  "track",
  "track_pageview",
  "track_with_groups",
  "time_event",
  "identify",
  "alias",
  "register",
  "register_once",
  "unregister",
  "reset",
  "get_distinct_id",
  "get_property",
  "get_config",
  "set_config",
  "disable",
  "enable",
  "set_group",
  "add_group",
  "remove_group",
  "get_group",
  "opt_in_tracking",
  "opt_out_tracking",
  "has_opted_in_tracking",
  "has_opted_out_tracking",
  "clear_opt_in_out_tracking",
  "get_decision",
  "optInTracking",
  "optOutTracking",
  "hasOptedOutTracking",
] as const satisfies readonly (keyof Instance)[];

const PEOPLE = [
  "set",
  "set_once",
  "unset",
  "increment",
  "append",
  "remove",
  "union",
  "track_charge",
  "clear_charges",
  "delete_user",
] as const satisfies readonly (keyof Instance["people"])[];

const REFUSALS = new Set(["opt_out_tracking", "optOutTracking"]);

type Calls = Record<string, (...args: readonly unknown[]) => unknown>;

/** Makes a page's `mixpanel`. */
export function createMixpanel(): Mixpanel {
  return makeOne("mixpanel");
}

function makeOne(ownName: string, root?: Mixpanel): Mixpanel {
  let instance: Instance | undefined;
  const started = (method: string): Instance =>
    instance ??
    refuse(
      `what mixpanel.${method}() works on`,
      null,
      "mixpanel.init(TOKEN) first",
    );
  const forward = (
    names: readonly string[],
    from: () => object,
    prefix = "",
  ): Calls =>
    Object.fromEntries(
      names.map((method) => [
        method,
        (...args: readonly unknown[]) => {
          started(prefix + method);
          return (from() as Calls)[method]!(...args);
        },
      ]),
    );
  const others = new Map<string, Mixpanel>();
  const one = {
    ...forward(METHODS, () => instance!),
    people: forward(PEOPLE, () => instance!.people, "people."),
    init(token: string, given?: MixpanelConfig | null, name = ownName) {
      const config = given ?? {};
      if (name !== ownName)
        return root
          ? root.init(token, config, name)
          : other(name).init(token, config);
      if (instance)
        console.warn(
          `consent-elements: ${name} was started before; its first config stays`,
        );
      else {
        instance = startInstance(token, config);
        config.loaded?.(one);
      }
      return one;
    },
    replay(calls: readonly NotedCall[]) {
      replay(one, calls);
    },
    push(call: NotedCall) {
      replay(one, [call]);
    },
  } as unknown as Mixpanel;

  const other = (name: string): Mixpanel => {
    const found = others.get(name);
    if (found) return found;
    if (text("an instance's name", name) in one)
      refuse("an instance's name", name, "one that is no method's");
    const made = makeOne(name, one);
    others.set(name, made);
    one[name] = made;
    return made;
  };
  return one;
}

/** Whom a noted call is about: `"people.set"` is about the main instance, `"second.people.set"` about `second`. */
const targetOf = (method: string) =>
  method
    .split(".")
    .slice(0, -1)
    .filter((part) => part !== "people")
    .join(".");

const nameOf = (method: string) => method.split(".").at(-1)!;

function replay(root: Mixpanel, calls: readonly NotedCall[]): void {
  const isInit = ([method]: NotedCall) => nameOf(method) === "init";
  const isOverruled = ([method]: NotedCall, at: number) =>
    calls
      .slice(at + 1)
      .some(
        ([later]) =>
          REFUSALS.has(nameOf(later)) && targetOf(later) === targetOf(method),
      );
  const rest = calls.filter(
    (call, at) => !isInit(call) && !isOverruled(call, at),
  );
  const failed: unknown[] = [];
  for (const call of [...calls.filter(isInit), ...rest])
    try {
      make(root, call);
    } catch (error) {
      // One wrong call must not lose the others: a refusal may be among them.
      failed.push(error);
    }
  if (failed[0]) throw failed[0];
}

function make(root: Mixpanel, [method, ...args]: NotedCall): void {
  const path = method.split(".");
  const last = path.pop()!;
  const on = path.reduce<unknown>(
    (found, part) => (Object(found) as Record<string, unknown>)[part],
    root,
  );
  const run = (Object(on) as Record<string, unknown>)[last];
  if (typeof run !== "function") refuse("a call", [method], "a method's name");
  run(...args);
}

const mixpanel: Mixpanel = createMixpanel();
export default mixpanel;
