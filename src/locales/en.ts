import type { Words } from "./words.js";

export const words: Words = {
  lang: "en",
  dir: "ltr",
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
  off: "Off",
  anonymous: "Anonymous",
  on: "On",
  offText: "Nothing is measured.",
  anonymousText:
    "Measured without recognising you: no visit is connected with another.",
  onText: "Measured with an identifier that is kept on your device.",
  services: "Services: {count}",
  findService: "Find a service",
  noService: "No service of this name.",
  provider: "Provider",
  stores: "Stores",
  sendsTo: "Sends data to",
  keptFor: "Kept for",
  saved: "Your choice is saved.",
  decided: "Last saved: {date}",
  signal: "Your browser’s opt-out signal is honoured.",
  leftovers: "Could not be removed here: {names}",
  trigger: "Privacy choices",
  embedTitle: "External content: {service}",
  embedText: "Showing it sends data, such as your IP address, to its provider.",
  embedLoad: "Show once",
  embedAlways: "Always show",
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
