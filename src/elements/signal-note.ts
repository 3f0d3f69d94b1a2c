import { hasDirection, languageOf, loadWords } from "../locales/index.js";
import type { ConsentManagerElement } from "./consent-manager.js";

/** A refusal that visitors are told of. */
interface Told {
  readonly name: string;
  readonly purposes?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
}

/**
 * Tells the visitor, wherever they would look, that their browser's no is honoured: in the banner, in the preferences, and
 * beside each way back to them. Without a click (11 CCR § 7025 (c)(6), in force since January 2026), and to a screen reader once.
 * Where the visitor has said yes against it, nothing is told.
 */
export function showSignal(
  manager: ConsentManagerElement,
  refusals: readonly Told[],
): void {
  const signals = refusals.filter(({ name }) => name !== "under-age");
  if (!signals[0]) return;

  const isHonoured = () =>
    signals.some(({ purposes, except }) =>
      manager.consent.purposes
        .filter(
          ({ name, required }) =>
            !required &&
            purposes?.includes(name) !== false &&
            !except?.includes(name),
        )
        .every(({ name }) => manager.consent.get(name) === "denied"),
    );

  const show = async () => {
    const places = [
      ...manager.querySelectorAll("consent-banner, consent-preferences"),
      ...(manager.getRootNode() as Document | ShadowRoot).querySelectorAll(
        "consent-trigger",
      ),
    ];
    for (const place of places) {
      let note = place.querySelector<HTMLElement>("[data-signal]");
      // The preferences say so themselves where the browser decided last.
      const isSaid =
        place.localName === "consent-preferences" &&
        manager.consent.record?.source === "signal";
      if (isSaid || !isHonoured()) {
        note?.remove();
        continue;
      }
      if (note) continue;
      note = document.createElement("p");
      note.dataset.signal = "";
      note.slot = "note";
      note.role = "status";
      note.style.margin = "0";
      place.append(note);
      const words = await loadWords(languageOf(manager));
      note.lang = words.lang;
      if (!hasDirection(manager)) note.dir = words.dir;
      // After it is there: a status that comes with its text is not read out.
      note.textContent = manager.words?.signal ?? words.signal;
    }
  };
  const update = () => void show().catch(console.error);
  manager.addEventListener("consent-ready", update);
  manager.addEventListener("consent-show", update);
  manager.addEventListener("consent-change", update);
}
