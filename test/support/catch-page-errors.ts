/** Runs `body` and returns the messages of the errors that listeners threw meanwhile; the test runner misses them. */
export function catchPageErrors(body: () => void): string[] {
  const messages: string[] = [];
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    messages.push((event.error as Error).message);
  };
  const { onerror } = globalThis;
  globalThis.onerror = null;
  addEventListener("error", listen, { capture: true });
  try {
    body();
  } finally {
    removeEventListener("error", listen, { capture: true });
    globalThis.onerror = onerror;
  }
  return messages;
}
