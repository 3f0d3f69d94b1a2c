import { text } from "../../consent/refuse.js";
import { runHooks } from "./destination.js";
import type { Dict, Hooks } from "./options.js";

/** An event that may be taken. */
interface Prepared {
  readonly name: string;
  readonly properties: Dict;
}

/** What this page alone knows of its events: which are switched off, which have a clock, and what goes along with all. */
export interface Events {
  /** An event with all that goes along; `undefined` where it is switched off or a hook drops it. */
  prepare(name: string, properties: Dict): Prepared | undefined;
  /** Whether an event of this name is switched off. */
  isOff(name: string): boolean;
  disable(names?: readonly string[]): void;
  enable(names?: readonly string[]): void;
  startClock(name: string): void;
  /** Properties that go along with every event. */
  along(): Dict;
  add(properties: Dict): void;
  remove(name: string): void;
  /** Forgets what was said of the visitor. What is switched off stays so. */
  forget(): void;
}

export function createEvents(clock: () => number, hooks: () => Hooks): Events {
  const clocks = new Map<string, number>();
  const disabled = new Set<string>();
  let isDisabled = false;
  let along: Dict = {};

  const isOff = (name: string) => isDisabled || disabled.has(name);
  return {
    prepare(title, given) {
      if (isOff(title)) return;
      const answer = runHooks(hooks().before_track, [title, given]);
      if (!answer) return;
      const [event, own] = answer as [unknown, Dict];
      const name = text("an event's name", event);
      // A hook may have given it another one.
      if (isOff(name)) return;
      const since = clocks.get(name);
      clocks.delete(name);
      return {
        name,
        properties: {
          ...along,
          ...(since !== undefined && {
            $duration: Math.round(clock() - since) / 1000,
          }),
          ...own,
        },
      };
    },
    isOff,
    disable(names) {
      if (!names) isDisabled = true;
      else for (const name of names) disabled.add(name);
    },
    enable(names) {
      if (!names) {
        isDisabled = false;
        disabled.clear();
      } else for (const name of names) disabled.delete(name);
    },
    startClock: (name) => void clocks.set(name, clock()),
    along: () => along,
    add(properties) {
      along = { ...along, ...properties };
    },
    remove(name) {
      const { [name]: _, ...rest } = along;
      along = rest;
    },
    forget() {
      clocks.clear();
      along = {};
    },
  };
}
