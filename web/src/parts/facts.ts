import { h, type Child } from '../dom.ts';
import { inWords } from '../words.ts';
import type { Tag } from '../answers.ts';

/** Names and values; a null value leaves its line out. */
export function facts(entries: readonly (readonly [string, Child])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts-list' },
    ...entries.flatMap(([name, value]) =>
      value === null ? [] : [h('div', { class: isLong(value) ? 'wide' : null }, h('dt', {}, name), h('dd', {}, value))],
    ),
  );
}

/** Values that would be a narrow tower in a column of their own get the whole width. */
function isLong(value: Child): boolean {
  return typeof value === 'string' && value.length > 70;
}

/** Tags as their sources carry them, with who set them. */
export function tagList(tags: readonly Tag[]): Child {
  if (tags.length === 0) return null;
  return h(
    'span',
    {},
    ...tags.map((tag) =>
      h(
        'span',
        { class: 'tag', title: `set by ${inWords(tag.setBy.kind)} ${tag.setBy.name}` },
        `${tag.name}${tag.value === null ? '' : `=${tag.value}`}${tag.source === null ? '' : ` (${tag.source})`}`,
      ),
    ),
  );
}
