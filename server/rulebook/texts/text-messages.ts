import type { ErrorCode } from '../../base/errors.ts';
import type { Counting } from './numbered-text.ts';
import type { ParsedText } from './parsed-text.ts';

/** What the limited process is asked. */
export interface ParseRequest {
  readonly bytes: Uint8Array;
  readonly counting: Counting;
}

/** What it answers, once. */
export type ParseAnswer =
  | { readonly type: 'parsed'; readonly text: ParsedText }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string; readonly remedy: string | null };
