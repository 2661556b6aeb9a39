import type {
  ClassificationView,
  Coverage,
  DatasetView,
  FieldView,
  LineageRequest,
  Query,
} from '../../../server/query/query.ts';
import type { ExposureView, FieldFlow } from '../../../server/query/flows.ts';
import type { LineageGraph } from '../../../server/model/lineage-graph.ts';
import type { Verdict } from '../../../server/model/classification.ts';

/** A dataset of a source `shop`. The name is its uid. */
export function dataset(name: string, more: Partial<DatasetView> = {}): DatasetView {
  return {
    uid: name,
    namespace: 'postgres://db.example:5432',
    name,
    kind: 'table',
    platform: 'postgres',
    region: null,
    description: null,
    owners: [],
    tags: [],
    keys: [],
    sources: ['shop'],
    natives: [],
    ...more,
  };
}

/** A field with nothing said about it: a gap. `shop.customers:email` is its uid. */
export function field(of: DatasetView, path: string, more: Partial<FieldView> = {}): FieldView {
  return {
    uid: `${of.name}:${path}`,
    dataset: of.uid,
    path: [path],
    type: 'text',
    ordinal: 1,
    description: null,
    tags: [],
    controls: [],
    effective: { state: 'GAP', classifications: [] },
    classifications: [],
    verdicts: [],
    evidence: [],
    relatesToSubject: false,
    label: 'Not judged',
    because: 'Not judged: nothing has judged it yet.',
    gap: { what: path, reason: 'not-judged', detail: 'nothing has judged it yet', remedy: 'Run: lexline sync shop' },
    ...more,
  };
}

export function classification(
  category: string,
  label: string,
  more: Partial<ClassificationView> = {},
): ClassificationView {
  return {
    field: '',
    category,
    label,
    classes: ['PII'],
    derived: null,
    treatment: 'clear',
    confidence: 0.974,
    terms: [{ regulation: 'gdpr', term: 'personal data', provision: 'GDPR:4(1)', applies: false }],
    decidedBy: { kind: 'detector', name: 'detectors@1', at: '2026-11-20T10:00:00.000Z' },
    reviewState: 'NOT_REVIEWED',
    staleSince: null,
    evidence: [{ signal: 'name', detail: 'the name says it', weight: 3 }],
    citations: [{ provision: 'GDPR:4(1)', edition: 'catalogue 2026.11', check: 'catalogue-only', quote: null }],
    origin: null,
    ...more,
  };
}

/** A field that holds what the classifications say. */
export function sensitive(of: DatasetView, path: string, ...classifications: ClassificationView[]): FieldView {
  const view = field(of, path);
  return {
    ...view,
    effective: { state: 'SENSITIVE', classifications: [] },
    classifications: classifications.map((one) => ({ ...one, field: view.uid })),
    label: classifications.map((one) => one.label).join(', '),
    because: `${classifications[0]?.label ?? ''}: the name says it.`,
    gap: null,
  };
}

export function verdict(category: string, state: Verdict['state']): Verdict {
  return {
    field: '',
    decider: 'detector',
    by: 'detectors@1',
    category,
    state,
    classes: [],
    fine: [],
    confidence: 0.91,
    derived: null,
    evidence: [{ signal: 'name', detail: 'a count', weight: -2 }],
    citations: [],
    key: 'k',
    at: '2026-11-20T10:00:00.000Z',
  };
}

/** A field that was judged to hold nothing sensitive. */
export function harmless(of: DatasetView, path: string): FieldView {
  return {
    ...field(of, path),
    effective: { state: 'NOT_SENSITIVE', classifications: [] },
    verdicts: [verdict('none', 'proposed')],
    label: 'Nothing sensitive found',
    because: 'Judged: nothing sensitive found; A count.',
    gap: null,
  };
}

export interface World {
  readonly datasets: readonly DatasetView[];
  readonly fields: readonly FieldView[];
  readonly coverage?: Partial<Coverage>;
  readonly lineage?: (origin: string, request: LineageRequest) => LineageGraph;
  /** By the name of the dataset: whose rows it holds. */
  readonly subjects?: Readonly<Record<string, string>>;
  /** By the name of the dataset: the sign that its subject was told by. */
  readonly signals?: Readonly<Record<string, string>>;
  readonly flows?: readonly FieldFlow[];
  readonly exposures?: readonly ExposureView[];
}

