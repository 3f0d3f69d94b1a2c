import { refuse, text } from "../../consent/refuse.js";
import type { Callback, Dict } from "./options.js";

/** What a list may be changed by. */
type Given = string | Dict;

/** Mixpanel's calls about the visitor's profile. They wait until `identify` has named one. */
export interface People {
  set(name: Given, value?: unknown, callback?: Callback): void;
  set_once(name: Given, value?: unknown, callback?: Callback): void;
  unset(names: string | readonly string[], callback?: Callback): void;
  /** By 1 where no number is given. */
  increment(name: Given, by?: number | Callback, callback?: Callback): void;
  append(name: Given, value?: unknown, callback?: Callback): void;
  remove(name: Given, value?: unknown, callback?: Callback): void;
  union(name: Given, values?: unknown, callback?: Callback): void;
  track_charge(
    amount: number | string,
    properties?: Dict | Callback,
    callback?: Callback,
  ): void;
  clear_charges(callback?: Callback): void;
  /** Deletes the profile, while the visitor is in. After a no: `opt_out_tracking({ delete_user: true })`. */
  delete_user(): void;
}

/** Mixpanel's calls about a group's profile. */
export interface Group {
  set(name: Given, value?: unknown, callback?: Callback): Group;
  set_once(name: Given, value?: unknown, callback?: Callback): Group;
  unset(name: string, callback?: Callback): Group;
  remove(name: Given, value?: unknown, callback?: Callback): Group;
  union(name: Given, values?: unknown, callback?: Callback): Group;
  delete(callback?: Callback): Group;
}

/** Makes one gated call: `operation` and `properties` to whoever it is about. */
type Say = (operation: string, properties: Dict, args: unknown[]) => void;

const isCallback = (value: unknown) => typeof value === "function";

/** `name` and `value`, or several of them as one object, as properties. */
function pairs(name: unknown, value: unknown): Dict {
  if (typeof name === "object" && name && !Array.isArray(name))
    return name as Dict;
  const key = text("a property's name", name);
  return value === undefined || isCallback(value)
    ? refuse(`the value of ${key}`, null, "one")
    : { [key]: value };
}

const names = (given: string | readonly string[]): Dict =>
  Object.fromEntries(
    [given].flat().map((name) => [text("a property's name", name), null]),
  );

/** Wraps a value in a list, as Mixpanel's own `union` does. */
const lists = (given: Dict): Dict =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, [value].flat()]),
  );

/** An amount of money. A text is read as a number, as Mixpanel's own SDK has done. */
function toAmount(given: unknown): number {
  const amount =
    typeof given === "string" && given.trim() ? Number(given) : given;
  return typeof amount === "number" && Number.isFinite(amount)
    ? amount
    : refuse("an amount", [given], "a number");
}

/** The calls about a profile. `keep` takes out of a charge what must not be sent: inside of a value nobody else looks. */
export function peopleOf(say: Say, keep: (properties: Dict) => Dict): People {
  const pair =
    (operation: string) =>
    (...args: [Given, unknown?, Callback?]) =>
      say(operation, pairs(args[0], args[1]), args);
  const people: People = {
    set: pair("set"),
    set_once: pair("setOnce"),
    append: pair("append"),
    remove: pair("remove"),
    union: (...args) => say("union", lists(pairs(args[0], args[1])), args),
    unset: (...args) => say("unset", names(args[0]), args),
    increment(...args) {
      const [name, by] = args;
      say("add", pairs(name, isCallback(by) ? 1 : (by ?? 1)), args);
    },
    track_charge(...args) {
      const [amount, properties] = args;
      const charge = {
        ...keep(isCallback(properties) ? {} : { ...(properties as Dict) }),
        $amount: toAmount(amount),
      };
      say("append", { $transactions: charge }, args);
    },
    clear_charges: (...args) => say("set", { $transactions: [] }, args),
    delete_user: () => say("delete", {}, []),
  };
  return people;
}

export function groupOf(say: Say): Group {
  const group: Group = {
    set: (...args) => tell("set", pairs(args[0], args[1]), args),
    set_once: (...args) => tell("setOnce", pairs(args[0], args[1]), args),
    unset: (...args) => tell("unset", names(args[0]), args),
    remove: (...args) => tell("remove", pairs(args[0], args[1]), args),
    union: (...args) => tell("union", lists(pairs(args[0], args[1])), args),
    delete: (...args) => tell("delete", {}, args),
  };
  const tell = (...given: Parameters<Say>) => {
    say(...given);
    return group;
  };
  return group;
}
