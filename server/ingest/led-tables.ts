import type { QualifiedName } from '../model/ids.ts';
import type { ResolvedStatement } from './job-sql.ts';
import type { KnownTables, TableMatch } from './known-tables.ts';
import { nameKey } from './named-document.ts';
import type { Names } from './names.ts';

/** The tables that SQL names, each under the name of its dataset: a statement may use another one. */
export function ledTables(tables: KnownTables, names: Pick<Names, 'dataset'>): KnownTables {
  return {
    ...tables,
    match(sqlName, namespace, dialect): TableMatch {
      const match = tables.match(sqlName, namespace, dialect);
      if (match.type !== 'ambiguous') {
        const name = names.dataset(match.name);
        return nameKey(name) === nameKey(match.name) ? match : { type: 'known', name };
      }
      const among = new Map(match.among.map((name) => [nameKey(names.dataset(name)), names.dataset(name)]));
      const [only] = among.values();
      return among.size === 1 && only !== undefined
        ? { type: 'known', name: only }
        : { type: 'ambiguous', among: [...among.values()] };
    },
  };
}

/** Every dataset that statements name, as they name it. */
export function* namesInSql(resolved: Iterable<ResolvedStatement>, tables: KnownTables): Iterable<QualifiedName> {
  for (const { lineage, namespace, statement } of resolved) {
    const named = new Set([...lineage.inTables, ...lineage.outTables, ...lineage.created.map(({ table }) => table)]);
    for (const { up, down } of lineage.columns)
      for (const { table } of [up, down]) if (table !== null) named.add(table);
    for (const sqlName of named) {
      const match = tables.match(sqlName, namespace, statement.dialect);
      if (match.type === 'ambiguous') yield* match.among;
      else yield match.name;
    }
  }
}
