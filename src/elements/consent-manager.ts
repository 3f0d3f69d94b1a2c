import type { Choices } from "../consent/choice.js";
import { tell } from "../consent/events.js";
import type { Profile } from "../consent/profile.js";
import type { PurposeInput } from "../consent/purpose.js";
import type { Receipts } from "../consent/receipt.js";
import type { ConsentStore } from "../consent/store.js";
import type { Region } from "../gate/profile.js";
import type { Tracker } from "../tracker/facade.js";
import type { OwnWords } from "../locales/words.js";
import { LightElement } from "./light-element.js";
import type { PurposeDetails } from "./purposes.js";

/** What an entry hands to the element: how to make its parts from its attributes, and where its interface waits. */
export interface Composition {
  consent(
    manager: ConsentManagerElement,
    purposes: readonly PurposeInput[],
    profile: Promise<Profile> | undefined,
  ): ConsentStore;
  /** A store that knows of nothing and nobody, for markup with a mistake. */
  fallback(): ConsentStore;
  tracker(manager: Element, consent: ConsentStore): Tracker | undefined;
  /** What few pages have: starts it, and finds out what holds for the visitor. */
  late(manager: ConsentManagerElement): Promise<Profile> | undefined;
  interface(manager: ConsentManagerElement): Promise<Interface>;
}

/** The visible part of one manager. It comes in a chunk of its own, words included. */
export interface Interface {
  /** Shows or hides the banner; returns whether that made a difference. */
  toggleBanner(open: boolean): boolean;
  /** Opens the preferences; `opener` gets the focus back when they close. */
  showPreferences(opener?: HTMLElement): Promise<void>;
}

/**
 * Holds a visitor's decision on a page, shows the banner while one is needed, and feeds the tracker.
 *
 * @summary The one tag that a site puts on its pages.
 * @tag consent-manager
 *
 * @attr {"opt-in"|"opt-out"|"notice"} [mode=opt-in] - What an absent choice means.
 * @attr {string} [revision=1] - The version of what is asked; a new one asks again.
 * @attr {string} [policy-href=/privacy] - The address of the privacy policy.
 * @attr {string} [region] - Where the visitor is: `eu`, `us-ca`, … An unknown region gets the strictest profile. Empty: `manager.region` finds it out.
 * @attr {boolean} [under-age] - Everything is refused and nobody is asked.
 * @attr {boolean} [respect-dnt] - Do Not Track refuses everything but `functional`.
 * @attr {string} [signal-purposes=marketing] - What Global Privacy Control refuses: names, separated by spaces.
 * @attr {string} [receipts] - Keeps a receipt of each decision, and sends it to this address of the site's. Empty: keeps it here only.
 * @attr {string} [keeps] - What always stays in the browser: names, as in a purpose's `removes`.
 * @attr {boolean} [obey] - Looks for inert scripts and frames also where there are none when the page begins.
 * @attr {string} [max-age=P180D] - How long a decision holds, as an ISO 8601 duration.
 * @attr {"cookie"|"local"|"memory"} [storage=cookie] - Where the record waits.
 * @attr {string} [cookie-name=consent] - The name of the cookie or localStorage entry.
 * @attr {string} [cookie-domain] - Share the cookie with subdomains.
 * @attr {"mixpanel"} [tracker] - Where events go. Without it there is no tracker.
 * @attr {string} [token] - The token of the Mixpanel project.
 * @attr {string} [app-id] - The application's id, for destinations that ask for one.
 * @attr {string} [endpoint] - Where the destination receives events.
 * @attr {string} [tracker-purpose=analytics] - The purpose that the tracker needs.
 * @attr {"bar"|"top"|"box"|"box-start"|"card"|"inline"|"modal"} [banner-layout=bar] - Where the banner is.
 * @attr {"dialog"|"side"} [preferences-layout=dialog] - Where the preferences are. As a part of the page they are where `<consent-preferences layout="inline">` stands.
 * @attr {"hold"|"drop"|"anonymous"} [before-choice=hold] - What happens to events before there is a choice.
 * @attr {"off"|"anonymous"} [when-denied=off] - What happens to events after a refusal.
 * @attr {string} [receipts] - Keeps a receipt of each decision. The value is where they are sent, an address of this site; without one they are kept in the browser.
 *
 * @event {ConsentReadyEvent} consent-ready - Fired once the stored record has been read.
 * @event {ConsentSubmitEvent} consent-submit - Fired when a button is pressed, before anything is kept. Cancelable.
 * @event {ConsentChangeEvent} consent-change - Fired after every decision, from this page or another.
 * @event {ConsentLayerEvent} consent-show - Fired when the banner or the preferences appear.
 * @event {ConsentLayerEvent} consent-hide - Fired when the banner or the preferences go.
 * @event {ConsentEvent} consent-leftovers - Fired when what could not be removed has changed.
 * @event {ConsentEvent} consent-receipt - Fired when there is a receipt of a decision.
 * @event {ConsentErrorEvent} consent-error - Fired when something went wrong. The answer is then no, or what it was.
 */
export class ConsentManagerElement extends LightElement {
  declare static composition: Composition;

  /** The page's own words, in place of ours: `{ accept: "Yes to all" }`. The interface reads them, and every later change. */
  declare words?: OwnWords;
  /** What the page says of its purposes, by name: labels, descriptions, services, the third choice. */
  declare details?: Readonly<Record<string, PurposeDetails>>;
  /** The receipts of this browser, where the `receipts` attribute asks for them, from the first `consent-receipt` on. */
  declare receipts?: Receipts;
  /** Finds out where the visitor is, where the attribute `region` is there and empty: `async () => "us-ca"`. Set it before the start. */
  declare region?: Region;

