import type { ConsentChangeEvent } from "../consent/events.js";
import type { ConsentStore } from "../consent/store.js";
import {
  hasDirection,
  languageOf,
  loadWords,
  watchLanguage,
} from "../locales/index.js";
import type { Words } from "../locales/words.js";
import type { ConsentManagerElement } from "./consent-manager.js";
import {
  discard,
  dressFrame,
  PASSED,
  prepare,
  type Content,
} from "./embed-content.js";
import { adoptStyle } from "./embed.styles.js";

/** Every embed that was ever started, for as long as the page holds it. */
const embeds = new WeakMap<HTMLElement, Embed>();
/** Those that are in the page. */
const present = new Set<Embed>();
/** Those of them that have no manager yet. */
const waiting = new Set<Embed>();
let arrivals: MutationObserver | undefined;

/** Makes `host` show its placeholder, or what is behind it where the visitor has said yes. Called again whenever it is put somewhere. */
export function start(host: HTMLElement): void {
  sweep();
  if (!host.isConnected) return;
  let embed = embeds.get(host);
  if (!embed) embeds.set(host, (embed = new Embed(host)));
  embed.enter();
}

/** Lets go of those that have left the page: nobody tells when they do. */
function sweep(): void {
  for (const embed of present) if (!embed.host.isConnected) embed.leave();
}

/** Looks for a manager whenever something comes into the page, until every embed has one. */
function awaitManager(embed: Embed): void {
  const look = () => {
    sweep();
    for (const each of waiting) if (managerOf(each.host)) void each.meet();
    if (!waiting.size) arrivals?.disconnect();
  };
  if (!waiting.size) {
    arrivals ??= new MutationObserver(look);
    arrivals.observe(document, { childList: true, subtree: true });
    void customElements.whenDefined("consent-manager").then(look);
  }
  waiting.add(embed);
}

/** The manager around `element`, or the first of the nearest root that has one; absent while it cannot answer. */
function managerOf(element: Element): ConsentManagerElement | undefined {
  for (let at: Element | undefined = element; at;) {
    const root = at.getRootNode() as Document | ShadowRoot;
    const found =
      at.closest("consent-manager") ?? root.querySelector("consent-manager");
    if (found) return found.matches(":defined") ? found : undefined;
    at = (root as Partial<ShadowRoot>).host;
  }
  return;
}

/** A box of the embed's own. Pages style it by this attribute. */
function box(name: string): HTMLElement {
  const element = document.createElement("div");
  element.dataset.embed = name;
  return element;
}

function button(action: string, press: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  // It may stand in a form.
  element.type = "button";
  element.dataset.action = action;
  element.addEventListener("click", press);
  return element;
}

/** Moves the focus to the first thing in `content` that takes it, or to the content itself. */
function focusIn(content: HTMLElement): void {
  const found = content.querySelectorAll<HTMLElement>(
    "a[href], button, input, select, textarea, summary, audio, video, iframe, [tabindex]",
  );
  for (const each of [...found, content]) {
    each.focus({ preventScroll: true });
    if (!content.matches(":focus-within")) continue;
    if (each.localName === "iframe")
      each.addEventListener("load", () => refocus(each), { once: true });
    return;
  }
}

/** A document from elsewhere does not take over the focus of the empty one that it replaces (seen in Chromium). */
function refocus(frame: HTMLElement): void {
  if (!frame.matches(":focus")) return;
  frame.blur();
  frame.focus({ preventScroll: true });
}

const pixels = (length: string | null) =>
  Number(/^\s*(\d+(\.\d+)?)(px)?\s*$/.exec(length ?? "")?.[1] ?? 0);

/** What one `<consent-embed>` does, and what it knows. */
class Embed {
  readonly host: HTMLElement;
  #store: ConsentStore | undefined;
  #unsubscribe: (() => void) | undefined;
  #endLanguage: (() => void) | undefined;
  /** What the attributes ask for. */
  #wanted = "";
  /** Makes it; absent where it can never be shown. */
  #make: ((name: string) => Content) | undefined;
  /** The service, where the visitor is asked about it, or else the purpose. Absent where there is no such thing. */
  #decisive: string | undefined;
  /** Whether the visitor wants to see it this time. */
  #once = false;
  /** Whether one of its buttons is being pressed. */
  #pressed = false;
  #content: HTMLElement | undefined;
  /** Mistakes that were told. */
  readonly #told = new Set<string>();

