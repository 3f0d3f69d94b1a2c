/**
 * The developer's view beside the shop: what was decided, what is stored, what the page called, what the collector
 * received. It reads cookies and storage once a second; open a page with `?inspector=off` to see the shop alone.
 */
import {
  analyticsState,
  attempt,
  call,
  callLog,
  manager,
  type Choice,
  type ConsentManager,
  type ConsentRecord,
  type Line,
} from "./calls.js";
import { dress, getSwitch, setSwitch } from "./visit.js";

interface ReceivedEvent {
  readonly id: string | number;
  readonly name: string;
  readonly valid?: boolean | null;
  readonly errors?: readonly unknown[];
  readonly data?: unknown;
  readonly kind?: string;
}

/** One message of the stream: a request as the collector saw it. The same id again replaces it. */
interface ReceivedRequest {
  readonly id: string | number;
  /** In milliseconds since the epoch, or a date as text. */
  readonly time: number | string;
  readonly method: string;
  readonly path: string;
  readonly query?: unknown;
  readonly vendor?: string;
  readonly kind?: string;
  readonly encoding?: string;
  readonly valid?: boolean | null;
  readonly errors?: readonly unknown[];
  readonly status?: number;
  readonly aborted?: boolean;
  readonly events?: readonly ReceivedEvent[];
}

interface ConsentNews extends Event {
  readonly previous?: ConsentRecord;
  readonly current?: ConsentRecord;
  readonly source?: string;
  readonly error?: unknown;
}

const collector = "/__collector";
const mostRequests = 200;
const shownCalls = 8;

type Attributes = Readonly<Record<string, string | boolean>>;

/** Makes an element. Text only ever becomes text: what arrives from the stream is shown, never parsed. */
function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function clock(time: number | string): HTMLTimeElement {
  const date = new Date(time);
  if (isNaN(date.getTime())) return h("time", {}, String(time));
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return h(
    "time",
    { datetime: date.toISOString(), title: date.toLocaleString() },
    parts.map((part) => String(part).padStart(2, "0")).join(":"),
  );
}

function verdict(valid: boolean | null | undefined): HTMLElement {
  if (valid === true)
    return h("span", { class: "badge", "data-tone": "good" }, "valid");
  if (valid === false)
    return h("span", { class: "badge", "data-tone": "bad" }, "invalid");
  return h("span", { class: "badge" }, "unchecked");
}

function problems(errors: readonly unknown[] = []): (Node | string)[] {
  if (errors.length === 0) return [];
  const words = errors.map((error) =>
    h("li", {}, typeof error === "string" ? error : JSON.stringify(error)),
  );
  return [h("ul", { class: "problems" }, ...words)];
}

function section(
  name: string,
  title: string,
  aside: (Node | string)[],
  ...children: (Node | string)[]
): HTMLElement {
  return h(
    "section",
    { "aria-labelledby": `inspector-${name}` },
    h(
      "div",
      { class: "title" },
      h("h3", { id: `inspector-${name}` }, title),
      ...aside,
    ),
    ...children,
  );
}

const tones: Readonly<Record<Choice, string>> = {
  granted: "good",
  anonymous: "mild",
  denied: "bad",
};

