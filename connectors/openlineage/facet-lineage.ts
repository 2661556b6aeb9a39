import type { SaidInput, SaidLineage, SaidTransformation } from './event.ts';
import { listOf, nameOf, objectOf, qualifiedOf, wordOf } from './foreign.ts';

/** The facet `columnLineage` of a dataset, in any of its versions; null when it has not that shape. */
export function columnLineageOf(facet: unknown): SaidLineage | null {
  const object = objectOf(facet);
  const fields = objectOf(object?.['fields']);
  if (object === null || fields === null) return null;
  return {
    fields: fieldsOf(fields, (field) => inputsOf(field['inputFields'], oldTransformation(field))),
    dataset: inputsOf(object['dataset'], null),
  };
}

/** The facet `lineage` of a dataset or an entry of that of a job: inputs of fields, and of the dataset as a whole. */
export function lineageOf(facet: unknown): SaidLineage | null {
  const object = objectOf(facet);
  if (object === null || (object['fields'] === undefined && object['inputs'] === undefined)) return null;
  return {
    fields: fieldsOf(objectOf(object['fields']) ?? {}, (field) => inputsOf(field['inputs'], null)),
    dataset: inputsOf(object['inputs'], null),
  };
}

function fieldsOf(
  fields: Readonly<Record<string, unknown>>,
  inputs: (field: Readonly<Record<string, unknown>>) => readonly SaidInput[],
): Readonly<Record<string, readonly SaidInput[]>> {
  const said: Record<string, readonly SaidInput[]> = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = objectOf(value);
    if (field !== null && nameOf(name) !== null && name !== '__proto__') said[name] = inputs(field);
  }
  return said;
}

/** Version 1.0 says the transformation once for all inputs of a field. */
function oldTransformation(field: Readonly<Record<string, unknown>>): SaidTransformation | null {
  const type = field['transformationType'];
  if (type === 'IDENTITY') return { type: 'DIRECT', subtype: 'IDENTITY', masking: false };
  if (type === 'MASKED') return { type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true };
  return null;
}

function inputsOf(value: unknown, otherwise: SaidTransformation | null): readonly SaidInput[] {
  return listOf(value).flatMap((each) => {
    const input = objectOf(each);
    const name = qualifiedOf(input);
    if (input === null || name === null || input['type'] === 'JOB') return [];
    const stated = listOf(input['transformations']).flatMap((one) => transformationOf(one) ?? []);
    const transformations = stated.length === 0 && otherwise !== null ? [otherwise] : stated;
    return [{ ...name, field: nameOf(input['field']), transformations }];
  });
}

function transformationOf(value: unknown): SaidTransformation | null {
  const object = objectOf(value);
  const type = typeof object?.['type'] === 'string' ? object['type'].toUpperCase() : null;
  if (type !== 'DIRECT' && type !== 'INDIRECT') return null;
  return { type, subtype: wordOf(object?.['subtype'])?.toUpperCase() ?? null, masking: object?.['masking'] === true };
}
