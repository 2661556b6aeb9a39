import type { Cell } from '../report.ts';
import type { InventoryRow } from '../../query/query.ts';

/** What is counted while an inventory runs by, so that its totals are of the very rows above them. */
export class InventoryTotals {
  readonly #categories = new Map<
    string,
    { label: string; classes: readonly string[]; fields: number; clear: number; datasets: Set<string> }
  >();
  readonly #deciders = new Map<string, number>();
  readonly #editions = new Set<string>();
  /** By regulation and by whether it binds the holder. */
  readonly #regulations = new Map<string, RegulationUse>();
  #fields = 0;
  #rows = 0;

  add({ dataset, field }: InventoryRow): void {
    this.#fields += 1;
    this.#rows += Math.max(1, field.classifications.length);
    this.#reads(dataset.uid, field.classifications);
    for (const one of field.classifications) {
      const known = this.#categories.get(one.category);
      const entry = known ?? {
        label: one.label,
        classes: one.classes,
        fields: 0,
        clear: 0,
        datasets: new Set<string>(),
      };
      entry.fields += 1;
      entry.clear += one.treatment === 'clear' && one.derived === null ? 1 : 0;
      if (one.derived === null) entry.label = one.label;
      entry.datasets.add(dataset.uid);
      this.#categories.set(one.category, entry);
      for (const citation of one.citations)
        this.#editions.add(`${citation.provision.split(':')[0] ?? ''}: ${citation.edition}`);
      this.#decided(`${one.decidedBy.kind} ${one.decidedBy.name}`.trim());
    }
    if (field.classifications.length === 0)
      for (const verdict of field.verdicts.slice(0, 1)) this.#decided(`${verdict.decider} ${verdict.by}`.trim());
  }

  #reads(dataset: string, classifications: InventoryRow['field']['classifications']): void {
    const seen = new Set<string>();
    for (const { regulation, applies } of classifications.flatMap(({ terms }) => terms)) {
      const key = `${regulation} ${applies ? 0 : 1}`;
      const use = this.#regulations.get(key) ?? { regulation, applies, fields: 0, datasets: new Set() };
      this.#regulations.set(key, use);
      use.datasets.add(dataset);
      if (!seen.has(key)) use.fields += 1;
      seen.add(key);
    }
  }

  #decided(by: string): void {
    this.#deciders.set(by, (this.#deciders.get(by) ?? 0) + 1);
  }

  /** Category, label, classes, fields, of them in clear, datasets; the most frequent first. */
  categories(): readonly (readonly Cell[])[] {
    return [...this.#categories]
      .sort(([a, x], [b, y]) => y.fields - x.fields || (a < b ? -1 : 1))
      .map(([category, { label, classes, fields, clear, datasets }]) => [
        label,
        category,
        classes,
        fields,
        clear,
        datasets.size,
      ]);
  }

  /** Regulations that have words for fields, each with whether it binds their holder; in the order of names. */
  regulations(): readonly Readonly<RegulationUse>[] {
    return [...this.#regulations].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
  }

  /** Who decided, and how often; in the order of names. */
  deciders(): readonly (readonly Cell[])[] {
    return [...this.#deciders]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([by, count]) => [by, `${String(count)} judgements`]);
  }

  editions(): readonly string[] {
    return [...this.#editions].sort();
  }

  counted(): { readonly fields: number; readonly rows: number } {
    return { fields: this.#fields, rows: this.#rows };
  }
}

/** A regulation that has words for fields of some holders. */
interface RegulationUse {
  readonly regulation: string;
  /** False: nobody said whether it binds the holder. */
  readonly applies: boolean;
  fields: number;
  readonly datasets: Set<string>;
}
