import { describe, expect, it } from 'vitest';
import { isLexlineError } from '../../../server/base/errors.ts';
import { parseSafely } from '../../../server/rulebook/texts/parse-safely.ts';
import { hostilePdfs } from './hostile-pdfs.ts';

const signal = new AbortController().signal;
/** For what never ends, so that the suite does; the product allows 30 s of computing and two minutes. */
const limits = { timeMs: 12_000 };

describe('a hostile document', () => {
  it.each(hostilePdfs)('is refused or read within bounds: $name', async ({ make, ends }) => {
    const bytes = make();
    try {
      const isBounded = ends?.includes('DEADLINE_EXCEEDED') === true;
      const text = await parseSafely(bytes, { numbering: 'articles' }, signal, isBounded ? limits : undefined);
      expect(ends).toBeNull();
      expect(text.provisions.map(({ number }) => number)).toContain('1');
      expect(text.warnings.join()).toContain('hidden text found and left out on page 1');
      expect(text.text).not.toContain('SYSTEM');
    } catch (error) {
      if (!isLexlineError(error)) throw error;
      expect(ends, error.message).toContain(error.code);
      expect(error.message).toMatch(/^\[rulebook\] /u);
    }
  });

  it('is refused for its size before anything reads it', () => {
    expect(() => parseSafely(new Uint8Array(26 * 1024 * 1024), { numbering: 'articles' }, signal)).toThrow(
      /more than/u,
    );
  });

  it('is let go of when the asker stops', async () => {
    const stop = new AbortController();
    const reading = parseSafely(
      hostilePdfs[3]?.make() ?? new Uint8Array(),
      { numbering: 'articles' },
      stop.signal,
      limits,
    );
    // Reading happens elsewhere: this process goes on, and can say that it no longer wants it.
    setImmediate(() => stop.abort());
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
