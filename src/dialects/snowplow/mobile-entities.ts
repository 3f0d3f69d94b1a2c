import { oneOf, refuse, text } from "../../consent/refuse.js";
import type { Properties } from "../../tracker/destination.js";
import { isText } from "../../tracker/stored.js";
import { BASES } from "../../tracker/destinations/snowplow.js";
import { known } from "../shared/names.js";

export interface GdprSettings {
  basisForProcessing: string;
  documentId: string;
  documentVersion: string;
  documentDescription: string;
}

/** In either case: iOS writes capitals. */
export const UUID: RegExp = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What a value must be, and how to say so. */
type Kind = readonly [is: (value: unknown) => boolean, write: string];

const TEXT: Kind = [(value) => isText(value), "a text"];
const FLAG: Kind = [(value) => typeof value === "boolean", "true or false"];
const ID: Kind = [(value) => isText(value, UUID), "a UUID"];
const upTo = (most: number): Kind => [
  (value) => isText(value) && value.length <= most,
  `a text of at most ${most} characters`,
];
const among = (...words: string[]): Kind => [
  (value) => words.includes(value as string),
  words.join(" or "),
];
const whole = (most: number): Kind => [
  (value) => Number.isInteger(value) && Number(value) >= 0 && +value! <= most,
  `a whole number from 0 to ${most}`,
];
const BYTES = whole(Number.MAX_SAFE_INTEGER);

/** What a device must tell of itself. */
const NEEDED = ["osType", "osVersion", "deviceManufacturer", "deviceModel"];

/** What `mobile_context/1-0-3` holds. */
const DEVICE: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(NEEDED.map((name) => [name, TEXT])),
  carrier: TEXT,
  networkType: among("mobile", "wifi", "offline"),
  networkTechnology: TEXT,
  openIdfa: TEXT,
  appleIdfa: TEXT,
  appleIdfv: TEXT,
  androidIdfa: TEXT,
  physicalMemory: BYTES,
  systemAvailableMemory: BYTES,
  appAvailableMemory: BYTES,
  batteryLevel: whole(100),
  batteryState: among("unplugged", "charging", "full"),
  lowPowerMode: FLAG,
  availableStorage: BYTES,
  totalStorage: BYTES,
  isPortrait: FLAG,
  resolution: upTo(20),
  scale: [
    (value) => Number(value) >= 0 && Number(value) <= 1000,
    "a number from 0 to 1000",
  ],
  language: upTo(8),
  appSetId: ID,
  appSetIdScope: among("app", "developer"),
};

/** Throws where the schema would fail every event that goes with this device. */
export function checkDevice(device: Properties): Properties {
  known("platformContext", device, Object.keys(DEVICE));
  for (const [name, [is, write]] of Object.entries(DEVICE)) {
    const value = device[name];
    if (value == null ? NEEDED.includes(name) : !is(value))
      refuse(`platformContext.${name}`, [value], write);
  }
  return device;
}

/** Throws for a text that is none, or that is longer than its schema allows. */
export function short(what: string, given: unknown, most: number): string {
  const value = text(what, given);
  if (value.length > most)
    refuse(`the length of ${what}`, value.length, `at most ${most} characters`);
  return value;
}

/** Throws where `gdpr/1-0-0` would fail. */
export function checkGdpr(gdpr: GdprSettings): GdprSettings {
  const { basisForProcessing, documentId, documentVersion } = gdpr;
  oneOf(
    "gdprConfig.basisForProcessing",
    basisForProcessing as "consent",
    BASES,
  );
  short("gdprConfig.documentId", documentId, 255);
  short("gdprConfig.documentVersion", documentVersion, 16);
  short("gdprConfig.documentDescription", gdpr.documentDescription, 4096);
  return gdpr;
}
