import { html, type TemplateResult } from "lit";
import "../src/define.js";
import { managerOf, preferencesOf } from "./open.js";
import { darkPage, page } from "./page.js";
import { SMALL, type Stories, type Story } from "./story.js";

export default {
  title: "consent-preferences",
  component: "consent-preferences",
} satisfies Stories;

/** Every story ends when its panel is open. */
const open: NonNullable<Story["play"]> = async ({ canvasElement }) => {
  await preferencesOf(canvasElement);
};

const purposes: TemplateResult = html`
  <consent-purpose name="necessary"></consent-purpose>
  <consent-purpose name="functional"></consent-purpose>
  <consent-purpose name="analytics"></consent-purpose>
  <consent-purpose name="marketing"></consent-purpose>
`;

/** Nothing is switched on that was not granted. */
export const FirstOpen: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-first-open">
        ${purposes}
      </consent-manager>
    `),
  play: open,
};

/** The switches show what is kept. */
export const KeptChoices: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-kept">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    managerOf(canvasElement).set({
      functional: "granted",
      analytics: "denied",
      marketing: "granted",
    });
    await preferencesOf(canvasElement);
  },
};

/** Switched, not saved: the record does not know of it. */
export const Draft: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-draft">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    for (const each of panel.shadowRoot!.querySelectorAll("input"))
      each.click();
    await panel.updateComplete;
  },
};

/** A purpose of the site's own can be required too; it has no switch. */
export const RequiredPurpose: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-required">
        <consent-purpose
          name="safety"
          label="Fraud checks"
          description="Looks for stolen cards when you pay."
          required
        ></consent-purpose>
        <consent-purpose name="analytics"></consent-purpose>
      </consent-manager>
    `),
  play: open,
};

/** The list scrolls; heading and buttons stay. */
export const ManyPurposes: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-many">
        ${Array.from(
          { length: 12 },
          (_, i) => html`
            <consent-purpose
              name=${`beach-${i + 1}`}
              label=${`Beach number ${i + 1}`}
              description="Counts how often you look at the wind there, to show the beaches in your order."
            ></consent-purpose>
          `,
        )}
      </consent-manager>
    `),
  play: open,
};

/** A heading and a text of the page's own, in the slots, and labels from attributes. */
export const OwnWords: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-own-words">
        <consent-purpose
          name="analytics"
          label="Counting visitors"
          description="How many people look at which kite."
        ></consent-purpose>
        <consent-preferences>
          <span slot="heading">What we may count</span>
          <span slot="text">Off is off: we keep nothing about you then.</span>
        </consent-preferences>
      </consent-manager>
    `),
  play: open,
};

export const Themed: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="panel-themed"
        style="
          --consent-color-surface: #fdf6e3;
          --consent-color-text: #3b2f2f;
          --consent-color-muted: #5c4a3d;
          --consent-color-border: #3b2f2f;
          --consent-color-accent: #7a1f3d;
          --consent-color-backdrop: rgb(60 30 10 / 0.6);
          --consent-radius: 0;
          --consent-font: 1.0625rem/1.5 Georgia, serif;
        "
      >
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    panel.shadowRoot!.querySelector("input")!.click();
    await panel.updateComplete;
  },
};

export const OnADarkPage: Story = {
  render: () =>
    darkPage(html`
      <consent-manager storage="memory" cookie-name="panel-dark">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    panel.shadowRoot!.querySelector("input")!.click();
    await panel.updateComplete;
  },
};

export const RightToLeft: Story = {
  render: () =>
    html`<div dir="rtl">
      ${page(html`
        <consent-manager storage="memory" cookie-name="panel-rtl">
          ${purposes}
        </consent-manager>
      `)}
    </div>`,
  async play({ canvasElement }) {
    const panel = await preferencesOf(canvasElement);
    panel.shadowRoot!.querySelector("input")!.click();
    await panel.updateComplete;
  },
};

export const Narrow: Story = {
  globals: SMALL,
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-narrow">
        ${purposes}
      </consent-manager>
    `),
  play: open,
};

const threeWays: TemplateResult = html`
  <consent-purpose name="necessary"></consent-purpose>
  <consent-purpose name="analytics" anonymous></consent-purpose>
  <consent-purpose name="marketing"></consent-purpose>
`;

/** Off, anonymous or on: a purpose that may also be measured without recognising anyone. */
export const ThreeWays: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-three-ways">
        ${threeWays}
      </consent-manager>
    `),
  play: open,
};

/** The middle way is kept, and the line above the list says since when. */
export const AnonymousKept: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-anonymous">
        ${threeWays}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    managerOf(canvasElement).set({
      analytics: "anonymous",
      marketing: "denied",
    });
    await preferencesOf(canvasElement);
  },
};

export const ThreeWaysNarrow: Story = {
  globals: SMALL,
  render: () =>
    html`<div lang="de">
      ${page(html`
        <consent-manager storage="memory" cookie-name="panel-three-narrow">
          ${threeWays}
        </consent-manager>
      `)}
    </div>`,
  play: open,
};

/** Opens the first list of services as a press on its summary does. */
async function openServices(canvas: HTMLElement): Promise<HTMLElement> {
  const panel = await preferencesOf(canvas);
  const list = panel.shadowRoot!.querySelector("details")!;
  const toggled = new Promise((resolve) =>
    list.addEventListener("toggle", resolve, { once: true }),
  );
  list.open = true;
  await toggled;
  await panel.updateComplete;
  return list;
}

const services: TemplateResult = html`
  <consent-purpose name="marketing">
    <consent-service
      name="films"
      label="Films"
      description="Shows films of kites that are somewhere else."
      provider="Film Ltd"
      policy-href="/films"
      stores="film_id (cookie)"
      sends-to="films.example"
      kept-for="90 days"
      switch
    ></consent-service>
    <consent-service name="maps" label="Maps" switch></consent-service>
    <consent-service
      label="Postcards"
      description="Told of, and on or off with all of marketing."
      provider="Postcard Ltd"
      policy-href="/postcards"
    ></consent-service>
  </consent-purpose>
