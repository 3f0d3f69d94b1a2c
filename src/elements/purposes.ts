import type { Purpose } from "../consent/purpose.js";
import type { Stored } from "../gate/stored.js";
import { safeHref, type View } from "./view.js";

/** What a page may say of a purpose beside its name. What it leaves out is ours, or nothing. */
export interface PurposeDetails {
  label?: string;
  /** What the purpose is for, in a sentence. */
  description?: string;
  /** Whether visitors may choose to be measured anonymously, beside off and on. */
  anonymous?: boolean;
  /** What off, anonymous and on mean here, a sentence each. */
  offText?: string;
  anonymousText?: string;
  onText?: string;
  services?: readonly ServiceDetails[];
  /** What is removed from the browser when the yes ends, as the attribute `removes` has it, or as lists by place. */
  removes?: string | Stored;
}

/** What a page tells about a service. */
export interface ServiceDetails {
  /** Needed where the service has an answer of its own: the name of that purpose. */
  name?: string;
  label?: string;
  description?: string;
  /** Who runs it. */
  provider?: string;
  /** The address of the provider's privacy policy. */
  policyHref?: string;
  /** Its cookies and other entries. */
  stores?: string;
  /** The hosts that it sends to. */
  sendsTo?: string;
  /** How long what it stores is kept. */
  keptFor?: string;
  /** What is removed from the browser when the yes ends. Nobody reads it. */
  removes?: string | Stored;
}

/** A purpose as the visitor meets it. */
export interface DescribedPurpose extends Required<
  Omit<PurposeDetails, "services" | "removes">
> {
  readonly name: string;
  readonly required: boolean;
  /** How many services are told of. */
  readonly serviceCount: number;
  /** Those of them that have an answer of their own. */
  readonly parts: readonly string[];
}

/** A service as the visitor meets it. */
export interface DescribedService extends Required<
  Omit<ServiceDetails, "removes">
> {
  /** Whether it has an answer of its own. */
  readonly isAsked: boolean;
}

const elementFor = ({ manager }: View, name: string): Element | undefined =>
  Array.from(manager.querySelectorAll("consent-purpose")).find(
    (each) => each.getAttribute("name") === name,
  );

const detailsFor = ({ manager }: View, name: string): PurposeDetails =>
  manager.details?.[name] ?? {};

const servicesIn = (element: Element | undefined): Element[] => [
  ...(element?.querySelectorAll("consent-service") ?? []),
];

/** The purposes that stand for themselves, as the visitor reads about them: in one look at the page, however many there are. */
export function describePurposes(view: View): readonly DescribedPurpose[] {
  const elements = new Map(
    Array.from(view.manager.querySelectorAll("consent-purpose"), (each) => [
      each.getAttribute("name"),
      each,
    ]),
  );
  const { purposes } = view.consent;
  const asked = new Set(purposes.map(({ name }) => name));
  const described = purposes.map((purpose) =>
    describe(view, purpose, elements.get(purpose.name), asked),
  );
  const parts = new Set(described.flatMap((purpose) => purpose.parts));
  return described.filter(({ name }) => !parts.has(name));
}

/** What the visitor reads about a purpose: the page's own words, ours, or its name. */
function describe(
  view: View,
  { name, required }: Purpose,
  element: Element | undefined,
  asked: ReadonlySet<string>,
): DescribedPurpose {
  const { words } = view;
  const details = detailsFor(view, name);
  const known = words.purposes[name];
  const say = (attribute: string, own: string | undefined, ours: string) =>
    element?.getAttribute(attribute) ?? own ?? ours;
  const services = [
    ...servicesIn(element).map((each) => each.getAttribute("name")),
    ...(details.services ?? []).map((service) => service.name),
  ];
  return {
    name,
    required,
    label: say("label", details.label, known?.label ?? name),
    description: say(
      "description",
      details.description,
      known?.description ?? "",
    ),
    anonymous: element?.hasAttribute("anonymous") || !!details.anonymous,
    offText: say("text-off", details.offText, words.offText),
    anonymousText: say(
      "text-anonymous",
      details.anonymousText,
      words.anonymousText,
    ),
    onText: say("text-on", details.onText, words.onText),
    serviceCount: services.length,
    parts: services.filter((service) => asked.has(service!)) as string[],
  };
}

/** What the visitor reads about the services of the purpose `name`. */
export function describeServices(view: View, name: string): DescribedService[] {
  const asked = new Set(view.consent.purposes.map((purpose) => purpose.name));
  const fromElements = servicesIn(elementFor(view, name)).map(
    (element): ServiceDetails => {
      const read = (attribute: string) => element.getAttribute(attribute) ?? "";
      return {
        name: read("name"),
        label: read("label"),
        description: read("description"),
        provider: read("provider"),
        policyHref: read("policy-href"),
        stores: read("stores"),
        sendsTo: read("sends-to"),
        keptFor: read("kept-for"),
      };
    },
  );
  return [...fromElements, ...(detailsFor(view, name).services ?? [])].map(
    ({
      name: id = "",
      label,
      description = "",
      provider = "",
      policyHref = "",
      stores = "",
      sendsTo = "",
      keptFor = "",
    }) => ({
      name: id,
      label: label || id,
      description,
      provider,
      policyHref: policyHref && safeHref(policyHref, ""),
      stores,
      sendsTo,
      keptFor,
      isAsked: asked.has(id),
    }),
  );
}
