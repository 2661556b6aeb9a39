import fc from 'fast-check';
import type { CoarseClass, Verdict } from '../../../server/model/classification.ts';
import { effects, type Effect } from '../../../server/model/treatment.ts';
import type { EdgeRecord, EnteredRecord, EntityRecord } from '../../../server/stores/graph/graph-store.ts';
import type { PropagationRules } from '../../../server/propagate/propagation-rules.ts';
import { verdict as detected } from '../../verdict.ts';
import type { Snapshot } from './memory-graph.ts';

export const rules: PropagationRules = {
  id: 'test@1',
  personKeys: new Set(['user.contact.email', 'user.id']),
  functions: new Map<string, Effect>([
    ['ACME.MASK', 'mask'],
    ['ACME.CNT', 'count'],
  ]),
};

const categories = ['user.contact.email', 'user.id', 'user.health.diagnosis', 'user.payment.card.number'];
const datasets = 3;
const fields = 9;
const jobs = ['job0', 'job1', null];

/** Three datasets of three fields, two jobs; `prefix` keeps several such worlds apart in one store. */
export function world(prefix: string): readonly EntityRecord[] {
  const entity = (uid: string, kind: EntityRecord['kind'], more: Partial<EntityRecord>): EntityRecord => ({
    uid: prefix + uid,
    kind,
    parent: null,
    namespace: 'test',
    name: prefix + uid,
    path: null,
    assertions: [],
    ...more,
  });
  const outputs = Array.from({ length: datasets }, (_, i) => `${prefix}d${i}`);
  // What a job writes is told by two sources, each a part of it.
  const io = [outputs.slice(0, 1), outputs.slice(1)].map((own, i) => ({
    source: `s${i}`,
    facets: { io: { inputs: [], outputs: own } },
  }));
  return [
    ...Array.from({ length: datasets }, (_, i) => entity(`d${i}`, 'dataset', {})),
    ...Array.from({ length: fields }, (_, i) =>
      entity(`f${i}`, 'field', {
        parent: `${prefix}d${i % datasets}`,
        name: `${prefix}d${i % datasets}`,
        path: [`c${i}`],
      }),
    ),
    entity('job0', 'job', { assertions: io }),
    entity('job1', 'job', { assertions: io }),
  ];
}

const fieldIndex = fc.nat({ max: fields - 1 });
const edge = fc
  .record({
    from: fieldIndex,
    to: fieldIndex,
    job: fc.constantFrom(...jobs),
    effect: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<Effect>('keep', 'count') },
      { weight: 1, arbitrary: fc.constantFrom<Effect>('partial') },
      { weight: 1, arbitrary: fc.constantFrom(...effects) },
    ),
    fn: fc.constantFrom('', 'ACME.MASK', 'ACME.CNT', 'LEFT', 'RIGHT>CONCAT', 'CONCAT', 'LEFT>CONCAT>APPEND'),
    plain: fc.boolean(),
    statement: fc.constantFrom('s1', null),
    grouping: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  })
  .filter(({ from, to }) => from !== to);
const verdict = fc.record({
  field: fieldIndex,
  decider: fc.constantFrom('human', 'imported', 'detector', 'llm'),
  category: fc.constantFrom(...categories, 'none'),
  state: fc.constantFrom('proposed', 'accepted', 'accepted', 'rejected', 'abstained'),
  derived: fc.constantFrom(null, null, 'hash', 'last4'),
  seenAs: fc.constantFrom(undefined, undefined, 'clear', 'partial', 'hashed'),
  by: fc.constantFrom('x', 'x', 'propagated:x'),
  classes: fc.constantFrom<readonly CoarseClass[]>(['PII'], ['PII'], ['PHI'], ['PII', 'PHI'], ['PII', 'PCI']),
});
const subject = fc.record({ dataset: fc.nat({ max: datasets - 1 }), key: fieldIndex });
const stop = fc.record({
  at: fc.constantFrom('f0', 'f4', 'd1', 'job0'),
  category: fc.constantFrom(null, 'user', 'user.contact.email', 'user.payment'),
  to: fc.constantFrom(null, null, 'f5'),
});

