import type { FilledTables } from './filled.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** A view that the text makes. */
interface View {
  readonly name: string;
  /** Resolves its query over the tables as they are. */
  readonly resolve: () => Rowset;
  /** Where its rows go. */
  readonly targets: readonly string[];
  /** It keeps its rows until it is brought up to date. */
  readonly isKept: boolean;
  /** The tables of the text under it, with {@link FilledTables.stamp} as they were when it was resolved. */
  readonly stamps: Map<string, number>;
}

/** Views of views that are followed into the past: there each reading resolves anew. */
const deepest = 8;
/** Views that are resolved again within a text; at its end each is once more. */
const mostRefreshed = 1_000;

type Manner = Partial<Pick<View, 'targets' | 'isKept'>>;

/** The views of a text: each shows what the tables under it hold when it is read. */
export class Views {
  readonly #filled: FilledTables;
  readonly #views = new Map<string, View>();
  /** The views whose queries are being resolved. */
  readonly #open: View[] = [];

  readonly #tooMany: () => void;
  #refreshed = 0;
  /** Nothing of the text is left. */
  isAtEnd = false;

  /** `tooMany`: a view is not brought up to date any more. */
  constructor(filled: FilledTables, tooMany: () => void) {
    this.#filled = filled;
    this.#tooMany = tooMany;
  }

  /** Makes a view; gives what its query comes to. */
  make(name: string, resolve: () => Rowset, { targets = [name], isKept = false }: Manner = {}): Rowset {
    const view: View = { name, resolve, targets, isKept, stamps: new Map() };
    this.#views.set(name.toLowerCase(), view);
    return this.#resolve(view);
  }

  /** The name is that of a table from here on. */
  forget(name: string): void {
    this.#views.delete(name.toLowerCase());
  }

  /** A table of the text is read: views that are being resolved stand on it. */
  reads(name: string): void {
    const key = name.toLowerCase();
    const under = this.#views.get(key)?.stamps.keys() ?? [key];
    for (const view of this.#open) for (const table of under) view.stamps.set(table, this.#filled.stamp(table));
  }

  /** What a view shows by now; null: no table under it has changed since it was resolved. */
  refreshed(name: string): (Pick<View, 'targets' | 'isKept'> & { readonly rowset: Rowset }) | null {
    const view = this.#views.get(name.toLowerCase());
    if (view === undefined || this.#open.includes(view)) return null;
    const tables = [...view.stamps];
    const isStale = tables.some(([table, stamp]) => this.#filled.stamp(table) !== stamp);
    if (!isStale || tables.some(([table]) => this.#filled.of(table) === undefined)) return null;
    this.#refreshed += 1;
    if (this.#refreshed > mostRefreshed && !this.isAtEnd) {
      this.#tooMany();
      return null;
    }
    return { rowset: this.#resolve(view), targets: view.targets, isKept: view.isKept };
  }

  /** What a view showed at any time; null: it is none. */
  atAnyTime(name: string): Rowset | null {
    const view = this.#views.get(name.toLowerCase());
    const isFar = this.#open.length >= deepest;
    return view === undefined || isFar || this.#open.includes(view) ? null : this.#resolve(view);
  }

  get names(): readonly string[] {
    return [...this.#views.values()].map(({ name }) => name);
  }

  #resolve(view: View): Rowset {
    this.#open.push(view);
    try {
      return view.resolve();
    } finally {
      this.#open.pop();
    }
  }
}
