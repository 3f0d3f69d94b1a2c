import { expect } from "@open-wc/testing";
import { inertScene, until } from "../support/inert-scene.js";
import { turn } from "../support/turn.js";

const inline = (name: string, condition: string) =>
  `<script type="text/plain" data-consent="${condition}">ran.push("${name}")</script>`;
const UNKNOWN = `consent-elements: a purpose in data-consent is "statistics"; write necessary or functional or analytics or marketing`;

describe("a mistake in inert markup", () => {
  const CASES: [html: string, message: string][] = [
    [
      inline("a", "analytics|marketing functional"),
      `consent-elements: data-consent is "analytics|marketing functional"; write "analytics marketing" for all of them, "analytics|marketing" for any, "!analytics" for a refusal`,
    ],
    [inline("a", "statistics"), UNKNOWN],
    [inline("a", "!statistics"), UNKNOWN],
    [`<template data-consent="statistics">a</template>`, UNKNOWN],
    [
      `<script type="text/data" data-consent="necessary">ran.push("a")</script>`,
      `consent-elements: type of a <script data-consent> is "text/data", which does not wait; write text/plain`,
    ],
    [
      `<script type="text/plain" data-type="importmap" data-consent="necessary">{}</script>`,
      `consent-elements: data-type of a <script data-consent> is "importmap"; write module or `,
    ],
    [
      `<iframe src="about:blank" data-consent="necessary"></iframe>`,
      `consent-elements: data-src of <iframe data-consent> is null; write the address in data-src and not in src, from where it is loaded at once`,
    ],
    [
      `<iframe data-src=" java&#10;script:parent.ran.push('a')" data-consent="necessary"></iframe>`,
      `consent-elements: data-src is " java\\nscript:parent.ran.push('a')"; write an address to load from`,
    ],
  ];
  for (const [html, message] of CASES)
    it(`is told once, and what it is in stays inert: ${html}`, async () => {
      const { consent, errors, box, settled } = inertScene(
        html + html + inline("b", "necessary"),
      );
      const { outerHTML } = box.firstElementChild!;
      await until(() => errors.length);
      consent.grantAll();
      consent.denyAll();
      expect(await settled()).to.eql(["b"]);
      await turn();
      expect(errors).to.eql([message]);
      expect(box.firstElementChild!.outerHTML).to.equal(outerHTML);
    });

  it("is told when it comes later, too", async () => {
    const { errors, box } = inertScene("");
    box.innerHTML = inline("a", "statistics");
    await until(() => errors.length);
    expect(errors).to.eql([UNKNOWN]);
  });
});

describe("a purpose that becomes known late", () => {
  it("is no mistake when that is in the same task", async () => {
    const { consent, errors, settled } = inertScene(inline("a", "statistics"), {
      mode: "opt-out",
    });
    consent.addPurpose("statistics");
    expect(await settled()).to.eql(["a"]);
    expect(errors).to.eql([]);
  });

  it("wakes what waits for it at the next decision", async () => {
    const { consent, errors, settled } = inertScene(inline("a", "statistics"));
    await until(() => errors.length);
    consent.addPurpose("statistics");
    consent.grantAll();
    expect(await settled()).to.eql(["a"]);
  });

  it("wakes what waits for it when a <consent-purpose> comes, without a decision", async () => {
    const { consent, box, errors, ran } = inertScene(
      inline("a", "statistics"),
      { mode: "opt-out" },
    );
    await until(() => errors.length);
    box.append(document.createElement("consent-purpose"));
    // The manager hears of it after the observer does.
    queueMicrotask(() =>
      queueMicrotask(() => consent.addPurpose("statistics")),
    );
    await until(() => ran.length);
    expect(ran).to.eql(["a"]);
  });
});