  static override tag = "consent-manager";

  #consent: ConsentStore | undefined;
  #tracker: Tracker | undefined;
  #started: boolean | undefined;
  #interface: Promise<Interface | void> | undefined;
  /** Whether the banner should be visible, also while the interface is still on its way. */
  #open: boolean | undefined;

  /** The store. Set one of your own before the element is connected, or read the one that the attributes describe. */
  get consent(): ConsentStore {
    this.start();
    return this.#consent!;
  }

  set consent(consent: ConsentStore) {
    this.#consent ??= consent;
  }

  /** The tracker, where the `tracker` attribute or the page names one. */
  get tracker(): Tracker | undefined {
    this.start();
    return this.#tracker;
  }

  set tracker(tracker: Tracker | undefined) {
    this.#tracker = tracker;
  }

  /** Shows the banner, also when there is a decision already. */
  show(): Promise<void> {
    return this.#toggle(true);
  }

  /** Hides the banner. Nothing is decided by it. */
  hide(): Promise<void> {
    return this.#toggle(false);
  }

  /** Opens the preferences. `opener` gets the focus back when they close; by default, what had it before. */
  showPreferences(opener?: HTMLElement): Promise<void> {
    return this.#load()
      .then((ui) => ui?.showPreferences(opener))
      .catch((error) => this.#report(error));
  }

  /** Grants every purpose. */
  grantAll(): void {
    this.consent.grantAll();
  }

  /** Refuses every purpose that is not required. */
  denyAll(): void {
    this.consent.denyAll();
  }

  /** Records the given answers and leaves the others as they are: `set({ analytics: "granted" })`. */
  set(choices: Choices): void {
    this.consent.set(choices);
  }

  /** Takes every grant back. */
  withdraw(): void {
    this.consent.withdraw();
  }

  /** Forgets the decision: the visitor was never asked, and is asked again. */
  reset(): void {
    this.consent.reset();
  }

  /** Takes in a `<consent-purpose>` that came late. Called by that element. */
  addPurpose(purpose: HTMLElement): void {
    // Before the start nothing is late: all of them are read together then.
    if (!this.#started) return;
    try {
      this.consent.addPurpose(toInput(purpose));
      this.#toggle(this.consent.needsChoice);
    } catch (error) {
      this.#report(error);
    }
  }

  protected override start(): void {
    if (this.#started) return;
    this.#started = true;
    // What the page has put inside them is for the interface to show, which may never be needed.
    for (const element of this.querySelectorAll<HTMLElement>(
      "consent-banner, consent-preferences",
    ))
      element.hidden = true;
    // What the page has set before the element was defined lies in front of the accessors.
    for (const [name, value] of Object.entries(this)) {
      delete (this as Record<string, unknown>)[name];
      (this as Record<string, unknown>)[name] = value;
    }
    // Browsers that know invoker commands send them here.
    this.oncommand = ({ command, source }: Event & Command) => {
      if (command === "--show-preferences") this.showPreferences(source);
    };
    const { composition } = ConsentManagerElement;
    const profile = composition.late(this);
    try {
      this.#consent ??= composition.consent(
        this,
        Array.from(
          this.querySelectorAll<HTMLElement>(
            "consent-purpose, consent-service[switch]",
          ),
          toInput,
        ),
        profile,
      );
    } catch (error) {
      this.#report(error);
      // A mistake in the markup must not leave the page without an answer, nor revive one that was given to another question.
      this.#consent = composition.fallback();
    }
    const consent = this.#consent;
    // oxlint-disable-next-line no-unused-vars -- left out: an event's own mark of trust cannot be copied to another event
    consent.subscribe(({ isTrusted: _, ...news }) => {
      tell(this, "consent-change", news);
      this.#toggle(consent.needsChoice);
    });
    consent.addEventListener("consent-error", ({ error }) =>
      this.#report(error),
    );
    try {
      this.#tracker ??= composition.tracker(this, consent);
    } catch (error) {
      this.#report(error);
    }
    consent.ready.then((record) => {
      tell(this, "consent-ready", { record });
      this.#toggle(consent.needsChoice);
      // Preferences that are a part of the page are there on every visit.
      if (this.querySelector("consent-preferences[layout=inline]"))
        this.#load();
    });
  }

  #report(error: unknown): void {
    console.error(error, this);
    tell(this, "consent-error", { error });
  }

  async #toggle(open: boolean) {
    this.#open = open;
    if (!open && !this.#interface) return;
    const ui = await this.#load();
    // The answer may have come from another tab meanwhile.
    if (this.#open === open && ui?.toggleBanner(open))
      tell(this, open ? "consent-show" : "consent-hide", { layer: "banner" });
  }

  #load(): Promise<Interface | void> {
    return (this.#interface ??= ConsentManagerElement.composition
      .interface(this)
      .catch((error) => {
        // The answer stays what it was, the page works, and the next call tries again.
        this.#interface = undefined;
        this.#report(error);
      }));
  }
}

/** What a button with `commandfor` sends; the DOM's types do not have it yet. */
interface Command {
  readonly command?: string;
  readonly source?: HTMLElement;
}

function toInput(purpose: HTMLElement): PurposeInput {
  return {
    name: purpose.getAttribute("name") ?? "",
    required: purpose.hasAttribute("required"),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "consent-manager": ConsentManagerElement;
  }
}
