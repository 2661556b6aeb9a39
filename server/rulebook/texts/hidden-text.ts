import { inflateSync } from 'node:zlib';

/** Work is bounded: streams beyond these are not looked into. */
const most = { streams: 3_000, each: 4 * 1024 * 1024, together: 64 * 1024 * 1024 };
/** Text rendering mode 3 draws nothing, 7 only clips: the words are there and no eye sees them. */
const unseenMode = /(?:^|\s)[37]\s+Tr\b/u;

/** Does a PDF draw text that is not seen? Layers of an OCR do, and so do words meant for machines alone. */
export function drawsHiddenText(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let together = 0;
  for (let at = file.indexOf('stream'), seen = 0; at >= 0 && seen < most.streams; at = file.indexOf('stream', at + 6)) {
    if (file.subarray(at - 3, at).toString('latin1') === 'end') continue;
    seen += 1;
    const start = at + (file[at + 6] === 0x0d ? 8 : 7);
    const end = file.indexOf('endstream', start);
    if (end < 0 || together > most.together) return false;
    const content = contentOf(file.subarray(start, end));
    together += content.length;
    if (unseenMode.test(content)) return true;
  }
  return false;
}

/** A stream's operators; of a picture, a font or anything that is not deflated, what stands there. */
function contentOf(raw: Buffer): string {
  try {
    return inflateSync(raw, { maxOutputLength: most.each }).toString('latin1');
  } catch {
    return raw.subarray(0, 65_536).toString('latin1');
  }
}
