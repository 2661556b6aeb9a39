import { answer, type Received, type Reply, type Script } from './openai-server.ts';

/** A question of the judge as a server reads it. */
export interface AskedTable {
  readonly look: 'first' | 'second';
  readonly repair: boolean;
  readonly table: string;
  readonly comment?: string;
  readonly columns: readonly AskedColumn[];
  readonly provisions: readonly AskedProvision[];
  /** Everything that was said between the fences, as text. */
  readonly data: string;
}

export interface AskedColumn {
  readonly column: number;
  readonly name: string;
  readonly comment?: string;
  readonly rules_say?: string;
}

export interface AskedProvision {
  readonly id: string;
  readonly provision: string;
  readonly sentences?: readonly { readonly n: number; readonly text: string }[];
}

/** Reads the question out of a chat completion request. */
export function askedTable({ body }: Received): AskedTable {
  const system = body.messages?.[0]?.content ?? '';
  const data = body.messages?.[1]?.content.split('\n').slice(1, -1).join('\n') ?? '{}';
  const parsed = JSON.parse(data) as Omit<AskedTable, 'look' | 'repair' | 'data'>;
  const look = system.includes('This is a second look') ? 'second' : 'first';
  return { ...parsed, look, repair: system.includes('Your last answer could not be used'), data };
}

/** What the scripted model says of one column. */
export interface Said {
  readonly decision: 'category' | 'none' | 'abstain';
  readonly category?: string;
  readonly also?: readonly string[];
  readonly citations?: readonly { readonly passage: string; readonly sentence: number }[];
  readonly instructed?: boolean;
}

/** One column's part of a well-formed answer. */
export function sayingOf(column: number, said: Said): Record<string, unknown> {
  return {
    column,
    decision: said.decision,
    category: said.category ?? 'none',
    also: said.also ?? [],
    citations: said.citations ?? [],
    instructed: said.instructed ?? false,
  };
}

/** A whole answer, every column judged by `say`. */
export function judgedBy(asked: AskedTable, say: (column: AskedColumn, asked: AskedTable) => Said): Reply {
  return answer({ subject: 'unknown', columns: asked.columns.map((each) => sayingOf(each.column, say(each, asked))) });
}

/** A model that always answers well. */
export function scriptedJudge(say: (column: AskedColumn, asked: AskedTable) => Said): Script {
  return (request) => judgedBy(askedTable(request), say);
}
