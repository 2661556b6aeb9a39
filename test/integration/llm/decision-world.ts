import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../server/base/log.ts';
import { otherEvidence } from '../../../server/classify/review.ts';
import type { Decision } from '../../../server/classify/review-decision.ts';
import { careSignal, type CoarseClass, type DerivedForm, type Verdict } from '../../../server/model/classification.ts';
import { datasetUid, type Uid } from '../../../server/model/ids.ts';
import type { Effect } from '../../../server/model/treatment.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { createReviewDesk } from '../../../server/sync/create-review-desk.ts';
import { createQueueIndex } from '../../../server/sync/queue-index.ts';
import { expiredDecisions } from '../../../server/sync/expired-decisions.ts';
import { effectiveField } from '../../../server/model/effective.ts';
import { readArrivedClasses } from '../../../server/stores/graph/origin-classes.ts';
import { assertion, dataset, edge, fieldOf, job, named, tester } from '../../conformance/graph-documents.ts';
import { verdict } from '../../verdict.ts';

const taxonomy = loadTaxonomy();
const rules = loadPropagationRules();

/** What can arrive: a category with the classes that it has where it begins. */
export const origins = {
  shopper: ['user.contact.email', ['PII']],
  patient: ['user.contact.email', ['PII', 'PHI']],
  phone: ['user.contact.phone', ['PII']],
  illness: ['user.health.diagnosis', ['PHI']],
  card: ['user.payment.card.number', ['PCI']],
} as const satisfies Readonly<Record<string, readonly [string, readonly CoarseClass[]]>>;
export type OriginName = keyof typeof origins;

/** What is shown of a field: its categories with their classes. */
export type Shown = Readonly<Record<string, string>>;

/**
 * A graph with real stores and the real desk, in which tests say what machines find and what arrives. Every field that is asked
 * about stands in a table of its own and is called otherwise than all others, so it is a group of its own.
 */