class PlaygroundInspector extends HTMLElement {
  readonly #decided = h("dl", { class: "rows" });
  readonly #stored = h("dl", { class: "rows" });
  readonly #storedNote = h("p", { class: "note", hidden: true });
  readonly #calls = h("ol", { class: "calls" });
  readonly #received = h("ol", { class: "received" });
  readonly #receivedNote = h("p", { class: "note" });
  readonly #light = h("span", { class: "light", role: "status" });
  readonly #sum = h("span", { class: "sum" });
  readonly #missing = h(
    "p",
    { class: "note", "data-tone": "mild" },
    "The library has not loaded. The shop works all the same: nothing is asked, nothing is measured.",
  );
  readonly #details = h("details");
  readonly #wide = matchMedia("(width >= 68.75rem)");
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #requests = new Map<string, HTMLLIElement>();

  #stop = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #stream: EventSource | undefined;
  #seen = "";
  #events = 0;

  connectedCallback(): void {
    if (getSwitch("inspector") === "off") {
      this.hidden = true;
      return;
    }
    if (!this.hasChildNodes()) this.#build();
    this.#listen();
    this.#fold();
    this.#showCalls();
    this.#showState();
    this.#timer = setInterval(() => this.#showState(), 1000);
    this.#connect();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    clearInterval(this.#timer);
    this.#disconnect();
  }

  #listen(): void {
    const { signal } = this.#stop;
    callLog.addEventListener("change", () => this.#showCalls(), { signal });
    this.#wide.addEventListener("change", () => this.#fold(), { signal });
    for (const type of ["consent-ready", "consent-show", "consent-hide"]) {
      document.addEventListener(type, () => this.#showState(), { signal });
    }
    document.addEventListener(
      "consent-change",
      (event) => {
        const { current, source } = event as ConsentNews;
        const choices = Object.entries(current?.choices ?? {});
        const words = choices.map(([name, choice]) => `${name} ${choice}`);
        callLog.add(
          "news",
          words.length > 0
            ? `Decided: ${words.join(", ")}`
            : "No choice any more",
          source ? `by ${source}` : "",
        );
        this.#showState();
      },
      { signal },
    );
    document.addEventListener(
      "consent-error",
      (event) => {
        const { error } = event as ConsentNews;
        callLog.add("error", `consent-error: ${String(error)}`);
      },
      { signal },
    );
    // An open stream would keep the page out of the back/forward cache, and hold one of the few connections a
    // browser allows to a host.
    addEventListener("pagehide", () => this.#disconnect(), { signal });
    addEventListener(
      "pageshow",
      (event) => {
        if (event.persisted) this.#connect();
      },
      { signal },
    );
    void customElements
      .whenDefined("consent-manager")
      .then(() => this.#showState());
  }

  #build(): void {
    const button = (
      label: string,
      press: () => void,
      attributes: Attributes = {},
    ): HTMLButtonElement => {
      const element = h("button", { type: "button", ...attributes }, label);
      element.addEventListener("click", press);
      return element;
    };
    const ask = (
      label: string,
      step: (element: ConsentManager) => unknown,
    ): HTMLButtonElement =>
      button(
        label,
        () => {
          const element = manager();
          if (element) attempt(label, () => step(element));
          this.#showState();
        },
        { "data-needs-library": true },
      );

    const dark = button("Dark", () => {
      setSwitch("theme", this.#isDark() ? "light" : "dark");
      dark.setAttribute("aria-pressed", String(this.#isDark()));
    });
    dark.setAttribute("aria-pressed", String(this.#isDark()));
    const rtl = button("RTL", () => {
      const on = document.documentElement.dir !== "rtl";
      setSwitch("dir", on ? "rtl" : "ltr");
      rtl.setAttribute("aria-pressed", String(on));
    });
    rtl.setAttribute("aria-pressed", String(getSwitch("dir") === "rtl"));

    this.#details.append(
      h("summary", {}, h("span", {}, "Inspector"), this.#sum),
      h(
        "div",
        { class: "panel" },
        h(
          "header",
          {},
          h("h2", { id: "inspector-title" }, "Inspector"),
          h("div", { class: "buttons" }, dark, rtl),
        ),
        this.#missing,
        h(
          "div",
          { class: "controls", role: "group", "aria-label": "Ask the library" },
          h(
            "div",
            { class: "buttons" },
            ask("Show banner", (element) => element.show()),
            ask("Preferences", (element) => element.showPreferences()),
            ask("Grant all", (element) => element.grantAll()),
            ask("Deny all", (element) => element.denyAll()),
            ask("Withdraw", (element) => element.withdraw()),
            ask("Reset", (element) => element.reset()),
          ),
          h(
            "div",
            { class: "buttons" },
            button("Track an event", () =>
              call("track", "Pressed a button", { where: "inspector" }),
            ),
            button("Page view", () => call("page")),
            button("Identify", () => call("identify", "visitor-42")),
            button("Send now", () => call("flush")),
          ),
        ),
        section(
          "decided",
          "What was decided",
          [],
          this.#decided,
          h("h4", {}, "Stored in this browser"),
          this.#stored,
          this.#storedNote,
        ),
        section("called", "What the page called", [], this.#calls),
        section(
          "received",
          "What the collector received",
          [
            this.#light,
            button("Clear", () => void this.#askToClear(), {
              class: "quiet",
              "aria-label": "Clear what the collector received",
            }),
          ],
          this.#receivedNote,
          this.#received,
        ),
      ),
    );
    this.append(
      h("aside", { "aria-labelledby": "inspector-title" }, this.#details),
    );
  }

  #isDark(): boolean {
    const theme = getSwitch("theme");
    return theme === undefined ? this.#dark.matches : theme === "dark";
  }

  /** Beside the shop the inspector is always open; above it, it opens when asked. */
  #fold(): void {
    this.#details.open = this.#wide.matches;
  }

  #showState(): void {
    const element = manager();
    const record = element?.consent?.record;
    const stored = readStorage();
    const tracker = [
      element?.tracker?.hasOptedIn() ? "in" : "",
      element?.tracker?.hasOptedOut() ? "out" : "",
    ].join("");
    const seen = JSON.stringify([
      element !== undefined,
      element?.consent?.needsChoice,
      record,
      stored,
      tracker,
    ]);
    // Rows that did not change stay as they are, so that a selection in them survives the next second.
    if (seen === this.#seen) return;
    this.#seen = seen;

    this.#missing.hidden = element !== undefined;
    for (const button of this.querySelectorAll<HTMLButtonElement>(
      "[data-needs-library]",
    ))
      button.disabled = element === undefined;

    this.#decided.replaceChildren(...decidedRows(element, record, tracker));
    this.#stored.replaceChildren(...stored.map(storedRow));
    const count = stored.reduce((sum, place) => sum + place.entries.length, 0);
    this.#storedNote.hidden = record !== undefined || count === 0;
    this.#storedNote.textContent =
      "Nobody has decided, so this should be empty. Cookies are shared by all ports of a host: another program may have left them.";
    this.#sumUp(count);
  }

  #sumUp(stored?: number): void {
    const count =
      stored ??
      readStorage().reduce((sum, place) => sum + place.entries.length, 0);
    this.#sum.textContent = `${analyticsState()} · ${count} stored · ${this.#events} received`;
  }

  #showCalls(): void {
    const { lines } = callLog;
    const latest = lines.slice(-shownCalls).map(callRow).toReversed();
    const earlier = lines.length - latest.length;
    this.#calls.replaceChildren(
      ...latest,
      ...(earlier > 0
        ? [h("li", {}, h("em", {}, `and ${earlier} before`))]
        : []),
    );
  }

  #connect(): void {
    this.#disconnect();
    this.#say("wait", "connecting");
    const stream = new EventSource(`${collector}/stream`);
    this.#stream = stream;
    stream.addEventListener("open", () => {
      // Everything that is kept comes again with each connection.
      this.#clear();
      this.#say("good", "live");
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED)
        this.#say("bad", "not there");
      else this.#say("wait", "reconnecting");
    });
    stream.addEventListener("request", (event: MessageEvent<string>) => {
      attempt("stream", () => {
        this.#receive(JSON.parse(event.data) as ReceivedRequest);
      });
    });
    stream.addEventListener("clear", () => this.#clear());
  }

  #disconnect(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  #say(tone: "good" | "bad" | "wait", words: string): void {
    this.#light.dataset["tone"] = tone;
    this.#light.textContent = words;
    this.#showNote();
  }

  #showNote(): void {
    const lost = this.#light.dataset["tone"] === "bad";
    this.#receivedNote.hidden = !lost && this.#requests.size > 0;
    this.#receivedNote.replaceChildren(
      lost
        ? "The collector is not there, so nobody is listening to what this page sends. It runs inside the server that npm start starts."
        : "Nothing has arrived. Before a choice that is how it should be.",
    );
    if (!lost) return;
    const again = h("button", { type: "button", class: "quiet" }, "Try again");
    again.addEventListener("click", () => this.#connect());
    this.#receivedNote.append(" ", again);
  }

  #receive(request: ReceivedRequest): void {
    const id = String(request.id);
    const fresh = requestRow(request);
    const old = this.#requests.get(id);
    if (old) {
      const open = new Set(
        [...old.querySelectorAll<HTMLElement>("details[open]")].map(
          (details) => details.dataset["id"],
        ),
      );
      for (const details of fresh.querySelectorAll("details"))
        details.open = open.has(details.dataset["id"]);
      old.replaceWith(fresh);
    } else {
      this.#received.prepend(fresh);
    }
    this.#requests.set(id, fresh);
    for (const [oldest, oldRow] of this.#requests) {
      if (this.#requests.size <= mostRequests) break;
      this.#requests.delete(oldest);
      oldRow.remove();
    }
    this.#counted();
  }

  #clear(): void {
    this.#requests.clear();
    this.#received.replaceChildren();
    this.#counted();
  }

  #counted(): void {
    this.#events = this.#received.querySelectorAll("[data-event]").length;
    this.#showNote();
    this.#sumUp();
  }

  async #askToClear(): Promise<void> {
    try {
      const answer = await fetch(`${collector}/clear`, { method: "POST" });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      this.#clear();
    } catch (error) {
      callLog.add("error", `Clear: ${String(error)}`);
    }
  }
}

