/**
 * The sections of IAB's GPP for the United States, from the record. Needs the package `@iabgpp/cmpapi`.
 * @module
 */
import { CmpApi, CmpStatus, SignalStatus } from "@iabgpp/cmpapi";
import { onlyKnown, refuse, text, type Loose } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import { installGppStub } from "./gpp-stub.js";

export { installGppStub } from "./gpp-stub.js";

/** The sections for the United States, with their numbers (GPP, "Section Information"). */
const SECTIONS = {
  usnat: 7,
  usca: 8,
  usva: 9,
  usco: 10,
  usut: 11,
  usct: 12,
  usfl: 13,
  usmt: 14,
  usor: 15,
  ustx: 16,
  usde: 17,
  usia: 18,
  usne: 19,
  usnh: 20,
  usnj: 21,
  ustn: 22,
  usmn: 23,
  usmd: 24,
  usin: 25,
  usky: 26,
  usri: 27,
} as const;

/** A section for the United States: `usnat` for the country, or `us` and a state. */
export type GppSection = keyof typeof SECTIONS;

/**
 * What the site has told its visitors, in its own responsibility: `true` for a notice that was given, `false` for one that
 * was not. What is left out does not apply, because the site does not do it.
 */
export interface GppNotices {
  /** That personal data goes to others, or how it is processed (`SharingNotice`, `ProcessingNotice`). */
  processing?: boolean;
  /** That its sale can be refused (`SaleOptOutNotice`). */
  sale?: boolean;
  /** That its sharing can be refused (`SharingOptOutNotice`). */
  sharing?: boolean;
  /** That targeted advertising can be refused (`TargetedAdvertisingOptOutNotice`). */
  targetedAdvertising?: boolean;
}

/** What {@link gpp} takes. */
export interface GppOptions {
  /** The store whose decisions are told. */
  consent: ConsentStore;
  /** The sections that apply to this visitor: one as a rule, `["usca"]`. */
  sections: readonly GppSection[];
  /** What the site has told its visitors. */
  notices: GppNotices;
  /** The purpose on which sale, sharing and targeted advertising hang. Default: `"marketing"`. */
  saleSharePurpose?: string;
  /**
   * Whether the site has signed the Multi-State Privacy Agreement and this visit is a Covered Transaction. The package
   * would say yes unless told otherwise. Default: `false`.
   */
  mspaCovered?: boolean;
  /** A `CmpApi` of a CMP that has a number of its own. Default: one with the number 1, which is for all without. */
  cmpApi?: CmpApi;
}

// Records, so that the compiler misses a name that is not here.
const NAMES: Record<keyof GppOptions, 1> = {
  consent: 1,
  sections: 1,
  notices: 1,
  saleSharePurpose: 1,
  mspaCovered: 1,
  cmpApi: 1,
};
const NOTICES: Record<keyof GppNotices, 1> = {
  processing: 1,
  sale: 1,
  sharing: 1,
  targetedAdvertising: 1,
};

/** The three values of most fields. */
const NOT_APPLICABLE = 0;
const YES = 1;
const NO = 2;

/**
 * Tells the scripts of advertisers, by `__gpp`, whether the visitor has opted out of sale, sharing and targeted
 * advertising, and again after each decision: `signalStatus` "not ready", the sections, "ready".
 *
 * ```ts
 * gpp({ consent, sections: ["usca"], notices: { sale: true, sharing: true } });
 * ```
 *
 * - Opted out is who sends Global Privacy Control, whatever the record says, and who has not granted `saleSharePurpose`
 *   (in the mode `opt-out`: who has refused it). An opt-out is told also where no notice was given.
 * - `Gpc` is the browser's word. Fields about sensitive data and children are left at "not applicable".
 * - Only sections for the United States are written; a TC string is nobody's to make but a registered CMP's.
 *
 * Throws a `TypeError` for an unknown or missing option and a `RangeError` for an unknown section or purpose. Returns a
 * function that stops following the record; what was told last stays.
 */
export function gpp(
  options: Loose<GppOptions> &
    Pick<GppOptions, "consent" | "sections" | "notices">,
): () => void {
  onlyKnown(options ?? {}, Object.keys(NAMES));
  const { consent, sections, notices, mspaCovered = false } = options;
  if (!consent) refuse("consent", null, "the store from createConsent()");
  if (!sections?.[0]) refuse("sections", null, 'those that apply: ["usca"]');
  for (const section of sections)
    if (!Object.hasOwn(SECTIONS, section))
      refuse("a section", section, Object.keys(SECTIONS).join(" or "));
  if (!notices) refuse("notices", null, "what visitors were told");
  onlyKnown(notices, Object.keys(NOTICES));
  const purpose = text(
    "saleSharePurpose",
    options.saleSharePurpose ?? "marketing",
  );
  consent.get(purpose);

  installGppStub();
  const api = options.cmpApi ?? new CmpApi(1, 1);
  api.setApplicableSections(sections.map((section) => SECTIONS[section]));
  api.setSupportedAPIs(
    sections.map((section) => `${SECTIONS[section]}:${section}`),
  );

  /** What a listener of somebody else's throws must not keep the rest from hearing. */
  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      consent.report(error);
    }
  };

  const noticeOf = (given: boolean | undefined) =>
    given === undefined ? NOT_APPLICABLE : given ? YES : NO;

  const write = () => {
    const { globalPrivacyControl } = navigator as Navigator & {
      globalPrivacyControl?: unknown;
    };
    const hasSignal = globalPrivacyControl === true;
    const isOut = hasSignal || !consent.isGranted(purpose);
    const optOut = (notice: boolean | undefined) =>
      isOut ? YES : notice ? NO : NOT_APPLICABLE;
    const fields = {
      SharingNotice: noticeOf(notices.processing),
      ProcessingNotice: noticeOf(notices.processing),
      SaleOptOutNotice: noticeOf(notices.sale),
      SharingOptOutNotice: noticeOf(notices.sharing),
      TargetedAdvertisingOptOutNotice: noticeOf(notices.targetedAdvertising),
      SaleOptOut: optOut(notices.sale),
      SharingOptOut: optOut(notices.sharing),
      TargetedAdvertisingOptOut: optOut(notices.targetedAdvertising),
      MspaCoveredTransaction: mspaCovered ? YES : NO,
      Gpc: hasSignal,
    };
    for (const section of sections) {
      // Every section has this one, and is made by it.
      api.setFieldValue(section, "SaleOptOut", fields.SaleOptOut);
      const known = Object.keys(Object(api.getSection(section)));
      for (const [field, value] of Object.entries(fields))
        if (known.includes(field)) api.setFieldValue(section, field, value);
    }
  };

  const tell = () => {
    attempt(() => api.setSignalStatus(SignalStatus.NOT_READY));
    try {
      write();
    } catch (error) {
      // Not ready is what it stays then.
      return consent.report(error);
    }
    if (api.getCmpStatus() !== CmpStatus.LOADED)
      attempt(() => api.setCmpStatus(CmpStatus.LOADED));
    for (const section of sections)
      attempt(() => api.fireSectionChange(section));
    attempt(() => api.setSignalStatus(SignalStatus.READY));
  };

  let isStopped = false;
  const follow = () => {
    if (!isStopped && consent.isReady) tell();
  };
  follow();
  if (!consent.isReady) void consent.ready.then(follow);
  const unsubscribe = consent.subscribe(follow);
  return () => {
    isStopped = true;
    unsubscribe();
  };
}
