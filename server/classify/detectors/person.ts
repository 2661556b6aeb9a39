import { has } from '../../profile/value.ts';
import { fold } from '../names/fold.ts';
import { detector, type Detector } from './detector.ts';
import { inDictionary } from './dictionaries.ts';
import { isEastAsianName } from './east-asian-names.ts';
import { transliterate } from './transliterate.ts';

/** Endings of family names in many languages: enough of them in a column tell names from other words. */
const familyEnding =
  /(?:sson|sen|sdottir|dottir|datter|(?:e|o)vich|ovic|evic|(?:[aeo]v|in)(?:a|o)?(?<=(?:ov|ev|in|ova|eva|ina))|sk[iya]{1,2}|ck[iya]|enko|chuk|czyk|wicz|escu|eanu|oglu|idis|akis|opoulos|poulou|adis|yan|ian|shvili|adze|nen|berg|stein|mann|meyer|maier|bauer|stra|stad|sma|ez|elli|etti|ini|ucci|eira|ndez|zadeh|pour|singh|kumar|swamy|moto|mura|yama|guchi|shita|saki)$/u;
const title =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|herr|frau|fr|mme|mlle|m|sr|sra|srta|sig|sig\.ra|dott|dhr|mevr|pan|pani|bay|bayan|shri|smt)\.? +/iu;
const suffix = /,? +(?:jr|sr|ii|iii|iv|md|phd|dds|esq|cpa|rn|dvm)\.?$/iu;

