import { describe, expect, it } from 'vitest';
import type { Citation } from '../../../server/model/classification.ts';
import { createRegulationWords } from '../../../server/query/regulation-words.ts';
import { loadCatalogues } from '../../../server/rulebook/catalogue.ts';

const applies: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shop: { hipaa: 'none', ccpa: 'none', gdpr: 'controller' },
  clinic: { hipaa: 'covered-entity' },
};
const words = createRegulationWords(loadCatalogues(['gdpr', 'hipaa', 'ccpa']), (source) => applies[source] ?? {});

function cited(provision: string): Citation {
  return { provision, edition: 'a', check: 'text-matched', quote: 'a b', ownWords: null, sourceSha256: null };
}

describe("the regulations' words of a source that one of them does not bind", () => {
  it('leave that regulation out, of terms, of its catalogue and of what a verdict carries', () => {
    const terms = words.terms('user.health', ['shop'], 'patient', 'clear').map(({ regulation }) => regulation);
    expect(new Set(terms)).toEqual(new Set(['gdpr']));
    const ids = words.citations('user.health', null, ['shop'], 'patient').map(({ provision }) => provision);
    expect(ids).toEqual(['GDPR:4(1)', 'GDPR:9(1)']);
    const carried = ['GDPR:9(1)', 'HIPAA:164.306(a)', 'CCPA:1798.140(ae)'].map((id) => cited(id));
    expect(words.binding(carried, ['shop']).map(({ provision }) => provision)).toEqual(['GDPR:9(1)']);
  });

  it('hold it where it binds, and where nobody said', () => {
    const carried = [cited('HIPAA:164.306(a)'), cited('CCPA:1798.140(ae)')];
    expect(words.binding(carried, ['clinic'])).toEqual(carried);
    expect(words.terms('user.health', ['clinic'], 'patient', 'clear')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ regulation: 'hipaa', applies: true }),
        expect.objectContaining({ regulation: 'gdpr', applies: false }),
      ]),
    );
  });
});
