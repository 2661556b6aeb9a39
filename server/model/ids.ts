import { hash } from 'node:crypto';

/** Identity of a dataset, field or job on every engine: 32 hex digits made from its canonical name, never from a row. */
export type Uid = string;

export type EntityKind = 'dataset' | 'field' | 'job';

/** A dataset or job name by the OpenLineage naming specification: namespace (`postgres://host:5432`) and name (`db.schema.table`). */
export interface QualifiedName {
  readonly namespace: string;
  readonly name: string;
}

/** What the graph calls a dataset that a source names. */
export interface KnownName {
  readonly name: QualifiedName;
  /** Another source describes a dataset under this name, or gives it to one of its own. */
  readonly elsewhere: boolean;
}

/** A field's place inside its dataset, one segment a nesting level. `['a.b']` and `['a', 'b']` are different fields. */
export type FieldPath = readonly string[];

function uidOf(parts: readonly unknown[]): Uid {
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);
}

/** Identity of a dataset. */
export function datasetUid({ namespace, name }: QualifiedName): Uid {
  return uidOf(['dataset', namespace, name]);
}

/** Identity of a field of a dataset. */
export function fieldUid({ namespace, name }: QualifiedName, path: FieldPath): Uid {
  return uidOf(['field', namespace, name, path]);
}

/** Identity of a job. */
export function jobUid({ namespace, name }: QualifiedName): Uid {
  return uidOf(['job', namespace, name]);
}

/** The printed form of a path: segments joined by dots, with dots and backslashes inside a segment escaped by a backslash. */
export function printPath(path: FieldPath): string {
  return path.map((segment) => segment.replaceAll(/[\\.]/g, String.raw`\$&`)).join('.');
}

/** Reads what {@link printPath} prints. */
export function parsePath(text: string): FieldPath {
  const segments: string[] = [''];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\' && i + 1 < text.length) {
      i += 1;
      segments.push((segments.pop() ?? '') + text.charAt(i));
    } else if (char === '.') {
      segments.push('');
    } else {
      segments.push((segments.pop() ?? '') + char);
    }
  }
  return segments;
}
