import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dataFile } from '../../../server/base/data-files.ts';
import { loadLexicon } from '../../../server/classify/names/lexicon.ts';
import { readName } from '../../../server/classify/names/read-name.ts';
import { tokens } from '../../../server/classify/names/tokens.ts';

const folder = dataFile('regulations/taxonomy/names');
const lexicon = loadLexicon();

describe('phrases with short words, written out', () => {
  it.each([
    ['phone_number', 'phone'],
    ['phoneNumber', 'phone'],
    ['phone_num', 'phone'],
    ['customer_phone_no', 'phone'],
    ['marital_status', 'marital_status'],
    ['subscriber_number', 'person_id'],
    ['phn_number', 'health_insurance_id'],
  ])('%s speaks of %s and of nothing else outright', (name, fine) => {
    const outright = readName(name, lexicon).senses.filter(({ strength }) => strength === 2);
    expect([...new Set(outright.map((sense) => sense.fine))]).toEqual([fine]);
  });

  it.each(['reference_document', 'medical_id', 'medical_code', 'encrypted_date', 'patient_stage'])(
    '%s is not what its short form is on the ward',
    (name) => {
      const clinical = readName(name, lexicon).senses.filter(({ phrase }) => phrase.includes(' '));
      expect(clinical).toEqual([]);
    },
  );

  it('take no phrase that is written for another category', () => {
    const written = new Map<string, Set<string>>();
    const all = phrases();
    for (const { words, fine } of all) written.set(words, (written.get(words) ?? new Set()).add(fine));
    const taken = all.flatMap(({ words, fine }) => {
      const expanded = words.split(' ').map((word) => lexicon.expand(word));
      const phrase = expanded.join(' ');
      const owners = written.get(phrase);
      if (expanded.length === 1 || owners === undefined || owners.has(fine)) return [];
      const said = lexicon.meanings(phrase).some((meaning) => meaning.kind === 'sense' && meaning.fine === fine);
      return said ? [`${words} takes ${phrase} for ${fine}`] : [];
    });
    expect(taken).toEqual([]);
  });
});

/** Every phrase of the shipped files as it is written, with its category. */
function phrases(): readonly { readonly words: string; readonly fine: string }[] {
  return readdirSync(folder).flatMap((file) => {
    const { senses = {} } = parse(readFileSync(join(folder, file), 'utf8')) as { senses?: Record<string, string> };
    return Object.entries(senses).flatMap(([sense, list]) =>
      list.split(',').map((raw) => ({
        words: tokens(raw.replaceAll('+', ' ').replace(/\?\s*$/u, '')).join(' '),
        fine: sense.replace(/\?+$/u, ''),
      })),
    );
  });
}
