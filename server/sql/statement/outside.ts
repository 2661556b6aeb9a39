import { changeRowset } from './alter.ts';
import { own } from '../resolve/rowset.ts';
import type { Catalog } from './catalog.ts';
import type { ColumnChange } from '../ast/nodes.ts';
import type { KnownTable } from '../resolve/context.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** Tables known from outside a text, with the changes of columns that it makes. */
export class OutsideTables {
  readonly #catalog: Catalog;
  readonly #altered = new Map<string, Rowset>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  find(name: string): KnownTable {
    const altered = this.#altered.get(name.toLowerCase());
    return altered === undefined ? this.#catalog.find(name) : { name, rowset: altered, made: false };
  }

  alter(name: string, change: ColumnChange): void {
    const changed = changeRowset(this.find(name).rowset, change, (item) => [own(name, item)]);
    this.#altered.set(name.toLowerCase(), changed);
  }
}
