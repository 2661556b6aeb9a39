import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../server/base/parse-json.ts';

describe('foreign JSON', () => {
  it('is parsed without a __proto__ member', () => {
    const value = parseJson('{"a":1,"__proto__":{"polluted":true}}', 'test');
    expect(value).toEqual({ a: 1 });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('that is broken is named with its place and never quoted', () => {
    const text = '{"canary": "hunter2" oops}';
    expect(() => parseJson(text, 'manifest.json')).toThrow(
      expect.objectContaining({
        code: 'ARTEFACT_INVALID',
        message: expect.stringMatching(/^manifest\.json: not valid JSON \(at character \d+\)$/u),
      }),
    );
  });

  it('above the limit is refused before it is parsed', () => {
    expect(() => parseJson('[1,2,3]', 'big.json', 3)).toThrow(expect.objectContaining({ code: 'ARTEFACT_TOO_LARGE' }));
  });
});
