import { digestOf } from '../../server/model/json.ts';
import type { Warehouse, WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import { columnOf, keyOf, relationOf } from './map.ts';
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
          await port.query(relationsSql, [schema, schema, after, pageSize], signal),
        );
        if (rows.length > 0) yield rows.map(relationOf);
        after = rows.at(-1)?.name ?? '';
        if (rows.length < pageSize) return;
      }
    },
    async columns(schema, relations, signal) {
      const rows = await port.query(columnsSql(relations.length), [schema, schema, ...relations], signal);
      return parseRows('columns', columnRow, rows).map(columnOf);
    },
    async keys(schema, relations, signal) {
      const rows = parseRows(
        'keys',
        keyRow,
        await port.query(keysSql(relations.length), [schema, schema, ...relations], signal),
      );
      const groups = Map.groupBy(rows, ({ relation, name }) => JSON.stringify([relation, name]));
      return [...groups.values()].flatMap(keyOf);
    },
    async *routines(schema, signal) {
      yield parseRows('routines', routineRow, await port.query(routinesSql, [schema, schema], signal)).map(
        ({ name, type, body, comment }): WarehouseRoutine => ({ name, kind: type.toLowerCase(), sql: body, comment }),
      );
      yield parseRows('triggers', triggerRow, await port.query(triggersSql, [schema, schema], signal)).map(
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
      yield parseRows('events', eventRow, await port.query(eventsSql, [schema, schema], signal)).map(
        ({ name, body, comment }): WarehouseRoutine => ({ name, kind: 'event', sql: body, comment }),
      );
    },
    close: () => port.close(),
  };
}
