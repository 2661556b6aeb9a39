import type { FieldPath, QualifiedName } from '../model/ids.ts';

/** Why something does not hold, in words; null when it holds. */
export type Problem = string | null;

/** Longest name, path segment or namespace taken, in UTF-16 units. Warehouses stop far below. */
const maxName = 4096;
/** Deepest nesting of a field. */
const maxDepth = 64;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name as the graph can keep it: not empty, bounded, whole Unicode, without U+0000. */
export function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxName &&
    !value.includes('\u0000') &&
    value.isWellFormed()
  );
}

export function isName(value: unknown): value is QualifiedName {
  return isRecord(value) && isText(value['namespace']) && isText(value['name']);
}

export function isPath(value: unknown): value is FieldPath {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= maxDepth && value.every((segment) => isText(segment))
  );
}

/** Every member of an optional list holds. */
export function isListOf(value: unknown, holds: (item: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.every((item) => holds(item)));
}

/** A member that is a string where it is there at all. */
export function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

/** A member that is true or false where it is there at all. */
export function isOptionalFlag(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}
