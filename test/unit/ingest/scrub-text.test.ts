import { describe, expect, it } from 'vitest';
import { scrubText } from '../../../server/ingest/scrub-text.ts';

describe('text that may be kept', () => {
  it.each([
    ['write to ada.lovelace@example.com', 'write to [address]'],
    ['card 4111 1111 1111 1111, test', 'card [number], test'],
    ['call +49 171 2345678', 'call [number]'],
    ['postgres://user:secret@db.example.com/x', 'postgres://…@db.example.com/x'],
  ])('%s becomes %s', (text, kept) => {
    expect(scrubText(text)).toBe(kept);
  });

  it.each(['created on 2026-11-21', 'numeric(10,2)', 'order 12345678', 'e-mail of the customer', 'v1.2.3 @ head'])(
    '%s stays as it is',
    (text) => {
      expect(scrubText(text)).toBe(text);
    },
  );

  it('cuts what is too long and mends broken characters', () => {
    expect(scrubText('x'.repeat(20_000))).toHaveLength(16_385);
    expect(scrubText('a\ud800b').isWellFormed()).toBe(true);
  });
});
