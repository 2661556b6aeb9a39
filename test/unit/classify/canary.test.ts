import { describe, expect, it } from 'vitest';
import { classifyLine } from '../../../server/classify/classify-line.ts';
import { detectors } from '../../../server/classify/detectors/detectors.ts';
import { messageOf } from '../../../server/base/errors.ts';
import { classifier, judgeTable, tableOf } from './column.ts';
import { detectorCases } from './detector-cases.ts';

/** Signs that no shape, name or reason holds by itself. */
const canary = 'Zqx7Kanary';
const rows = (text: string): string[] => Array.from({ length: 12 }, (_, i) => `${text}${i}`);

describe('no value is kept', () => {
  const seeded = {
    email: rows(canary).map((text) => `${text}@example.com`),
    notes: rows(`Please call ${canary} Peterson on +1 202 555 0143, number `),
    payload: rows(canary).map((text) => JSON.stringify({ customer: text, [text]: 'key', card: '4111111111111111' })),
    ssn: ['219-09-9998', '219-09-9997', canary],
    code: [canary, canary, canary, canary, canary, canary],
    url: rows(`https://example.com/${canary}/?email=a%40example.com&x=`),
  };

  it('neither in a profile nor in a judgement', () => {
    const table = tableOf('customers', seeded);
    const kept = JSON.stringify([table.columns.map(({ profile }) => profile), classifier.classify(table)]);
    expect(kept).not.toContain(canary);
    expect(kept.toLowerCase()).not.toContain(canary.toLowerCase());
    expect(kept).not.toContain('219-09');
    expect(kept).not.toContain('4111111111111111');
  });

  it('nor in the answer of the command, nor in its errors', () => {
    const answer = JSON.stringify(classifyLine({ id: 1, table: 't', column: 'c', samples: seeded.notes }, classifier));
    expect(answer).not.toContain(canary);
    for (const bad of [
      { id: 1, column: 5, samples: [canary] },
      { id: 1, column: 'c', samples: canary },
      { column: 'c', samples: [canary] },
    ])
      try {
        classifyLine(bad, classifier);
        expect.unreachable('the row is refused');
      } catch (error) {
        expect(messageOf(error)).not.toContain(canary);
      }
  });

  it('nor does any detector’s own case come back in what is kept of it', () => {
    for (const { id, fine } of detectors) {
      // Words for a form or a list entry are words of our own reasons too.
      if (fine === null) continue;
      const hits = detectorCases[id]?.hits ?? [];
      const kept = JSON.stringify(judgeTable('t', { c: [...hits, ...hits] }));
      for (const hit of hits) if (hit.length > 6 && /[a-z]{3}|\d{4}/.test(hit)) expect(kept, id).not.toContain(hit);
    }
  });
});