const revision = fc.record({
  edges: fc.array(edge, { maxLength: 14 }),
  verdicts: fc.array(verdict, { maxLength: 5 }),
  subjects: fc.array(subject, { maxLength: 1 }),
  stops: fc.array(stop, { maxLength: 2 }),
  /** Share of what was there before that stays, so that most of a revision is like the one before. */
  keep: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});
export type RandomRevision = typeof revision extends fc.Arbitrary<infer T> ? T : never;

/** Up to six revisions of one small world. */
export const history = fc.array(revision, { minLength: 1, maxLength: 6 });

/** The revisions as the graph would hold them, each keeping some of the one before. */
export function snapshotsOf(
  revisions: readonly RandomRevision[],
  prefix: string,
): readonly Omit<Snapshot, 'derived'>[] {
  const snapshots: Omit<Snapshot, 'derived'>[] = [];
  for (const random of revisions) {
    const before = snapshots.at(-1) ?? { edges: [], verdicts: [], entered: [] };
    const stays = <T>(rows: readonly T[]): readonly T[] =>
      rows.filter((_, i) => i % 3 !== 0 || random.keep[i % random.keep.length] === true);
    snapshots.push({
      edges: unique([...stays(before.edges), ...random.edges.map((each) => edgeOf(each, prefix))], edgeKey),
      verdicts: unique(
        [
          ...stays(before.verdicts),
          ...random.verdicts.map((each) => verdictOf(each, prefix)),
          ...random.subjects.map((each) => subjectOf(each, prefix)),
        ],
        ({ field, decider, category }) => `${field}|${decider}|${category}`,
      ),
      entered: unique(
        [...stays(before.entered), ...random.stops.map((each) => stopOf(each, prefix))],
        ({ uid, kind }) => `${uid}|${kind}`,
      ),
    });
  }
  return snapshots;
}

function unique<T>(rows: readonly T[], key: (row: T) => string): readonly T[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

function edgeKey({ from, to, kind, job, fn }: EdgeRecord): string {
  return `${from}|${to}|${kind}|${job}|${fn}`;
}

function edgeOf(random: RandomRevision['edges'][number], prefix: string): EdgeRecord {
  const to = random.grouping ? `d${random.to % datasets}` : `f${random.to}`;
  const flow = random.effect === 'count' ? 'AGGREGATION' : random.plain ? 'IDENTITY' : 'TRANSFORMATION';
  const kind = random.grouping ? 'GROUP_BY' : flow;
  return {
    from: `${prefix}f${random.from}`,
    to: prefix + to,
    kind,
    job: random.job === null ? null : prefix + random.job,
    fn: random.grouping ? '' : random.fn,
    effect: random.grouping ? 'unknown' : random.effect,
    masking: false,
    statement: random.statement,
    confidence: 1,
    source: 's',
    since: 1,
  };
}

function verdictOf(random: RandomRevision['verdicts'][number], prefix: string): Verdict {
  const { decider, category, state, derived, seenAs, by, classes } = random;
  return {
    ...detected(),
    field: `${prefix}f${random.field}`,
    decider: decider,
    by,
    category,
    classes,
    state: state,
    derived: derived,
    ...(seenAs === undefined ? {} : { seenAs }),
  };
}

function subjectOf({ dataset, key }: RandomRevision['subjects'][number], prefix: string): Verdict {
  const evidence = [{ signal: 'subject-key', detail: `c${key}`, weight: 0 }];
  return { ...detected(), field: `${prefix}d${dataset}`, decider: 'detector', category: 'subject.customer', evidence };
}

function stopOf({ at, category, to }: RandomRevision['stops'][number], prefix: string): EnteredRecord {
  const body = { category, to: to === null ? null : prefix + to };
  // Several stand at one thing: those towards a field beside the one that holds wherever it goes.
  const kind = to === null ? 'stop' : `stop/${to}`;
  return { uid: prefix + at, kind, body, actor: { kind: 'person', id: 'p' }, since: 1 };
}
