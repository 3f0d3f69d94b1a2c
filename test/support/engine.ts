/** Chromium, whose protocol lets tests pretend other media. */
export const isChromium = /Chrome\//.test(navigator.userAgent);

/**
 * WebKitGTK's MiniBrowser under WebDriver, as this project drives it: there is no mouse, and a window has a minimum
 * width and does not take every size that it is told.
 */
export const isMiniBrowser =
  /AppleWebKit\//.test(navigator.userAgent) && !isChromium;
