import type { DatasetKind } from '../../server/model/document.ts';
import { digestOf } from '../../server/model/json.ts';
import type {
  Warehouse,
  WarehouseColumn,
  WarehouseKey,
  WarehouseRelation,
  WarehouseRoutine,
} from '../kit/warehouse/warehouse.ts';
import type { QueryPort } from './port.ts';
import {
  aboutRow,
  columnRow,
  eventRow,
  keyRow,
  parseRows,
  relationRow,
  routineRow,
  schemaRow,
  triggerRow,
} from './rows.ts';
import {
  aboutSql,
  columnsSql,
  eventsSql,
  keysSql,
  quote,
  relationsSql,
  routinesSql,
  schemasSql,
  triggersSql,
} from './sql.ts';

const kinds: Readonly<Record<string, DatasetKind>> = {
  'BASE TABLE': 'table',
  'SYSTEM VERSIONED': 'table',
  SEQUENCE: 'table',
  VIEW: 'view',
  'SYSTEM VIEW': 'view',
};
const keyKinds = { 'PRIMARY KEY': 'primary', UNIQUE: 'unique', 'FOREIGN KEY': 'foreign' } as const;

/** MySQL's and MariaDB's catalog through a port. */
export function mysqlWarehouse(port: QueryPort, pageSize: number): Warehouse {
  return {
    async about(signal) {
      const [row] = parseRows('its version', aboutRow, await port.query(aboutSql, [], signal));
      const version = row?.version ?? '';
      const product = /mariadb/iu.test(version) ? 'MariaDB' : 'MySQL';
      return {
        system: `${product} ${/^[\d.]+/u.exec(version)?.[0] ?? ''}`,
        database: null,
        user: row?.current_account ?? '',
      };
    },
    async schemas(signal) {
      const rows = parseRows('schemas', schemaRow, await port.query(schemasSql, [], signal));
      return rows.map(({ name, ...digests }) => ({ schema: name, fingerprint: digestOf(digests) }));
    },
    async *relations(schema, signal) {
      let after = '';
      for (;;) {
        const rows = parseRows(
          'relations',
          relationRow,
          await port.query(relationsSql, [schema, after, pageSize], signal),
        );
        if (rows.length > 0) yield rows.map(relationOf);
        after = rows.at(-1)?.name ?? '';
        if (rows.length < pageSize) return;
      }
    },
    async columns(schema, relations, signal) {
      const rows = await port.query(columnsSql(relations.length), [schema, ...relations], signal);
      return parseRows('columns', columnRow, rows).map(columnOf);
    },
    async keys(schema, relations, signal) {
      const rows = parseRows(
        'keys',
        keyRow,
        await port.query(keysSql(relations.length), [schema, ...relations], signal),
      );
      const groups = Map.groupBy(rows, ({ relation, name }) => JSON.stringify([relation, name]));
      return [...groups.values()].flatMap(keyOf);
    },
    async *routines(schema, signal) {
      yield parseRows('routines', routineRow, await port.query(routinesSql, [schema], signal)).map(
        ({ name, type, body, comment }): WarehouseRoutine => ({ name, kind: type.toLowerCase(), sql: body, comment }),
      );
      yield parseRows('triggers', triggerRow, await port.query(triggersSql, [schema], signal)).map(
        ({ name, relation, body, event, timing }): WarehouseRoutine => ({
          name,
          kind: 'trigger',
          sql:
            body === null
              ? null
              : `CREATE TRIGGER ${quote(name)} ${timing} ${event} ON ${quote(schema)}.${quote(relation)} FOR EACH ROW ${body}`,
          comment: null,
        }),
      );
      yield parseRows('events', eventRow, await port.query(eventsSql, [schema], signal)).map(
        ({ name, body, comment }): WarehouseRoutine => ({ name, kind: 'event', sql: body, comment }),
      );
    },
    close: () => port.close(),
  };
}

function relationOf({
  name,
  type,
  comment,
  engine,
  row_count: rows,
  definition,
}: ReturnType<typeof relationRow.parse>): WarehouseRelation {
  const kind = kinds[type] ?? 'table';
  return {
    name,
    kind,
    // The server puts the word into the comment of every view.
    comment: kind === 'view' && comment === 'VIEW' ? null : comment,
    ...(kind === 'view' ? { query: definition === '' ? null : definition } : { rows: rows ?? null }),
    facet: engine === null ? {} : { engine },
  };
}

function columnOf(row: ReturnType<typeof columnRow.parse>): WarehouseColumn {
  const extra = (row.extra ?? '').toUpperCase();
  const isGenerated = /GENERATED/u.test(extra) && !/DEFAULT_GENERATED/u.test(extra);
  return {
    relation: row.relation,
    path: [row.name],
    type: typeOf(row.type),
    ordinal: row.ordinal,
    nullable: row.nullable === 'YES',
    comment: row.comment,
    generated: isGenerated && row.expression !== '' ? row.expression : null,
    facet: {
      ...(row.has_default > 0 ? { hasDefault: true } : {}),
      ...(extra.includes('AUTO_INCREMENT') ? { identity: 'auto_increment' } : {}),
      ...(extra.includes('INVISIBLE') ? { invisible: true } : {}),
    },
  };
}

function keyOf(rows: readonly ReturnType<typeof keyRow.parse>[]): readonly WarehouseKey[] {
  const [first] = rows;
  if (first === undefined || !Object.hasOwn(keyKinds, first.type)) return [];
  const kind = keyKinds[first.type as keyof typeof keyKinds];
  const { relation, name, referenced_schema: schema, referenced_relation: target } = first;
  const columns = rows.map((row) => row.column_name);
  if (kind !== 'foreign') return [{ relation, kind, name, columns }];
  if (schema === null || target === null) return [];
  const referenced = rows.flatMap((row) => (row.referenced_column === null ? [] : [row.referenced_column]));
  return [{ relation, kind, name, columns, references: { schema, relation: target, columns: referenced } }];
}

/** A type without the words of an ENUM or SET: they are values. */
function typeOf(type: string): string {
  const listed = /^(enum|set)\((.*)\)/isu.exec(type);
  if (listed === null) return type;
  const words = listed[2]?.match(/'(?:[^']|'')*'/gu) ?? [];
  return `${(listed[1] ?? '').toLowerCase()}(${words.length} values)`;
}
