import { printPath } from '../../model/ids.ts';
import { gravityOf } from './gravity.ts';
import type { ClassificationView, Coverage, DatasetView, FieldView, Query } from '../../query/query.ts';
import type { Gap } from '../../model/provenance.ts';

/** What a scan found, before it is written down. */
export interface Findings {
  readonly coverage: Coverage;
  /** Datasets with a sensitive field, those with the gravest fields first. */
  readonly datasets: readonly DatasetFindings[];
  /** Sensitive fields in all, also those beyond the limit of what is listed. */
  readonly sensitiveFields: number;
  readonly listedFields: number;
  /** By what it is, in clear or not; the gravest first. */
  readonly kinds: readonly KindCount[];
  /** Fields that have no answer, by dataset. */
  readonly open: readonly OpenFields[];
  readonly openFields: number;
  /** Datasets of which no column is known: whatever they hold, nobody could judge it. */
  readonly withoutFields: number;
  readonly gaps: readonly Gap[];
  readonly deciders: readonly string[];
}

export interface DatasetFindings {
  readonly dataset: DatasetView;
  readonly fields: readonly FoundField[];
  /** Fields of the dataset that are not listed here. */
  readonly others: { readonly notSensitive: number; readonly open: number };
}

export interface FoundField {
  readonly view: FieldView;
  readonly path: string;
  readonly gravity: number;
  /** Found here by a judgement of its own, rather than carried here along lineage. */
  readonly isOrigin: boolean;
}

export interface KindCount {
  readonly label: string;
  readonly category: string;
  readonly gravity: number;
  /** Judged so at the field itself. */
  readonly origins: number;
  /** Fields that it reached, still in clear. */
  readonly copiesInClear: number;
  /** Fields that it reached hashed, masked or otherwise treated. */
  readonly copiesTreated: number;
}

export interface OpenFields {
  readonly dataset: DatasetView;
  readonly undecided: readonly string[];
  readonly notJudged: readonly string[];
}

/** Everything without an answer, in one number: gaps met, fields without a verdict, datasets without known columns. */
export function gapCountOf({ gaps, openFields, withoutFields }: Findings): number {
  return gaps.length + openFields + withoutFields;
}

/** Reads everything that the scan page tells. At most `mostFields` sensitive fields are kept; the rest is counted. */
export async function readFindings(query: Query, n: number, mostFields: number): Promise<Findings> {
  const coverage = await query.coverage(n);
  const collected = new Collected(mostFields);
  for await (const { dataset, field } of query.inventory(n)) collected.add(dataset, field);
  return {
    coverage,
    ...collected.result(),
    withoutFields: Math.max(0, coverage.datasets - collected.datasets),
    gaps: coverage.gaps,
  };
}

interface Collecting {
  readonly dataset: DatasetView;
  readonly fields: FoundField[];
  notSensitive: number;
  readonly undecided: string[];
  readonly notJudged: string[];
}

/** Gathers fields as the inventory streams them by. */
class Collected {
  readonly #most: number;
  readonly #byDataset = new Map<string, Collecting>();
  readonly #kinds = new Map<string, { -readonly [K in keyof KindCount]: KindCount[K] }>();
  readonly #deciders = new Set<string>();
  #sensitive = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(dataset: DatasetView, view: FieldView): void {
    const entry = this.#entry(dataset);
    const path = printPath(view.path);
    for (const verdict of view.verdicts) this.#deciders.add(verdict.by);
    if (view.effective.state === 'UNDECIDED') entry.undecided.push(path);
    else if (view.effective.state === 'GAP') entry.notJudged.push(path);
    else if (view.classifications.length === 0) entry.notSensitive += 1;
    else {
      this.#sensitive += 1;
      for (const one of view.classifications) this.#count(one);
      const gravity = Math.max(...view.classifications.map((one) => gravityOf(one)));
      const isOrigin = view.classifications.some((one) => one.decidedBy.kind !== 'propagation');
      // Beyond the limit a field is counted; its place in the list would make the page too large to open.
      if (this.#sensitive <= this.#most) entry.fields.push({ view, path, gravity, isOrigin });
    }
  }

  get datasets(): number {
    return this.#byDataset.size;
  }

  #entry(dataset: DatasetView): Collecting {
    const known = this.#byDataset.get(dataset.uid);
    if (known !== undefined) return known;
    const entry = { dataset, fields: [], notSensitive: 0, undecided: [], notJudged: [] };
    this.#byDataset.set(dataset.uid, entry);
    return entry;
  }

  #count(one: ClassificationView): void {
    this.#deciders.add(one.decidedBy.name);
    const known = this.#kinds.get(one.category);
    const entry = known ?? {
      label: one.label,
      category: one.category,
      gravity: gravityOf(one),
      origins: 0,
      copiesInClear: 0,
      copiesTreated: 0,
    };
    if (one.decidedBy.kind !== 'propagation') entry.origins += 1;
    else if (one.treatment === 'clear') entry.copiesInClear += 1;
    else entry.copiesTreated += 1;
    // The plain name stands for its treated forms, too.
    if (one.derived === null) Object.assign(entry, { label: one.label, gravity: gravityOf(one) });
    this.#kinds.set(one.category, entry);
  }

  result(): Omit<Findings, 'coverage' | 'gaps' | 'withoutFields'> {
    const all = [...this.#byDataset.values()];
    const found = all.filter((entry) => entry.fields.length > 0);
    const gravest = (entry: Collecting): number => Math.max(...entry.fields.map((field) => field.gravity));
    return {
      datasets: found
        .sort((a, b) => gravest(b) - gravest(a) || b.fields.length - a.fields.length || byName(a.dataset, b.dataset))
        .map(({ dataset, fields, notSensitive, undecided, notJudged }) => ({
          dataset,
          fields,
          others: { notSensitive, open: undecided.length + notJudged.length },
        })),
      sensitiveFields: this.#sensitive,
      listedFields: Math.min(this.#sensitive, this.#most),
      kinds: [...this.#kinds.values()].sort(
        (a, b) => b.gravity - a.gravity || total(b) - total(a) || (a.label < b.label ? -1 : 1),
      ),
      open: all
        .filter((entry) => entry.undecided.length + entry.notJudged.length > 0)
        .map(({ dataset, undecided, notJudged }) => ({ dataset, undecided, notJudged }))
        .sort((a, b) => byName(a.dataset, b.dataset)),
      openFields: all.reduce((sum, entry) => sum + entry.undecided.length + entry.notJudged.length, 0),
      deciders: [...this.#deciders].filter((by) => by !== '').sort(),
    };
  }
}

function total({ origins, copiesInClear, copiesTreated }: KindCount): number {
  return origins + copiesInClear + copiesTreated;
}

function byName(a: DatasetView, b: DatasetView): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
