import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { address } from "./shared/sdk.js";
import { stubVendor } from "./shared/stub.js";
import type { Vendor } from "./vendor.js";

/** What {@link fullstory} takes. */
export interface FullstoryOptions {
  /** The organisation's id. */
  org: string;
  /** The purpose that must be granted. Default: `"analytics"`. */
  purpose?: string;
  /** The address of the script. Default: `"https://edge.fullstory.com/s/fs.js"`. */
  src?: string;
}

/**
 * Fullstory, from the visitor's yes on: started and shut down by its own calls. None of these outlives the page, so each
 * page begins without capture.
 *
 * Facts: developer.fullstory.com/browser/auto-capture/capture-data.
 */
export function fullstory(
  options: Loose<FullstoryOptions> & Pick<FullstoryOptions, "org">,
): Vendor {
  const given = withDefaults(
    {
      org: "",
      purpose: "analytics",
      src: "https://edge.fullstory.com/s/fs.js",
    },
    options,
  );
  const org = text("org", given.org);
  const src = address("src", given.src);
  const vendor = stubVendor({
    name: "fullstory",
    purpose: text("purpose", given.purpose),
    stores: {
      cookies: ["fs_uid", "fs_lua", "fs_cid", "_fs_*"],
      local: ["_fs_*", "fs_*"],
      session: ["_fs_*", "fs_*"],
    },
    src,
    global: "FS",
    queue: "q",
    isArray: true,
    handler: "_api",
    marks: { _v: "2.0.0", _w: { fetch, XMLHttpRequest } },
    no: [["shutdown"]],
    yes: [["start"]],
    begin: [],
  });
  return {
    ...vendor,
    prepare() {
      Object.assign(globalThis, {
        _fs_capture_on_startup: false,
        _fs_host: "fullstory.com",
        _fs_script: src.replace(/^(https?:)?\/\//, ""),
        _fs_org: org,
        _fs_namespace: "FS",
      });
      vendor.prepare!();
    },
  };
}
