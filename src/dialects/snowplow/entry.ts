/** The visitor's entry in a tracker's storage, as far as this page has seen it. */
export interface Entry {
  /** The storage of now. What is read and written in it under the entry's name is noted. */
  storage(): Storage;
  /** Whether the entry that this page has seen is no longer there: another page has withdrawn. */
  isGone(): boolean;
  /** From now on this page has seen none. */
  forget(): void;
}

/**
 * Watches the entry `name` in the storage of now. `lost` is called when what this page has seen is found gone, or made
 * under another grant: the visitor has said no meanwhile, and whoever said yes again is somebody else. `decision` names
 * the record of now: what was removed before a newer one says nothing any more.
 */
export function watchEntry(
  name: string,
  area: () => Storage,
  lost: () => void,
  decision: () => string | undefined,
): Entry {
  /** The grant that the entry was made under, and the record that held then. */
  let seen: string | undefined;
  let decided: string | undefined;
  let isLost = false;
  const note = (kept: string | null) => {
    const before = seen;
    seen = grantOf(kept);
    const isOther = before !== undefined && before !== seen;
    if (kept === null) isLost ||= isOther;
    else {
      isLost = false;
      decided = decision();
    }
    if (isOther) lost();
  };
  const forget = () => {
    seen = undefined;
    isLost = false;
  };
  return {
    storage() {
      const here = area();
      return {
        get length() {
          return here.length;
        },
        key: (index: number) => here.key(index),
        getItem(key: string) {
          const found = here.getItem(key);
          if (key === name) note(found);
          return found;
        },
        setItem(key: string, value: string) {
          here.setItem(key, value);
          if (key === name) note(value);
        },
        removeItem(key: string) {
          here.removeItem(key);
          if (key === name) forget();
        },
        clear: () => here.clear(),
      };
    },
    isGone() {
      try {
        return (
          (seen !== undefined || isLost) &&
          decided === decision() &&
          area().getItem(name) === null
        );
      } catch {
        // Blocked meanwhile: nobody can have removed it.
        return false;
      }
    },
    forget,
  };
}

function grantOf(kept: string | null): string | undefined {
  try {
    return (JSON.parse(kept!) as { grant?: string } | null)?.grant;
  } catch {
    // Forged or damaged: it is nobody's.
    return;
  }
}
