import { createHash } from "node:crypto";
import { brotliCompressSync, constants } from "node:zlib";

// Quality 11 is slow, and the peers' files are packed again for every number of services.
const packed = new Map();

/** Packs a text or a buffer with quality 11, as a careful site does ahead of time. */
export function brotli(body) {
  const raw = Buffer.from(body);
  const key = createHash("sha1").update(raw).digest("hex");
  if (!packed.has(key))
    packed.set(
      key,
      brotliCompressSync(raw, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
        },
      }),
    );
  return packed.get(key);
}
