import type { RecordStorage } from "../consent/ports.js";

/** Keeps the record in this origin's localStorage. It does not reach subdomains. */
export function localRecordStorage(name = "consent"): RecordStorage {
  return {
    read() {
      const text = localStorage.getItem(name);
      return text === null ? [] : [text];
    },
    write(text) {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
    },
  };
}
