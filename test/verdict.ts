import type { Verdict } from '../server/model/classification.ts';

/** A detector's verdict that a field holds nothing, but for what a test says of it. */
export function verdict(said: Partial<Verdict> = {}): Verdict {
  return {
    field: 'f',
    decider: 'detector',
    by: 'detectors@1',
    category: 'none',
    state: 'proposed',
    classes: [],
    fine: [],
    confidence: 0.9,
    derived: null,
    evidence: [],
    citations: [],
    key: 'k',
    at: '2026-01-01T00:00:00.000Z',
    ...said,
  };
}
