import { LexlineError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { distinctNames } from './distinct-names.ts';
import type { DatasetView, FieldView, Query } from '../query/query.ts';

/** What a name on the command line stands for: a dataset, or one of its fields. */
export interface Thing {
  readonly dataset: DatasetView;
  readonly field: FieldView | null;
  /** As it should be printed: `shop.public.customers.email`. */
  readonly name: string;
}

/**
 * Finds `dataset` or `dataset.field` at revision `n`. The dataset may be given by its last parts (`customers.email`); where
 * a name can be read in two ways, the longest dataset name wins. Fails with NOT_FOUND, or INPUT_INVALID when several fit.
 */
export async function findThing(query: Query, text: string, n: number): Promise<Thing> {
  const cuts = [text.length, ...dotsOf(text).toReversed()];
  const lookups = await query.datasetsByRef(
    cuts.map((cut) => ({ text: text.slice(0, cut) })),
    n,
  );
  let known: DatasetView | null = null;
  for (const [i, cut] of cuts.entries()) {
    const lookup = lookups[i];
    if (lookup?.status === 'AMBIGUOUS') throw await ambiguous(query, text.slice(0, cut), n);
    const dataset = lookup?.dataset ?? null;
    if (dataset === null) continue;
    if (cut === text.length) return { dataset, field: null, name: dataset.name };
    known ??= dataset;
    const path = text.slice(cut + 1);
    const field = await query.fieldByPath(dataset.uid, path, n);
    if (field !== null) return { dataset, field, name: `${dataset.name}.${path}` };
  }
  throw await notFound(query, text, known, n);
}

function dotsOf(text: string): number[] {
  return [...text.matchAll(/\./gu)].map((match) => match.index);
}

async function ambiguous(query: Query, text: string, n: number): Promise<LexlineError> {
  const names = await likeNames(query, text, n);
  return new LexlineError('INPUT_INVALID', `[cli] "${text}" fits several datasets`, {
    remedy: `give more of the name, one of: ${names.join(', ')}`,
  });
}

async function notFound(query: Query, text: string, known: DatasetView | null, n: number): Promise<LexlineError> {
  if (known !== null) {
    const { items } = await query.fields(known.uid, n, { first: 20 });
    return new LexlineError('NOT_FOUND', `[cli] ${known.name} has no field of the name that "${text}" ends in`, {
      remedy: fieldLike(
        text.slice(text.lastIndexOf('.') + 1),
        items.map((field) => field.path.join('.')),
      ),
    });
  }
  const fields = text.includes('.') ? [] : await fieldsNamed(query, text, n);
  const names = fields.length > 0 ? fields : await likeNames(query, text.split('.').at(-2) ?? text, n);
  return new LexlineError('NOT_FOUND', `[cli] nothing is known by the name "${text}"`, {
    remedy:
      names.length === 0 ? 'lexline report inventory --format csv lists every name' : `like it: ${names.join(', ')}`,
  });
}

/** The field that was meant; else those that there are. */
function fieldLike(typed: string, known: readonly string[]): string {
  const near = nearest(typed, known);
  return near === null ? `its fields are: ${known.join(', ')}` : `did you mean "${near}"?`;
}

/** Fields of that very name, with their datasets: a field is found by both. */
async function fieldsNamed(query: Query, text: string, n: number): Promise<readonly string[]> {
  const { items } = await query.searchFields(text, n, { first: 50 });
  const same = items.filter(({ path }) => path.join('.').toLowerCase() === text.toLowerCase()).slice(0, 5);
  const datasets = await query.datasetsByUid(
    same.map(({ dataset }) => dataset),
    n,
  );
  const nameOf = distinctNames(datasets.filter((one) => one !== null));
  return same.flatMap(({ path }, i) => {
    const dataset = datasets[i] ?? null;
    return dataset === null ? [] : [`${nameOf(dataset)}.${path.join('.')}`];
  });
}

async function likeNames(query: Query, text: string, n: number): Promise<readonly string[]> {
  const { items } = await query.datasets({ text }, n, { first: 5 });
  return items.map(distinctNames(items));
}
