import { hasBegun, kindOf, revive, setBegun } from "./held-script.js";
import { discardScript, whenRun } from "./script.js";
import { shared } from "./shared.js";

/** The ends of the files that others wait for, also of those that another copy of the library has begun. */
const blocking = shared("blocking", () => new Set<Promise<void>>());

/** Runs inert scripts in the order in which a page's own would run. */
export interface ScriptChain {
  /** Takes in scripts that may run now, in document order. Those that it knows it leaves out. */
  add(scripts: readonly HTMLScriptElement[]): void;
  /** Cancels those that are on their way and may not run any more. */
  recheck(): void;
}

interface Turn {
  readonly script: HTMLScriptElement;
  /** Whether it needs to know what those before it have done. */
  readonly waits: boolean;
}

/** One task less for the browser to wait for before it can paint and hear the visitor. */
const pause = (): Promise<void> =>
  (
    globalThis as { scheduler?: { yield?(): Promise<void> } }
  ).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/**
 * Makes a chain. `may` is asked about each script when its turn has come, and again at every `recheck()`; `failed` hears of what
 * could not be loaded or made. Neither stops the others.
 *
 * Scripts within the page wait for the files before them; files are fetched side by side and run in order; `async` waits for
 * nobody; `defer` and modules come last.
 */
export function createScriptChain(
  may: (script: HTMLScriptElement) => boolean,
  failed: (error: unknown) => void,
): ScriptChain {
  const queue: Turn[] = [];
  /** What cannot run in this page, whatever is decided. */
  const hopeless = new WeakSet<HTMLScriptElement>();
  /** How to cancel what is on its way. */
  const onTheirWay = new Map<HTMLScriptElement, () => void>();
  let isRunning = false;

  const start = (script: HTMLScriptElement) => {
    const { isFetched, isModule, blocks } = kindOf(script);
    const live = revive(script);
    setBegun(script, true);
    if (!isFetched) {
      script.after(live);
      live.remove();
      // What it imports may still be on its way. Nobody tells when it has run, so it has no second chance.
      if (isModule) onTheirWay.set(script, () => discardScript(live));
      return;
    }
    const cancel = new AbortController();
    onTheirWay.set(script, () => {
      // Its own code has asked for it.
      if (document.currentScript === live) return;
      setBegun(script, false);
      cancel.abort();
    });
    const isOver = () => {
      if (!cancel.signal.aborted) onTheirWay.delete(script);
      live.remove();
      blocking.delete(end);
    };
    const end = whenRun(live, cancel.signal).then(
      () => {
        isOver();
        script.dispatchEvent(new Event("load"));
      },
      (error: unknown) => {
        isOver();
        if (cancel.signal.aborted) return;
        failed(error);
        script.dispatchEvent(new Event("error"));
      },
    );
    if (blocks) blocking.add(end);
    script.after(live);
  };

  const attempt = (script: HTMLScriptElement) => {
    try {
      if (!hasBegun(script) && script.isConnected && may(script)) start(script);
    } catch (error) {
      hopeless.add(script);
      failed(error);
    }
  };

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    for (let turn; (turn = queue[0]); queue.shift()) {
      await pause();
      if (turn.waits) await Promise.all(blocking);
      attempt(turn.script);
    }
    isRunning = false;
  };

  return {
    add(scripts) {
      const late: Turn[] = [];
      for (const script of scripts) {
        if (
          hasBegun(script) ||
          hopeless.has(script) ||
          queue.some((turn) => turn.script === script)
        )
          continue;
        try {
          const { isAsync, isDeferred, isFetched, isModule } = kindOf(script);
          const waits = isDeferred || (!isFetched && !isModule);
          if (isAsync) void pause().then(() => attempt(script));
          else (isDeferred ? late : queue).push({ script, waits });
        } catch (error) {
          failed(error);
        }
      }
      queue.push(...late);
      void run();
    },
    recheck() {
      for (const [script, cancel] of onTheirWay)
        if (!may(script)) {
          onTheirWay.delete(script);
          cancel();
        }
    },
  };
}
