import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { embed, type EmbedAttributes } from "./shared/embed.js";

/** What {@link googleMaps} may be told. */
export interface GoogleMapsOptions {
  /** A key for the Maps Embed API. */
  key: string;
  /** The place, as one would write it on a letter, or `place_id:…`. */
  place: string;
  /** What the map shows; the title of its frame. Default: the place. */
  title?: string;
  /** The purpose that it needs. Default: `"functional"`. */
  purpose?: string;
}

/**
 * The attributes of a `<consent-embed>` for a map of a place. Google has no mode for it that asks less of a visitor.
 *
 * Facts: developers.google.com/maps/documentation/embed. What Google keeps is at its own address: no page can remove it.
 */
export function googleMaps(options: Loose<GoogleMapsOptions>): EmbedAttributes {
  const { key, place, title, purpose } = withDefaults(
    { key: "", place: "", title: "", purpose: "functional" },
    options,
  );
  const q = text("place", place);
  return embed({
    service: "google-maps",
    label: "Google Maps",
    title: title || q,
    purpose: text("purpose", purpose),
    src: `https://www.google.com/maps/embed/v1/place?${new URLSearchParams({ key: text("key", key), q })}`,
    allow: "fullscreen",
    // A key may be held to a site's address.
    referrerpolicy: "strict-origin-when-cross-origin",
  });
}
