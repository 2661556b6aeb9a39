/** How a document is written. */
export type TextFormat = 'formex' | 'clml' | 'ecfr' | 'oscal' | 'html' | 'pdf' | 'text';

/** A provision as it was cut from a document. */
export interface ParsedProvision {
  /** Without the regulation's prefix: `9(1)`, `R30`, `164.514(b)(2)(i)(R)`, `160.103#protected-health-information`. */
  readonly number: string;
  /** The heading of the article or section that it stands in. */
  readonly heading: string;
  readonly text: string;
  /** From 1; null where the format has no pages. */
  readonly page: number | null;
  /** From (inclusive) and to (exclusive) in the cleaned text of the whole document. */
  readonly span: readonly [number, number];
}

/** A document read: its provisions, and what tells which edition it is. */
export interface ParsedText {
  readonly format: TextFormat;
  /** ISO 639-1; null when the document does not say. */
  readonly language: string | null;
  readonly title: string | null;
  /** What the document says of its own edition: a CELEX number, a date, a title line. */
  readonly marks: readonly string[];
  readonly provisions: readonly ParsedProvision[];
  /** The cleaned text that the spans point into. */
  readonly text: string;
  readonly pages: number | null;
  readonly warnings: readonly string[];
}
