import type { ConsentStore } from "../consent/store.js";
import type { PurposeDetails, ServiceDetails } from "../elements/purposes.js";
import { keepStored, removeStored } from "./clean-up.js";
import { passOnLeftovers } from "./leftover-news.js";
import { checkStored, parseStored, type Stored } from "./stored.js";

/** What a page says of its purposes, beside the markup. */
interface Manager extends HTMLElement {
  readonly details?: Readonly<Record<string, PurposeDetails>>;
}

/** Where a page says what is stored. */
interface Source {
  /** The element, or the object, that says it. */
  readonly by: object;
  /** The purpose whose answer counts; `undefined` where it belongs to none that is asked about. */
  readonly purpose: string | undefined;
  readonly removes: string | Stored;
  /** Whether the page is loaded anew when the yes has ended. */
  readonly reload: boolean;
}

/** What is stored for one purpose, or for a service with an answer of its own. */
interface Declared {
  readonly purpose: string;
  readonly stored: Stored;
  readonly reload: boolean;
}

/**
 * Removes what the page says is stored when the yes to it ends, in this tab or another; and at the start of a page, where the
 * answer is no. An answer of `anonymous` is no yes here: nothing may be stored then.
 *
 * Read are the attribute `removes` of `<consent-purpose>` and `<consent-service>` inside `manager`, and `removes` in its `details`.
 * A service that is asked about follows its own answer, any other that of its purpose. What several of them name stays until the
 * last yes to it has ended. What a required purpose names, the manager's attribute `keeps`, and the record always stay.
 * With `reload`, an attribute of either element, the page is loaded anew after a removal.
 *
 * A mistake in them is told by `consent-error`, and what has it removes nothing. Returns a function that ends it.
 */
export function watchDeclared(
  manager: HTMLElement,
  consent: ConsentStore,
): () => void {
  const seen = new WeakSet<object>();
  const declared: Declared[] = [];
  const undo: (() => void)[] = [];
  let kept: Stored = {};

  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      consent.report(error);
    }
  };

  /** Takes in names that always stay. */
  const keep = (more: Stored) => {
    undo.push(keepStored(consent, more));
    kept = join(kept, more);
  };

  /** Takes in what the page has said since the last look. What stays comes first, so that the rest is checked against it. */
  const look = () => {
    const required = new Set(
      consent.purposes.flatMap((each) => (each.required ? each.name : [])),
    );
    const news = [...sourcesIn(manager, consent)].filter(
      ({ by }) => !seen.has(by),
    );
    for (const { by, purpose, removes } of news) {
      if (purpose === undefined || !required.has(purpose)) continue;
      seen.add(by);
      attempt(() => keep(toStored(removes)));
    }
    for (const { by, purpose, removes, reload } of news) {
      if (seen.has(by)) continue;
      seen.add(by);
      attempt(() => {
        const stored = toStored(removes);
        checkStored(stored, kept);
        if (purpose === undefined)
          throw new RangeError(
            `consent-elements: removes="${String(removes)}" belongs to no purpose; write it on or inside a <consent-purpose name="…">`,
          );
        declared.push({ purpose, stored, reload });
        undo.push(
          keepStored(consent, stored, () => consent.isGranted(purpose)),
        );
      });
    }
  };

  /** Removes what belongs to answers that are no yes any more, or, where none has just ended, what an earlier page has left. */
  const remove = async (ended: readonly Declared[], hasEnded: boolean) => {
    if (!ended[0]) return;
    const stored = ended.map((each) => each.stored).reduce(join);
    await removeStored(stored, consent, { unseen: hasEnded });
    // Unless there is a yes again.
    const isOver = (each: Declared) =>
      each.reload && !consent.isGranted(each.purpose);
    if (hasEnded && ended.some(isOver)) location.reload();
  };

  /** The purposes that had a yes at the last look. */
  let granted = new Set<string>();
  const follow = (changed: readonly string[]) => {
    if (!consent.isReady) return;
    look();
    const before = granted;
    granted = new Set(
      consent.purposes.flatMap(({ name }) =>
        consent.isGranted(name) ? name : [],
      ),
    );
    const refused = declared.filter(
      ({ purpose }) => changed.includes(purpose) && !granted.has(purpose),
    );
    for (const hasEnded of [true, false])
      remove(
        refused.filter(({ purpose }) => before.has(purpose) === hasEnded),
        hasEnded,
      ).catch(consent.report);
  };

  /** Begins, when it is known what was decided. */
  const start = () =>
    follow(
      consent.purposes.flatMap(({ name }) =>
        ["denied", "anonymous"].includes(consent.get(name) ?? "") ? name : [],
      ),
    );

  const name = manager.getAttribute("cookie-name") ?? "consent";
  keep({ cookies: [name], local: [name] });
  attempt(() => keep(parseStored(manager.getAttribute("keeps") ?? "")));
  look();
  if (consent.isReady) start();
  else void consent.ready.then(start);
  undo.push(consent.subscribe(({ changed }) => follow(changed)));
  undo.push(passOnLeftovers(manager, consent));
  return () => {
    for (const step of undo) step();
  };
}

/** Every place where the page says what is stored. */
function* sourcesIn(
  manager: Manager,
  { purposes }: ConsentStore,
): Generator<Source> {
  const asked = new Set(purposes.map(({ name }) => name));
  const first = (...names: (string | null | undefined)[]) =>
    names.find((name) => name && asked.has(name)) ?? undefined;
  for (const element of manager.querySelectorAll(
    ":is(consent-purpose, consent-service)[removes]",
  ))
    yield {
      by: element,
      purpose: first(
        element.getAttribute("name"),
        element.closest("consent-purpose")?.getAttribute("name"),
      ),
      removes: element.getAttribute("removes")!,
      reload: element.hasAttribute("reload"),
    };
  for (const [name, details] of Object.entries(manager.details ?? {}))
    for (const by of [details, ...(details.services ?? [])])
      if (by.removes !== undefined)
        yield {
          by,
          purpose: first(
            by === details ? name : (by as ServiceDetails).name,
            name,
          ),
          removes: by.removes,
          reload: false,
        };
}

const toStored = (removes: string | Stored): Stored =>
  typeof removes === "string" ? parseStored(removes) : removes;

/** What either of them names. */
function join(a: Stored, b: Stored): Stored {
  const joined: Record<string, unknown[]> = {};
  for (const [place, patterns] of [...Object.entries(a), ...Object.entries(b)])
    joined[place] = [...(joined[place] ?? []), ...(patterns as unknown[])];
  return joined;
}
