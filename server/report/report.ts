import type { Revision } from '../query/query.ts';

/** A cell's value. A list stays a list in JSON and is joined by `; ` where only text fits. */
export type Cell = string | number | null | readonly string[];

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
export type ReportPart =
  | {
      readonly type: 'section';
      readonly id: string;
      readonly title: string;
      /** A sentence that says how to read it. */
      readonly about: string | null;
      readonly columns: readonly Column[];
      /** `facts`: name and value · `prose`: one paragraph a row · `table`. For pages only. */
      readonly look: 'facts' | 'prose' | 'table';
    }
  | { readonly type: 'row'; readonly cells: readonly Cell[] };

/** What stands at the head of every file of a report. */
export interface ReportHead {
  readonly name: string;
  readonly title: string;
  /** Every report is a draft until a named person confirms it. */
  readonly status: 'draft';
  readonly asOf: string;
  readonly knownBy: string;
  readonly revision: number;
  readonly madeBy: string;
}

export type ReportFormat = 'json' | 'csv' | 'html';

export interface ReportRequest {
  readonly name: string;
  readonly format: ReportFormat;
  /** What Lexline knew at that time; absent: the newest revision. A date alone is the end of that day. */
  readonly asOf?: string;
  /** One source only. */
  readonly source?: string;
}

/** A report that is ready to be written. Reading `chunks` does the work. */
export interface OpenReport extends ReportHead {
  readonly format: ReportFormat;
  readonly mediaType: string;
  /** `lexline-inventory-r12.csv`: the same for the same content. */
  readonly fileName: string;
  readonly chunks: AsyncIterable<string>;
}

/** What a report is made from at one revision. */
export interface ReportGround {
  readonly revision: Revision;
  readonly asOf: string;
  readonly source: string | null;
}
