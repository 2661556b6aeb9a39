import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChanges } from '../../../server/stores/sqlite/change-rows.ts';
import { countReached } from '../../../server/stores/sqlite/count.ts';
import { openWritable } from '../../../server/stores/sqlite/database.ts';
import { listEntities } from '../../../server/stores/sqlite/entity-rows.ts';
import { withStatements, type Connection } from '../../../server/stores/sqlite/prepared.ts';
import { reach } from '../../../server/stores/sqlite/reach.ts';
import { intervalTables } from '../../../server/stores/sqlite/revisions.ts';
import type { CountRequest } from '../../../server/stores/graph/graph-store.ts';
import { toCursor } from '../../../server/stores/cursor.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-file-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const isStopped = () => false;

describe('the plans of hot queries', () => {
  const plansOf = (work: (connection: Connection) => void) => {
    const db = openWritable(directory);
    const connection = withStatements(db);
    const texts = new Set<string>();
    const watched: Connection = {
      ...connection,
      sql(text) {
        texts.add(text);
        return connection.sql(text);
      },
      arrays(text) {
        texts.add(text);
        return connection.arrays(text);
      },
    };
    work(watched);
    const plans = [...texts].map((text) => ({
      text,
      plan: db
        .prepare(`EXPLAIN QUERY PLAN ${text}`)
        .all()
        .map((row) => String(row['detail'])),
    }));
    db.close();
    return plans;
  };
  const planFor = (plans: ReturnType<typeof plansOf>, part: string) => {
    const found = plans.find(({ text }) => text.includes(part));
    return found?.plan.join('; ') ?? `no statement with ${part}`;
  };

  it.each<[string, (connection: Connection, request: CountRequest) => unknown]>([
    ['walk', (connection, request) => reach(connection, request, isStopped)],
    ['count', (connection, request) => countReached({ connection, isStopped }, request)],
  ])('%s on the covering index alone, also where a hub has a long history', (_, ask) => {
    for (const direction of ['downstream', 'upstream'] as const) {
      const plans = plansOf((connection) => {
        connection.db.exec("INSERT INTO entity VALUES (1, x'00', 1, NULL, '', '', NULL)");
        ask(connection, { from: ['00'], direction, depth: 5, n: 1 });
        connection.db.exec('DELETE FROM entity');
      });
      const index = direction === 'downstream' ? 'edge_out' : 'edge_in';
      const plan = planFor(plans, 'JOIN edge');
      expect(plan).toContain(`USING COVERING INDEX ${index}`);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });

  it('read the fields of a dataset by their parent, and a page of a list without sorting everything', () => {
    const page = { first: 10 };
    const after = toCursor(['a', 'b', '', 1]);
    const byParent = plansOf((connection) => listEntities(connection, { kind: 'field', parent: '00' }, 1, page));
    expect(planFor(byParent, 'entity_parent')).toContain('USING INDEX entity_parent (parent=?)');
    const byKind = plansOf((connection) => listEntities(connection, { kind: 'dataset' }, 1, { ...page, after }));
    expect(planFor(byKind, 'entity_name')).toContain('USING INDEX entity_name (kind=? AND (namespace,name)>');
  });

  it('read the difference of two revisions by the ends of rows', () => {
    const plans = plansOf((connection) => readChanges(connection, 1, 2, { first: 10 }));
    for (const table of intervalTables)
      for (const end of ['from', 'to']) {
        const plan = planFor(plans, `INDEXED BY ${table}_${end} `);
        expect(plan).toContain(`${table}_${end} (${end}_rev>? AND ${end}_rev<?`);
        expect(plan).not.toContain('TEMP B-TREE');
      }
  });
});
