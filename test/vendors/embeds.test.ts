import { expect, fixture, waitUntil } from "@open-wc/testing";
import { html } from "lit";
import "../../src/auto.js";
import { googleMaps } from "../../src/vendors/google-maps.js";
import { vimeo } from "../../src/vendors/vimeo.js";
import { youtube } from "../../src/vendors/youtube.js";
import { cleanStorage } from "../support/clean-storage.js";

const same = {
  allowfullscreen: "",
  loading: "lazy",
  referrerpolicy: "strict-origin-when-cross-origin",
};

describe("films and maps", () => {
  afterEach(cleanStorage);

  it("have the address that asks for the least, and a title", () => {
    expect(youtube({ video: "a/b", title: "Kites" })).to.deep.equal({
      ...same,
      purpose: "marketing",
      service: "youtube",
      label: "YouTube",
      title: "Kites",
      src: "https://www.youtube-nocookie.com/embed/a%2Fb",
      allow: "autoplay; encrypted-media; picture-in-picture; fullscreen",
    });
    expect(
      vimeo({ video: "1", title: "Kites", purpose: "films" }),
    ).to.deep.equal({
      ...same,
      purpose: "films",
      service: "vimeo",
      label: "Vimeo",
      title: "Kites",
      src: "https://player.vimeo.com/video/1?dnt=1",
      allow: "autoplay; picture-in-picture; fullscreen",
    });
    expect(googleMaps({ key: "k&1", place: "Kiel, Hafen" })).to.deep.equal({
      ...same,
      purpose: "functional",
      service: "google-maps",
      label: "Google Maps",
      title: "Kiel, Hafen",
      src: "https://www.google.com/maps/embed/v1/place?key=k%261&q=Kiel%2C+Hafen",
      allow: "fullscreen",
    });
  });

  it("still wait for a yes", async () => {
    const root = await fixture<HTMLElement>(html`
      <div>
        <consent-manager>
          <consent-purpose name="marketing"></consent-purpose>
        </consent-manager>
      </div>
    `);
    const embed = document.createElement("consent-embed");
    const film = youtube({ video: "1", title: "Kites" });
    for (const [name, value] of Object.entries(film))
      embed.setAttribute(name, value);
    root.append(embed);
    await waitUntil(() => embed.textContent.includes("YouTube"));
    expect(embed.querySelector("iframe")).to.equal(null);
  });

  it("without what they show are a clear error", () => {
    for (const [make, message] of [
      [() => youtube({ title: "Kites" }), /video is null; write a text/],
      [() => youtube({ video: "1" }), /title is null; write a text/],
      [() => vimeo({ video: "1" }), /title is null; write a text/],
      [() => googleMaps({ place: "Kiel" }), /key is null; write a text/],
      [() => googleMaps({ key: "1" }), /place is null; write a text/],
    ] as const)
      expect(make).to.throw(message);
  });
});
