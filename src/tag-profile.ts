import type { Limit, Profile } from "./consent/profile.js";
import { makeRecord } from "./consent/record.js";
import { oneOf } from "./consent/refuse.js";
import type { ConsentManagerElement } from "./elements/consent-manager.js";
import { showSignal } from "./elements/signal-note.js";
import { profileOf, refusalsOf, type ProfileOptions } from "./gate/profile.js";

/** Names of purposes that are asked about, with the services inside them that have an answer of their own. */
function withServices(manager: Element, names: readonly string[]): string[] {
  return names.flatMap((name) => [
    name,
    ...Array.from(
      manager.querySelectorAll(
        `consent-purpose[name="${CSS.escape(name)}"] consent-service[switch]`,
      ),
      (service) => service.getAttribute("name") ?? "",
    ),
  ]);
}

/** What the attributes say. Throws a `RangeError` for a purpose that is not asked about. */
function optionsOf(manager: ConsentManagerElement): ProfileOptions {
  const read = (name: string) => manager.getAttribute(name) ?? undefined;
  const given = read("signal-purposes")?.trim().split(/\s+/);
  const known = manager.consent.purposes.map(({ name }) => name);
  for (const name of given ?? []) oneOf("signal-purposes", name, known);
  return {
    // An attribute without a value says that the page's script knows it. Where that says nothing, it is an unknown one.
    region: manager.hasAttribute("region")
      ? read("region") || (manager.region ?? (() => ""))
      : undefined,
    mode: read("mode") as ProfileOptions["mode"],
    maxAge: read("max-age"),
    revision: read("revision"),
    signalPurposes: withServices(manager, given ?? ["marketing"]),
    respectDnt: manager.hasAttribute("respect-dnt"),
    underAge: manager.hasAttribute("under-age"),
  };
}

/** Lets the refusals of earlier pages stand, forgets their grants, and takes what is decided from now on. */
function forgetGrants(): Limit {
  /** When the first decision of this page was made. */
  let since: string | undefined;
  return (record, isNew) => {
    if (isNew) since ??= record?.time;
    if (!record || (since && record.time >= since)) return record;
    const all = Object.entries(record.choices);
    const refused = all.filter(([, choice]) => choice === "denied");
    if (!refused[0]) return;
    return refused.length === all.length
      ? record
      : makeRecord({ ...record, choices: Object.fromEntries(refused) });
  };
}

/**
 * What holds for the visitor of a page with `<consent-manager>`, from its attributes `region`, `under-age`, `respect-dnt`,
 * `signal-purposes`, `max-age`, and from the browser. It is fetched only where one of them has something to say, and
 * nothing is granted before.
 *
 * A mistake is told by `consent-error`. The strictest mode holds then, and no grant of an earlier page: it could have been given on
 * other terms.
 */
export function tagProfile(
  manager: ConsentManagerElement,
): Profile | Promise<Profile> {
  try {
    const options = optionsOf(manager);
    showSignal(manager, refusalsOf(options));
    return profileOf(options);
  } catch (error) {
    manager.consent.report(error);
    return { mode: "opt-in", limit: forgetGrants() };
  }
}
