/** What a condition of a policy asks of tags. */
export interface TagQuestion {
  /** Lower case. */
  readonly key: string;
  /** Null: any value. */
  readonly value: string | null;
}

type Token = { readonly word: string } | { readonly text: string };

const token = /\s*(?:([A-Za-z_]+)|('(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*")|([(),!=]))/uy;

/** The tags that a condition speaks of; null where it is of no form that is known here. */
export function questionsOf(condition: string): readonly TagQuestion[] | null {
  const asked: TagQuestion[] = [];
  const answer = evaluate(condition, (question) => {
    asked.push(question);
    return false;
  });
  return answer === null ? null : asked;
}

/**
 * Whether a condition of an attribute-based policy holds: `hasTag('k')`, `hasTagValue('k', 'v')` (also `has_tag`,
 * `has_tag_value`), AND, OR, NOT, TRUE, FALSE and brackets. Null: it holds something else, and cannot be told. Pure.
 * Source: Databricks, "Create and manage attribute-based access control policies".
 */
export function holds(
  condition: string,
  tags: readonly { readonly name: string; readonly value?: string }[],
): boolean | null {
  return evaluate(condition, ({ key, value }) =>
    tags.some((tag) => tag.name.toLowerCase() === key && (value === null || (tag.value ?? '') === value)),
  );
}

function evaluate(condition: string, has: (question: TagQuestion) => boolean): boolean | null {
  const tokens = tokensOf(condition);
  if (tokens === null) return null;
  let at = 0;
  const word = (): string => {
    const next = tokens[at];
    return next !== undefined && 'word' in next ? next.word : '';
  };
  const take = (expected: string): boolean => (word() === expected ? ((at += 1), true) : false);
  const text = (): string | null => {
    const next = tokens[at];
    if (next === undefined || !('text' in next)) return null;
    at += 1;
    return next.text;
  };
  // Both sides are read always: what comes behind has to be of a known form, too.
  const either = (): boolean | null => {
    let left = both();
    while (take('or')) {
      const right = both();
      left = left === null || right === null ? null : left || right;
    }
    return left;
  };
  const both = (): boolean | null => {
    let left = one();
    while (take('and')) {
      const right = one();
      left = left === null || right === null ? null : left && right;
    }
    return left;
  };
  const one = (): boolean | null => {
    if (take('not') || take('!')) {
      const inner = one();
      return inner === null ? null : !inner;
    }
    if (take('true')) return true;
    if (take('false')) return false;
    if (take('(')) {
      const inner = either();
      return take(')') ? inner : null;
    }
    const isValued = word() === 'hastagvalue';
    if (!isValued && word() !== 'hastag') return null;
    at += 1;
    if (!take('(')) return null;
    const key = text();
    const value = isValued ? (take(',') ? text() : null) : null;
    if (key === null || (isValued && value === null) || !take(')')) return null;
    return has({ key: key.toLowerCase(), value });
  };
  const answer = either();
  return at === tokens.length ? answer : null;
}

/** Words in lower case without underscores, texts without their quotes, signs. */
function tokensOf(condition: string): readonly Token[] | null {
  const found: Token[] = [];
  const trimmed = condition.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed);
    if (match === null) return null;
    const [, word, text, sign] = match;
    if (text !== undefined)
      found.push({ text: text.slice(1, -1).replaceAll(/\\([^])|''|""/gu, (all, one) => one ?? all[0]) });
    else found.push({ word: word === undefined ? (sign ?? '') : word.toLowerCase().replaceAll('_', '') });
  }
  return found;
}
