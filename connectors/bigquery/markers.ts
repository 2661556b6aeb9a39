/** Tags that we put into a description stand at its end, in brackets of ours. */
const marker = /\s*\[lexline: ([^\]]*)\]\s*$/u;

/** BigQuery takes no longer description of a column. */
export const longestDescription = 1024;

/** A description without our mark, and the tags that the mark names. */
export function splitDescription(description: string | null): {
  readonly text: string | null;
  readonly tags: readonly string[];
} {
  const found = description === null ? null : marker.exec(description);
  if (description === null || found === null) return { text: description, tags: [] };
  const text = description.slice(0, found.index);
  const tags = (found[1] ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return { text: text === '' ? null : text, tags: [...new Set(tags)] };
}

/** A description with the tags in our mark; without a mark where there are none. */
export function markedDescription(text: string | null, tags: readonly string[]): string {
  const mark = tags.length === 0 ? '' : `[lexline: ${tags.toSorted().join(', ')}]`;
  return [text ?? '', mark].filter((part) => part !== '').join(' ');
}
