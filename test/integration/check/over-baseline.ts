import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runLexline, type Ran } from '../cli/run-in-process.ts';

const policies = join(import.meta.dirname, '../../../examples/shop-clinic/policies');

/** Holds a change in SQL against the example's policies, over the baseline of a small warehouse. */
export type Check = (dialect: string, sql: string, ...more: string[]) => Promise<Ran>;

/** A baseline over tables written in PostgreSQL's SQL, made before a file's tests; what it needs goes away after them. */
export function overBaseline(tables: string): Check {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-check-'));
  const baseline = join(folder, 'baseline.jsonl');
  beforeAll(async () => {
    const place = join(folder, 'sql');
    mkdirSync(place);
    writeFileSync(join(place, 'tables.sql'), tables);
    const config = join(folder, 'lexline.yaml');
    writeFileSync(
      config,
      `sources:
  - { name: warehouse, connector: sql-files, path: ${place}, dialect: postgres, namespace: 'postgres://warehouse:5432', applies: { pci-dss: merchant } }
stores: { graph: { engine: embedded, path: ${join(folder, 'data')} } }
`,
    );
    for (const argv of [['sync'], ['baseline', '--out', baseline]]) {
      const { status, err } = await runLexline([...argv, '--config', config]);
      expect({ argv, status, err }).toEqual({ argv, status: 0, err: '' });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (dialect, sql, ...more) => {
    const file = join(folder, 'change.sql');
    writeFileSync(file, sql);
    return runLexline(['check', file, '--dialect', dialect, '--baseline', baseline, '--policies', policies, ...more]);
  };
}
