/** The first column: who it is, and in which version. */
export const name = {
  head: "peer",
  get: ({ peer: { label, version } }) =>
    version === "-" ? label : `${label} ${version}`,
};

/** A column with the median of metric `key`, in units of `unit`. */
export const column = (head, key, digits = 1, unit = 1) => ({
  head,
  digits,
  get: (row) => (row[key] ? row[key].median / unit : NaN),
});

export const note = {
  head: "note",
  get: ({ errors }) => errors?.[0].slice(0, 40) ?? "",
};

/** One row for each of `peers` that has results. */
export const rowsOf = (results, peers) =>
  peers
    .filter(({ id }) => results[id])
    .map((peer) => Object.assign({ peer }, results[peer.id]));
