import { LexlineError } from '../base/errors.ts';

/** Types that have a global id. */
export type NodeType = 'Classification' | 'Dataset' | 'Field' | 'Job' | 'Report' | 'Source' | 'SyncRequest' | 'SyncRun';

const types: readonly string[] = [
  'Classification',
  'Dataset',
  'Field',
  'Job',
  'Report',
  'Source',
  'SyncRequest',
  'SyncRun',
];

/** Global id of a thing: opaque to callers, the same on every engine and after every restart. */
export function globalId(type: NodeType, local: string): string {
  return Buffer.from(`${type}:${local}`, 'utf8').toString('base64url');
}

/** Reads a global id. Fails with INPUT_INVALID when it is none. */
export function readGlobalId(id: string): { readonly type: NodeType; readonly local: string } {
  const plain = id.length > 2048 ? '' : Buffer.from(id, 'base64url').toString('utf8');
  const colon = plain.indexOf(':');
  const type = plain.slice(0, colon);
  const local = plain.slice(colon + 1);
  if (colon < 0 || !types.includes(type) || local === '' || !isWhole(type, local)) throw notAnId();
  return { type: type as NodeType, local };
}

/** Reads a global id of one type. Fails with INPUT_INVALID for one of another type. */
export function localId(type: NodeType, id: string): string {
  const read = readGlobalId(id);
  if (read.type !== type)
    throw new LexlineError('INPUT_INVALID', `[graphql] the id is one of a ${read.type}, not of a ${type}`);
  return read.local;
}

/** Local id of a classification: its field and its category. */
export function readClassificationId(local: string): { readonly field: string; readonly category: string } {
  return { field: local.slice(0, 32), category: local.slice(33) };
}

function isWhole(type: string, local: string): boolean {
  if (type === 'Dataset' || type === 'Field' || type === 'Job') return /^[0-9a-f]{32}$/u.test(local);
  return type !== 'Classification' || /^[0-9a-f]{32}:.+$/su.test(local);
}

function notAnId(): LexlineError {
  return new LexlineError('INPUT_INVALID', '[graphql] "id" is not an id of this server', {
    remedy: 'Pass an id that an earlier answer gave, or use datasetsByRef with your own ids.',
  });
}
