import { isLexlineError } from '../base/errors.ts';
import type { Uid } from '../model/ids.ts';
import { printPath } from '../model/ids.ts';
import type { FieldView, Query } from '../query/query.ts';
import { everyPage } from '../stores/every-page.ts';
import { maxItems, noticeId, type FieldItem, type Notice } from './notice.ts';

/** Fields read at a time. */
const pageSize = 500;

export interface FieldNoticesOptions {
  readonly query: Pick<Query, 'changes' | 'fieldsByUid' | 'datasetsByUid'>;
  /** Names of datasets that may hold card data; `*` stands for any characters. */
  readonly cardDataExpectedIn: readonly string[];
  readonly linkOf: (field: Uid) => string;
}

type Window = { readonly from: number; readonly to: number; readonly at: string };

/**
 * What two revisions brought that somebody should know: fields that are sensitive now and were not before, and card data in
 * datasets where none is expected. A window with too many changes to be compared, or that
 * begins at a revision that is no longer kept, is told without a number, not passed over.
 */
export async function fieldNotices(window: Window, options: FieldNoticesOptions): Promise<readonly Notice[]> {
  const { from, to } = window;
  const sensitive = createList();
  const cards = createList();
  try {
    let page: Uid[] = [];
    const look = async (): Promise<void> => {
      await lookAt(page, window, options, { sensitive, cards });
      page = [];
    };
    for await (const { kind, field } of everyPage(
      (request) => options.query.changes({ from, to }, request),
      pageSize,
    )) {
      if (kind !== 'NEW_SENSITIVE_FIELD' && kind !== 'NOW_SENSITIVE' && kind !== 'CATEGORY_CHANGED') continue;
      page.push(field);
      if (page.length === pageSize) await look();
    }
    if (page.length > 0) await look();
  } catch (error) {
    if (!isLexlineError(error) || (error.code !== 'QUERY_TOO_COSTLY' && error.code !== 'ASOF_BELOW_RETENTION'))
      throw error;
    return [noticeOf('unexpected-card-data', window, null, []), noticeOf('new-sensitive-field', window, null, [])];
  }
  return [
    ...(cards.total === 0 ? [] : [noticeOf('unexpected-card-data', window, cards.total, cards.items)]),
    ...(sensitive.total === 0 ? [] : [noticeOf('new-sensitive-field', window, sensitive.total, sensitive.items)]),
  ];
}

interface List {
  total: number;
  readonly items: FieldItem[];
  add(item: FieldItem): void;
}

function createList(): List {
  return {
    total: 0,
    items: [],
    add(item) {
      this.total += 1;
      if (this.items.length < maxItems) this.items.push(item);
    },
  };
}

async function lookAt(
  uids: readonly Uid[],
  { from, to }: Window,
  { query, cardDataExpectedIn, linkOf }: FieldNoticesOptions,
  lists: { readonly sensitive: List; readonly cards: List },
): Promise<void> {
  const now = await query.fieldsByUid(uids, to);
  const before = from === 0 ? uids.map(() => null) : await query.fieldsByUid(uids, from);
  const parents = [...new Set(now.flatMap((field) => (field === null ? [] : [field.dataset])))];
  const found = await query.datasetsByUid(parents, to);
  const datasets = new Map(found.flatMap((one) => (one === null ? [] : [[one.uid, one] as const])));
  for (const [i, field] of now.entries()) {
    const dataset = field === null ? undefined : datasets.get(field.dataset);
    if (field === null || dataset === undefined) continue;
    const was = before[i] ?? null;
    const item: FieldItem = {
      namespace: dataset.namespace,
      dataset: dataset.name,
      field: printPath(field.path),
      categories: field.classifications.map(({ category }) => category),
      classes: classesOf(field),
      url: linkOf(field.uid),
    };
    if (was?.effective.state !== 'SENSITIVE') lists.sensitive.add(item);
    const isNewCard = item.classes.includes('PCI') && (was === null || !classesOf(was).includes('PCI'));
    if (isNewCard && !isExpected(dataset.name, cardDataExpectedIn)) lists.cards.add(item);
  }
}

function classesOf(field: FieldView): readonly string[] {
  return [...new Set(field.classifications.flatMap(({ classes }) => classes))].sort();
}

/** Whole names, or their last parts: `payments.*` fits `warehouse.payments.card_vault`. Case counts for nothing. */
export function isExpected(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const words = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`));
    return new RegExp(`(?:^|\\.)${words.join('.*')}$`, 'iu').test(name);
  });
}

function noticeOf(
  kind: 'unexpected-card-data' | 'new-sensitive-field',
  { from, to, at }: Window,
  total: number | null,
  items: readonly FieldItem[],
): Notice {
  return { id: noticeId(kind, [from, to]), kind, at, revision: to, total, items };
}
