import type { Words } from "./words.js";

export const en: Words = {
  lang: "en",
  title: "Your privacy, your choice",
  optIn:
    "We would like to use your data for: {purposes}. Nothing is stored or sent until you choose, and you can change your choice at any time.",
  optOut:
    "We use your data for: {purposes}. You can refuse now or change your choice at any time.",
  policy: "Privacy policy",
  accept: "Accept all",
  reject: "Reject all",
  preferences: "Preferences",
  preferencesTitle: "Privacy preferences",
  preferencesText:
    "Choose what this site may do. Your choice holds from the moment you save it.",
  save: "Save",
  close: "Close",
  alwaysOn: "Always on",
  purposes: {
    necessary: {
      label: "Necessary",
      description:
        "What the site cannot work without, such as remembering this choice.",
    },
    functional: {
      label: "Functional",
      description: "Remembers your settings, such as a language or a region.",
    },
    analytics: {
      label: "Analytics",
      description: "Shows which pages are used and where visitors get stuck.",
    },
    marketing: {
      label: "Marketing",
      description: "Shows advertising that fits you, and measures it.",
    },
  },
};
