import type { Gap } from '../../../server/model/provenance.ts';

/** Gaps met on the way of a read, beside its schemas: each is said once. */
export interface GapNotes {
  readonly note: (gap: Gap) => void;
  /** What was noted since the last time. */
  readonly takeNotes: () => readonly Gap[];
}

/** Begins without any. */
export function createGapNotes(): GapNotes {
  const notes = new Map<string, Gap>();
  return {
    note: (gap) => void notes.set(`${gap.what} ${gap.detail}`, gap),
    takeNotes() {
      const taken = [...notes.values()];
      notes.clear();
      return taken;
    },
  };
}
