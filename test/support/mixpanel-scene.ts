import { createMixpanel, type Mixpanel } from "../../src/dialects/mixpanel.js";
import type { MixpanelConfig } from "../../src/dialects/mixpanel/options.js";
import { cleanStorage } from "./clean-storage.js";
import { fakeFetch, type Answer, type FakeFetch } from "./fake-fetch.js";
import { fakeTimers, type FakeTimers } from "./fake-timers.js";
import { entriesIn, type MixpanelEntry } from "./mixpanel-body.js";
import { stubProperty } from "./stub-property.js";
import { turn } from "./turn.js";

/** A page with Mixpanel's calls on it, and everything around them. */
export interface MixpanelScene extends Pick<FakeFetch, "requests"> {
  readonly mixpanel: Mixpanel;
  readonly token: string;
  /** The flag's name. */
  readonly flag: string;
  readonly time: FakeTimers;
  readonly errors: unknown[];
  /** Another page of the site: it shares storage, network and time. */
  open(config?: MixpanelConfig): Mixpanel;
  /** Waits until the code that sends is there, and for `ms` milliseconds of the scene's time. */
  pass(ms?: number): Promise<void>;
  /** Every event and update that was sent. */
  sent(): MixpanelEntry[];
  /** Their names: an event's, or what was done to a profile. */
  names(): string[];
}

let count = 0;

/** Waits for the code that sends, and for what it then does at once. */
async function settled(): Promise<void> {
  await import("../../src/tracker/sender.js");
  await turn();
}

// A page that nobody has waited for writes its identity when the code that sends arrives; not into the next test.
afterEach(async () => {
  await settled();
  await turn();
  cleanStorage();
});

/** Opens a page that has called `mixpanel.init(TOKEN, config)`. With `null` it has not. */
export function mixpanelScene(
  config: MixpanelConfig | null = {},
  answers: readonly Answer[] = [],
): MixpanelScene {
  const time = fakeTimers();
  const { fetch, requests } = fakeFetch(...answers);
  const token = `tok_scene_${++count}`;
  const errors: unknown[] = [];
  // Locks take their time with the browser.
  stubProperty(navigator, "locks", () => ({
    request: (_: string, work: () => unknown) => work(),
  }));
  const open = (more: MixpanelConfig | null = {}) => {
    const mixpanel = createMixpanel();
    if (more)
      mixpanel.init(token, {
        fetch,
        clock: time.now,
        error_reporter: (_, error) => errors.push(error),
        ...more,
      });
    return mixpanel;
  };
  const sent = () => requests.flatMap((request) => entriesIn(request));
  return {
    mixpanel: open(config),
    token,
    flag: `__mp_opt_in_out_${token}`,
    time,
    errors,
    requests,
    open,
    async pass(ms = 0) {
      await settled();
      await time.advance(ms);
    },
    sent,
    names: () =>
      sent().map(
        (entry) =>
          entry.event ??
          Object.keys(entry).find((key) =>
            /^\$(set|add|un|rem|app|del)/.test(key),
          )!,
      ),
  };
}
