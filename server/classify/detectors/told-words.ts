import { has, type Value } from '../../profile/value.ts';
import { unmistakable } from '../mixtures.ts';
import { detector, type Detector } from './detector.ts';
import { stretchesOf } from './stretches.ts';

/**
 * Words before a diagnosis of somebody, in the languages of the lists of diseases. Machines are diagnosed, too: what stands
 * before "diagnosis" may say so.
 */
const diagnosed = new RegExp(
  [
    String.raw`(?<!(?:self|system|fault|engine|network|error|auto)[ -]?)(?<![\p{L}])(?:diagnos(?:is|e|tic|i|en?)|diagnóstico|rozpoznanie|диагноз|tanı(?:sı)?|teşhis) ?:`,
    String.raw`(?<![\p{L}])(?:diagnosed with|(?:patient|pt) (?:has|with|suffers from)|patient(?:in)? (?:hat|leidet)|leidet an|erkrankt an|atteinte? d['’eu]|patiente? (?:a un|présente|souffre)|padece|diagnosticad[oa] (?:con|de|com)|pa[cz]iente (?:con|com|tiene|tem|presenta|ha|affett[oa]|soffre)|affett[oa] da|lijdt aan|patiënte? (?:heeft|met)|cierpi na|choruje na|pacjent(?:ka)? (?:ma|cierpi|choruje)|lider a[vf]|patienten har|страда(?:ет|ющ\p{L}*)|пациент(?:ка)? (?:имеет|болеет)|muzdarip)(?![\p{L}])`,
    '診断|罹患|患有|确诊|確診|诊断|診斷|환자|진단|تشخيص|يعاني من|مصاب[ةه]? ب|पीड़ित',
  ].join('|'),
  'iu',
);

const secretWord =
  /(?<![\p{L}])(?:pass(?:word|wd|phrase)|pwd|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|пароль|密码|パスワード)(?: is| ist)? ?[:=] ?(\S{6,64})/iu;
/** Stars, place-holders of templates: no secret stands there. */
const noSecret = /^[*•.x<{$%[]/i;
const codeWord =
  /(?<![\p{L}])(?:cvv2?|cvc2?|card security code|kartenprüfnummer)[ :=]{1,3}(?:is |ist |code )?\d{3,4}(?![\d\p{L}])/iu;

/** Parts of the words above, in small letters: most texts hold none of them, which is quickly seen. */
const stems = {
  diagnosis:
    'diagn patien pacien pazien pacjent leidet erkrankt attein padece affett lijdt cierpi choruje lider rozpozn',
  foreignDiagnosis: 'диагноз страда пациент tanı teşhis muzdarip 診 诊 罹患 患有 确诊 환자 진단 تشخيص يعاني مصاب पीड़ित',
  secret: 'passw passp passe pwd kennwort contraseña senha wachtwoord hasło пароль 密码 パスワード',
  code: 'cvv cvc security prüfnummer',
} as const;
type Stems = keyof typeof stems;
const stemsOf: Readonly<Record<Stems, readonly string[]>> = {
  diagnosis: stems.diagnosis.split(' '),
  foreignDiagnosis: stems.foreignDiagnosis.split(' '),
  secret: stems.secret.split(' '),
  code: stems.code.split(' '),
};

let newest = { text: '', small: '' };

/** Does a part of such a word stand in the text? The newest text in small letters is remembered. */
function holdsStem(text: string, which: Stems): boolean {
  if (newest.text !== text) newest = { text, small: stretchesOf(text).toLowerCase() };
  return stemsOf[which].some((stem) => newest.small.includes(stem));
}

function holdsDiagnosis({ text, letters, signs }: Value): boolean {
  if (letters < 5 || (signs & (has.blank | has.foreign)) === 0) return false;
  const isTold = holdsStem(text, 'diagnosis') || ((signs & has.foreign) !== 0 && holdsStem(text, 'foreignDiagnosis'));
  return isTold && diagnosed.test(stretchesOf(text));
}

function holdsSecret({ text, signs }: Value): boolean {
  if ((signs & (has.colon | has.equals)) === 0 || !holdsStem(text, 'secret')) return false;
  const secret = secretWord.exec(stretchesOf(text))?.[1] ?? '';
  return /\d/.test(secret) && !noSecret.test(secret);
}

function toldWord(
  id: string,
  fine: string,
  title: string,
  alone: number,
  given: Pick<Detector, 'needs' | 'length'> & { readonly test: (value: Value) => boolean },
): Detector {
  return detector({
    ...given,
    id,
    fine,
    title,
    method: 'content',
    source: 'own rule: the words before it say what it is, in some ten languages',
    chance: unmistakable,
    minShare: 0.02,
    forbids: has.brace,
    alone,
    named: 2,
  });
}

/** What words of a running text say outright of what stands behind them. */
export const toldWords: readonly Detector[] = [
  toldWord('told-diagnosis', 'clinical_note', 'Diagnosis beside words that say so', 2.4, {
    needs: 0,
    length: [6, 4_096],
    test: (value) => holdsDiagnosis(value),
  }),
  toldWord('told-secret', 'credentials', 'Password beside a word that says so', 3, {
    needs: has.digit,
    length: [12, 4_096],
    test: (value) => holdsSecret(value),
  }),
  toldWord('told-security-code', 'card_cvv', 'Security code of a card beside a word that says so', 3, {
    needs: has.digit,
    length: [7, 4_096],
    test: ({ text, letters }) => letters > 2 && holdsStem(text, 'code') && codeWord.test(stretchesOf(text)),
  }),
];
