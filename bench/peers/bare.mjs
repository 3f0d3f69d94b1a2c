// The article without any consent front-end: the baseline that is subtracted from every peer.
export default {
  id: "bare",
  label: "no consent layer",
  version: "-",
  order: 0,
  async build() {
    return { head: "", body: "", files: {} };
  },
  ui: null,
  done: 'document.readyState === "complete"',
  scale: null,
};
