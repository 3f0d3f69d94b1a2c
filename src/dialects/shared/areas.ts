/** How a cookie is written. */
export interface CookieSettings {
  /** Share it with subdomains. Default: this host alone. */
  domain?: string | undefined;
  sameSite: "Lax" | "Strict" | "None";
  /** Only ever on https: elsewhere the browser would not keep it. */
  secure: boolean;
  /** In seconds. */
  lifetime: number;
}

/** A storage that lives as long as the page, or the app. */
export function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

/**
 * The cookies whose names begin with `name` as a storage: `Path=/`, `SameSite=Lax` and `Secure` by default. Names and
 * values are percent-encoded. Setting throws where the browser keeps no cookie.
 */
export function cookieArea(name: string, settings: CookieSettings): Storage {
  const start = encodeURIComponent(name);
  const all = (): [key: string, value: string][] =>
    document.cookie
      .split("; ")
      .filter((cookie) => cookie.startsWith(start))
      .flatMap((cookie) => {
        const end = cookie.indexOf("=");
        try {
          return [
            [
              decodeURIComponent(cookie.slice(0, end)),
              decodeURIComponent(cookie.slice(end + 1)),
            ],
          ];
        } catch {
          // Not ours.
          return [];
        }
      });
  const getItem = (key: string) =>
    all().find(([found]) => found === key)?.[1] ?? null;
  const write = (key: string, value: string, lifetime: number) => {
    const { domain, sameSite, secure } = settings;
    document.cookie = [
      `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
      "Path=/",
      `Max-Age=${lifetime}`,
      `SameSite=${sameSite}`,
      ...(domain ? [`Domain=${domain}`] : []),
      ...(secure && location.protocol === "https:" ? ["Secure"] : []),
    ].join("; ");
  };
  const removeItem = (key: string) => write(key, "", 0);
  return {
    get length() {
      return all().length;
    },
    key: (index: number) => all()[index]?.[0] ?? null,
    getItem,
    setItem(key: string, value: string) {
      write(key, value, settings.lifetime);
      if (getItem(key) !== value)
        throw new Error(`consent-elements: no cookie was kept for ${key}`);
    },
    removeItem,
    clear() {
      for (const [key] of all()) removeItem(key);
    },
  };
}
