import type { TemplateResult } from "lit";

/** One state of an element that is worth seeing. Storybook shows it; `test/stories.test.ts` plays and audits it. */
export interface Story {
  /** What is on the page. */
  render(): TemplateResult;
  /** What happens there, until the state is reached. */
  play?(context: { canvasElement: HTMLElement }): Promise<void>;
  /** What Storybook's toolbar is set to. */
  globals?: { viewport: { value: "mobile1" } };
}

/** What the default export of a file of stories says. */
export interface Stories {
  title: string;
  component: string;
}

/** A small phone: 320 by 568 px. */
export const SMALL = { viewport: { value: "mobile1" } } as const;
