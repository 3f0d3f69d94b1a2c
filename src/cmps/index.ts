/**
 * Other consent layers: their earlier decisions, and their live word. No TC string is ever made here.
 * @module
 */
export { importDecision, removeEarlier, type ImportOptions } from "./import.js";
export type { Decision, Earlier } from "./earlier.js";
export { cookiebot } from "./cookiebot.js";
export { klaro, type KlaroOptions } from "./klaro.js";
export { oneTrust } from "./onetrust.js";
export { osano, type OsanoOptions } from "./osano.js";
export {
  vanillaCookieconsent,
  type VanillaCookieconsentOptions,
} from "./vanilla-cookieconsent.js";
export { googleStateConsent, type GoogleStateOptions } from "./google-state.js";
export type { OtherConsent } from "./other-consent.js";
export { tcfConsent, type TcfOptions } from "./tcf.js";