function row(name: string, ...value: (Node | string)[]): Node[] {
  return [h("dt", {}, name), h("dd", {}, ...value)];
}

function decidedRows(
  element: ConsentManager | undefined,
  record: ConsentRecord | undefined,
  tracker: string,
): Node[] {
  if (element === undefined) return row("Record", "none");
  const opted =
    { in: "opted in", out: "opted out" }[tracker] ?? "waits for an answer";
  if (record === undefined) {
    return [
      ...row("Record", h("em", {}, "none, nobody has decided")),
      ...row("Tracker", opted),
    ];
  }
  return [
    ...Object.entries(record.choices).flatMap(([purpose, choice]) =>
      row(
        purpose,
        h(
          "span",
          { class: "badge", "data-tone": tones[choice] ?? "" },
          String(choice),
        ),
      ),
    ),
    ...row(
      "How",
      `${record.action ?? "?"}, by ${record.source ?? "?"}, at `,
      clock(record.time),
    ),
    ...row(
      "Revision",
      String(record.revision ?? "none"),
      element.consent?.needsChoice ? " (asks again)" : "",
    ),
    ...row("Tracker", opted),
  ];
}

interface Place {
  readonly name: string;
  readonly entries: readonly string[];
  readonly blocked?: true;
}

function readStorage(): Place[] {
  return [
    readPlace("Cookies", () =>
      document.cookie.split("; ").filter((entry) => entry !== ""),
    ),
    readPlace("localStorage", () => Object.keys(localStorage).toSorted()),
    readPlace("sessionStorage", () => Object.keys(sessionStorage).toSorted()),
  ];
}

