import { refuse } from "../../consent/refuse.js";
import type { Entity } from "../../tracker/destination.js";
import { checkEntity } from "../../tracker/destinations/snowplow.js";
import { toJson } from "../../tracker/engine.js";
import type { SelfDescribingJson, Told } from "./events.js";

/** What a global context is computed for. */
export interface ContextEvent {
  event: Readonly<Record<string, unknown>>;
  eventType: string;
  eventSchema: string;
}
type ContextGenerator = (
  event: ContextEvent,
) => SelfDescribingJson | readonly SelfDescribingJson[] | undefined | null;
type ContextPrimitive = SelfDescribingJson | ContextGenerator;
/** An entity, a function that makes one, or a filter with those that pass it. */
export type GlobalContext =
  | ContextPrimitive
  | readonly [
      filter: (event: ContextEvent) => boolean,
      contexts: ContextPrimitive | readonly ContextPrimitive[],
    ];

/** Entities that go with every event. */
export interface GlobalContexts {
  add(
    given: readonly GlobalContext[] | Readonly<Record<string, GlobalContext>>,
  ): void;
  remove(given: readonly (GlobalContext | string)[]): void;
  clear(): void;
  /** The entities for an event. What a function of the caller's throws, or makes that is none, is reported. */
  for(told: Told, report: (error: unknown) => void): readonly Entity[];
}

export function globalContexts(): GlobalContexts {
  let all: { name?: string; context: GlobalContext }[] = [];
  const check = (context: unknown): void => {
    if (Array.isArray(context)) {
      if (typeof context[0] !== "function")
        refuse("a global context", [context], "[filter, contexts]");
      for (const inner of [context[1]].flat()) check(inner);
    } else if (typeof context !== "function") {
      checkEntity("a global context", context);
    }
  };
  const same = (a: unknown, b: unknown) =>
    a === b ||
    (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
  return {
    add(given) {
      const named = Array.isArray(given) ? [] : Object.entries(given);
      const plain = Array.isArray(given) ? (given as GlobalContext[]) : [];
      for (const context of [...plain, ...named.map(([, each]) => each)])
        check(context);
      for (const [name] of named) this.remove([name]);
      all.push(
        ...plain.map((context) => ({ context })),
        ...named.map(([name, context]) => ({ name, context })),
      );
    },
    remove(given) {
      all = all.filter(
        ({ name, context }) =>
          !given.some((gone) =>
            typeof gone === "string" ? gone === name : same(gone, context),
          ),
      );
    },
    clear() {
      all = [];
    },
    for({ verb, name, properties, type }, report) {
      const isDescribed = name.startsWith("iglu:");
      const event: ContextEvent = {
        event: properties,
        eventType: type ?? (verb === "page" ? "pv" : isDescribed ? "ue" : "se"),
        eventSchema: isDescribed ? name : "",
      };
      const make = (context: ContextPrimitive) =>
        typeof context === "function" ? context(event) : context;
      /** What is no entity costs itself, and not the event. */
      const copy = (found: unknown): readonly Entity[] => {
        if (!found) return [];
        try {
          checkEntity("what a global context makes", found);
          return [JSON.parse(toJson({ ...found })) as Entity];
        } catch (error) {
          report(error);
          return [];
        }
      };
      return all.flatMap(({ context }) => {
        try {
          const found = Array.isArray(context)
            ? context[0](event)
              ? [context[1] as ContextPrimitive].flat().flatMap(make)
              : []
            : make(context as ContextPrimitive);
          return [found].flat().flatMap(copy);
        } catch (error) {
          report(error);
          return [];
        }
      });
    },
  };
}
