import type { LoggedEdge, LoggedStatement, QueryLogDigest } from '../query-log.ts';
import type { SqlLineage, TableEvent, UsageSignal } from '../sql-lineage.ts';

interface Known {
  readonly normalised: string;
  readonly parseStatus: LoggedStatement['parseStatus'];
  readonly confidence: number;
  readonly columns: SqlLineage['columns'];
  readonly inTables: readonly string[];
  readonly outTables: readonly string[];
  readonly usage: readonly UsageSignal[];
  readonly events: readonly TableEvent[];
  firstSeen: number;
  lastSeen: number;
  count: number;
}

interface Span {
  firstSeen: number;
  lastSeen: number;
  count: number;
}

/** Counts what each different statement stands for, and puts the counts together at the end. */
export class LogTally {
  readonly #known = new Map<string, Known>();
  readonly #most: number;
  #beyond = 0;

  constructor(most: number) {
    this.#most = most;
  }

  isNew(id: string): boolean {
    return !this.#known.has(id);
  }

  hasRoom(): boolean {
    return this.#known.size < this.#most;
  }

  learn(id: string, normalised: string, lineage: SqlLineage): void {
    const confidence = Math.min(1, ...lineage.statements.map((statement) => statement.confidence));
    this.#known.set(id, {
      normalised,
      parseStatus: lineage.parseStatus,
      confidence,
      columns: lineage.columns.filter((edge) => edge.down.table !== null),
      inTables: lineage.inTables,
      outTables: lineage.outTables,
      usage: lineage.usage ?? [],
      events: lineage.events.filter(isShape),
      firstSeen: Number.POSITIVE_INFINITY,
      lastSeen: Number.NEGATIVE_INFINITY,
      count: 0,
    });
  }

  saw(id: string, at: number, times: number): void {
    const known = this.#known.get(id);
    if (known === undefined) this.#beyond += times;
    else see(known, { firstSeen: at, lastSeen: at, count: times });
  }

  result(): Omit<QueryLogDigest, 'entries' | 'failed'> {
    return {
      edges: this.#edges(),
      flows: this.#flows(),
      statements: [...this.#known].map(([id, { normalised, parseStatus, confidence, firstSeen, lastSeen, count }]) => ({
        id,
        normalised,
        parseStatus,
        confidence,
        firstSeen,
        lastSeen,
        count,
      })),
      events: this.#events(),
      usage: this.#usage(),
      beyondLimit: this.#beyond,
    };
  }

  #edges(): readonly LoggedEdge[] {
    const edges = new Map<
      string,
      { readonly edge: LoggedEdge; readonly span: Span; most: number; statement: string }
    >();
    for (const [id, known] of this.#known)
      for (const column of known.columns) {
        const { table } = column.down;
        if (table === null) continue;
        const edge = { ...column, down: { table, column: column.down.column } };
        const key = JSON.stringify([edge.down, edge.up, edge.kind, edge.effect]);
        const before = edges.get(key);
        if (before === undefined)
          edges.set(key, {
            edge: { ...edge, ...spanOf(known), statement: id },
            span: spanOf(known),
            most: known.count,
            statement: id,
          });
        else {
          see(before.span, known);
          if (known.count > before.most) {
            before.most = known.count;
            before.statement = id;
          }
        }
      }
    return [...edges.values()].map(({ edge, span, statement }) => ({ ...edge, ...span, statement }));
  }

  #flows(): QueryLogDigest['flows'] {
    const flows = new Map<string, { readonly from: string; readonly to: string; lastSeen: number; count: number }>();
    for (const { inTables, outTables, lastSeen, count } of this.#known.values())
      for (const from of inTables)
        for (const to of outTables) {
          const key = JSON.stringify([from, to]);
          const flow = flows.get(key) ?? { from, to, lastSeen, count: 0 };
          flow.count += count;
          flow.lastSeen = Math.max(flow.lastSeen, lastSeen);
          flows.set(key, flow);
        }
    return [...flows.values()];
  }

  #events(): QueryLogDigest['events'] {
    return [...this.#known]
      .flatMap(([statement, known]) => known.events.map((event) => ({ event, ...spanOf(known), statement })))
      .toSorted((a, b) => a.lastSeen - b.lastSeen);
  }

  #usage(): QueryLogDigest['usage'] {
    const signals = new Map<string, { readonly signal: UsageSignal; count: number }>();
    for (const { usage, count } of this.#known.values())
      for (const signal of usage) {
        const key = JSON.stringify(signal);
        const known = signals.get(key) ?? { signal, count: 0 };
        known.count += count;
        signals.set(key, known);
      }
    return [...signals.values()];
  }
}

/** Comments are texts of people: a digest holds names and shapes only. */
function isShape(event: TableEvent): boolean {
  if (event.type !== 'alter') return true;
  const { change } = event;
  const columns = change.type === 'add' ? [change.column] : change.type === 'replace' ? change.columns : [];
  return change.type !== 'comment' && columns.every((column) => column.comment === null);
}

function spanOf({ firstSeen, lastSeen, count }: Span): Span {
  return { firstSeen, lastSeen, count };
}

function see(span: Span, other: Span): void {
  span.firstSeen = Math.min(span.firstSeen, other.firstSeen);
  span.lastSeen = Math.max(span.lastSeen, other.lastSeen);
  span.count += other.count;
}
