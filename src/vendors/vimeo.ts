import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { embed, type EmbedAttributes } from "./shared/embed.js";

/** What {@link vimeo} may be told. */
export interface VimeoOptions {
  /** The film's id, as it is in its address. */
  video: string;
  /** What the film is called; the title of its frame. */
  title: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
}

/**
 * The attributes of a `<consent-embed>` for a film on Vimeo, which is asked not to track (`dnt=1`). It makes less of a request, not none:
 * it still waits for a yes.
 *
 * Facts, second-hand: help.vimeo.com 12426260232977. What Vimeo keeps is at its own address: no page can remove it.
 */
export function vimeo(options: Loose<VimeoOptions>): EmbedAttributes {
  const { video, title, purpose } = withDefaults(
    { video: "", title: "", purpose: "marketing" },
    options,
  );
  return embed({
    service: "vimeo",
    label: "Vimeo",
    title: text("title", title),
    purpose: text("purpose", purpose),
    src: `https://player.vimeo.com/video/${encodeURIComponent(text("video", video))}?dnt=1`,
    allow: "autoplay; picture-in-picture; fullscreen",
    referrerpolicy: "strict-origin-when-cross-origin",
  });
}
