/**
 * Fetches a script from elsewhere and resolves when it has run; rejects when it could not be fetched. Where `signal` aborts first,
 * the script is taken out again and the promise rejects with the signal's reason.
 */
export function loadScript(
  src: string,
  attributes: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    for (const [name, value] of Object.entries({ async: "", ...attributes }))
      script.setAttribute(name, value);
    script.src = src;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () =>
      reject(new Error(`consent-elements: ${src} could not be loaded`)),
    );
    signal?.addEventListener("abort", () => {
      script.remove();
      reject(signal.reason as Error);
    });
    document.head.append(script);
  });
}
