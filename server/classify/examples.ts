import { typeWithoutValues } from '../base/type-words.ts';
import { stem, wordsOf } from '../rulebook/search/words.ts';
import type { ColumnInput } from './classifier.ts';
import { nameForModel } from './model-text.ts';

/** A column that a person decided, as far as another may be likened to it: never its values, its table or who decided. */
export interface DecidedColumn {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
  /** Of the taxonomy, or `none`. */
  readonly category: string;
}

/** Decided columns that may be shown to one endpoint, to be chosen from by likeness. */
export interface Examples {
  /** Those most like one of these columns, best first, each kind of name once. The same pool and columns give the same list. */
  nearest(columns: readonly Pick<ColumnInput, 'id' | 'column' | 'type'>[], most: number): readonly DecidedColumn[];
}

/** Less than this share of the telling words in common is chance. */
const alikeFrom = 0.34;
/** For the same type; too little to make two names alike. */
const sameType = 0.05;

interface Known {
  readonly column: DecidedColumn;
  readonly words: ReadonlySet<string>;
  readonly type: string;
}

/** Pure; looks through the columns that share a word, not through all. */
export function createExamples(pool: readonly DecidedColumn[]): Examples {
  const known = pool.map((column): Known => ({ column, words: wordsIn(column.name), type: typeWord(column.type) }));
  const byWord = new Map<string, Known[]>();
  for (const one of known)
    for (const word of one.words) {
      const list = byWord.get(word) ?? [];
      byWord.set(word, list);
      list.push(one);
    }
  // How telling a word is: one that stands in every name tells nothing.
  const weight = (word: string): number => Math.log(1 + known.length / (1 + (byWord.get(word)?.length ?? 0)));
  const likeness = (words: ReadonlySet<string>, type: string, other: Known): number => {
    let shared = 0;
    let all = 0;
    for (const word of new Set([...words, ...other.words])) {
      const telling = weight(word);
      all += telling;
      if (words.has(word) && other.words.has(word)) shared += telling;
    }
    if (all === 0 || shared / all < alikeFrom) return 0;
    return shared / all + (type !== '' && type === other.type ? sameType : 0);
  };
  return {
    nearest(columns, most) {
      const asked = new Set(columns.map(({ id }) => id));
      const best = new Map<Known, number>();
      for (const { column, type } of columns) {
        const words = wordsIn(column);
        const near = new Set([...words].flatMap((word) => byWord.get(word) ?? []));
        for (const other of near) {
          if (asked.has(other.column.id)) continue;
          const like = likeness(words, typeWord(type), other);
          if (like > (best.get(other) ?? 0)) best.set(other, like);
        }
      }
      const chosen = new Map<string, DecidedColumn>();
      for (const [{ column, words, type }] of [...best].sort(
        ([a, x], [b, y]) => y - x || inOrder(a.column, b.column),
      )) {
        if (chosen.size >= most) break;
        const kind = [[...words].sort().join(' '), type, column.category].join('\n');
        if (!chosen.has(kind)) chosen.set(kind, column);
      }
      return [...chosen.values()];
    },
  };
}

/** By what is shown, then by identity: the order in which a pool was read plays no part. */
function inOrder(a: DecidedColumn, b: DecidedColumn): number {
  const text = ({ name, type, category, id }: DecidedColumn): string => [name, type ?? '', category, id].join('\n');
  return text(a) < text(b) ? -1 : 1;
}

/** The words of a name, without numbers and single letters. */
function wordsIn(name: string): ReadonlySet<string> {
  return new Set(
    wordsOf(nameForModel(name))
      .filter((word) => word.length > 1 && !/^\p{N}+$/u.test(word))
      .map((word) => stem(word)),
  );
}

function typeWord(type: string | null): string {
  return type === null ? '' : (/^[a-z]+/u.exec(typeWithoutValues(type).toLowerCase())?.[0] ?? '');
}
