/** Joins pieces of bytes into chunks of a fair size. */
export interface Gatherer {
  add(this: void, piece: Uint8Array): void;
  /** The chunks that are full. */
  take(): readonly Uint8Array[];
  /** What is left, when no more comes. */
  rest(): readonly Uint8Array[];
}

const chunkSize = 64 * 1024;

/**
 * A piece of twenty bytes takes some two hundred in memory, and a PDF with a million tags ends with a million of them: the table
 * of where each object stands.
 */
export function createGatherer(): Gatherer {
  let full: Uint8Array[] = [];
  let open = Buffer.allocUnsafe(chunkSize);
  let used = 0;
  const close = (): void => {
    if (used > 0) full.push(open.subarray(0, used));
    open = Buffer.allocUnsafe(chunkSize);
    used = 0;
  };
  const take = (): readonly Uint8Array[] => {
    const taken = full;
    full = [];
    return taken;
  };
  return {
    add(piece) {
      if (used + piece.length > chunkSize) close();
      if (piece.length > chunkSize) full.push(piece);
      else {
        open.set(piece, used);
        used += piece.length;
      }
    },
    take,
    rest() {
      close();
      return take();
    },
  };
}