  readonly #placeholder = box("placeholder");
  readonly #own = box("own");
  readonly #title = box("title");
  readonly #text = box("text");
  readonly #actions = box("actions");
  readonly #load = button("show-once", () =>
    this.#press(() => {
      this.#once = true;
    }),
  );
  readonly #always = button("show-always", () =>
    this.#press(() =>
      this.#store?.set(
        { [this.#decisive!]: "granted" },
        { source: "user", action: "embed" },
      ),
    ),
  );

  constructor(host: HTMLElement) {
    this.host = host;
    // A copy of an embed, from a cache of pages perhaps, brings along what was made for the original.
    for (const own of host.querySelectorAll(
      ":scope > [data-embed] > [data-embed=own]",
    ))
      host.append(...own.childNodes);
    for (const made of host.querySelectorAll(":scope > [data-embed]"))
      made.remove();
    this.#own.append(
      ...Array.from(host.childNodes).filter(
        ({ nodeName }) => nodeName !== "TEMPLATE",
      ),
    );
    this.#placeholder.role = "group";
    if (this.#own.firstElementChild || this.#own.textContent.trim())
      this.#placeholder.append(this.#own);
    else this.#placeholder.append(this.#title, this.#text);
    new MutationObserver(() => this.#update()).observe(host, {
      attributeFilter: ["purpose", "service", "src", "label", ...PASSED],
    });
  }

  enter(): void {
    const { host } = this;
    present.add(this);
    adoptStyle(host.getRootNode() as Document);
    this.#endLanguage?.();
    this.#endLanguage = watchLanguage(host, () => this.#update());
    void this.meet();
  }

  /** Out of the page nothing is heard of a refusal, so nothing is kept that might come back after one. */
  leave(): void {
    present.delete(this);
    waiting.delete(this);
    this.#endLanguage?.();
    this.#follow(undefined);
    this.#once = false;
    this.#empty();
  }

  /** Follows the manager that there is, or waits for one. */
  async meet(): Promise<void> {
    const manager = managerOf(this.host);
    if (manager) {
      waiting.delete(this);
      // Who puts a manager in may give it a store in the same task.
      await undefined;
      if (!present.has(this)) return;
      this.#follow(manager.consent);
    } else {
      if (!waiting.has(this)) awaitManager(this);
      this.#follow(undefined);
    }
    this.#update();
  }

  #follow(store: ConsentStore | undefined): void {
    if (store === this.#store) return;
    this.#unsubscribe?.();
    this.#store = store;
    this.#unsubscribe = store?.subscribe((news) => this.#hear(news));
    void store?.ready.then(() => this.#update());
  }

  #hear({ changed }: ConsentChangeEvent): void {
    sweep();
    const store = this.#store;
    if (!store) return;
    // A no to this or to everything takes back what was to be seen once; an answer on something else leaves it.
    const isAbout =
      changed.includes(this.#decisive ?? "") ||
      store.purposes.every(
        ({ name, required }) => required || store.get(name) === "denied",
      );
    if (isAbout && !this.#isGranted()) this.#once = false;
    this.#update();
  }

  #press(act: () => void): void {
    this.#pressed = true;
    try {
      act();
    } catch (error) {
      this.#tell(error);
    }
    this.#update();
    this.#pressed = false;
  }

  /** Brings what is to be seen in line with the attributes and the decision. */
  #update(): void {
    const { host } = this;
    if (!present.has(this) || !host.isConnected) return;
    const wanted = JSON.stringify(
      ["purpose", "service", "src"].map((name) => host.getAttribute(name)),
    );
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      // A yes to one thing is none to what has taken its place.
      this.#once = false;
      this.#empty();
      this.#make = this.#attempt(() => prepare(host));
    }
    this.#decisive = this.#attempt(() => this.#decider());
    this.#keepRoom();
    if (this.#make && (this.#once || this.#isGranted())) this.#show(this.#make);
    else {
      const hadFocus = !!this.#content?.matches(":focus-within");
      this.#empty();
      void this.#ask(hadFocus);
    }
  }

  #decider(): string | undefined {
    const names = this.#store?.purposes.map(({ name }) => name);
    const service = this.host.getAttribute("service");
    if (!names || (service && names.includes(service)))
      return (names && service) ?? undefined;
    const purpose = this.host.getAttribute("purpose");
    if (purpose && names.includes(purpose)) return purpose;
    throw new RangeError(
      `consent-elements: purpose of <consent-embed> is ${JSON.stringify(purpose)}; write ${names.join(" or ")}`,
    );
  }

  #isGranted(): boolean {
    return !!this.#decisive && !!this.#store?.isGranted(this.#decisive);
  }

  /** What the visitor knows the content by. */
  #name(): string {
    const { host } = this;
    const src = host.getAttribute("src");
    return (
      host.getAttribute("label") ||
      host.getAttribute("service") ||
      (src && this.#make && new URL(src, document.baseURI).hostname) ||
      host.getAttribute("purpose") ||
      ""
    );
  }

  /** The place that the content will take is taken by the placeholder too, so that nothing jumps. */
  #keepRoom(): void {
    const { host } = this;
    const width = pixels(host.getAttribute("width"));
    const height = pixels(host.getAttribute("height"));
    const ratio = width && height ? `${width} / ${height}` : height && "auto";
    for (const [name, value] of [
      ["width", width && `${width}px`],
      ["height", !width && height && `${height}px`],
      ["ratio", ratio],
    ] as const)
      host.style.setProperty(`--_embed-${name}`, value || null);
  }

  #show(make: (name: string) => Content): void {
    const { host } = this;
    const name = this.#name();
    if (this.#content) {
      if (this.#content.localName === "iframe")
        dressFrame(this.#content, host, name);
      return;
    }
    const { element, run } = make(name);
    const { height } = host.getBoundingClientRect();
    element.dataset.embed = "content";
    this.#content = element;
    host.append(element);
    if (this.#pressed) focusIn(element);
    this.#placeholder.remove();
    // In a narrow place the placeholder's text may have needed more room.
    if (this.#pressed && host.getBoundingClientRect().height < height)
      element.style.minBlockSize = `${height}px`;
    void run((error) => this.#tell(error)).then(
      () => {
        if (this.#content === element)
          host.dispatchEvent(
            new Event("consent-embed-load", { bubbles: true, composed: true }),
          );
      },
      (error) => this.#tell(error),
    );
  }

  /** Takes the content away. */
  #empty(): void {
    if (this.#content) discard(this.#content);
    this.#content = undefined;
  }

  /** Shows the placeholder, in the language that the page has now. Its buttons take the focus where the content had it. */
  async #ask(hadFocus: boolean): Promise<void> {
    const { host } = this;
    const placeholder = this.#placeholder;
    if (placeholder.parentNode !== host) host.append(placeholder);
    const tag = languageOf(host);
    const words = await loadWords(tag).catch((error) => {
      this.#tell(error);
      return loadWords("en");
    });
    // The page may have moved on meanwhile, and asks again then.
    if (placeholder.parentNode !== host || languageOf(host) !== tag) return;
    this.#write(words, tag);
    if (hadFocus) this.#load.focus({ preventScroll: true });
  }

  #write(words: Words, tag: string): void {
    const placeholder = this.#placeholder;
    const title = words.embedTitle.replace("{service}", () => this.#name());
    // Its own news of a language would be heard again.
    if (placeholder.lang !== words.lang) placeholder.lang = words.lang;
    const dir = hasDirection(this.host) ? "" : words.dir;
    if (placeholder.dir !== dir) placeholder.dir = dir;
    // The page's own text is in the page's language, also where ours is not.
    if (this.#own.lang !== tag) this.#own.lang = tag;
    placeholder.ariaLabel = title;
    say(this.#title, title);
    say(this.#text, words.embedText);
    say(this.#load, words.embedLoad);
    say(this.#always, words.embedAlways);
    const canKeep = !!this.#decisive && this.#store!.isReady;
    place(this.#actions, this.#load, !!this.#make);
    place(this.#actions, this.#always, !!this.#make && canKeep);
    place(placeholder, this.#actions, !!this.#make);
  }

  /** Tells of a mistake, and goes on without what could not be made. */
  #attempt<T>(make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      this.#tell(error);
      return;
    }
  }

  #tell(error: unknown): void {
    const { message } = error as Error;
    if (this.#told.has(message)) return;
    this.#told.add(message);
    // The manager writes it to the console.
    if (this.#store) this.#store.report(error);
    else console.error(error, this.host);
  }
}

/** Writes `text` where it is not written already: what a visitor has selected stays selected. */
function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts `child` into `parent` or takes it out. One that is there stays as it is, and keeps the focus. */
function place(parent: Element, child: Element, isThere: boolean): void {
  if (!isThere) child.remove();
  else if (child.parentNode !== parent) parent.append(child);
}