/** A query over a small world. Only what reports and the scan page ask is answered; anything else fails the test. */
export function queryOver({
  datasets,
  fields,
  coverage,
  lineage,
  subjects = {},
  signals = {},
  flows = [],
  exposures = [],
}: World): Query {
  const count = (state: string): number => fields.filter((one) => one.effective.state === state).length;
  const revision = {
    n: 7,
    publishedAt: '2026-11-20T10:00:01.000Z',
    run: 'run-1',
    cause: 'sync',
    actor: { kind: 'process', id: 'test' },
  } as const;
  const end = (uid: string | null) => {
    const of = fields.find((one) => one.uid === uid);
    return { dataset: of?.dataset ?? '', path: of?.path.join('.') ?? '' };
  };
  const answers: Partial<Query> = {
    at: () => Promise.resolve(revision),
    pastRevision: () => Promise.resolve(revision),
    sources: () =>
      Promise.resolve([{ name: 'shop', connector: 'postgres', mode: 'snapshot', precedence: 0, managed: true }]),
    lastRun: () =>
      Promise.resolve({
        run: 'run-1',
        status: 'DONE',
        startedAt: '2026-11-20T09:59:00.000Z',
        finishedAt: '2026-11-20T10:00:00.000Z',
        gaps: [],
      }),
    coverage: () =>
      Promise.resolve({
        datasets: datasets.length,
        fields: fields.length,
        namesOnly: fields.length - count('GAP'),
        profiled: 0,
        sensitive: count('SENSITIVE'),
        notSensitive: count('NOT_SENSITIVE'),
        undecided: count('UNDECIDED'),
        notJudged: count('GAP'),
        staleDatasets: 0,
        statements: { full: 3, tables: 1, failed: 0 },
        gaps: [],
        ...coverage,
      }),
    async *inventory(_, { source } = {}) {
      await Promise.resolve();
      for (const one of fields) {
        const of = datasets.find((other) => other.uid === one.dataset);
        if (of !== undefined && (source === undefined || of.sources.includes(source)))
          yield { dataset: of, field: one };
      }
    },
    datasets: () => Promise.resolve({ items: [...datasets], cursor: null }),
    subjects: (uids) =>
      Promise.resolve(
        uids.map((uid) => {
          const kind = subjects[uid];
          const signal = signals[uid];
          const evidence = signal === undefined ? [] : [{ signal, detail: '', weight: 1 }];
          return kind === undefined ? null : { kind, keyField: null, confidence: 1, keyPath: null, evidence };
        }),
      ),
    async *datasetFlows() {
      await Promise.resolve();
      yield flows.flatMap(({ fromDataset, toDataset }) =>
        fromDataset === null || toDataset === null ? [] : [{ from: fromDataset, to: toDataset, job: null }],
      );
    },
    fieldFlows: (uids, direction) =>
      Promise.resolve(flows.filter(({ from, to }) => uids.includes((direction === 'downstream' ? from : to) ?? ''))),
    exposures: () => Promise.resolve(exposures),
    jointIdentifications: () => Promise.resolve({ items: [], whole: true }),
    fieldsByUid: (uids) => Promise.resolve(uids.map((uid) => fields.find((one) => one.uid === uid) ?? null)),
    datasetsByUid: (uids) => Promise.resolve(uids.map((uid) => datasets.find((one) => one.uid === uid) ?? null)),
    datasetsByRef: (refs) =>
      Promise.resolve(
        refs.map((ref) => {
          const found = datasets.find((one) => 'text' in ref && one.name.endsWith(ref.text)) ?? null;
          return { status: found === null ? 'NOT_FOUND' : 'FOUND', dataset: found } as const;
        }),
      ),
    fieldByPath: (of, path) =>
      Promise.resolve(fields.find((one) => one.dataset === of && one.path.join('.') === path) ?? null),
    explain: (uid) =>
      Promise.resolve({
        sentence: '',
        steps: flows
          .filter(({ to }) => to === uid)
          .map(({ from, to, fn, effect, job }) => ({
            from: end(from),
            to: end(to),
            fn,
            effect,
            vouched: [],
            under: [],
            job,
          })),
        under: [],
        alternatives: [],
        wouldEndIf: [],
      }),
    freshness: () => Promise.resolve({ lastSyncedAt: '2026-11-20T10:00:00.000Z', stale: false }),
    lineage: (request) => {
      if (lineage === undefined) throw new Error('this world has no lineage');
      return Promise.resolve(lineage(request.origin, request));
    },
    async *undescribed() {},
  };
  return new Proxy(answers as Query, {
    get(target, name) {
      const answer: unknown = Reflect.get(target, name);
      if (answer === undefined && typeof name === 'string') throw new Error(`the double does not answer ${name}`);
      return answer;
    },
  });
}

/** A value that goes unchanged from one field to another. */
export function flow(from: FieldView, to: FieldView, more: Partial<FieldFlow> = {}): FieldFlow {
  return {
    from: from.uid,
    fromDataset: from.dataset,
    to: to.uid,
    toDataset: to.dataset,
    kind: 'IDENTITY',
    fn: '',
    effect: 'keep',
    masking: false,
    job: 'nightly',
    source: 'shop',
    ...more,
  };
}
