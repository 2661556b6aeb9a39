import type { Step } from './steps.ts';

/** Words that may follow END and tell what ended. */
export const blockWords: ReadonlySet<string> = new Set([
  'IF',
  'LOOP',
  'WHILE',
  'CASE',
  'REPEAT',
  'FOR',
  'TRY',
  'CATCH',
]);

/** Said where a block, branch or loop has no END of its own. */
export const missingEnd: Step = {
  kind: 'broken',
  what: 'a block whose end is missing: how far it goes is not known',
};
