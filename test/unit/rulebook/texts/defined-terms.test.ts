import { describe, expect, it } from 'vitest';
import { definedTerms } from '../../../../server/rulebook/texts/defined-terms.ts';

/** The slug of each term and its first words. */
function cut(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => ({ text: line, page: null }));
  return definedTerms(lines).map(({ slug, lines: own }) => `${slug}: ${own.length}`);
}

describe('the terms of a section of definitions', () => {
  it('are told from the one before over brackets that say where they are defined, in brackets of their own', () => {
    expect(
      cut(
        [
          'Guard information means what',
          'a guard (or a warden) knows.',
          'Guard insurer (as',
          'defined in section 12(b)(2) of',
          'the GI Act, 4 X.Y.Z. 300gg-',
          '91(b)(2) and used in the',
          'definition of guard plan in this',
          'section) means a company that insures.',
          'Guard keeping',
          'organization (GKO) (as defined',
          'in section 12(b)(3) of the GI',
          'Act and used in this section)',
          'means whoever keeps guards.',
        ].join('\n'),
      ),
    ).toEqual(['guard-information: 2', 'guard-insurer: 6', 'guard-keeping-organization: 5']);
  });

  it('are told by other words that define, with numbers in them, and by where they are used', () => {
    expect(
      cut(
        [
          'Contrary, when used to compare a rule,',
          'an order, or a habit with this part, means:',
          '(1) The one forbids what the other asks.',
          'Joint keeping exists if two keep.',
          'Night safeguards are nightly',
          'measures.',
          'Safety or Safety measures',
          'encompass all of them.',
          'Step 1 opening means the first door.',
        ].join('\n'),
      ),
    ).toEqual(['contrary: 3', 'joint-keeping: 1', 'night-safeguards: 2', 'safety: 2', 'step-1-opening: 1']);
  });

  it('are not sentences of a definition that only look like one', () => {
    expect(
      cut(
        [
          'Key means a thing that opens.',
          'Such key includes a card.',
          'Lost keys are not keys.',
          'Lost keys (as listed in section 3) open nothing.',
          'Any lock exists if a key does.',
          'Keys of',
          'Wards are kept by guards.',
          'Old locks, and doors of all kinds that were built by hand before, are counted.',
        ].join('\n'),
      ),
    ).toEqual(['key: 8']);
  });
});
