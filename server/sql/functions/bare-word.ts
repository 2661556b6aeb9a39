import type { Expr } from '../ast/nodes.ts';

/** The text of an unquoted name of one part; empty for anything else. */
export function bareWord(arg: Expr | undefined): string {
  const [only, ...more] = arg?.kind === 'column' ? arg.parts : [];
  return only === undefined || only.quoted || more.length > 0 ? '' : only.text;
}