/** A word with a made-up data tool's digits at its end taken off: `Mirella222` → `mirella`. */
function bare(word: string): string {
  return fold(transliterate(word.replace(/(?<=\p{L}{3})\d{1,4}$/u, ''))).replaceAll(/['’`.]/g, '');
}

/** True for a given name of the list, in any of the scripts that can be put into Latin letters. */
export function isFirstName(text: string): boolean {
  return (
    bare(text)
      .split(/[ -]/)
      .every((part) => inDictionary('first-names', part) || /^[a-z]$/.test(part)) && text.length > 1
  );
}

/** True for a family name of the list, or a word with a family name's ending. */
export function isLastName(text: string): boolean {
  const word = bare(text);
  if (inDictionary('last-names', word)) return true;
  const end = word.split(/[ -]/).at(-1) ?? '';
  return inDictionary('last-names', end) || (end.length >= 5 && familyEnding.test(end));
}

/** True for a whole personal name: two to five words, one of them a known given or family name; or an East Asian name. */
export function isFullName(text: string): boolean {
  if (isEastAsianName(text)) return true;
  const plain = text.replace(title, '').replace(suffix, '');
  const words = plain.split(/[ ,]+/u).filter((word) => word !== '');
  if (words.length < 2 || words.length > 5) return false;
  if (!words.every((word) => /^[\p{L}][\p{L}\p{M}'’.-]*\d{0,4}$/u.test(word))) return false;
  if (words.some((word) => notInNames.has(fold(word)))) return false;
  const given = words.filter((word) => inDictionary('first-names', bare(word))).length;
  if (given > 0)
    return (
      /^\p{Lo}|^\p{Lu}(?!.* \p{Ll}[^ ]*$)|^\p{Ll}+ \p{Ll}+$/u.test(plain) ||
      inDictionary('last-names', bare(words.at(-1) ?? ''))
    );
  return words.filter((word) => isLastName(word)).length > 0 && text !== plain;
}

const notInNames = new Set(
  'the of and for in on to with at by inc llc ltd gmbh corp co company group street st road rd avenue city county university college school hospital center centre church park lake river island north south east west new red blue green black white credit service services bank general national international american department systems solutions technology health care insurance unit type test status standard premium basic pro plus edition version'.split(
    ' ',
  ),
);

function oneOf(words: string): (text: string) => boolean {
  const set = new Set(words.split(',').map((word) => fold(word.trim())));
  return (text) => set.has(fold(text).replaceAll(/[._]/g, ' ').trim());
}

const isGender = oneOf(
  'male, female, man, woman, men, women, boy, girl, non-binary, nonbinary, non binary, transgender, trans male, trans female, genderqueer, agender, intersex, prefer not to say, weiblich, männlich, divers, homme, femme, masculin, féminin, hombre, mujer, masculino, femenino, feminino, maschio, femmina, maschile, femminile, man, vrouw, mannelijk, vrouwelijk, kvinna, kvinde, kvinne, mand, mann, mies, nainen, mężczyzna, kobieta, muž, žena, férfi, erkek, kadın, kadin, мужской, женский, муж, жен, мужчина, женщина, чоловік, жінка, 男, 女, 男性, 女性, 남, 여, 남성, 여성, 남자, 여자, ذكر, أنثى, זכר, נקבה, पुरुष, महिला, laki-laki, perempuan, pria, wanita, he/him, she/her, they/them, other gender',
);
const isMarital = oneOf(
  'single, married, divorced, widowed, separated, never married, married-civ-spouse, never-married, married-spouse-absent, civil partnership, domestic partner, domestic partnership, engaged, cohabiting, in a relationship, ledig, verheiratet, geschieden, verwitwet, célibataire, marié, mariée, divorcé, divorcée, veuf, veuve, pacsé, soltero, soltera, casado, casada, divorciado, divorciada, viudo, viuda, solteiro, solteira, viúvo, celibe, nubile, coniugato, coniugata, sposato, vedovo, ongehuwd, gehuwd, gescheiden, weduwe, ogift, gift, skild, ugift, skilt, żonaty, zamężna, rozwiedziony, холост, женат, замужем, разведен, 未婚, 已婚, 离异, 独身, 既婚, 미혼, 기혼, bekar, evli, boşanmış',
);
const isBloodType = oneOf(
  'a+, a-, b+, b-, ab+, ab-, o+, o-, a pos, a neg, b pos, b neg, ab pos, ab neg, o pos, o neg, 0+, 0-, a positive, o positive, a rh+, o rh+',
);
const isDegree = oneOf(
  "high school, bachelor, bachelors, bachelor's, master, masters, master's, phd, doctorate, associate, some college, hs-grad, some-college, prof-school, assoc-voc, assoc-acdm, diploma, bsc, msc, mba, graduate, undergraduate, secondary, primary school, high school diploma, college, postgraduate, ged, abitur, hauptschule, realschule, bachelor's degree, master's degree, university, graduate school",
);
const isOrientation = oneOf(
  'heterosexual, homosexual, bisexual, gay, lesbian, straight, asexual, pansexual, queer, hetero',
);
const isParty = oneOf(
  'democrat, republican, democratic, libertarian, green party, independent, labour, conservative, liberal, tory, cdu, csu, spd, fdp, die linke, afd, left wing, right wing, socialist, communist, liberal democrat, social democrat, progressive, centrist, grüne, ukip, psoe, pp, vox, podemos',
);

const never = has.at | has.brace | has.slash | has.colon | has.underscore;

const firstWord = (text: string): string => text.slice(0, text.search(/[ ,]/));
const lastWord = (text: string): string => text.slice(text.lastIndexOf(' ') + 1).replace(suffix, '');

/** Who someone is. */
export const person: readonly Detector[] = [
  detector({
    id: 'full-name',
    version: 3,
    fine: 'person_name',
    title: 'Given and family name',
    method: 'dictionary',
    source: 'own lists of given and family names; endings of family names; East Asian family names',
    chance: 0.02,
    minShare: 0.35,
    forbids: never | has.percent,
    length: [2, 60],
    digits: [0, 8],
    alone: 3.2,
    named: 3,
    test: ({ text }) => isFullName(text),
  }),
  detector({
    id: 'form-family-name',
    fine: null,
    title: 'Words with a family name at the end, or before a given one',
    method: 'dictionary',
    source: 'own list of family names and endings',
    needs: has.blank,
    forbids: never | has.percent,
    // A few of many are told from none.
    minShare: 0.1,
    length: [3, 60],
    digits: [0, 8],
    test: ({ text }) =>
      isEastAsianName(text) ||
      isLastName(lastWord(text)) ||
      (isLastName(firstWord(text)) && isFirstName(lastWord(text))),
  }),
  detector({
    id: 'first-name',
    fine: 'first_name',
    title: 'Given name',
    method: 'dictionary',
    source: 'own list of given names (dictionaries/first-names.txt)',
    chance: 0.02,
    minShare: 0.3,
    forbids: never | has.comma,
    length: [2, 30],
    digits: [0, 4],
    alone: 2.2,
    named: 3,
    test: ({ text }) => isFirstName(text),
  }),
  detector({
    id: 'last-name',
    fine: 'last_name',
    title: 'Family name',
    method: 'dictionary',
    source: 'own list of family names (dictionaries/last-names.txt) and endings',
    chance: 0.06,
    minShare: 0.35,
    forbids: never | has.comma,
    length: [2, 30],
    digits: [0, 4],
    alone: 1.6,
    named: 3,
    test: ({ text }) => isLastName(text),
  }),
  detector({
    id: 'titled-name',
    fine: 'person_name',
    title: 'Name after a form of address',
    method: 'format',
    source: 'own rule',
    needs: has.blank,
    forbids: never,
    length: [5, 60],
    alone: 2.5,
    named: 3,
    test: ({ text }) =>
      /^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme|Mlle|Sra?|Dott)\.? \p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,3}$/u.test(
        text,
      ),
  }),
  detector({
    id: 'gender',
    fine: 'gender',
    title: 'Word for a gender',
    method: 'dictionary',
    source: 'own list in 25 languages; HL7 AdministrativeGender',
    chance: 0.01,
    minShare: 0.5,
    length: [1, 20],
    digits: [0, 0],
    alone: 2.2,
    named: 3,
    test: ({ text }) => isGender(text),
  }),
  detector({
    id: 'gender-letter',
    fine: 'gender',
    title: 'M, F, W, X, U or a digit of ISO/IEC 5218',
    method: 'dictionary',
    source: 'ISO/IEC 5218, HL7, DICOM (0010,0040)',
    chance: 0.2,
    minShare: 0.9,
    length: [1, 3],
    alone: -2,
    named: 2,
    test: ({ text }) => /^(?:[MFWXUODHVKN]|[0129](?:\.0)?)$/i.test(text),
  }),
  detector({
    id: 'gender-mf',
    fine: 'gender',
    title: 'M and F, and nothing else',
    method: 'dictionary',
    source: 'HL7 AdministrativeGender, DICOM (0010,0040)',
    chance: 0.08,
    minShare: 0.99,
    length: [1, 1],
    digits: [0, 0],
    alone: 0.8,
    named: 2,
    test: ({ text }) => /^[MF]$/.test(text),
  }),
  detector({
    id: 'marital-status',
    fine: 'marital_status',
    title: 'Word for a marital status',
    method: 'dictionary',
    source: 'own list; HL7 MaritalStatus',
    minShare: 0.6,
    length: [2, 40],
    digits: [0, 0],
    alone: 2.2,
    named: 3,
    test: ({ text }) => isMarital(text),
  }),
  dictionaryDetector(
    'ethnicity',
    'race_ethnicity',
    'ethnicities',
    'Word for an ethnic group',
    'own list; OMB directive 15',
    1.8,
  ),
  dictionaryDetector('religion', 'religion', 'religions', 'Name of a religion', 'own list', 1.8),
  dictionaryDetector('nationality', 'nationality', 'nationalities', 'Word for a nationality', 'own list', -0.8),
  dictionaryDetector('language', 'language', 'languages', 'Name of a language', 'ISO 639 names', -2),
  dictionaryDetector('occupation', 'occupation', 'occupations', 'Name of a job', 'own list; ISCO-08 titles', 0.3, 0.4),
  detector({
    id: 'education-level',
    fine: 'education',
    title: 'Level of education',
    method: 'dictionary',
    source: 'own list; ISCED 2011',
    minShare: 0.6,
    length: [3, 30],
    alone: 0.8,
    named: 2.5,
    test: ({ text }) => isDegree(text),
  }),
  detector({
    id: 'orientation',
    fine: 'sexual_orientation',
    title: 'Word for a sexual orientation',
    method: 'dictionary',
    source: 'own list',
    minShare: 0.6,
    length: [3, 20],
    alone: 2.5,
    named: 3,
    test: ({ text }) => isOrientation(text),
  }),
  detector({
    id: 'political-party',
    fine: 'political_opinion',
    title: 'Name of a political camp',
    method: 'dictionary',
    source: 'own list',
    chance: 0.03,
    minShare: 0.6,
    length: [2, 24],
    alone: 0.5,
    named: 2.5,
    test: ({ text }) => isParty(text),
  }),
  detector({
    id: 'blood-type',
    fine: 'health_condition',
    title: 'Blood group',
    method: 'dictionary',
    source: 'ISBT 001 and 004 (ABO, Rh)',
    chance: 0.05,
    minShare: 0.8,
    length: [2, 10],
    alone: 1,
    named: 3,
    test: ({ text }) => isBloodType(text),
  }),
  detector({
    id: 'birth-range',
    fine: 'date_of_birth',
    title: 'A day without a time, in the past of living people',
    method: 'range',
    source: 'own rule: 1905 to 2024, no time of day',
    chance: 0.6,
    minShare: 0.8,
    length: [6, 30],
    digits: [4, 17],
    alone: -3,
    named: 1.5,
    test: ({ text }) => bornYear(text),
  }),
  detector({
    id: 'age-range',
    fine: 'age',
    title: 'Whole number from 0 to 115, or an age band',
    method: 'range',
    source: 'own rule',
    chance: 0.5,
    minShare: 0.9,
    length: [1, 8],
    digits: [1, 5],
    alone: -4,
    named: 1.5,
    test: ({ text }) =>
      /^(?:\d|[1-9]\d|10\d|11[0-5])(?:\.\d{1,2})?(?: ?[YyMm])?$/.test(text) ||
      /^\d{1,2} ?[-–] ?\d{1,2}$|^\d{2}\+$/.test(text),
  }),
  detector({
    id: 'money',
    fine: 'salary',
    title: 'An amount',
    method: 'range',
    source: 'own rule',
    chance: 0.8,
    minShare: 0.8,
    forbids: has.lower | has.upper,
    length: [2, 18],
    digits: [2, 14],
    alone: -5,
    named: 0.8,
    test: ({ text }) => /^[$€£¥]? ?\d[\d,. ]*(?: ?[$€£])?$/.test(text),
  }),
];

function dictionaryDetector(
  id: string,
  fine: string,
  list: 'ethnicities' | 'religions' | 'nationalities' | 'languages' | 'occupations',
  heading: string,
  source: string,
  alone: number,
  minShare = 0.5,
): Detector {
  return detector({
    id,
    fine,
    title: heading,
    method: 'dictionary',
    source: `${source} (dictionaries/${list}.txt)`,
    chance: 0.02,
    minShare,
    forbids: has.at | has.brace,
    length: [2, 60],
    digits: [0, 2],
    alone,
    named: 2.5,
    test: ({ text }) => inDictionary(list, text) || (list === 'occupations' && isJob(text)),
  });
}

/** A job with its field before or after it: `Engineer, civil`, `Chartered accountant`. */
function isJob(text: string): boolean {
  const words = text.split(/[ ,/]+/u);
  return (
    words.length < 6 && (inDictionary('occupations', words[0] ?? '') || inDictionary('occupations', words.at(-1) ?? ''))
  );
}

function bornYear(text: string): boolean {
  const year = /(?:^|\D)(19\d\d|20[01]\d|202[0-4])(?!\d)/.exec(text)?.[1] ?? /^(19\d\d|20[01]\d)\d{4}$/.exec(text)?.[1];
  if (year === undefined) return /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$/.test(text);
  return Number(year) >= 1905 && !/[T ](?!00:00)\d{2}:\d{2}/.test(text);
}
