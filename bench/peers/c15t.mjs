import {
  bundle,
  inlineJson,
  minifyCss,
  pkgPath,
  pkgVersion,
} from "../lib/build.mjs";

// There is no drop-in file: the documented React quick start, bundled for production (React included,
// since a page that is not a React app has to ship it). Offline mode, because no backend is reachable.
const APP = `
import { createRoot } from 'react-dom/client';
import { ConsentManagerProvider, ConsentBanner, ConsentDialog } from '@c15t/react';
const node = document.createElement('div');
document.body.append(node);
createRoot(node).render(
  <ConsentManagerProvider options={{ ...(window as any).c15tConfig }}>
    <ConsentBanner /><ConsentDialog />
  </ConsentManagerProvider>);
`;

// The headless core with a hand-written banner, as in its JavaScript quick start: the lower bound for c15t.
const CORE = `
import { getOrCreateConsentRuntime } from 'c15t';
const { consentStore } = getOrCreateConsentRuntime((window as any).c15tConfig);
const t = (window as any).c15tText;
const host = document.createElement('div');
host.innerHTML = '<style>.c-b,.c-p{position:fixed;right:16px;bottom:16px;left:16px;max-width:420px;margin-left:auto;padding:16px;background:#fff;font:15px/1.4 system-ui;border-radius:8px;box-shadow:0 4px 24px #0004;box-sizing:border-box}</style><div class="c-b" hidden><h2>' + t.title + '</h2><p>' + t.description + '</p><button id="c-a">' + t.accept + '</button><button id="c-r">' + t.reject + '</button><button id="c-o">' + t.prefs + '</button></div><div class="c-p" hidden></div>';
document.body.append(host);
const [, banner, panel] = host.children as any;
const state = () => consentStore.getState() as any;
const sync = () => {
  const s = state();
  banner.hidden = s.activeUI !== 'banner';
  const open = s.activeUI === 'dialog';
  if (open && panel.hidden) {
    panel.innerHTML = '<h2>' + t.prefsTitle + '</h2>' + s.getDisplayedConsents().map((c: any) => '<label><input type=checkbox name=' + c.name + (s.selectedConsents[c.name] ? ' checked' : '') + (c.disabled ? ' disabled' : '') + '>' + c.name + '</label><br>').join('') + '<button id="c-s">' + t.save + '</button>';
    panel.onchange = (e: any) => state().setSelectedConsent(e.target.name, e.target.checked);
    panel.querySelector('#c-s').onclick = () => state().saveConsents('custom');
  }
  panel.hidden = !open;
};
consentStore.subscribe(sync);
host.querySelector<HTMLElement>('#c-a')!.onclick = () => state().saveConsents('all');
host.querySelector<HTMLElement>('#c-r')!.onclick = () => state().saveConsents('necessary');
host.querySelector<HTMLElement>('#c-o')!.onclick = () => state().setActiveUI('dialog');
sync();
`;

const options = {
  mode: "offline",
  consentCategories: ["necessary", "measurement", "marketing"],
  overrides: { country: "DE", language: "en" },
};
const done =
  "window.c15tStore && !window.c15tStore.getState().isLoadingConsentInfo && window.c15tStore.getState().hasConsented()";

export default [
  {
    id: "c15t",
    label: "c15t (react)",
    version: pkgVersion("@c15t/react"),
    order: 15,
    async build(model, base) {
      return {
        head: `<link rel="stylesheet" href="${base}c15t.css"><script>window.c15tConfig=${inlineJson(options)}</script><script type="module" src="${base}c15t.js"></script>`,
        body: "",
        files: {
          "c15t.js": await bundle(APP, { format: "esm" }),
          "c15t.css": await minifyCss(
            pkgPath("@c15t/react", "dist/styles.css"),
          ),
        },
      };
    },
    ui: {
      banner: '[data-testid="consent-banner-card"]',
      prefs: '[data-testid="consent-banner-customize-button"]',
      accept: '[data-testid="consent-banner-accept-button"]',
      panel: '[data-testid="consent-dialog-card"]',
    },
    done,
    scale: null,
  },
  {
    id: "c15t-core",
    label: "c15t core + own banner",
    version: pkgVersion("c15t"),
    order: 16,
    async build(model, base) {
      return {
        head: `<script>window.c15tConfig=${inlineJson(options)};window.c15tText=${inlineJson(model.text)}</script><script type="module" src="${base}c15t-core.js"></script>`,
        body: "",
        files: {
          "c15t-core.js": await bundle(CORE, { format: "esm", loader: "ts" }),
        },
      };
    },
    ui: { banner: ".c-b", prefs: "#c-o", accept: "#c-a", panel: ".c-p" },
    done,
    scale: null,
  },
];
