import { addressOf } from '../route.ts';
import { classBadges, stateBadge } from './badges.ts';
import { breakable, h } from '../dom.ts';
import type { FieldHit, FieldRow } from '../answers.ts';

/** Fields in a table, each with its verdict and its ground in one sentence. */
export function fieldTable(fields: readonly (FieldRow | FieldHit)[], asOf: string | null): HTMLTableElement {
  const withDataset = fields.some((field) => 'dataset' in field);
  const heads = [...(withDataset ? ['Dataset'] : []), 'Field', 'What it holds', 'Class', 'Judged from', 'Because'];
  return h(
    'table',
    { class: 'fields' },
    h('thead', {}, h('tr', {}, ...heads.map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, ...fields.map((field) => fieldRow(field, asOf))),
  );
}

/** One row of {@link fieldTable}. */
export function fieldRow(field: FieldRow | FieldHit, asOf: string | null): HTMLElement {
  const classes = field.classifications.flatMap((one) => one.classes);
  const depth = field.state === 'GAP' ? 'nothing' : field.profiled ? 'profile of values' : 'names only';
  return h(
    'tr',
    { 'data-state': field.state },
    'dataset' in field
      ? h(
          'td',
          {},
          h(
            'a',
            { class: 'mono', href: addressOf(`/datasets/${field.dataset.id}`, asOf) },
            ...breakable(field.dataset.name),
          ),
        )
      : null,
    h(
      'td',
      {},
      h('a', { class: 'mono', href: addressOf(`/fields/${field.id}`, asOf) }, ...breakable(field.path)),
      ' ',
      h('span', { class: 'muted' }, field.type ?? ''),
    ),
    h('td', { class: 'holds' }, stateBadge(field.state, field.label)),
    h('td', { class: 'classes' }, ...classBadges(classes)),
    h('td', { class: 'muted', 'data-label': 'Judged from' }, depth),
    h('td', {}, field.because),
  );
}
