import { seesWholeSources, type Scope } from '../access/viewer.ts';
import type { Gap } from '../model/provenance.ts';

/**
 * What a run missed, as a viewer may read it. Its gaps name datasets in words, so who does not see whole sources reads only
 * how many there are.
 */
export function shownGaps(scope: Scope, gaps: readonly Gap[]): readonly Gap[] {
  const [first] = gaps;
  if (first === undefined || seesWholeSources(scope)) return gaps;
  const what = gaps.length === 1 ? 'one gap of the last read' : `${gaps.length} gaps of the last read`;
  return [
    { what, reason: first.reason, detail: 'not shown to you by name', remedy: 'Ask somebody who sees whole sources.' },
  ];
}
