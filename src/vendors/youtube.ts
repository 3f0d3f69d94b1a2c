import { text, withDefaults, type Loose } from "../consent/refuse.js";
import { embed, type EmbedAttributes } from "./shared/embed.js";

/** What {@link youtube} may be told. */
export interface YoutubeOptions {
  /** The film's id, as it is in its address. */
  video: string;
  /** What the film is called; the title of its frame. */
  title: string;
  /** The purpose that it needs. Default: `"marketing"`. */
  purpose?: string;
}

/**
 * The attributes of a `<consent-embed>` for a film on YouTube, in the mode that sets no cookie before it plays
 * (`youtube-nocookie.com`). It makes less of a request, not none: it still waits for a yes.
 *
 * ```ts
 * for (const [name, value] of Object.entries(youtube({ video: "…", title: "Kites" }))) element.setAttribute(name, value);
 * ```
 *
 * Facts, second-hand: support.google.com/youtube/answer/171780. What YouTube keeps is at its own address: no page can remove it.
 */
export function youtube(options: Loose<YoutubeOptions>): EmbedAttributes {
  const { video, title, purpose } = withDefaults(
    { video: "", title: "", purpose: "marketing" },
    options,
  );
  return embed({
    service: "youtube",
    label: "YouTube",
    title: text("title", title),
    purpose: text("purpose", purpose),
    src: `https://www.youtube-nocookie.com/embed/${encodeURIComponent(text("video", video))}`,
    allow: "autoplay; encrypted-media; picture-in-picture; fullscreen",
    // YouTube shows nothing to a page that does not say which one it is.
    referrerpolicy: "strict-origin-when-cross-origin",
  });
}
