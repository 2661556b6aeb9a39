import type { Gap } from '../../model/provenance.ts';
import { readBaselineDatasets } from '../../sync/baseline/import-baseline.ts';
import type { BaselineHead, BaselineSource } from '../../sync/baseline/baseline.ts';
import { createSqlEngine } from '../../sql/create-sql-engine.ts';
import type { ScanTarget } from '../scan-target.ts';
import { changedTexts } from './changed-texts.ts';
import { meantNamespace, namesAny, namesIn, readKnownTables, type KnownTables } from './known-tables.ts';
import { namePlaces, type NamePlaces } from './name-places.ts';

/** How names in a change are read, and what of them cannot be told. */
export interface ChangeNaming {
  /** Settings of the source that the change is read as. */
  readonly settings: Readonly<Record<string, string>>;
  /** Null: names of a dbt manifest are whole. */
  readonly places: NamePlaces | null;
  /** What keeps the change from being joined to the baseline. */
  readonly gaps: readonly Gap[];
}

/**
 * Reads names as the source does in whose place the change stands, or else as the one that has the tables which the change
 * names. A source whose entry gives no namespace still has one: that of its tables in the baseline.
 */
export async function readChangeNaming(
  source: string,
  found: ScanTarget,
  { file, head }: { readonly file: string; readonly head: BaselineHead },
  signal: AbortSignal,
): Promise<ChangeNaming> {
  const tables = await readKnownTables(readBaselineDatasets(file));
  const before = head.sources.find(({ record }) => record.name === source);
  // A dbt project that takes its own place holds its tables itself: what it names need not be looked for.
  const isItself = found.connector === 'dbt' && before?.record.connector === 'dbt';
  const strangers = before === undefined ? [] : strangersOf(before, tables);
  const texts = isItself && strangers.length === 0 ? [] : await changedTexts(found, {});
  const words = namesIn(texts.map(({ sql }) => sql));
  const { namespace, among } = meantNamespace(candidatesOf(before, found, head, tables), tables, () => words);
  const like = before ?? likest(namespace, found, head, tables);
  const known = namespace === null ? [] : tables.in(namespace);
  const places = found.connector === 'dbt' ? null : namePlaces(known, words);
  const database = places?.database ?? null;
  const settings = {
    ...(database === null ? {} : { defaultDatabase: database }),
    ...readAs(like, found),
    ...(namespace === null ? {} : { namespace }),
  };
  return {
    settings,
    places,
    gaps: [
      ...(among.length > 1 ? [severalGap(found, namespace ?? '', among)] : []),
      ...strangers
        .filter((one) => namesAny(tables.in(one), words, 'whole'))
        .map((one) => apartGap(found, source, namespace, one)),
      ...(isItself || namesAny(known, words) ? [] : await unjoinedGap(found, tables, settings, signal)),
    ],
  };
}

/** Of a change that stands on no baseline. */
export const namingAlone: ChangeNaming = { settings: {}, places: null, gaps: [] };

/** Namespaces of other sources, to one whose entry gives none: its tables are others than theirs, whatever they are called. */
function strangersOf({ record, naming }: BaselineSource, tables: KnownTables): readonly string[] {
  const own = tables.namespacesOf(record.name);
  return naming['namespace'] === undefined ? tables.namespaces.filter((one) => !own.includes(one)) : [];
}

/** Namespaces in which the change may mean its names, the likeliest first. */
function candidatesOf(
  before: BaselineSource | undefined,
  { connector }: ScanTarget,
  head: BaselineHead,
  tables: KnownTables,
): readonly string[] {
  const own = before === undefined ? [] : namespacesOf(before, head, tables);
  if (own.length > 0) return before?.naming['namespace'] === undefined ? own : own.slice(0, 1);
  const same = head.sources.filter(({ record }) => record.connector === connector);
  const all = [...same, ...head.sources].flatMap((one) => namespacesOf(one, head, tables));
  return [...new Set([...all, ...tables.namespaces])];
}

/** What its entry says first, then those of its tables. */
function namespacesOf({ record, naming }: BaselineSource, head: BaselineHead, tables: KnownTables): readonly string[] {
  const said = naming['namespace'];
  const kept = Object.entries(head.namespaces).find(([, others]) => said !== undefined && others.includes(said))?.[0];
  return [...new Set([...(said === undefined ? [] : [kept ?? said]), ...tables.namespacesOf(record.name)])];
}

/** A source of the namespace, of the same kind if there is one. */
function likest(
  namespace: string | null,
  { connector }: ScanTarget,
  head: BaselineHead,
  tables: KnownTables,
): BaselineSource | undefined {
  const there =
    namespace === null
      ? head.sources
      : head.sources.filter((one) => namespacesOf(one, head, tables).includes(namespace));
  return there.find(({ record }) => record.connector === connector) ?? there[0];
}

function readAs(source: BaselineSource | undefined, { connector }: ScanTarget): Readonly<Record<string, string>> {
  const allowed = connector === 'dbt' ? [] : ['dialect', 'defaultDatabase', 'defaultSchema'];
  return Object.fromEntries(Object.entries(source?.naming ?? {}).filter(([key]) => allowed.includes(key)));
}

function severalGap({ shown }: ScanTarget, namespace: string, among: readonly string[]): Gap {
  return {
    what: shown,
    reason: 'unresolved-name',
    detail: `tables that the change names are in several namespaces of the baseline (${listed(among)}); all were taken as those of ${namespace}`,
    remedy: 'check the files of each warehouse by themselves, or write the tables with their database and schema',
  };
}

function apartGap({ shown }: ScanTarget, source: string, namespace: string | null, other: string): Gap {
  return {
    what: shown,
    reason: 'unresolved-name',
    detail: `the change names tables of ${other}, but the source "${source}" has no namespace in its entry${namespace === null ? '' : ` and is read as ${namespace}`}: what flows out of them is not known`,
    remedy: `set "namespace: ${other}" at ${source} in lexline.yaml, if it works on that warehouse, then sync and make the baseline anew`,
  };
}

/** A gap when the change reads tables that it does not make itself, and the baseline knows none of them. */
async function unjoinedGap(
  target: ScanTarget,
  tables: KnownTables,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly Gap[]> {
  const read = new Set<string>();
  const made = new Set<string>();
  const engine = createSqlEngine({});
  try {
    for (const text of await changedTexts(target, settings)) {
      const { inTables, outTables, created } = await engine.lineage(text, signal);
      for (const table of inTables) read.add(table.toLowerCase());
      for (const table of [...outTables, ...created.map((one) => one.table)]) made.add(table.toLowerCase());
    }
  } finally {
    await engine.close();
  }
  const missing = [...read].filter((table) => !made.has(table)).toSorted();
  if (missing.length === 0) return [];
  return [
    {
      what: target.shown,
      reason: 'unresolved-name',
      detail: `the baseline has none of the tables that the change reads (${listed(missing)}): what flows out of them is not known, and nothing was found by it`,
      remedy:
        tables.namespaces.length === 0
          ? 'lexline sync, then lexline baseline: this one holds no table'
          : 'sync the source that has them and make the baseline anew, or name the source in whose place the change stands with --source',
    },
  ];
}

const listed = (names: readonly string[]): string => `${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}`;
