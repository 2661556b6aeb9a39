/**
 * The canonical archive: a tar (POSIX ustar) in which every byte follows from the names and contents, so that there is
 * exactly one file for one content. Anything that opens tar opens it.
 */

/** Bytes of a header, and what contents are filled up to. */
export const blockSize = 512;

/** A header whose owner, time and mode say nothing. Names have at most 100 bytes. */
export function archiveHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(blockSize);
  const put = (text: string, at: number): void => void header.write(text, at, 'latin1');
  header.write(name, 0, 100, 'utf8');
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\u000000', 257);
  let sum = 0;
  for (const byte of header) sum += byte;
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** The zeros after a content of this size. */
export function archivePadding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize);
}

/** What ends an archive. */
export const archiveEnd = Buffer.alloc(2 * blockSize);
