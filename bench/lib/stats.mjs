export const isNumber = (v) => typeof v === "number" && Number.isFinite(v);

export function mean(values) {
  const numbers = values.filter(isNumber);
  return numbers.length
    ? numbers.reduce((a, b) => a + b, 0) / numbers.length
    : NaN;
}

export function median(values) {
  const sorted = values.filter(isNumber).toSorted((a, b) => a - b);
  if (!sorted.length) return NaN;
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function summary(values) {
  const numbers = values.filter(isNumber);
  const middle = median(numbers);
  return {
    median: middle,
    min: Math.min(...numbers),
    max: Math.max(...numbers),
    // The median distance from the median: how much a number wobbles.
    mad: median(numbers.map((v) => Math.abs(v - middle))),
    n: numbers.length,
  };
}

/** A summary of what each of `metrics` gives for every sample; metrics without any number are left out. */
export function summaries(metrics, samples) {
  const out = {};
  for (const [key, read] of Object.entries(metrics)) {
    const values = samples.map((sample) => read(sample));
    if (values.some(isNumber)) out[key] = summary(values);
  }
  return out;
}

// Median of the quotients of each round: noise that hits a whole round cancels out.
export function pairedRatio(a, b) {
  const quotients = a.map((v, i) =>
    isNumber(v) && isNumber(b[i]) && b[i] > 0 ? v / b[i] : NaN,
  );
  return median(quotients);
}
