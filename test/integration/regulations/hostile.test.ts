import { describe, expect, it } from 'vitest';
import { isLexlineError } from '../../../server/base/errors.ts';
import { parseSafely } from '../../../server/rulebook/texts/parse-safely.ts';
import { hostilePdfs } from './hostile-pdfs.ts';

const signal = new AbortController().signal;
/** Short, so that the suite ends soon on a slow machine; the product allows 30 s of computing and two minutes. */
const limits = { timeMs: 12_000 };

describe('a hostile document', () => {
  it.each(hostilePdfs)(
    'is refused or read within bounds, and the one that asks goes on: $name',
    { timeout: 120_000 },
    async ({ make, ends }) => {
      const bytes = make();
      let beats = 0;
      const heart = setInterval(() => (beats += 1), 20);
      try {
        const text = await parseSafely(bytes, 'articles', signal, limits);
        expect(ends).toBeNull();
        expect(text.provisions.map(({ number }) => number)).toContain('1');
        expect(text.warnings.join()).toContain('hidden text found and left out on page 1');
        expect(text.text).not.toContain('SYSTEM');
      } catch (error) {
        if (!isLexlineError(error)) throw error;
        expect(ends, error.message).toContain(error.code);
        expect(error.message).toMatch(/^\[rulebook\] /u);
      } finally {
        clearInterval(heart);
      }
      // Reading happens elsewhere: this process was never held up.
      expect(beats).toBeGreaterThan(1);
    },
  );

  it('is refused for its size before anything reads it', () => {
    expect(() => parseSafely(new Uint8Array(26 * 1024 * 1024), 'articles', signal)).toThrow(/more than/u);
  });

  it('is let go of when the asker stops', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const reading = parseSafely(hostilePdfs[3]?.make() ?? new Uint8Array(), 'articles', stop.signal, limits);
    setTimeout(() => stop.abort(), 300);
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
