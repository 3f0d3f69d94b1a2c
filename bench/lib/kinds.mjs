// Reads a recording of the browser's trace: what the main thread did, by kind of work.
const KINDS = {
  compile: /^(v8\.compile|V8\.Compile|v8\.produceCache)/,
  evaluate: /^(EvaluateScript|v8\.evaluateModule|V8\.Execute)/,
  call: /^(FunctionCall|TimerFire|RunMicrotasks|FireAnimationFrame|EventDispatch|v8\.callFunction|FireIdleCallback|V8\.InvokeApiInterruptCallbacks)/,
  gc: /^(MinorGC|MajorGC|V8\.GC|BlinkGC)/,
  parse: /^(ParseHTML|ParseAuthorStyleSheet)/,
  style:
    /^(UpdateLayoutTree|RecalculateStyles|InvalidateStyle|Document::(recalcStyle|updateStyle))/,
  layout:
    /^(Layout$|LocalFrameView::(layout|performLayout)|IntersectionObserverController)/,
  paint:
    /^(PrePaint|Paint|Layerize|Commit|UpdateLayer|CompositeLayers|LocalFrameView::RunPaint)/,
};

const kindOf = (name) =>
  Object.keys(KINDS).find((kind) => KINDS[kind].test(name));

/** A task longer than this is a long one. In milliseconds. */
const LONG = 50;

/**
 * CPU milliseconds of the page at `path`, by kind, each without what it contains; and what a processor six times slower
 * would make of its tasks. Nothing when the recording does not have the page.
 */
export function analyse(events, path) {
  const commit = events.find(
    ({ name, args }) => name === "CommitLoad" && args.data.url.endsWith(path),
  );
  if (!commit) return {};
  const out = { other: 0, total: 0, longest: 0, long6: 0, tbt6: 0 };
  for (const kind of Object.keys(KINDS)) out[kind] = 0;
  const tasks = events
    .filter(
      ({ pid, tid, ts, dur, tdur }) =>
        pid === commit.pid &&
        tid === commit.tid &&
        ts + dur >= commit.ts &&
        tdur !== undefined,
    )
    .toSorted((a, b) => a.ts - b.ts || b.dur - a.dur);
  const around = [];
  for (const { name, ts, dur, tdur } of tasks) {
    while (around.at(-1)?.end <= ts) around.pop();
    const parent = around.at(-1);
    const kind = kindOf(name) ?? parent?.kind ?? "other";
    const ms = tdur / 1000;
    out[kind] += ms;
    if (parent) out[parent.kind] -= ms;
    else {
      out.total += ms;
      out.longest = Math.max(out.longest, ms);
      if (ms * 6 > LONG) {
        out.long6++;
        out.tbt6 += ms * 6 - LONG;
      }
    }
    around.push({ end: ts + dur, kind });
  }
  return out;
}
