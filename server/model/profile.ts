import type { FieldPath, QualifiedName } from './ids.ts';

/** A field whose values are to be looked at, beside the source. */
export interface ProfileRequest {
  readonly dataset: QualifiedName;
  readonly path: FieldPath;
  readonly type: string | null;
}

/** A shape: digits as `9`, upper and lower case letters as `A` and `a`, runs longer than four folded to `9+`, `A+`, `a+`; all else kept. */
export interface ShapeCount {
  readonly shape: string;
  readonly count: number;
}

/**
 * What remains of a field's values: counts, shapes and pass rates, never a value. A shape that would itself give a value
 * away (punctuation-only, fewer than a handful of rows) is folded into `other` by whoever makes the profile.
 */
export interface FieldProfile {
  readonly dataset: QualifiedName;
  readonly path: FieldPath;
  /** `in-database`: only counts and shapes left the server. `sample`: bounded rows were looked at and forgotten. */
  readonly mode: 'in-database' | 'sample';
  readonly rowsSeen: number;
  readonly nulls: number;
  readonly empty: number;
  readonly distinct: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly shapes: readonly ShapeCount[];
  /** Share of distinct, non-empty values that a detector's validator accepts, by `<detector>@<version>`; only where values were looked at. */
  readonly passRates: Readonly<Record<string, { readonly passed: number; readonly tried: number }>>;
  readonly detectorSet: string | null;
}

/** Looks at the values of one field, one by one, and forgets each. Handed to a connector so that it runs beside the source. */
export interface Profiler {
  /** Version of the detectors whose validators run; part of the evidence. */
  readonly detectorSet: string;
  begin(request: ProfileRequest): { add(value: unknown): void; end(): FieldProfile };
}
