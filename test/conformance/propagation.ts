import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { DerivedClassification } from '../../server/model/classification.ts';
import { digestOf } from '../../server/model/json.ts';
import { propagate } from '../../server/propagate/propagate.ts';
import type { Change, EntityRecord, GraphStore, OpenRevision } from '../../server/stores/graph/graph-store.ts';
import { everyPage } from '../../server/stores/every-page.ts';
import type { Snapshot } from '../unit/propagate/memory-graph.ts';
import { naiveFixpoint } from '../unit/propagate/naive-fixpoint.ts';
import { history, rules, snapshotsOf, world } from '../unit/propagate/random-history.ts';
import type { GraphStoreUnderTest } from './graph-store.ts';
import { onFresh, type Suite } from './suite.ts';

const seed = 20_261_122;
/** Small random graphs with random histories, side by side in one store; LEXLINE_WORLDS=2000 for thousands of them. */
const { LEXLINE_WORLDS } = process.env;
const worlds = Number(LEXLINE_WORLDS ?? 500);
const revisions = 5;

interface World {
  readonly entities: readonly EntityRecord[];
  /** By revision, from 1 on; shorter histories stay as they end. */
  readonly snapshots: readonly Omit<Snapshot, 'derived'>[];
}

/** Random names made into identities as a store wants them. */
function withUids<T>(value: T, names: readonly string[]): T {
  const uids = new Map(names.map((name) => [name, digestOf(name)]));
  return JSON.parse(JSON.stringify(value), (_, member: unknown) =>
    typeof member === 'string' ? (uids.get(member) ?? member) : member,
  ) as T;
}

function makeWorlds(): readonly World[] {
  return fc.sample(history, { numRuns: worlds, seed }).map((random, i) => {
    const prefix = `w${i}.`;
    const entities = world(prefix);
    const names = entities.map(({ uid }) => uid);
    const own = entities.map((entity) => ({ ...withUids(entity, names), name: entity.name }));
    return { entities: own, snapshots: withUids(snapshotsOf(random, prefix), names) };
  });
}

/** What leads from one revision of a world to the next. */
function changesOf({ entities, snapshots }: World, n: number): readonly Change[] {
  const now = snapshots[Math.min(n, snapshots.length) - 1];
  const before = n === 1 ? undefined : snapshots[Math.min(n - 1, snapshots.length) - 1];
  if (now === undefined || now === before) return [];
  const [dataset, ...others] = entities.map((entity) => nameOf(entity));
  const changes: Change[] = others.concat(dataset ?? []).map((entity) => ({ type: 'name', entity }));
  const { edges } = now;
  if (dataset !== undefined)
    changes.unshift(
      { type: 'name', entity: dataset },
      ...entities
        .filter(({ kind }) => kind === 'job')
        .flatMap(({ assertions, ...job }) =>
          assertions.map(({ source, facets }, i): Change => {
            // The first source tells the edges; what the job writes is told by all of them.
            const own = i === 0 ? edges.filter((edge) => (edge.job ?? entities.at(-1)?.uid) === job.uid) : [];
            return {
              type: 'assert',
              source,
              scope: '',
              document: {
                uid: job.uid,
                kind: 'job',
                digest: digestOf(own),
                entities: [{ ...job, facets: { core: {}, ...facets } }],
                edges: own,
                aliases: [],
                statements: [],
              },
            };
          }),
        ),
    );
  const named = changes.filter(({ type }) => type === 'name');
  const asserted = changes.filter(({ type }) => type === 'assert');
  return [...named, ...asserted, ...claimChanges(before, now)];
}

function claimChanges(before: World['snapshots'][number] | undefined, now: World['snapshots'][number]): Change[] {
  const key = (verdict: { field: string; decider: string; category: string }): string =>
    `${verdict.field} ${verdict.decider} ${verdict.category}`;
  const [verdicts, entered] = [new Set(now.verdicts.map(key)), new Set(now.entered.map(entryKey))];
  return [
    ...now.verdicts.map((verdict): Change => ({ type: 'verdict', verdict })),
    ...now.entered.map((entered): Change => ({ type: 'enter', entered })),
    ...(before?.verdicts ?? [])
      .filter((verdict) => !verdicts.has(key(verdict)))
      .map(({ field, decider, category }): Change => ({ type: 'end-verdict', field, decider, category })),
    ...(before?.entered ?? [])
      .filter((entry) => !entered.has(entryKey(entry)))
      .map(({ uid, kind }): Change => ({ type: 'end-entered', uid, kind })),
  ];
}

function entryKey({ uid, kind }: { readonly uid: string; readonly kind: string }): string {
  return `${uid} ${kind}`;
}

function nameOf({ uid, kind, parent, namespace, name, path }: EntityRecord): Omit<EntityRecord, 'assertions'> {
  return { uid, kind, parent, namespace, name, path };
}

async function openNext(graph: GraphStore, n: number): Promise<OpenRevision> {
  const lease = await graph.lease('test', 60_000);
  if (lease === null) throw new Error('the lease is taken');
  return graph.open(lease, { run: `run ${n}`, cause: 'test', actor: { kind: 'process', id: 'test' } });
}

async function applyAll(graph: GraphStore, open: OpenRevision, changes: readonly Change[]): Promise<void> {
  for (let at = 0; at < changes.length; at += 5000) await graph.apply(open, changes.slice(at, at + 5000));
}

function sorted(rows: readonly DerivedClassification[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row, ['field', 'category', 'treatment', 'rank', 'via', 'rules'])).toSorted();
}

/** Propagation on an engine, against the naive checker: at every revision of random histories, then and as of later. */
export function describePropagation(name: string, suite: Suite<GraphStoreUnderTest>): void {
  const onStore = onFresh(suite, 900_000);
  describe(`${name} under propagation`, () => {
    onStore(
      `agrees with the naive checker on ${worlds} worlds at each of ${revisions} revisions, then and as of later (seed ${seed})`,
      async ({ store: graph }) => {
        const all = makeWorlds();
        const expected: string[][] = [];
        const sizes: string[] = [];
        const rowsAt = async (n: number): Promise<readonly string[]> => {
          const rows: DerivedClassification[] = [];
          for await (const row of everyPage((page) => graph.scan('derived', n, page))) rows.push(row);
          return sorted(rows);
        };
        for (let n = 1; n <= revisions; n++) {
          const open = await openNext(graph, n);
          await applyAll(
            graph,
            open,
            all.flatMap((each) => changesOf(each, n)),
          );
          const { mode } = await propagate({ graph, open, rules });
          expect(mode).toBe(n === 1 ? 'whole' : 'change');
          if (n === 3) {
            // A killed attempt leaves some rows behind; the next one ends alike.
            await propagate({ graph, open, rules });
          }
          await graph.publish(open, []);
          const rows = all.flatMap(({ entities, snapshots }) => {
            const snapshot = snapshots[Math.min(n, snapshots.length) - 1];
            return snapshot === undefined ? [] : naiveFixpoint(snapshot, entities, rules);
          });
          expected.push([...sorted(rows)]);
          expect(await rowsAt(n), `revision ${n}`).toEqual(expected[n - 1]);
          const { edges, verdicts } = await graph.totals(n);
          sizes.push(`${n}: ${edges} edges, ${verdicts} verdicts, ${rows.length} rows`);
        }
        for (let n = 1; n <= revisions; n++) expect(await rowsAt(n), `as of revision ${n}`).toEqual(expected[n - 1]);
        process.stdout.write(`${name}: ${worlds} worlds, seed ${seed}; revision ${sizes.join('; ')}\n`);
      },
    );
  });
}
