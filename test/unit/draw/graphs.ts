import type { Effect } from '../../../server/model/treatment.ts';
import type { FieldState } from '../../../server/model/effective.ts';
import type { LineageGraph, LineageLink, LineageNode } from '../../../server/model/lineage-graph.ts';

/** `shop.customers:email` is a field, `shop.customers` a dataset. The printed name is the key. */
export function node(
  place: string,
  depth: number,
  state: FieldState | null = null,
  label: string | null = null,
): LineageNode {
  const [name = '', path] = place.split(':');
  return {
    key: place,
    depth,
    hidden: false,
    dataset: { uid: name, name, namespace: 'postgres://db.example:5432', platform: 'postgres' },
    path: path ?? null,
    label,
    state,
  };
}

export function hidden(key: string, depth: number): LineageNode {
  return { key, depth, hidden: true, dataset: null, path: null, label: null, state: null };
}

export function link(from: string, to: string, effect: Effect = 'keep', more: Partial<LineageLink> = {}): LineageLink {
  return {
    from,
    to,
    kind: 'DIRECT',
    transformation: effect === 'keep' ? 'IDENTITY' : 'TRANSFORMATION',
    fn: '',
    effect,
    masking: ['hash', 'keyed-hash', 'mask', 'tokenise'].includes(effect),
    confidence: 1,
    job: null,
    assertedBy: 'shop',
    ...more,
  };
}

export function graph(
  origin: string,
  nodes: readonly LineageNode[],
  edges: readonly LineageLink[],
  more: Partial<LineageGraph> = {},
): LineageGraph {
  return {
    origin,
    direction: 'DOWNSTREAM',
    granularity: 'FIELD',
    nodes,
    edges,
    truncated: null,
    hiddenNodes: nodes.filter((one) => one.hidden).length,
    unparsedStatements: 0,
    endCursor: null,
    ...more,
  };
}

/** A shop's e-mail address on its way: copied, hashed, masked, counted, and once through something nobody could read. */
export function shop(): LineageGraph {
  return graph(
    'shop.public.customers:email',
    [
      node('shop.public.customers:email', 0, 'SENSITIVE', 'E-mail address'),
      node('shop.staging.stg_customers:email', 1, 'SENSITIVE', 'E-mail address'),
      node('shop.staging.stg_customers:email_domain', 1, 'SENSITIVE', 'E-mail address (part)'),
      node('shop.marts.customer_360:email_sha', 2, 'SENSITIVE', 'E-mail address (hashed)'),
      node('shop.marts.customer_360:contact', 2, 'SENSITIVE', 'E-mail address'),
      node('shop.marts.customer_360:domain', 2, 'UNDECIDED', null),
      node('marketing.public.export:recipient', 3, 'SENSITIVE', 'E-mail address'),
      node('marketing.public.export:masked_recipient', 3, 'SENSITIVE', 'E-mail address (masked)'),
      node('marketing.public.kpi:customers', 3, 'NOT_SENSITIVE', null),
      node('marketing.public.legacy_load', 3, null, null),
      node('finance.dunning:mail', 2, 'GAP', null),
      hidden('h1', 3),
    ],
    [
      link('shop.public.customers:email', 'shop.staging.stg_customers:email', 'keep', {
        fn: 'LOWER>TRIM',
        job: { uid: 'j1', name: 'model.shop.stg_customers' },
      }),
      link('shop.public.customers:email', 'shop.staging.stg_customers:email_domain', 'partial', { fn: 'SPLIT_PART' }),
      link('shop.staging.stg_customers:email', 'shop.marts.customer_360:email_sha', 'hash', { fn: 'SHA2' }),
      link('shop.staging.stg_customers:email', 'shop.marts.customer_360:contact'),
      link('shop.staging.stg_customers:email_domain', 'shop.marts.customer_360:domain'),
      link('shop.marts.customer_360:contact', 'marketing.public.export:recipient'),
      link('shop.marts.customer_360:contact', 'marketing.public.export:masked_recipient', 'mask', {
        fn: 'REGEXP_REPLACE',
      }),
      link('shop.marts.customer_360:email_sha', 'marketing.public.kpi:customers', 'count', { fn: 'COUNT' }),
      link('shop.marts.customer_360', 'marketing.public.legacy_load', 'unknown', {
        kind: 'DATASET',
        transformation: 'DATASET',
      }),
      link('shop.staging.stg_customers:email', 'marketing.public.kpi', 'keep', {
        kind: 'INDIRECT',
        transformation: 'FILTER',
      }),
      link('shop.public.customers:email', 'finance.dunning:mail', 'unknown', { fn: 'ACME_SCRAMBLE' }),
      link('shop.marts.customer_360:contact', 'h1'),
    ],
    { unparsedStatements: 2, truncated: { reason: 'FIRST', remaining: 212 } },
  );
}

/** A chain of `length` datasets, one field each. */
export function chain(length: number): LineageGraph {
  const place = (index: number): string => `layer_${String(index).padStart(2, '0')}.orders_enriched:customer_email`;
  return graph(
    place(0),
    Array.from({ length }, (_, index) => node(place(index), index, 'SENSITIVE', 'E-mail address')),
    Array.from({ length: length - 1 }, (_, index) => link(place(index), place(index + 1))),
  );
}

/** One origin, `count` fields below it in layers of ten datasets. */
export function wide(count: number): LineageGraph {
  const places = Array.from(
    { length: count },
    (_, index) => `mart_${String(index % 40).padStart(2, '0')}.table_${String(index % 40)}:field_${String(index)}`,
  );
  const root = 'shop.public.customers:email';
  const parentOf = (index: number): string => (index % 40 < 8 ? root : (places[index - 8] ?? root));
  return graph(
    root,
    [
      node(root, 0, 'SENSITIVE', 'E-mail address'),
      ...places.map((place, index) => node(place, 1 + Math.floor((index % 40) / 8), 'SENSITIVE', 'E-mail address')),
    ],
    places.map((place, index) => link(parentOf(index), place, index % 7 === 0 ? 'hash' : 'keep')),
  );
}
