import { crc32, deflateSync } from "node:zlib";

function chunk(name, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, "latin1");
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** A hero picture with enough detail to count as content for LCP: about 0.1 MB. */
export function heroPng(width = 640, height = 480) {
  const raw = Buffer.alloc((width * 3 + 1) * height);
  let state = 12345;
  let at = 0;
  for (let y = 0; y < height; y++) {
    raw[at++] = 0;
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const grain = state >>> 28 < 1 ? (state >>> 24) & 7 : 0;
      raw[at++] = Math.min(255, Math.floor((x * 200) / width) + grain + 20);
      raw[at++] = Math.min(255, Math.floor((y * 160) / height) + 40);
      raw[at++] = Math.min(
        255,
        Math.floor(((x + y) * 120) / (width + height)) + 90,
      );
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
