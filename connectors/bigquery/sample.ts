import { maxValue } from '../kit/shown-values.ts';
import { findField, type SchemaField } from './table.ts';

/** Places in a table from which rows are taken. */
const maxStarts = 5;
/** Values of one list that are looked at in one row. */
const maxListed = 20;

/**
 * From where to where rows are listed: spread over the table, the beginning of each part chosen by the seed. A table can hold
 * more rows than it counts: those that were just streamed into it. Pure.
 */
export function sampleStarts(
  rows: number,
  maxRows: number,
  seed: number,
): readonly { readonly start: number; readonly count: number }[] {
  if (rows <= maxRows || maxRows < maxStarts) return [{ start: 0, count: maxRows }];
  const count = Math.floor(maxRows / maxStarts);
  const part = Math.floor(rows / maxStarts);
  return Array.from({ length: maxStarts }, (_, i) => {
    const free = Math.max(0, part - count);
    return { start: i * part + Math.floor(fractionOf(seed, i) * (free + 1)), count };
  });
}

/** A number from 0 to below 1 that the seed and a place decide. */
function fractionOf(seed: number, place: number): number {
  let x = (Math.abs(Math.trunc(seed)) * 2_654_435_761 + (place + 1) * 40_503) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 2_246_822_519) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 3_266_489_917) >>> 0;
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

type Path = readonly string[];

/** What one row holds of each column: one value, or the first values of a list. */
export type RowValues = readonly (readonly (string | null)[])[];

/**
 * Rows of `tabledata.list` (`{f: [{v}]}`, structures inside, lists as `[{v}]`) by the paths that are asked for. Columns stand in
 * the order of the schema, in which they are asked for. Pure.
 */
export function rowsAt(
  fields: readonly SchemaField[],
  paths: readonly Path[],
  rows: readonly unknown[],
): readonly RowValues[] {
  const selected = selectedOf(fields, paths);
  return rows.map((row) => paths.map((path) => valuesAt(selected, path, row)));
}

/** How fields are asked for, in the order of the schema: whatever order an answer keeps, it is this one. */
export function selectedFields(fields: readonly SchemaField[], paths: readonly Path[]): readonly string[] {
  return fields.flatMap((field) => {
    const own = paths.filter(([name = '']) => name.toLowerCase() === field.name.toLowerCase());
    if (own.length === 0) return [];
    if (own.some((path) => path.length === 1)) return [field.name];
    const members = selectedFields(
      field.fields ?? [],
      own.map((path) => path.slice(1)),
    );
    return members.map((member) => `${field.name}.${member}`);
  });
}

/** The schema as an answer holds it: only what was asked for. */
function selectedOf(fields: readonly SchemaField[], paths: readonly Path[]): readonly SchemaField[] {
  return fields.flatMap((field): readonly SchemaField[] => {
    const own = paths.filter(([name = '']) => name.toLowerCase() === field.name.toLowerCase());
    if (own.length === 0) return [];
    const whole = own.some((path) => path.length === 1);
    return [
      whole
        ? field
        : {
            ...field,
            fields: selectedOf(
              field.fields ?? [],
              own.map((path) => path.slice(1)),
            ),
          },
    ];
  });
}

function valuesAt(fields: readonly SchemaField[], path: Path, row: unknown): readonly (string | null)[] {
  const [name = '', ...rest] = path;
  const at = fields.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
  const field = findField(fields, [name]);
  const cells = memberOf(row, 'f');
  if (at < 0 || field === null || !Array.isArray(cells)) return [null];
  const value = memberOf(cells[at], 'v');
  const values: readonly unknown[] =
    field.mode === 'REPEATED'
      ? Array.isArray(value)
        ? value.slice(0, maxListed).map((one) => memberOf(one, 'v'))
        : []
      : [value];
  if (rest.length === 0) return values.map(asText);
  return values.flatMap((one) => valuesAt(field.fields ?? [], rest, one)).slice(0, maxListed);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, maxValue) : null;
}

/** A row of `sampling: query`: texts, and lists of texts at any depth. Pure. */
export function valuesIn(columns: number, row: unknown): RowValues {
  return Array.from({ length: columns }, (_, i) => flat(memberOf(row, `c${i}`)).slice(0, maxListed));
}

function flat(value: unknown): readonly (string | null)[] {
  return Array.isArray(value) ? value.flatMap(flat) : [asText(value)];
}
