import type { MadeUpJob } from '../../../scripts/bigquery.ts';

export const project = 'acme-shop';

/** When the jobs ended. */
export const hourAgo = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
const table = (name: string) => [project, 'sales', name] as const;
const insert = (id: string, value: string): MadeUpJob => ({
  id,
  project,
  location: 'EU',
  statement: 'INSERT',
  query: `INSERT INTO sales.letters SELECT email FROM sales.customers WHERE email <> '${value}'`,
  hash: 'aa11',
  ended: hourAgo,
  target: table('letters'),
  read: [table('customers')],
});
/** Two runs of one load, ours, one that failed, an old one, one that only reads, and a script. */
export const jobs: readonly MadeUpJob[] = [
  insert('j1', 'canary-7Q'),
  insert('j2', 'canary-8Q'),
  { ...insert('ours', 'x'), hash: 'bb22', labels: { lexline: 'sync' } },
  { ...insert('failed', 'x'), hash: 'cc33', error: 'notFound' },
  { ...insert('old', 'x'), hash: 'dd44', ended: hourAgo - 30 * 86_400_000 },
  {
    id: 'read',
    project,
    location: 'EU',
    statement: 'SELECT',
    // No names of tables: the emulator looks for wild cards inside texts, too.
    query: 'SELECT 1',
    ended: hourAgo,
    target: [project, '_anonymous', 'x'],
    read: [table('events_20260101'), table('events_20260102')],
    user: 'bo@example.com',
  },
  {
    id: 'script',
    project,
    location: 'EU',
    statement: 'SCRIPT',
    query: 'BEGIN INSERT INTO sales.a SELECT id FROM sales.customers; END',
    ended: hourAgo,
  },
  {
    ...insert('script_0', 'x'),
    id: 'script_0',
    parent: 'script',
    hash: 'ee55',
    query: 'INSERT INTO sales.a SELECT id FROM sales.customers',
    target: table('a'),
  },
];

/** A field as the emulator gives it. */
export interface Field {
  readonly name: string;
  readonly fields?: readonly Field[];
}

/** The paths of all fields and their members. */
export function pathsOf(fields: readonly Field[], above: readonly string[] = []): readonly string[] {
  return fields.flatMap((field) => [
    [...above, field.name].join('.'),
    ...pathsOf(field.fields ?? [], [...above, field.name]),
  ]);
}
