import { waitUntil } from "@open-wc/testing";
import {
  createStore,
  type ConsentStore,
  type StoreOptions,
} from "../../src/consent/store.js";
import { keepInert } from "../../src/gate/inert.js";
import { collectErrors } from "./collect-errors.js";
import { afterThisTest } from "./undo.js";

/** A page with inert markup, and what became of it. */
export interface InertScene {
  readonly consent: ConsentStore;
  /** What the scripts of the page have noted, by `ran.push("…")`. */
  readonly ran: string[];
  /** What `consent-error` told. */
  readonly errors: string[];
  /** Where the markup is. */
  readonly box: HTMLElement;
  /** Waits until a script that comes now has had its turn: all those before it have had theirs. Returns what ran, without it. */
  settled(): Promise<string[]>;
}

let count = 0;

/** Waits until `look` finds something, for as long as a test may take. */
export const until = (look: () => unknown): Promise<void> =>
  waitUntil(() => !!look(), `never: ${look}`, { interval: 5, timeout: 4500 });

/** An address whose script notes `name`. */
export const noting = (name: string): string =>
  `data:text/javascript,ran.push(${JSON.stringify(name)})`;

/** Puts `html` into the page and keeps it for a store of its own, until the test is over. */
export function inertScene(
  html: string,
  store: Partial<StoreOptions> = {},
): InertScene {
  const ran: string[] = [];
  Object.assign(globalThis, { ran });
  const consent = createStore({
    purposes: ["necessary", "functional", "analytics", "marketing"],
    ...store,
  });
  const errors = collectErrors(consent);
  const box = document.createElement("div");
  box.innerHTML = html;
  document.body.append(box);
  afterThisTest(() => box.remove());
  afterThisTest(keepInert(consent));
  return {
    consent,
    ran,
    errors,
    box,
    async settled() {
      const name = `end ${++count}`;
      const script = document.createElement("script");
      script.type = "text/plain";
      script.dataset.consent = "necessary";
      script.text = `ran.push("${name}")`;
      box.append(script);
      await until(() => ran.includes(name));
      return ran.filter((each) => !each.startsWith("end "));
    },
  };
}
