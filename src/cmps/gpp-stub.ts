/** What waits in a stub for the CMP: a listener with its number. */
interface Waiting {
  readonly id: number;
  readonly callback: Callback;
  readonly parameter: unknown;
}
type Callback = (data: unknown, success: boolean) => void;
type GppApi = (
  command?: string,
  callback?: Callback | null,
  parameter?: unknown,
  version?: string,
) => unknown;

const API = "__gpp";
const LOCATOR = "__gppLocator";

/**
 * Puts a `__gpp` into the page that answers every generic command at once and keeps the others, in order, until `gpp()`
 * takes over (GPP Core, CMP API 1.1). Frames find it by a frame named `__gppLocator` and ask by `postMessage`. A page
 * that has a `__gpp` already keeps it. `gpp()` calls this itself; call it earlier where scripts of advertisers are earlier.
 */
export function installGppStub(): void {
  const page = window as unknown as Record<string, unknown>;
  if (typeof page[API] === "function") return;
  const queue: unknown[][] = [];
  const events: Waiting[] = [];
  let last = 0;
  const ping = {
    gppVersion: "1.1",
    cmpStatus: "stub",
    cmpDisplayStatus: "hidden",
    signalStatus: "not ready",
    supportedAPIs: [],
    cmpId: 0,
    sectionList: [],
    applicableSections: [],
    gppString: "",
    parsedSections: {},
  };
  const event = (eventName: string, listenerId: unknown, data: boolean) => ({
    eventName,
    listenerId,
    data,
    pingData: ping,
  });

  const stub: GppApi = (...call) => {
    const [command, callback, parameter] = call;
    const answer = (data: unknown) => callback?.(data, true);
    // The CMP collects what has waited by these two: without a command the queue, by `events` the listeners.
    if (command === undefined) return queue;
    if (command === "events") return events;
    if (command === "ping") answer(ping);
    else if (command === "addEventListener") {
      const id = ++last;
      events.push({ id, callback: callback ?? (() => {}), parameter });
      answer(event("listenerRegistered", id, true));
    } else if (command === "removeEventListener") {
      const at = events.findIndex(({ id }) => id === parameter);
      if (at >= 0) events.splice(at, 1);
      answer(event("listenerRemoved", parameter, at >= 0));
    } else if (command === "hasSection") answer(false);
    else if (command === "getSection" || command === "getField") answer(null);
    else queue.push(call);
    return undefined;
  };
  page[API] = stub;

  addEventListener("message", ({ data, source }) => {
    const isText = typeof data === "string";
    let asked: Asked = {};
    try {
      asked = Object(isText ? JSON.parse(data) : data) as Asked;
    } catch {
      // Not meant for us.
    }
    const { __gppCall: call } = asked;
    if (!call) return;
    const { command, parameter, version, callId } = call;
    (page[API] as GppApi)(
      command,
      (returnValue, success) => {
        const answer = { __gppReturn: { returnValue, success, callId } };
        // Any frame may ask, as it may call the function in a page; what it hears names nobody.
        source?.postMessage(isText ? JSON.stringify(answer) : answer, {
          targetOrigin: "*",
        });
      },
      parameter,
      version,
    );
  });

  const addLocator = () => {
    if (window.frames[LOCATOR as never]) return;
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.name = LOCATOR;
    document.body.append(frame);
  };
  if (document.body) addLocator();
  else document.addEventListener("DOMContentLoaded", addLocator);
}

interface Asked {
  readonly __gppCall?: Message;
}
interface Message {
  readonly command: string;
  readonly parameter: unknown;
  readonly version: string;
  readonly callId: unknown;
}
