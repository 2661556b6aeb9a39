import type { Held, Steer, Texts } from '../statement/held.ts';
import type { Input } from '../resolve/inputs.ts';
import type { ParsedStatement } from './parsed-statement.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from '../statement/session.ts';
import type { Step } from './steps.ts';

/** What the parts that carry out a script ask of the whole. */
export interface Runner {
  readonly session: Session;
  steps(steps: readonly Step[]): void;
  /** A text that a string holds, as a script of its own. */
  text(sql: string): void;
  parse(sql: string): ParsedStatement;
  /** What an expression comes to, as a variable would hold it; null when it is none. */
  value(text: string): Held | null;
  /** The constant texts an expression may be; null: none of it is constant. */
  texts(text: string): Texts | null;
  /** What a part of a text that only a run knows is made from. */
  gap(name: string): readonly Input[];
  /** The columns that a condition looks at. */
  condition(text: string): readonly Steer[];
  /** The rows of a query, and the columns that steer them; null when the text is no query. */
  rows(sql: string): { readonly rowset: Rowset; readonly steers: readonly Steer[] } | null;
  /** Something that no statement says and that was not understood, or only in part. */
  notUnderstood(normalised: string, parseStatus: 'tables' | 'failed', warning: string): void;
  /** One more piece of work that is done again, a loop's turns counted; false, and noted, when there has been enough of it. */
  mayRepeat(turn?: number): boolean;
}
