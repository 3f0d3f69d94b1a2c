import { onlyKnown, refuse, text } from "../../consent/refuse.js";
import type { Size, SubjectConfiguration } from "./mobile-options.js";

type Columns = Readonly<Record<string, string | undefined>>;

/** Whom and what a mobile tracker's events are about. */
export interface Subject {
  /** Throws for a value that its column would not hold; `null` takes one back. */
  set(given: SubjectConfiguration): void;
  /** The columns that name the user. */
  naming(): Columns;
  /** The others. */
  plain(): Columns;
  /** Forgets who the user is. */
  forget(): void;
}

/** Columns by the subject's names: those that name the user, and those that do not. */
const NAMING = {
  userId: "uid",
  domainUserId: "duid",
  networkUserId: "tnuid",
  ipAddress: "ip",
} as const;
const PLAIN = {
  useragent: "ua",
  timezone: "tz",
  language: "lang",
  screenResolution: "res",
  screenViewport: "vp",
  colorDepth: "cd",
} as const;
const SUBJECT = [...Object.keys(NAMING), ...Object.keys(PLAIN)];

/** What the columns hold, from `payload_data` and `atomic`. In characters. */
const LONGEST: Readonly<Record<string, number>> = {
  userId: 255,
  domainUserId: 128,
  networkUserId: 128,
  ipAddress: 128,
  useragent: 1000,
};

export function createSubject(): Subject {
  const subject: Record<string, string | undefined> = {};
  const columns = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([key, column]) =>
        subject[key] ? [[column, subject[key]]] : [],
      ),
    );
  return {
    set(given) {
      onlyKnown(given, SUBJECT);
      for (const [key, value] of Object.entries(given))
        if (value !== undefined) subject[key] = columnOf(key, value);
    },
    naming: () => columns(NAMING),
    plain: () => columns(PLAIN),
    forget() {
      for (const key of Object.keys(NAMING)) subject[key] = undefined;
    },
  };
}

/** What the column of `key` says for `value`. */
function columnOf(key: string, value: unknown): string | undefined {
  if (value === null || value === "") return;
  if (key.startsWith("screen")) {
    // React Native measures in fractions; the columns are whole numbers.
    const { width, height } = Object(value) as Size;
    const [x, y] = [width, height].map(Math.round) as [number, number];
    return x > 0 && y > 0 && isFinite(x + y)
      ? `${x}x${y}`
      : refuse(key, [value], "{ width, height }");
  }
  if (key === "colorDepth")
    return Number.isInteger(value) && Number(value) > 0
      ? `${value as number}`
      : refuse(key, [value], "a whole number above 0");
  const column = text(key, value);
  const most = LONGEST[key] ?? 255;
  if (column.length > most)
    refuse(`the length of ${key}`, column.length, `at most ${most}`);
  return column;
}
