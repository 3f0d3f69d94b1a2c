import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { scriptAt } from "./shared/script.js";
import type { Vendor } from "./vendor.js";

/** What {@link intercom} may be told. */
export interface IntercomOptions {
  /** The id of the workspace. */
  appId: string;
  /** The purpose that it needs. Default: `"functional"`. */
  purpose?: string;
  /** What else Intercom is told when it begins: `{ alignment: "left" }`. Default: nothing. */
  settings?: Readonly<Record<string, unknown>>;
  /** Where the script is. Default: `https://widget.intercom.io/widget/ID`. */
  src?: string;
}

type Intercom = ((...call: unknown[]) => void) & {
  /** What Intercom's script looks for. */
  q?: IArguments[];
  c?: (call: IArguments) => void;
};

/**
 * The Intercom messenger. Nothing is fetched before a yes. A no shuts the messenger, which Intercom means as a logout: its script
 * stays in the page until that is loaded anew.
 *
 * Facts, second-hand: intercom.com/help/en/articles/2361922.
 */
export function intercom(options: Loose<IntercomOptions>): Vendor {
  const given = withDefaults(
    { appId: "", purpose: "functional", settings: {}, src: "" },
    options,
  );
  const appId = text("appId", given.appId);
  const script = scriptAt(
    given.src ||
      `https://widget.intercom.io/widget/${encodeURIComponent(appId)}`,
  );
  const page = globalThis as { Intercom?: Intercom; intercomSettings?: object };
  const settings = { ...given.settings, app_id: appId };
  let isOpen = false;
  /** Deaf without a yes, so that the page may call it whatever was decided. */
  const stub: Intercom = function () {
    // oxlint-disable-next-line prefer-rest-params -- Intercom tells a call by its `arguments`
    if (isOpen) stub.c!(arguments);
  };
  stub.q = [];
  stub.c = (call) => void stub.q!.push(call);
  return {
    name: "intercom",
    purposes: [text("purpose", given.purpose)],
    stores: {
      cookies: ["intercom-id-*", "intercom-session-*", "intercom-device-id-*"],
    },
    needsReload: true,
    prepare() {
      if (page.Intercom)
        throw new Error(
          "consent-elements: the page has a window.Intercom of its own; take the snippet of intercom out, or leave intercom to it alone",
        );
      page.Intercom = stub;
    },
    async grant(permit) {
      isOpen = true;
      page.intercomSettings = settings;
      page.Intercom!("boot", settings);
      await script.load(permit);
    },
    revoke() {
      if (script.hasRun) page.Intercom!("shutdown");
      stub.q = [];
      isOpen = false;
      delete page.intercomSettings;
    },
  };
}