function readPlace(name: string, read: () => string[]): Place {
  try {
    return { name, entries: read() };
  } catch {
    // A browser that blocks storage throws on the mere mention of it.
    return { name, entries: [], blocked: true };
  }
}

function storedRow(place: Place): HTMLElement {
  const value =
    place.entries.length > 0
      ? place.entries.map((entry) => h("code", {}, readable(entry)))
      : [h("em", {}, place.blocked ? "blocked by the browser" : "empty")];
  return h(
    "div",
    {},
    h("dt", {}, place.name),
    h("dd", place.entries.length > 0 ? { class: "entries" } : {}, ...value),
  );
}

/** A cookie's value as it was before it was escaped, if it can be told. */
function readable(entry: string): string {
  try {
    return decodeURIComponent(entry);
  } catch {
    return entry;
  }
}

function callRow(line: Line): HTMLLIElement {
  const words =
    line.kind === "call" ? `called · ${line.state}` : line.state || "";
  return h(
    "li",
    { "data-kind": line.kind },
    clock(line.time),
    h("code", {}, line.text),
    h("span", { class: "state" }, words),
  );
}

function requestRow(request: ReceivedRequest): HTMLLIElement {
  const { aborted, events = [], status = 0 } = request;
  const answer = aborted ? "cut off" : status === 0 ? "no answer yet" : status;
  const bad = aborted === true || status >= 400;
  // The collector repeats the events' errors in the request's list, each with the event's id before it.
  const errors = (request.errors ?? []).filter(
    (error) => !events.some(({ id }) => String(error).startsWith(`${id} `)),
  );
  return h(
    "li",
    { "data-request": String(request.id), "data-aborted": aborted === true },
    h(
      "div",
      { class: "request" },
      h("code", {}, `${request.method} ${request.path}`),
      h(
        "span",
        { class: "badge", "data-tone": bad ? "bad" : "" },
        String(answer),
      ),
      ...(errors.length > 0 ? [verdict(false)] : []),
      h("span", { class: "aside" }, request.encoding ?? ""),
      ...(events.length === 0 ? [clock(request.time)] : []),
    ),
    ...problems(errors),
    ...events.map((event, index) => eventRow(event, request, index)),
    ...(events.length === 0 && hasContent(request.query)
      ? [h("pre", {}, JSON.stringify(request.query, undefined, 2))]
      : []),
  );
}

function hasContent(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function eventRow(
  event: ReceivedEvent,
  request: ReceivedRequest,
  index: number,
): HTMLDetailsElement {
  return h(
    "details",
    { "data-event": true, "data-id": String(event.id ?? index) },
    h(
      "summary",
      {},
      h("span", { class: "event-name" }, event.name),
      verdict(event.valid),
      h(
        "span",
        { class: "aside" },
        request.vendor ?? "",
        " ",
        clock(request.time),
      ),
    ),
    ...problems(event.errors),
    h("pre", {}, JSON.stringify(event.data, undefined, 2) ?? "no data"),
  );
}

dress();
customElements.define("playground-inspector", PlaygroundInspector);