export async function openDecisionWorld(start = '2026-11-21T10:00:00Z') {
  const path = mkdtempSync(join(tmpdir(), 'lexline-decisions-'));
  const stores = await openSqliteStores({ path, log: silentLog });
  const { graph, state, ledger } = stores;
  let now = Date.parse(start);
  const clock = { now: () => (now += 1) };
  const desk = createReviewDesk({ graph, state, ledger, taxonomy, rules, clock });
  const index = createQueueIndex(graph);
  let keys = 0;

  async function write(changes: readonly Change[]): Promise<void> {
    const lease = await graph.lease('test', 60_000);
    if (lease === null) throw new Error('the graph is taken');
    const open = await graph.open(lease, { run: `test-${(keys += 1)}`, cause: 'test', actor: tester });
    await graph.apply(open, changes);
    await propagate({ graph, open, rules });
    await graph.publish(open, []);
    await graph.release(lease);
  }
  const head = async (): Promise<number> => (await graph.head()).published;
  const groupOf = async (field: Uid) => (await index.groups(await head())).find(({ fields }) => fields.includes(field));
  const verdictsOn = async (field: Uid): Promise<readonly Verdict[]> => graph.verdicts([field], await head());

  await write([
    assertion('main', dataset('origins', Object.keys(origins))),
    ...Object.entries(origins).map(([name, [category, classes]]): Change => ({
      type: 'verdict',
      verdict: verdict({ field: fieldOf('origins', name), category, classes }),
    })),
  ]);

  return {
    desk,
    graph,
    head,
    groupOf,
    verdictsOn,
    /** A table with the field, and a copy behind it; `care`: its rows are records of care. */
    async table(name: string, { care = false } = {}): Promise<{ readonly field: Uid; readonly behind: Uid }> {
      const [field, behind] = [fieldOf(name, `q_${name}`), fieldOf(`behind_${name}`, `b_${name}`)];
      const evidence = [{ signal: careSignal, detail: 'said by the test', weight: 0 }];
      const subject = { field: datasetUid(named(name)), category: 'subject.patient', evidence };
      await write([
        assertion('main', dataset(name, [`q_${name}`])),
        assertion('main', dataset(`behind_${name}`, [`b_${name}`])),
        assertion('main', job(`copy_${name}`, [[field, behind]])),
        { type: 'verdict', verdict: verdict({ field, state: 'abstained' }) },
        ...(care ? [{ type: 'verdict', verdict: verdict(subject) } as const] : []),
      ]);
      return { field, behind };
    },
    /** From now on these arrive, each by one edge, and nothing else. */
    async arrive(field: Uid, names: readonly OriginName[], effect: Effect = 'keep'): Promise<void> {
      const document = job(`into_${field}`, []);
      const edges = names.map((name) => edge(fieldOf('origins', name), field, document.uid, { effect }));
      await write([assertion('main', { ...document, edges, digest: `${names.join()}/${effect}` })]);
    },
    /** The detectors find this, without being sure, instead of what they found, as after a changed comment; null: they cannot tell. */
    async detect(
      field: Uid,
      category: string | null,
      classes: readonly CoarseClass[] = ['PII'],
      derived: DerivedForm | null = null,
    ): Promise<void> {
      const said = await verdictsOn(field);
      const before = said.filter(({ decider }) => decider === 'detector');
      const found =
        category === null ? ({ state: 'abstained' } as const) : { category, classes, derived, confidence: 0.6 };
      await write([
        ...before.map((one): Change => ({ type: 'end-verdict', field, decider: 'detector', category: one.category })),
        { type: 'verdict', verdict: verdict({ field, ...found, key: `${category}/${(keys += 1)}` }) },
        ...(said.some(({ decider }) => decider === 'human')
          ? [{ type: 'enter', entered: { uid: field, kind: otherEvidence, body: {}, actor: tester } } as const]
          : []),
      ]);
    },
    /** A source's tag says this; null: it is gone. */
    async tag(field: Uid, category: string | null, classes: readonly CoarseClass[] = ['PII']): Promise<void> {
      const before = (await verdictsOn(field)).filter(({ decider }) => decider === 'imported');
      const said = { field, decider: 'imported', by: 'lake', state: 'accepted' } as const;
      await write([
        ...before.map((one): Change => ({ type: 'end-verdict', field, decider: 'imported', category: one.category })),
        ...(category === null
          ? []
          : [{ type: 'verdict', verdict: verdict({ ...said, category, classes, key: `t${(keys += 1)}` }) } as const]),
      ]);
    },
    /** Decides the group that the field is in; the code of the refusal where it is refused. */
    async decide(
      field: Uid,
      who: string,
      decision: Partial<Decision>,
      expectedRevision?: number,
    ): Promise<{ readonly state: string; readonly lowers: readonly string[] }> {
      const group = (await groupOf(field))?.id ?? 'none';
      try {
        return await desk.decide({
          group,
          kind: 'accept',
          category: null,
          comment: null,
          validUntil: null,
          ...decision,
          ...(expectedRevision === undefined ? {} : { expectedRevision }),
          idempotencyKey: `key-${(keys += 1)}`,
          actor: { kind: 'person', id: who },
          signal: new AbortController().signal,
        });
      } catch (error) {
        return { state: (error as { code?: string }).code ?? String(error), lowers: [] };
      }
    },
    /** An instant so many milliseconds from now. */
    at: (ms: number): string => new Date(now + ms).toISOString(),
    /** Time passes, and a sync ends what is over. */
    async pass(ms: number): Promise<void> {
      now += ms;
      const changes = await expiredDecisions(graph, await head(), new Date(now).toISOString());
      if (changes.length > 0) await write(changes);
    },
    async shown(field: Uid): Promise<Shown> {
      const n = await head();
      const rows = await graph.derived([field], n);
      const classesOf = (category: string) => taxonomy.classesOf(category);
      const arrived = await readArrivedClasses(graph, n, rows, { classesOf, isOutside: () => false });
      const { classifications } = effectiveField(await graph.verdicts([field], n), rows, arrived);
      return Object.fromEntries(classifications.map(({ category, classes }) => [category, classes.join()]));
    },
    async formsOf(field: Uid, category: string): Promise<readonly string[]> {
      const rows = (await graph.derived([field], await head())).filter((row) => row.category === category);
      return rows.map(({ treatment }) => treatment).sort();
    },
    async close(): Promise<void> {
      await stores.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export type DecisionWorld = Awaited<ReturnType<typeof openDecisionWorld>>;
