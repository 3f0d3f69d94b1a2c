/**
 * The one place where the pages meet the library: the part of its API they use, the calls they make to its tracker,
 * and a list of those calls for the inspector. Without the library every call is harmless and the shop works.
 */
export type Choice = "granted" | "anonymous" | "denied";

export interface ConsentRecord {
  readonly choices: Readonly<Record<string, Choice>>;
  readonly revision: string;
  /** When it was decided: ISO 8601. */
  readonly time: string;
  readonly source: string;
  readonly action: string;
}

export interface Tracker {
  track(name: string, properties?: Record<string, unknown>): void;
  page(): void;
  identify(id: string): void;
  flush(): void;
  hasOptedIn(): boolean;
  hasOptedOut(): boolean;
}

export interface ConsentManager extends HTMLElement {
  readonly consent?: {
    readonly record: ConsentRecord | undefined;
    readonly needsChoice: boolean;
  };
  readonly tracker?: Tracker;
  show(): void;
  showPreferences(): void;
  grantAll(): void;
  denyAll(): void;
  withdraw(): void;
  reset(): void;
}

/** One line of the inspector's list. */
export interface Line {
  readonly kind: "call" | "news" | "error";
  readonly text: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  /** What the visitor had said about analytics when the call was made. */
  state: string;
}

class CallLog extends EventTarget {
  readonly lines: Line[] = [];

  add(kind: Line["kind"], text: string, state = ""): Line {
    const line = { kind, text, state, time: Date.now() };
    this.lines.push(line);
    if (this.lines.length > 200) this.lines.shift();
    this.changed();
    return line;
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

export const callLog: CallLog = new CallLog();

/** The element, once the library has upgraded it. */
export function manager(): ConsentManager | undefined {
  const element = document.querySelector("consent-manager:defined");
  return element === null ? undefined : (element as ConsentManager);
}

/** What the visitor says about analytics now, in words. */
export function analyticsState(): string {
  const element = manager();
  if (element === undefined) return "library not loaded";
  const record = element.consent?.record;
  if (record === undefined) return "no choice yet";
  return `analytics ${record.choices["analytics"] ?? "not asked"}`;
}

const waiting: (() => void)[] = [];

/** Calls the tracker now, or as soon as the library is there. Never throws: measuring must not break a shop. */
export function call<Method extends keyof Tracker>(
  method: Method,
  ...args: Parameters<Tracker[Method]>
): void {
  const words = args.map((arg) => JSON.stringify(arg)).join(", ");
  const line = callLog.add("call", `${method}(${words})`, "waits for library");
  const run = (): void => {
    attempt(method, () => {
      line.state = analyticsState();
      callLog.changed();
      const tracker = manager()?.tracker;
      if (tracker === undefined) throw new TypeError("There is no tracker.");
      (tracker[method] as (...args: unknown[]) => unknown)(...args);
    });
  };
  if (manager()?.tracker === undefined) waiting.push(run);
  else run();
}

/** Runs `step`; a failure, now or later, becomes a line in the list. */
export function attempt(name: string, step: () => unknown): void {
  const failed = (error: unknown): void => {
    callLog.add("error", `${name}: ${String(error)}`);
  };
  try {
    Promise.resolve(step()).catch(failed);
  } catch (error) {
    failed(error);
  }
}

function runWaiting(): void {
  if (manager()?.tracker === undefined) return;
  for (const run of waiting.splice(0)) run();
}

document.addEventListener("consent-ready", runWaiting);
void customElements.whenDefined("consent-manager").then(runWaiting);
