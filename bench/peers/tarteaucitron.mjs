import { inlineJson, pkgFile, pkgVersion } from "../lib/build.mjs";

// Documented set-up with the minified files. The services are custom services (documented API), set up
// when the library announces that its own service list is there.
export default {
  id: "tac",
  label: "tarteaucitron",
  version: pkgVersion("tarteaucitronjs"),
  order: 14,
  async build(model, base) {
    const init = {
      privacyUrl: "/privacy",
      bodyPosition: "bottom",
      hashtag: "#tarteaucitron",
      cookieName: "tarteaucitron",
      orientation: "bottom",
      groupServices: false,
      showDetailsOnClick: true,
      serviceDefaultState: "wait",
      showAlertSmall: false,
      cookieslist: false,
      showIcon: false,
      adblocker: false,
      DenyAllCta: true,
      AcceptAllCta: true,
      highPrivacy: true,
      handleBrowserDNTRequest: false,
      removeCredit: true,
      moreInfoLink: false,
      useExternalCss: false,
      useExternalJs: false,
      mandatory: true,
      mandatoryCta: true,
    };
    const services = model.services
      .filter((s) => !s.required)
      .map((s) => [
        s.id.replace("-", ""),
        s.name,
        s.category === "analytics" ? "analytic" : "ads",
      ]);
    const script = `tarteaucitron.events={init(){},load(){window.tacLive=1}};tarteaucitron.init(${inlineJson(init)});tarteaucitron.job=[];for(const [key,name,type] of ${inlineJson(services)}){tarteaucitron.services[key]={key,type,name,needConsent:true,cookies:[],uri:"/",js(){},fallback(){}};tarteaucitron.job.push(key)}`;
    const file = (p) => pkgFile("tarteaucitronjs", p);
    return {
      head: `<script defer src="${base}tarteaucitron.min.js"></script>`,
      body: `<script type="module">${script}</script>`,
      files: {
        "tarteaucitron.min.js": file("tarteaucitron.min.js"),
        "tarteaucitron.services.min.js": file("tarteaucitron.services.min.js"),
        "css/tarteaucitron.min.css": file("css/tarteaucitron.min.css"),
        "lang/tarteaucitron.en.min.js": file("lang/tarteaucitron.en.min.js"),
        "advertising.min.js": file("advertising.min.js"),
      },
    };
  },
  ui: {
    banner: "#tarteaucitronAlertBig",
    prefs: "#tarteaucitronCloseAlert",
    accept: "#tarteaucitronPersonalize2",
    panel: "#tarteaucitron",
    interactive: "window.tacLive === 1",
  }, // it attaches its click handlers 500 ms after it shows the banner
  done: "window.tarteaucitron && document.getElementById('tarteaucitronAllAllowed') && Object.keys(tarteaucitron.state).length > 0",
  scale: {
    toggleAll: ["#tarteaucitronAllAllowed"],
    toggles: "#tarteaucitronServices .tarteaucitronLine .tarteaucitronAllow",
    toggled:
      "P.all('#tarteaucitronServices .tarteaucitronIsAllowed').length >= P.n - 1",
    save: "#tarteaucitronClosePanel",
  },
};
