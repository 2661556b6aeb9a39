/** Two moments of the graph side by side, in terms a person reads. Deterministic: the same revisions give the same bytes. */
export interface Diff {
  readonly from: DiffMoment;
  readonly to: DiffMoment;
  /** What was published after `from`, up to `to`, oldest first. */
  readonly revisions: readonly {
    readonly n: number;
    readonly publishedAt: string;
    readonly cause: string;
    readonly actor: string;
  }[];
  readonly sections: readonly DiffSection[];
  /** Things that changed and that the viewer may not see. */
  readonly hidden: number;
}

/** One of the two moments, with what was known then. */
export interface DiffMoment {
  readonly n: number;
  readonly publishedAt: string;
  readonly datasets: number;
  readonly fields: number;
  readonly sensitiveFields: number;
  readonly undecidedFields: number;
  readonly notJudgedFields: number;
}

/** Everything of one kind that differs. */
export interface DiffSection {
  readonly key: DiffSectionKey;
  readonly title: string;
  readonly items: readonly DiffItem[];
}

export type DiffSectionKey = 'flows' | 'judgements' | 'datasets' | 'fields' | 'lineage' | 'jobs' | 'entered';

/** One difference. `gone` means that no source asserts it any longer, never that it was deleted. */
export interface DiffItem {
  readonly change: 'new' | 'gone' | 'changed';
  /** The thing's whole name. */
  readonly what: string;
  /** The difference in words. */
  readonly says: string;
  /** The same difference spelled out: before and after of each thing that differs. */
  readonly details: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** Items in the order of their names; within one name what is gone comes first. */
export function inOrder(items: readonly DiffItem[]): readonly DiffItem[] {
  const order = { gone: 0, changed: 1, new: 2 };
  return items.toSorted(
    (a, b) => byText(a.what, b.what) || order[a.change] - order[b.change] || byText(a.says, b.says),
  );
}

/** In code unit order, which is the same on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