`;

/** A purpose that is off: none of its services can be on. */
export const Services: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-services">
        ${services}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    await openServices(canvasElement);
  },
};

/** On, but for one service. */
export const ServicesChosen: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-services-chosen">
        ${services}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    managerOf(canvasElement).set({
      marketing: "granted",
      films: "granted",
      maps: "denied",
    });
    await openServices(canvasElement);
  },
};

/** A thousand services, of which some were looked for. */
export const ThousandServices: Story = {
  render: () =>
    page(html`
      <consent-manager
        storage="memory"
        cookie-name="panel-thousand"
        .details=${{
          marketing: {
            services: Array.from({ length: 1000 }, (_, i) => ({
              label: `Beach radio ${i + 1}`,
              provider: `Radio house ${(i % 7) + 1}`,
              keptFor: "30 days",
            })),
          },
        }}
      >
        <consent-purpose name="marketing"></consent-purpose>
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const list = await openServices(canvasElement);
    const field = list.querySelector<HTMLInputElement>('[part="search"]')!;
    field.value = "radio 99";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await canvasElement.querySelector("consent-preferences")!.updateComplete;
  },
};

/** Somebody decided: the line under the text says when. */
export const Decided: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-decided">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    managerOf(canvasElement).denyAll();
    await preferencesOf(canvasElement);
  },
};

/** A withdrawal could not remove everything: what is left is named, so that the visitor can remove it. */
export const Leftovers: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-leftovers">
        ${purposes}
      </consent-manager>
    `),
  async play({ canvasElement }) {
    const { consent } = managerOf(canvasElement);
    consent.denyAll();
    consent.leftovers = [
      { kind: "cookies", name: "FPID", reason: "httponly" },
      { kind: "cookies", name: "IDE", reason: "third-party" },
      {
        kind: "databases",
        name: "AMP_a_name_that_is_longer_than_a_line_of_a_small_phone_is_wide",
        reason: "in-use",
      },
    ];
    await preferencesOf(canvasElement);
  },
};

export const LeftoversNarrow: Story = { ...Leftovers, globals: SMALL };

const placed = (layout: string): TemplateResult =>
  page(html`
    <consent-manager
      storage="memory"
      cookie-name=${`panel-${layout}`}
      preferences-layout=${layout}
    >
      ${purposes}
    </consent-manager>
  `);

/** A sheet at the side where lines end. */
export const SideSheet: Story = { render: () => placed("side"), play: open };

export const SideSheetRightToLeft: Story = {
  render: () => html`<div dir="rtl">${placed("side")}</div>`,
  play: open,
};

export const NarrowSideSheet: Story = {
  globals: SMALL,
  render: () => placed("side"),
  play: open,
};

/** A part of the page, such as a page of privacy settings. */
export const Inline: Story = {
  render: () =>
    page(html`
      <consent-manager storage="memory" cookie-name="panel-inline">
        ${purposes}
        <consent-preferences layout="inline"></consent-preferences>
      </consent-manager>
    `),
  async play({ canvasElement }) {
    managerOf(canvasElement).denyAll();
    await preferencesOf(canvasElement);
  },
};

/** Buttons of the page's own, with its own class. */
export const OwnButtons: Story = {
  render: () =>
    page(html`
      <style>
        .reef {
          min-block-size: 44px;
          padding: 8px 18px;
          border: 2px solid #0b5351;
          border-radius: 99px;
          background: #fff;
          color: #0b5351;
          font:
            600 1rem/1.5 Georgia,
            serif;
        }
      </style>
      <consent-manager storage="memory" cookie-name="panel-own-buttons">
        ${purposes}
        <consent-preferences>
          <button slot="save" class="reef" type="button">Keep this</button>
          <button slot="accept" class="reef" type="button">Yes to all</button>
          <button slot="reject" class="reef" type="button">No to all</button>
        </consent-preferences>
      </consent-manager>
    `),
  play: open,
};

const speaking = (lang: string): TemplateResult =>
  html`<div lang=${lang}>
    ${page(html`
      <consent-manager storage="memory" cookie-name=${`panel-${lang}`}>
        ${threeWays}
      </consent-manager>
    `)}
  </div>`;

export const German: Story = { render: () => speaking("de"), play: open };

export const Finnish: Story = {
  globals: SMALL,
  render: () => speaking("fi"),
  play: open,
};

/** From right to left by the language alone. */
export const Arabic: Story = { render: () => speaking("ar"), play: open };
