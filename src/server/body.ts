/** The text that `request` brings; `undefined` where it is longer than `limit` bytes, which are all that is read, or no UTF-8. */
export async function bodyOf(
  { body }: Request,
  limit: number,
): Promise<string | undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  const reader = body?.getReader();
  try {
    for (let part; (part = await reader?.read())?.value;) {
      size += part.value.length;
      if (size > limit) {
        await reader?.cancel();
        return;
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    // Broken off, or no text.
    return;
  }
}
