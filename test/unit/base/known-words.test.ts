import { describe, expect, it } from 'vitest';
import { isVocabulary } from '../../../server/base/known-words.ts';

describe('words of which names and comments of columns are made', () => {
  it.each([
    'date of birth',
    'Social Security Number',
    'What is your religion?',
    'Do you have a disability?',
    'Haben Sie eine Behinderung?',
    'diagnosis_code',
    'Geburtsdatum',
  ])('make up %s', (text) => {
    expect(isVocabulary(text)).toBe(true);
  });

  it.each(['Zqx Kanary', 'blood group 4', 'Maria', 'Schmidt, birth date', 'ann@birth', 'birth=date', '', '—'])(
    'do not make up %s',
    (text) => {
      expect(isVocabulary(text)).toBe(false);
    },
  );
});
