import { has, type Value } from '../../profile/value.ts';
import { fold } from '../names/fold.ts';
import { isDeaNumber, isLoinc, isMbi, isNhsNumber, isNpi, isSnomedId } from './check-digits.ts';
import { detector, type Detector } from './detector.ts';
import { dictionary, inDictionary, type DictionaryName } from './dictionaries.ts';

const letters = has.lower | has.upper | has.foreign;

let newest: { readonly text: string; readonly phrases: readonly string[] } = { text: '', phrases: [] };

const foreign = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Arabic}\p{sc=Cyrillic}]/u;

/** The first eight words of a text, alone and in pairs; several lists are asked about one value in a row. */
function phrasesOf(text: string): readonly string[] {
  if (newest.text === text) return newest.phrases;
  const words = fold(text.slice(0, 200)).split(/[^\p{L}\p{N}]+/u, 9);
  const phrases = words.slice(0, 8).flatMap((word, i) => {
    const pair = `${word} ${words[i + 1] ?? ''}`;
    // A word of a script without letters for sounds is short.
    return word.length > (foreign.test(word) ? 1 : 4) ? [word, pair] : [pair];
  });
  newest = { text, phrases };
  return phrases;
}

/** True when a text is an entry of the list, or one of its first eight words is. */
function mentions(list: DictionaryName, { text, signs }: Value): boolean {
  if (inDictionary(list, text)) return true;
  const set = dictionary(list);
  if (phrasesOf(text).some((phrase) => set.has(phrase))) return true;
  return (signs & has.foreign) !== 0 && unspaced.test(text) && holdsEntry(list, fold(text));
}

/** Scripts that put no blank between words, and Hangul, which writes parts of a name together. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const unspacedEntries = new Map<DictionaryName, readonly string[]>();

/** Letters of one such script between signs, blanks and numbers. */
const segments = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+|\p{sc=Hangul}+|[\p{sc=Thai}\p{M}]+/gu;
/** "Acute", "bacterial": what ends so says what the rest of the segment is. */
const ofItsKind = /[性型症]$/u;

/**
 * True where a segment begins or ends with an entry. One of two signs may be parts of two words (`中风` in `中风险`, `천식` in
 * `추천식당`): it has to end the segment, behind a sign that says of what kind it is. Thai puts what is named last.
 */
function holdsEntry(list: DictionaryName, folded: string): boolean {
  let entries = unspacedEntries.get(list);
  if (entries === undefined) {
    // Two signs of hiragana stand in many a word.
    entries = [...dictionary(list)].filter(
      (entry) => entry.length > 1 && unspaced.test(entry.replaceAll(/\p{sc=Hiragana}/gu, '')),
    );
    unspacedEntries.set(list, entries);
  }
  const parts = folded.match(segments) ?? [];
  return entries.some((entry) =>
    parts.some((part) => {
      if (part.endsWith(entry)) return entry.length > 2 || ofItsKind.test(part.slice(0, -entry.length));
      return entry.length > 2 && !isThai.test(entry) && part.startsWith(entry);
    }),
  );
}

const isThai = /\p{sc=Thai}/u;

/** Pressure, saturation and consciousness are measured of bodies only; rates and temperatures of anything. */
const bodySign =
  /\b(?:NIBP|SpO2|SaO2|GCS)\b[:= ]{1,2}\d{2}|\bBP\b[:= ]{1,2}\d{2,3}\/\d{2}|\b(?:vitals?|patient|pt|VS)\b/;

const vitalSign = /\b(?:BP|RR|HR|NIBP|SpO2|SaO2|GCS|MAP|Puls|Pulse|Temp|Resp)\b[:= ]{1,2}\d{2}/g;

