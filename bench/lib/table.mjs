function format(value, digits) {
  if (typeof value === "string") return value;
  if (typeof value !== "number" || Number.isNaN(value)) return "-";
  if (Math.abs(value) >= 1000) return String(Math.round(value));
  const text = value.toFixed(digits);
  return digits ? text.replace(/\.0+$/, "") : text;
}

/** A Markdown table. A column is { head, get(row), digits }. */
export function table(rows, columns) {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) =>
      columns.map(({ get, digits = 1 }) => format(get(row), digits)),
    ),
  ];
  const widths = columns.map((_, i) =>
    Math.max(3, ...cells.map((row) => row[i].length)),
  );
  const line = (row) =>
    `| ${row.map((text, i) => (i ? text.padStart(widths[i]) : text.padEnd(widths[i]))).join(" | ")} |`;
  const rule = `| ${widths.map((w, i) => (i ? `${"-".repeat(w - 1)}:` : "-".repeat(w))).join(" | ")} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n");
}
