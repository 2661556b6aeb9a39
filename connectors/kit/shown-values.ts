import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { ProfileMessage } from '../connector.ts';

/** Values are cut here, in characters, before anything looks at them. */
export const maxValue = 4096;

/** Fields of one table that are being looked at. */
export interface ShownValues {
  /** Shows a row: its columns are `c0`, `c1`, … in the order of the fields. What is no text counts as missing. */
  add(row: Readonly<Record<string, unknown>>): void;
  /** What remains of them: a profile a field. */
  end(): Iterable<ProfileMessage>;
}

/** Begins to look at fields. */
export function showValues(profiler: Profiler, requests: readonly ProfileRequest[]): ShownValues {
  const looking = requests.map((request) => profiler.begin(request));
  return {
    add(row) {
      for (const [i, field] of looking.entries()) {
        const value = row[`c${i}`];
        field.add(typeof value === 'string' ? value : null);
      }
    },
    *end() {
      for (const field of looking) yield { type: 'profile', profile: field.end() };
    },
  };
}

/** Fields as a gap names them: `email, address.street`. */
export function fieldNames(requests: readonly ProfileRequest[]): string {
  return requests.map(({ path }) => path.join('.')).join(', ');
}

/** The gap of a table whose rows the source's user may not read. `grant` is the statement that would let it. */
export function rowsForbidden(table: string, user: string, grant: string): Gap {
  return {
    what: `values of ${table}`,
    reason: 'no-rights',
    detail: `"${user}" may not read its rows; its structure was read`,
    remedy: grant,
  };
}
