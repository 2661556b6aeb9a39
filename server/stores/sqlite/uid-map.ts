import type { Uid } from '../../model/ids.ts';

/** Numbers by uid, 20 bytes a place: a map of texts takes some hundred for each. Beyond `limit` it is emptied and filled again. */
export interface UidMap {
  get(uid: Uid): number | undefined;
  /** `number`: from 1 to 4,294,967,295. */
  set(uid: Uid, number: number): void;
  clear(): void;
}

const firstPlaces = 1 << 12;

export function createUidMap(limit: number): UidMap {
  let places = firstPlaces;
  /** Four words of each uid, then its number; 0: the place is free. */
  let words = new Uint32Array(places * 5);
  let size = 0;
  const own = new Uint32Array(4);

  /** The place of the uid in `own`, or the free one where it belongs. */
  const placeOf = (): number => {
    const [a = 0, b = 0, c = 0, d = 0] = own;
    // A uid is a digest: any part of it is spread evenly.
    let at = a & (places - 1);
    for (;;) {
      const i = at * 5;
      const isFree = words[i + 4] === 0;
      if (isFree || (words[i] === a && words[i + 1] === b && words[i + 2] === c && words[i + 3] === d)) return i;
      at = (at + 1) & (places - 1);
    }
  };
  const put = (number: number): void => {
    const i = placeOf();
    if (words[i + 4] === 0) size += 1;
    words.set(own, i);
    words[i + 4] = number;
  };
  const begin = (count: number): void => {
    places = count;
    words = new Uint32Array(places * 5);
    size = 0;
  };
  const grow = (): void => {
    const before = words;
    begin(places * 2);
    for (let i = 0; i < before.length; i += 5) {
      const number = before[i + 4] ?? 0;
      if (number === 0) continue;
      own.set(before.subarray(i, i + 4));
      put(number);
    }
  };

  return {
    get(uid) {
      if (!readWords(uid, own)) return undefined;
      const number = words[placeOf() + 4];
      return number === 0 ? undefined : number;
    },
    set(uid, number) {
      if (!readWords(uid, own)) return;
      if (size >= limit) begin(firstPlaces);
      else if (size * 4 >= places * 3) {
        grow();
        readWords(uid, own);
      }
      put(number);
    },
    clear: () => begin(firstPlaces),
  };
}

const digitsOfUid = 32;

/** Reads a uid's 32 hex digits as four words; false: it is none. */
function readWords(uid: Uid, into: Uint32Array): boolean {
  if (uid.length !== digitsOfUid) return false;
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let i = word * 8; i < word * 8 + 8; i++) {
      const code = uid.charCodeAt(i);
      const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
      if (digit < 0) return false;
      value = (value << 4) | digit;
    }
    into[word] = value;
  }
  return true;
}