/** Records of care. A code is health data only where a person stands beside it; the table's subject decides that. */
export const health: readonly Detector[] = [
  detector({
    id: 'icd-10',
    fine: 'diagnosis',
    title: 'ICD-10 or ICD-10-CM code',
    method: 'format',
    source: 'WHO ICD-10; NCHS ICD-10-CM guidelines: letter, digit, sign, up to four after a point',
    chance: 0.05,
    minShare: 0.8,
    needs: has.digit,
    forbids: has.blank | has.dash | has.slash | has.at | has.colon,
    length: [3, 8],
    digits: [2, 6],
    alone: 0.8,
    named: 3,
    test: ({ text }) => /^[A-TV-Z]\d[\dAB](?:\.[\dA-Z]{1,4})?$/i.test(text),
  }),
  detector({
    id: 'icd-10-dotted',
    version: 2,
    fine: 'diagnosis',
    title: 'ICD-10 code with its point, and how sure and on which side it is',
    method: 'format',
    source: 'WHO ICD-10; ICD-10-GM: G, V, Z, A and L, R, B behind it',
    chance: 0.02,
    minShare: 0.4,
    needs: has.digit | has.dot,
    forbids: has.dash | has.slash | has.at | has.colon,
    length: [5, 13],
    digits: [3, 6],
    alone: 1.8,
    named: 3,
    test: ({ text }) => /^[A-TV-Z]\d[\dAB]\.[\dA-Z]{1,4}(?:[+*!]? [GVZA](?: ?[LRB])?)?$/.test(text),
  }),
  detector({
    id: 'icd-9',
    fine: 'diagnosis',
    title: 'ICD-9-CM code',
    method: 'format',
    source: 'NCHS ICD-9-CM',
    chance: 0.3,
    minShare: 0.8,
    forbids: has.blank | has.dash | has.slash,
    length: [3, 6],
    digits: [3, 5],
    alone: -3,
    named: 2,
    test: ({ text }) => /^(?:\d{3}|V\d{2}|E\d{3})(?:\.?\d{1,2})?$/i.test(text),
  }),
  detector({
    id: 'cpt-hcpcs',
    fine: 'procedure',
    title: 'CPT or HCPCS code',
    method: 'format',
    source: 'AMA CPT (five signs), CMS HCPCS level II (letter, four digits)',
    chance: 0.3,
    minShare: 0.8,
    forbids: has.blank | has.dash | has.dot,
    length: [5, 5],
    digits: [4, 5],
    alone: -2.5,
    named: 2,
    test: ({ text }) => /^(?:\d{4}[\dFTU]|[A-CEGHJ-MP-V]\d{4})$/i.test(text),
  }),
  detector({
    id: 'ndc',
    fine: 'medication',
    title: 'US national drug code',
    method: 'format',
    source: '21 CFR 207.33: 4-4-2, 5-3-2, 5-4-1, 5-4-2',
    chance: 0.02,
    minShare: 0.8,
    needs: has.dash,
    forbids: letters | has.blank | has.dot | has.slash,
    length: [12, 13],
    digits: [10, 11],
    alone: 1.5,
    named: 3,
    test: ({ text }) => /^(?:\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1,2})$/.test(text),
  }),
  detector({
    id: 'loinc',
    fine: 'lab_result',
    title: 'LOINC code',
    method: 'checksum',
    source: 'Regenstrief Institute: Luhn check digit after the dash',
    chance: 0.1,
    minShare: 0.8,
    needs: has.dash,
    forbids: letters | has.blank | has.dot | has.slash,
    length: [3, 7],
    digits: [2, 6],
    alone: 2,
    named: 3,
    test: ({ text }) => isLoinc(text),
  }),
  detector({
    id: 'snomed',
    fine: 'diagnosis',
    title: 'SNOMED CT identifier',
    method: 'checksum',
    source: 'SNOMED CT release file specification: partition, Verhoeff',
    chance: 0.03,
    minShare: 0.8,
    forbids: letters | has.blank | has.dot | has.dash,
    length: [6, 18],
    digits: [6, 18],
    alone: 1.5,
    named: 3,
    test: ({ number }) => isSnomedId(number),
  }),
  detector({
    id: 'npi',
    fine: 'provider_npi',
    title: 'US national provider identifier',
    method: 'checksum',
    source: '45 CFR 162.406: Luhn over 80840 and ten digits',
    chance: 0.02,
    minShare: 0.8,
    forbids: letters | has.blank | has.dash,
    length: [10, 12],
    digits: [10, 11],
    alone: 3,
    named: 3.5,
    test: ({ number }) => isNpi(number),
  }),
  detector({
    id: 'dea',
    fine: 'provider_npi',
    title: 'US DEA registration number',
    method: 'checksum',
    source: '21 CFR 1301: check digit',
    chance: 0.1,
    minShare: 0.8,
    forbids: has.blank | has.dash | has.dot,
    length: [9, 9],
    digits: [7, 8],
    alone: 3,
    named: 3.5,
    test: ({ text }) => isDeaNumber(text),
  }),
  detector({
    id: 'nhs',
    fine: 'medical_record_number',
    title: 'NHS number',
    method: 'checksum',
    source: 'NHS Data Dictionary: modulo 11',
    chance: 0.09,
    minShare: 0.8,
    forbids: letters | has.dot | has.slash,
    length: [10, 12],
    digits: [10, 10],
    alone: 3,
    named: 3.5,
    test: ({ text, number }) => isNhsNumber(number) && /^\d{3}([ -]?)\d{3}\1\d{4}$/.test(text),
  }),
  detector({
    id: 'mbi',
    fine: 'health_insurance_id',
    title: 'US Medicare beneficiary identifier',
    method: 'format',
    source: 'CMS: eleven signs by position, without S L O I B Z',
    chance: 0.001,
    minShare: 0.8,
    needs: has.digit,
    forbids: has.blank | has.dot | has.slash,
    length: [11, 13],
    digits: [4, 9],
    alone: 4,
    named: 3.5,
    test: ({ text }) => isMbi(text),
  }),
  detector({
    id: 'record-form',
    fine: 'medical_record_number',
    title: 'Prefix and digits of a record number',
    method: 'format',
    source: 'own rule: MRN, PAT, ENC, CHT and the like',
    chance: 0.01,
    minShare: 0.8,
    needs: has.digit,
    forbids: has.at | has.slash,
    length: [6, 20],
    digits: [4, 12],
    alone: 1.5,
    named: 3,
    test: ({ text }) => /^(?:MRN|MR|PAT|PT|PID|CHT|HOSP|UHID)[-: _#]?\d{4,12}$/i.test(text),
  }),
  detector({
    id: 'udi',
    fine: 'device_id',
    title: 'Unique device identifier of a medical device',
    method: 'format',
    source: '21 CFR 830; GS1, HIBCC and ICCBBA forms',
    needs: has.paren,
    length: [18, 100],
    digits: [16, 80],
    alone: 2,
    named: 3,
    test: ({ text }) => /^\(01\)\d{14}(?:\((?:10|11|17|21)\)[\w-]{1,20}){1,4}$/.test(text),
  }),
  detector({
    id: 'blood-pressure',
    fine: 'lab_result',
    title: 'Systolic over diastolic pressure',
    method: 'range',
    source: 'own rule: 60–250 over 30–150',
    chance: 0.02,
    minShare: 0.8,
    needs: has.slash,
    length: [5, 16],
    digits: [4, 6],
    alone: 1.5,
    named: 3,
    test: ({ text }) => {
      const found = /^(\d{2,3}) ?\/ ?(\d{2,3})(?: ?mm ?hg)?$/i.exec(text);
      if (found === null) return false;
      const [high, low] = [Number(found[1]), Number(found[2])];
      return high >= 60 && high <= 250 && low >= 30 && low <= 150 && high > low;
    },
  }),
  detector({
    id: 'vital-signs',
    version: 2,
    fine: 'lab_result',
    title: 'Several vital signs with their numbers, one of them of bodies only',
    method: 'content',
    source: 'own rule: short forms of blood pressure, pulse, breath, oxygen, temperature',
    chance: 0.001,
    minShare: 0.1,
    needs: has.digit | has.upper,
    length: [10, 1_000],
    digits: [4, 1_000],
    alone: 2.4,
    named: 2.5,
    test: ({ text }) =>
      new Set(text.match(vitalSign)?.map((sign) => sign.replace(/[^A-Za-z]/g, ''))).size >= 2 && bodySign.test(text),
  }),
  detector({
    id: 'lab-measurement',
    fine: 'lab_result',
    title: 'Number with a clinical unit',
    method: 'format',
    source: 'UCUM units of laboratory medicine',
    chance: 0.01,
    minShare: 0.6,
    needs: has.digit | has.slash,
    length: [5, 40],
    alone: 2,
    named: 3,
    test: ({ text }) =>
      /^[<>]?\d+(?:[.,]\d+)? ?(?:mg|g|ng|pg|ug|µg|mcg|mmol|µmol|umol|nmol|mIU|IU|U|mU|cells|copies|mEq)\/(?:dL|L|mL|µL|uL|kg|min)\b/i.test(
        text,
      ),
  }),
  textDetector(
    'diagnosis-text',
    'diagnosis',
    'diagnoses',
    'Name of a disease',
    'own list of diseases in some twenty-five languages',
    1.6,
    2.5,
  ),
  textDetector(
    'medication-text',
    'medication',
    'medications',
    'Name of a drug',
    'own list of substances and brands (WHO INN stems)',
    1.6,
    2.5,
  ),
  textDetector('procedure-text', 'procedure', 'procedures', 'Name of a medical procedure', 'own list', 0.6, 2.5),
  textDetector('allergen-text', 'allergy', 'allergens', 'Name of an allergen', 'own list', -0.5, 2.5),
  textDetector('lab-test-text', 'lab_result', 'lab-tests', 'Name of a laboratory test', 'own list', 0.8, 2.5),
  detector({
    id: 'dose-text',
    fine: 'medication',
    title: 'Drug with its dose',
    method: 'format',
    source: 'own rule: amount, unit, form',
    chance: 0.01,
    minShare: 0.5,
    needs: has.blank | has.digit,
    length: [6, 120],
    alone: 2.2,
    named: 3,
    test: ({ text }) =>
      /\b\d+(?:\.\d+)? ?(?:mg|mcg|µg|ml|units?|iu|actuat)\b.*\b(?:tablets?|tabs?|capsules?|caps?|oral|injection|injectable|inhaler|daily|bid|tid|qid|qd|prn|cream|suspension|solution|pill|patch|once|twice|po)\b/i.test(
        text,
      ),
  }),
  detector({
    id: 'dna-sequence',
    fine: 'genetic',
    title: 'Bases of a sequence, or a variant',
    method: 'format',
    source: 'IUPAC nucleotide codes; dbSNP rs numbers; HGVS',
    chance: 0.001,
    minShare: 0.7,
    length: [4, 4_096],
    alone: 2,
    named: 3,
    test: ({ text }) =>
      /^[ACGTUN]{12,}$/.test(text) ||
      /^rs\d{3,10}$/.test(text) ||
      /^(?:NM_\d+\.\d+:)?[cgp]\.[\w>*()+-]{4,40}$/.test(text),
  }),
  detector({
    id: 'genotype',
    fine: 'genetic',
    title: 'Pair of alleles',
    method: 'format',
    source: 'own rule: AA, A/G, A|T',
    chance: 0.02,
    minShare: 0.9,
    length: [2, 3],
    digits: [0, 0],
    alone: -1,
    named: 2.5,
    test: ({ text }) => /^[ACGT][|/]?[ACGT]$/.test(text),
  }),
];

function textDetector(
  id: string,
  fine: string,
  list: 'diagnoses' | 'medications' | 'procedures' | 'allergens' | 'lab-tests',
  title: string,
  source: string,
  alone: number,
  named: number,
): Detector {
  return detector({
    id,
    // Within texts of scripts that put no blanks between words they find whole segments and ends of them.
    version: 4,
    fine,
    title,
    method: 'dictionary',
    source: `${source} (dictionaries/${list}.txt)`,
    chance: 0.02,
    // One of three values may be a word of something else.
    minShare: 0.34,
    forbids: has.at | has.brace,
    length: [2, 120],
    alone,
    named,
    test: (value) => mentions(list, value),
  });
}
