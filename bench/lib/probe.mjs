/**
 * Runs inside the measured page, before any other script, and becomes `window.probe`. It may use nothing from outside.
 * Selectors may cross shadow roots with " >>> ".
 */
export function installProbe(config) {
  if (window.probe || !location.pathname.startsWith("/p/")) return;
  const now = () => performance.now();
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  const events = [];
  const long = [];
  let cls = 0;
  let lcp;
  /** Milliseconds that the probe spent on looking. */
  let own = 0;

  const watch = (type, hear, options) => {
    try {
      new PerformanceObserver((list) =>
        list.getEntries().forEach(hear),
      ).observe({ type, buffered: true, ...options });
    } catch {
      // This browser does not know it; its column stays empty.
    }
  };
  watch("largest-contentful-paint", ({ startTime }) => {
    lcp = startTime;
  });
  watch("layout-shift", ({ hadRecentInput, value }) => {
    if (!hadRecentInput) cls += value;
  });
  watch("longtask", ({ duration }) => long.push(duration));
  watch(
    "event",
    ({ interactionId, duration }) => {
      if (interactionId) events.push(duration);
    },
    { durationThreshold: 16 },
  );

  const find = (selector) => {
    let root = document;
    let element = null;
    for (const part of selector?.split(" >>> ") ?? []) {
      element = root?.querySelector(part);
      if (!element) return null;
      root = element.shadowRoot;
    }
    return element;
  };
  const all = (selector) => {
    const parts = selector.split(" >>> ");
    const last = parts.pop();
    let roots = [document];
    for (const part of parts)
      roots = roots
        .flatMap((root) => Array.from(root.querySelectorAll(part)))
        .map(({ shadowRoot }) => shadowRoot)
        .filter(Boolean);
    return roots.flatMap((root) => Array.from(root.querySelectorAll(last)));
  };

  const onScreen = (element) => {
    const { width, height, top, right, bottom, left } =
      element.getBoundingClientRect();
    return (
      width > 1 &&
      height > 1 &&
      right > 0 &&
      bottom > 0 &&
      left < innerWidth &&
      top < innerHeight
    );
  };
  const shown = (element) =>
    !!element?.isConnected &&
    element.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
    }) &&
    onScreen(element);
  const opacity = (element) => {
    let product = 1;
    let node = element;
    while (node) {
      if (node.nodeType === 1) product *= getComputedStyle(node).opacity;
      // Up through slots and shadow roots.
      node = node.assignedSlot ?? node.parentNode ?? node.host;
    }
    return product;
  };
  const isMoving = (element) =>
    element
      .getAnimations({ subtree: true })
      .some(
        ({ playState, effect }) =>
          playState === "running" &&
          Number.isFinite(effect?.getComputedTiming().endTime),
      );
  const settled = (element) =>
    shown(element) && opacity(element) > 0.98 && !isMoving(element);

  // Resolves in the first task after the frame in which `test` is true was handed over for painting. A test that gives
  // null looked for something that does not exist yet: that time is the probe's own.
  const when = (test, ms) =>
    new Promise((done) => {
      const begin = now();
      const step = () => {
        const from = now();
        let hit = false;
        try {
          hit = test();
        } catch {
          // Not there yet.
        }
        if (hit) {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(now());
          port2.postMessage(0);
          return;
        }
        if (hit === null) own += now() - from;
        if (now() - begin > ms) done(null);
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
  const frames = (n) =>
    new Promise((done) => {
      let left = n;
      const step = () => (left-- > 0 ? requestAnimationFrame(step) : done());
      step();
    });
  // An expression comes as text from the peer's description.
  const expression = (text) => new Function("P", `return (${text})`);

  const loaded = new Promise((done) => {
    addEventListener("load", () => setTimeout(done), { once: true });
  });

  const tree = () => {
    let nodes = 0;
    const walk = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
      for (let node = root; node; node = walker.nextNode()) {
        nodes++;
        if (node.shadowRoot) walk(node.shadowRoot);
      }
    };
    walk(document);
    return { nodes };
  };

  const firstVisit = async () => {
    const shownAt = await when(() => {
      const banner = find(config.banner);
      return banner && shown(banner);
    }, config.timeout);
    if (shownAt === null) return { shown: null };
    return {
      shown: shownAt,
      settled: await when(() => settled(find(config.banner)), 3000),
      interactive: config.interactive
        ? await when(expression(config.interactive), 5000)
        : shownAt,
    };
  };
  // Not every frame: one cheap look every 20 ms.
  const returningVisit = async () => {
    const isDone = expression(config.done);
    const begin = now();
    for (;;) {
      const from = now();
      let hit = false;
      try {
        hit = isDone();
      } catch {
        // Not there yet.
      }
      own += now() - from;
      if (hit) return { done: now() };
      if (now() - begin > config.timeout) return { done: null };
      await sleep(20);
    }
  };
  const ready = (async () => {
    const out = await (config.expect === "banner"
      ? firstVisit()
      : returningVisit());
    await loaded;
    await sleep(config.quiet);
    await frames(2);
    return out;
  })();

  const P = {
    n: config.n,
    find,
    all,
    shown,
    frames,
    tree,
    /** What happened until the page had come to rest. */
    async result() {
      const out = await ready;
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return {
        ...out,
        origin: performance.timeOrigin,
        own,
        cls,
        lcp,
        fcp: paint?.startTime,
        longCount: long.length,
        longMs: long.reduce((sum, ms) => sum + ms, 0),
        tree: tree(),
      };
    },
    center(selector) {
      const element = find(selector);
      if (!element) return null;
      if (!onScreen(element)) element.scrollIntoView({ block: "center" });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + Math.min(width, 400) / 2, y: top + height / 2 };
    },
    /** Starts a stopwatch with the next real click; `goal` is "open" or "gone". `armed` becomes its reading. */
    arm(selector, goal, ms) {
      events.length = 0;
      P.armed = (async () => {
        const clicked = await new Promise((done) => {
          addEventListener("pointerdown", (event) => done(event.timeStamp), {
            capture: true,
            once: true,
          });
        });
        const opens = goal === "open";
        const first = await when(() => shown(find(selector)) === opens, ms);
        if (first === null) return { first };
        const end = opens
          ? await when(() => settled(find(selector)), 3000)
          : first;
        await sleep(60);
        await frames(2);
        return {
          first: first - clicked,
          settled: end && end - clicked,
          inp: Math.max(0, ...events),
        };
      })();
    },
    /** Clicks on all of `selectors` from inside the page, and waits until `goal` is true and painted. */
    async toggle(selectors, goal, ms) {
      const elements = selectors.flatMap(all);
      if (!elements.length) return { missing: true };
      const isDone = expression(goal);
      await frames(2);
      const begin = now();
      for (const element of elements) element.click();
      const painted = await when(() => isDone(P), ms);
      return { painted: painted && painted - begin };
    },
  };
  Object.defineProperty(window, "probe", { value: P });
}
