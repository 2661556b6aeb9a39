import { redactText } from '../../server/base/redact.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { storagePlace } from '../../server/model/storage-place.ts';
import { withoutSecrets } from '../kit/without-secrets.ts';

/** Longest name taken, in UTF-16 units; ingest takes no longer one either. */
const maxName = 4096;

/** A JSON object of somebody else's; null for anything that is none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

/** A list of somebody else's; empty for anything that is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The objects of a list of somebody else's. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listOf(value).flatMap((each) => {
    const object = objectOf(each);
    return object === null ? [] : [object];
  });
}

/** A name: not empty, bounded, whole Unicode, without U+0000; null otherwise. */
export function nameOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length === 0 || value.length > maxName) return null;
  return value.includes('\u0000') || !value.isWellFormed() ? null : value;
}

/** A short word out of a small vocabulary (`BATCH`, `spark`): letters, digits and a few signs, at most 100; null otherwise. */
export function wordOf(value: unknown): string | null {
  return typeof value === 'string' && /^[\w .:/+-]{1,100}$/u.test(value) ? value : null;
}

/** A finite number, null otherwise. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** An address without the user part and without what follows `?` or `#`, where passwords stand. */
export function addressOf(value: unknown): string | null {
  const name = nameOf(value);
  return name === null ? null : redactText(name).replace(/[?#;].*$/su, '');
}

/**
 * The name of a dataset or job, without what signs in to its address, object stores under the one name of their place. Null
 * when one of the two is no name.
 */
export function qualifiedOf(value: unknown): QualifiedName | null {
  const object = objectOf(value);
  const namespace = storagePlace(withoutSecrets(nameOf(object?.['namespace']) ?? ''));
  const name = withoutSecrets(nameOf(object?.['name']) ?? '');
  return namespace === '' || name === '' ? null : { namespace, name };
}

/** An instant as `2026-01-31T12:00:00.000Z`; a time without a zone is UTC. Null for anything that is no time. */
export function instantOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u.test(value)) return null;
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/iu.test(value) ? value : `${value}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Whether objects and lists stand in one another more than `levels` deep. Looks no deeper, so that nothing can be too deep to look at. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}
