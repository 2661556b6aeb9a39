import type { Gap } from '../../../server/model/provenance.ts';

/** Gaps met on the way of a read, beside its schemas: each is said once. `Refusal`: how the source refuses one thing. */
export interface GapNotes<Refusal> {
  readonly note: (gap: Gap) => void;
  /** What was noted since the last time. */
  readonly takeNotes: () => readonly Gap[];
  /** What a question gives; null where the source refuses it, with the gap that `explain` makes of it noted. */
  readonly optional: <T>(work: () => Promise<T>, explain: (refusal: Refusal) => Gap) => Promise<T | null>;
}

/** Begins without any. `isRefused`: which errors cost the one thing that was asked for, and not the read. */
export function createGapNotes<Refusal>(isRefused: (error: unknown) => error is Refusal): GapNotes<Refusal> {
  const notes = new Map<string, Gap>();
  const note = (gap: Gap): void => void notes.set(`${gap.what} ${gap.detail}`, gap);
  return {
    note,
    takeNotes() {
      const taken = [...notes.values()];
      notes.clear();
      return taken;
    },
    async optional(work, explain) {
      try {
        return await work();
      } catch (error) {
        if (!isRefused(error)) throw error;
        note(explain(error));
        return null;
      }
    },
  };
}
