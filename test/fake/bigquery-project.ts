/** A field as the REST interface gives it. */
export interface FakeField {
  name: string;
  type: string;
  mode?: string;
  description?: string;
  policyTags?: { names: string[] };
  dataPolicies?: { name: string }[];
  fields?: FakeField[];
}

export interface FakeTable {
  type: 'TABLE' | 'VIEW' | 'EXTERNAL' | 'MATERIALIZED_VIEW' | 'SNAPSHOT';
  fields: FakeField[];
  description?: string;
  labels: Record<string, string>;
  /** Further options as INFORMATION_SCHEMA prints them. */
  options: Record<string, string>;
  query?: string;
  isLegacy?: boolean;
  hasConnection?: boolean;
  base?: readonly [string, string, string];
  rowPolicies: string[];
  keys: FakeKey[];
  generated: Record<string, string>;
  partitionedBy?: string;
  clusteredBy: string[];
  /** Rows as tabledata.list gives them: plain values, lists and members. */
  rows: readonly Record<string, unknown>[];
  etag: number;
}

export interface FakeKey {
  readonly name: string;
  readonly type: 'PRIMARY KEY' | 'FOREIGN KEY';
  readonly own: string;
  readonly dataset?: string;
  readonly relation?: string;
  readonly other?: string;
}

export interface FakeDataset {
  location: string;
  labels: Record<string, string>;
  access: Record<string, unknown>[];
  defaultTableExpirationMs?: string;
  tables: Map<string, FakeTable>;
  routines: { name: string; type: string; body: string; language?: string; ddl: string; comment?: string }[];
}

export interface FakeJob {
  readonly id: string;
  readonly location: string;
  readonly type?: 'QUERY' | 'LOAD' | 'COPY' | 'EXTRACT';
  readonly statement?: string;
  readonly query?: string;
  readonly endedMs: number;
  readonly runs?: number;
  readonly shape: string;
  readonly target?: readonly [string, string, string];
  readonly read?: readonly (readonly [string, string, string])[];
  readonly configuration?: Record<string, unknown>;
}

export interface FakeRead {
  readonly location: string;
  readonly table: readonly [string, string, string];
  readonly day: string;
  readonly reads: number;
  readonly readers: number;
  readonly lastMs: number;
}

export interface FakeTaxonomy {
  readonly name: string;
  readonly displayName: string;
  readonly activatedPolicyTypes?: readonly string[];
  readonly policyTags: { name: string; displayName: string }[];
}

/** Projects in memory, with all that the connector may ask of them. */
export interface FakeCloud {
  readonly projects: Map<string, Map<string, FakeDataset>>;
  readonly jobs: Map<string, FakeJob[]>;
  readonly reads: Map<string, FakeRead[]>;
  readonly taxonomies: FakeTaxonomy[];
  readonly dataPolicies: Record<string, unknown>[];
  /** Parts of the service that refuse: `taxonomies`, `rowAccessPolicies`, `JOBS_BY_PROJECT`, `dataset:shop`. */
  readonly refused: Set<string>;
  unreachable: string[];
  nowMs: number;
  dataset(project: string, name: string, location?: string): FakeDataset;
  table(
    project: string,
    dataset: string,
    name: string,
    fields: readonly (string | FakeField)[],
    more?: Partial<FakeTable>,
  ): FakeTable;
}

export function createFakeCloud(): FakeCloud {
  const projects = new Map<string, Map<string, FakeDataset>>();
  const cloud: FakeCloud = {
    projects,
    jobs: new Map(),
    reads: new Map(),
    taxonomies: [],
    dataPolicies: [],
    refused: new Set(),
    unreachable: [],
    nowMs: Date.UTC(2026, 10, 21, 12),
    dataset(project, name, location = 'EU') {
      const own = projects.get(project) ?? new Map<string, FakeDataset>();
      projects.set(project, own);
      const known = own.get(name) ?? { location, labels: {}, access: [], tables: new Map(), routines: [] };
      own.set(name, known);
      return known;
    },
    table(project, dataset, name, fields, more = {}) {
      const table: FakeTable = {
        type: 'TABLE',
        fields: fields.map((field) => (typeof field === 'string' ? { name: field, type: 'STRING' } : field)),
        labels: {},
        options: {},
        rowPolicies: [],
        keys: [],
        generated: {},
        clusteredBy: [],
        rows: [],
        etag: 1,
        ...more,
      };
      cloud.dataset(project, dataset).tables.set(name, table);
      return table;
    },
  };
  return cloud;
}
