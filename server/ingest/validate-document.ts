import { printPath } from '../model/ids.ts';
import {
  isListOf,
  isName,
  isOptionalFlag,
  isOptionalString,
  isPath,
  isRecord,
  isText,
  type Problem,
} from './guards.ts';
import { edgeProblem } from './validate-edge.ts';
import type { DatasetKind, JobDocument, SourceTag } from '../model/document.ts';

const datasetKinds: ReadonlySet<unknown> = new Set<DatasetKind>([
  'table',
  'view',
  'materialized-view',
  'foreign-table',
  'partition',
  'file',
  'topic',
  'stage',
  'report',
]);
const jobKinds: ReadonlySet<unknown> = new Set<JobDocument['kind']>([
  'view',
  'model',
  'query',
  'procedure',
  'process',
  'exposure',
  'test',
]);
const setBy: ReadonlySet<unknown> = new Set<SourceTag['setBy']>([
  'person',
  'source',
  'propagated',
  'lexline',
  'unknown',
]);
const keyKinds: ReadonlySet<unknown> = new Set(['primary', 'unique', 'foreign']);
/** More fields than this in one dataset is a mistake of the source. */
const maxFields = 100_000;

/** Why a document of a source cannot be taken; null when it can. Unknown members are left alone. */
export function documentProblem(value: unknown): Problem {
  if (!isRecord(value)) return 'a document that is not an object';
  if (!isName(value)) return 'a document without namespace or name';
  if (!isText(Reflect.get(value, 'platform'))) return 'a document without a platform';
  return commonProblem(value) ?? (Reflect.get(value, 'type') === 'dataset' ? datasetProblem(value) : jobProblem(value));
}

function commonProblem(value: object): Problem {
  const { description, owners, tags, native, facets } = value as Readonly<Record<string, unknown>>;
  if (!isOptionalString(description)) return 'a description that is not text';
  if (!isListOf(owners, isText)) return 'an owner that is not text';
  if (!isListOf(tags, isTag)) return 'a tag without a name';
  if (native !== undefined && !(isRecord(native) && isText(native['id']) && isOptionalString(native['url'])))
    return 'a native id that is not text';
  return facets === undefined || isRecord(facets) ? null : 'facets that are not an object';
}

function datasetProblem(value: object): Problem {
  const { kind, fields, keys, aliases } = value as Readonly<Record<string, unknown>>;
  if (!datasetKinds.has(kind)) return 'a dataset of an unknown kind';
  if (!isListOf(aliases, isName)) return 'an alias without namespace or name';
  if (!isListOf(Reflect.get(value, 'partitions'), isName)) return 'a partition without namespace or name';
  if (!isListOf(keys, isKey)) return 'a key whose fields cannot be read';
  if (!isOptionalFlag(Reflect.get(value, 'partial'))) return 'a dataset whose "partial" is not a flag';
  if (!Array.isArray(fields)) return 'a dataset without a list of fields';
  if (fields.length > maxFields) return `a dataset with ${fields.length} fields; the limit is ${maxFields}`;
  const seen = new Set<string>();
  for (const field of fields as readonly unknown[]) {
    const problem = fieldProblem(field, seen);
    if (problem !== null) return problem;
  }
  return null;
}

function fieldProblem(field: unknown, seen: Set<string>): Problem {
  if (!isRecord(field) || !isPath(field['path'])) return 'a field without a path';
  const name = printPath(field['path']);
  if (seen.has(name)) return `field ${name.slice(0, 200)} twice`;
  seen.add(name);
  const { type, ordinal, nullable, description, tags, facets } = field;
  if (type !== null && typeof type !== 'string') return `a type of field ${name.slice(0, 200)} that is not text`;
  if (typeof ordinal !== 'number' || !Number.isFinite(ordinal)) return `field ${name.slice(0, 200)} without a position`;
  if (!isOptionalFlag(nullable)) return `field ${name.slice(0, 200)}: nullable is not a flag`;
  if (!isOptionalString(description)) return `a description of field ${name.slice(0, 200)} that is not text`;
  if (!isListOf(tags, isTag)) return `a tag of field ${name.slice(0, 200)} without a name`;
  return facets === undefined || isRecord(facets)
    ? null
    : `facets of field ${name.slice(0, 200)} that are not an object`;
}

function jobProblem(value: object): Problem {
  const { type, kind, inputs, outputs, statements, edges } = value as Readonly<Record<string, unknown>>;
  if (type !== 'job') return 'a document of an unknown type';
  if (!jobKinds.has(kind)) return 'a job of an unknown kind';
  if (!Array.isArray(inputs) || !isListOf(inputs, isName)) return 'a job whose inputs cannot be read';
  if (!Array.isArray(outputs) || !isListOf(outputs, isName)) return 'a job whose outputs cannot be read';
  if (!isOptionalFlag(Reflect.get(value, 'partial'))) return 'a job whose "partial" is not a flag';
  if (!isOptionalFlag(Reflect.get(value, 'mayBreakOff'))) return 'a job whose "mayBreakOff" is not a flag';
  if (!isListOf(statements, isStatement)) return 'a statement without text, dialect or namespace';
  if (edges === undefined) return null;
  if (!Array.isArray(edges)) return 'edges that are not a list';
  for (const edge of edges as readonly unknown[]) {
    const problem = edgeProblem(edge);
    if (problem !== null) return problem;
  }
  return null;
}

function isTag(value: unknown): boolean {
  return isRecord(value) && isText(value['name']) && isOptionalString(value['value']) && setBy.has(value['setBy']);
}

function isKey(value: unknown): boolean {
  if (!isRecord(value) || !keyKinds.has(value['kind']) || !isOptionalString(value['name'])) return false;
  const { fields, references } = value;
  if (!Array.isArray(fields) || !isListOf(fields, isPath)) return false;
  if (references === undefined) return true;
  return isRecord(references) && isName(references['dataset']) && isListOf(references['fields'], isPath);
}

function isStatement(value: unknown): boolean {
  if (!isRecord(value) || typeof value['sql'] !== 'string' || !isText(value['namespace'])) return false;
  if (typeof value['dialect'] !== 'string' || !isOptionalString(value['defaultDatabase'])) return false;
  return isOptionalString(value['defaultSchema']) && (value['target'] === undefined || isName(value['target']));
}
