import type { Governance } from '../governance/objects.ts';
import type { OutsidePart } from '../governance/source-part.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';
import type { Policies } from '../policy/policy-file.ts';
import type { Query, Revision } from '../query/query.ts';

/** A cell's value. A list stays a list in JSON and is joined by `; ` where only text fits. */
export type Cell = string | number | null | readonly string[];

/** Where a cell comes from: read out of data and lineage, said by a person, both, or asked for and nowhere said. */
export type CellOrigin = 'derived' | 'entered' | 'derived and entered' | 'missing';

/** A column of a section. */
export interface Column {
  /** The name of the member in JSON. */
  readonly key: string;
  readonly title: string;
  /**
   * How a page shows it: `main` a column of the table, `detail` a line below the row, `group` a heading over the rows that
   * share it. Files for machines do not care.
   */
  readonly place?: 'main' | 'detail' | 'group';
  readonly holds?: 'numbers';
}

/**
 * A report before any format: sections of rows, in order. All formats are made from this one stream, so that none can say
 * more or less than another. A section begins, its rows follow, the next begins; totals come after what they count.
 */
export type ReportPart = SectionPart | RowPart;

export interface SectionPart {
  readonly type: 'section';
  readonly id: string;
  readonly title: string;
  /** A sentence that says how to read it. */
  readonly about: string | null;
  readonly columns: readonly Column[];
  /** `facts`: name and value · `prose`: one paragraph a row · `cards`: a row is a list of its own · `table`. For pages only. */
  readonly look: 'facts' | 'prose' | 'table' | 'cards';
  /** Each row is something open: it is counted as such, and whoever confirms the report has to have it in view. */
  readonly open?: true;
}

export interface RowPart {
  readonly type: 'row';
  readonly cells: readonly Cell[];
  /** By cell; absent: the row is read out of the graph. */
  readonly origins?: readonly (CellOrigin | null)[];
  /** How many open things the row counts, where it is no list of them. */
  readonly openCount?: number;
  /** A picture that shows what the row says. Formats without pictures have the row's words. */
  readonly drawing?: LineageGraph;
}

/** What stands at the head of every file of a report. */
export interface ReportHead {
  readonly name: string;
  readonly title: string;
  /** The same for the same content asked for in the same way. */
  readonly id: string;
  /** Every report is a draft until a named person confirms it with its open items in view. */
  readonly status: 'draft' | 'confirmed';
  readonly confirmation: Confirmation | null;
  readonly asOf: string;
  readonly knownBy: string;
  readonly revision: number;
  /** The earlier state that changes are told against; null: none was named or confirmed. */
  readonly since: string | null;
  /** What was asked for beside the name: a field, a system. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly source: string | null;
  readonly requestedBy: string | null;
  readonly madeBy: string;
}

/** Who stands for a report, and what they had in view. */
export interface Confirmation {
  readonly by: string;
  readonly at: string;
  /** Open items in view at the time. */
  readonly openItems: number;
  /** SHA-256 of the content that was confirmed; another content is a draft again. */
  readonly content: string;
}

export type ReportFormat = 'json' | 'csv' | 'xlsx' | 'html' | 'md' | 'pdf';

export interface ReportRequest {
  readonly name: string;
  readonly format: ReportFormat;
  /** What Lexline knew at that time; absent: the newest revision. A date alone is the end of that day. */
  readonly asOf?: string;
  /** One source only. */
  readonly source?: string;
  /** Tell what changed since then; absent: since the last confirmed one of this name, if there is any. */
  readonly since?: string;
  /** By name: `field`, `system`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Who asks; printed on it. */
  readonly requestedBy?: string;
}

/** A report that is ready to be written. Reading `chunks` does the work. */
export interface OpenReport extends ReportHead {
  readonly format: ReportFormat;
  readonly mediaType: string;
  /** `lexline-inventory-r12.csv`: the same for the same content. */
  readonly fileName: string;
  readonly chunks: AsyncIterable<string | Uint8Array>;
}

/** What one report is made from: what the viewer may see, and what people entered. */
export interface ReportTools {
  readonly query: Query;
  /** What was entered, as it held at the time the report is about. */
  readonly governance: Governance;
  /** Of a report of one source: systems and activities that reach beyond it; those wholly beyond it are not in `governance`. */
  readonly outside: readonly OutsidePart[];
  readonly sample: ReviewSample | null;
  /** Null: none are configured. */
  readonly policies: Policies | null;
  /** False: `query` hides something, so what was entered is named only where it is about what it shows. */
  readonly seesEverything: boolean;
}

/** What the last review of a random sample said about the judging. */
export interface ReviewSample {
  readonly at: string;
  /** The revision that the sample was drawn from. */
  readonly revision: number;
  /** Fields that people judged without seeing what was found. */
  readonly judged: number;
  /** Share of what was called sensitive that was so; null: none of it was judged. */
  readonly precision: Share | null;
  /** Share of what was called harmless that was not; null: none of it was judged. */
  readonly missRate: Share | null;
}

/** A share with the interval in which it lies at 95 %. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The moment and the part of the graph that a report is about. */
export interface ReportGround {
  readonly revision: Revision;
  readonly asOf: string;
  readonly source: string | null;
  /** The earlier revision that changes are told against. */
  readonly since: Revision | null;
  readonly parameters: Readonly<Record<string, string>>;
}
