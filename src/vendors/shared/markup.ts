import { refuse } from "../../consent/refuse.js";
import type { VendorFile } from "../table.js";
import type { Vendor } from "../vendor.js";

/** Attributes that every element may have, the vendor's name, and what is for `attach()`. The others are options. */
const COMMON =
  /^(name|reload|id|class|style|slot|part|hidden|title|lang|dir|on.*|(data|aria)-.*)$/;

/** Whether `attribute` says what the vendor is. */
export const isOption = (attribute: string): boolean => !COMMON.test(attribute);

/** What an element asks for, the same text for the same thing. */
export const wishOf = (element: Element): string =>
  JSON.stringify(
    Array.from(element.attributes, ({ name, value }) => [name, value])
      .filter(([name]) => name === "name" || isOption(name!))
      .toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
  );

const camelCase = (name: string) =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** What an attribute stands for. A text unless it looks like something that no text of a vendor looks like. */
function valueOf(attribute: string, given: string, kind: string): unknown {
  if (given === "" || given === "true") return true;
  if (given === "false") return false;
  if (/^\s*[[{]/.test(given))
    try {
      return JSON.parse(given);
    } catch {
      refuse(attribute, given, "JSON");
    }
  if (kind !== "number") return given;
  return isFinite(+given) ? +given : refuse(attribute, given, "a number");
}

/**
 * Makes the vendor that `element` describes. Throws what the vendor's function throws: for an attribute that is no option,
 * for one that is missing, and for `sdk`, which no text can be.
 */
export function vendorOf(
  element: Element,
  name: string,
  file: VendorFile,
): Vendor {
  const options: Record<string, unknown> = {};
  for (const attribute of element.getAttributeNames().filter(isOption)) {
    if (attribute === "sdk")
      refuse("an attribute", "sdk", "attach() in a script");
    const key = camelCase(attribute);
    options[key] = valueOf(
      attribute,
      element.getAttribute(attribute)!,
      typeof file.defaults?.[key],
    );
  }
  const purposes = `${options.purpose ?? ""}`.split(/\s+/).filter(Boolean);
  if (purposes[1]) options.purpose = purposes[0];
  const make = file[camelCase(name)] as (options: object) => Vendor;
  const vendor = make(options);
  // A vendor's function takes one purpose; what a page names beside it is needed too.
  return purposes[1] ? { ...vendor, purposes } : vendor;
}
