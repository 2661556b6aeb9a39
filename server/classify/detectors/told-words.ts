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
  disease:
    'diabet diyabet cukrzyc asthm astma astım bronchit bronquit bronşit hypertens hypertoni hipertens hipertony bluthochdruck nadciśnien yüksek_tansiyon korkea_verenpaine kohonnut_verenpaine verenpainetau hoge_bloeddruk högt_blodtryck høyt_blodtrykk neumon polmonit lungenentzünd longontstek keuhkokuume zatürre migraine migräne migreen migrena emicran enxaqueca jaqueca carcinom karzino brustkrebs lungenkrebs darmkrebs breast_cancer lung_cancer cáncer câncer kanker nowotw kanser bröstcancer rintasyöpä rakovin epilep epiless padaczk depressive depressione depresión depresja deprese depresyon schizo esquizo sizofren herzinsuff hartfalen heart_failure insuficiencia_cardíaca insuficiência_cardíaca insuffisance_cardiaque insufficienza_cardiaca leukemi leukämi leucemi białaczk infarct infarkt arthrit artrit osteopor hepatit niersteen nierstenen hiv_posit kidney_stone nierenstein njursten',
  foreignDisease:
    'диабет гипертон гіпертон астм мигрен мігрен пневмони пневмоні эпилеп депресс депресі рак_молочн онколог инфаркт инсульт сердечная_недостат почечная_недостат серцева_недостат 糖尿病 高血圧 高血压 高血壓 肺炎 喘息 哮喘 片頭痛 偏头痛 癌 乳がん 肺がん 胃がん うつ病 抑郁症 白血病 てんかん 癫痫 心不全 心力衰竭 痛風 痛风 腎結石 肾结石 潰瘍 溃疡 당뇨 고혈압 폐렴 천식 우울증 편두통 심부전 유방암 폐암 위암 신장결석 요로결석 궤양 السكري الربو الاكتئاب سرطان الصرع ارتفاع_ضغط_الدم التهاب_رئوي الصداع_النصفي النقرس قصور_القلب حصى_الكلى διαβήτη υπέρταση καρκίν άσθμα κατάθλιψη סוכרת סרטן אסתמה דיכאון מיגרנה मधुमेह उच्च_रक्तचाप अस्थमा कैंसर เบาหวาน มะเร็ง ความดันโลหิตสูง หอบหืด',
  secret: 'passw passp passe pwd kennwort contraseña senha wachtwoord hasło пароль 密码 パスワード',
  code: 'cvv cvc security prüfnummer',
} as const;
type Stems = keyof typeof stems;
const isHangul = /\p{sc=Hangul}/u;
/**
 * Words of a list, in one spelling as texts are; an underscore stands for a blank within one. One pattern for all but the Korean
 * ones, as they have letters, blanks and hyphens alone: a search for each took a fourth of the time of a column of notes.
 */
const listed = (list: string) => {
  const all = list.split(' ').map((stem) => stem.replaceAll('_', ' ').normalize('NFKC'));
  const parts = all.filter((stem) => !isHangul.test(stem));
  return {
    parts: new RegExp(parts.join('|'), 'u'),
    korean: all.filter((stem) => isHangul.test(stem)),
  };
};
const stemsOf = {
  diagnosis: listed(stems.diagnosis),
  foreignDiagnosis: listed(stems.foreignDiagnosis),
  disease: listed(stems.disease),
  foreignDisease: listed(stems.foreignDisease),
  secret: listed(stems.secret),
  code: listed(stems.code),
};

let newest = { text: '', small: '' };

/** Does a part of such a word stand in the text? The newest text in small letters is remembered. */
function holdsStem(text: string, which: Stems): boolean {
  if (newest.text !== text) newest = { text, small: stretchesOf(text).toLowerCase() };
  const { small } = newest;
  const { parts, korean } = stemsOf[which];
  return parts.test(small) || korean.some((stem) => beginsWord(small, stem));
}

/** Korean puts blanks between words: within one, two signs may be parts of two others (`천식` in `추천식당`). */
function beginsWord(text: string, stem: string): boolean {
  for (let at = text.indexOf(stem); at !== -1; at = text.indexOf(stem, at + 1))
    if (!isHangul.test(text.charAt(at - 1))) return true;
  return false;
}

function holdsDiagnosis({ text, letters, signs }: Value): boolean {
  if (letters < 5 || (signs & (has.blank | has.foreign)) === 0) return false;
  const isTold = holdsStem(text, 'diagnosis') || ((signs & has.foreign) !== 0 && holdsStem(text, 'foreignDiagnosis'));
  return isTold && diagnosed.test(stretchesOf(text));
}

/** Names of diseases that mean nothing else, in whatever language they stand. */
function holdsDisease({ text, signs, letters }: Value): boolean {
  if (letters < 5 || (signs & (has.blank | has.foreign)) === 0) return false;
  return holdsStem(text, 'disease') || ((signs & has.foreign) !== 0 && holdsStem(text, 'foreignDisease'));
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
  detector({
    id: 'text-disease',
    version: 2,
    fine: 'clinical_note',
    title: 'Disease named in a text',
    method: 'dictionary',
    source: 'own list of stems that mean a disease and nothing else, in some twenty languages',
    chance: 0.002,
    minShare: 0.05,
    forbids: has.brace,
    length: [6, 4_096],
    alone: -0.2,
    named: 2,
    test: (value) => holdsDisease(value),
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
