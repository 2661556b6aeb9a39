import type { SourceTag } from '../model/document.ts';

/** Values that say no, or that nobody has decided yet, as people and forms write them: lower case, whole values. */
const noesByLanguage = {
  english: 'no n false f 0 off none null nil never not nope negative disabled public open unrestricted anonymous',
  undecided: 'n/a na - ? unknown undecided tbd pending',
  germanic:
    'nein kein keine keiner falsch aus öffentlich negativ anonym nee geen onwaar negatief anoniem nej nei ingen',
  romance:
    'non aucun aucune faux négatif anonyme nessuno nessuna falso negativo anonimo anónimo ninguno ninguna não nao nenhum nenhuma nu',
  slavic: 'nie brak fałsz ne nepravda нет ні не ложь',
  others: 'ei nem hamis hayır yok όχι いいえ なし 無し 無 无 否 没有 沒有 아니오 없음',
};
const noPhrases: readonly string[] = [
  'false positive',
  'false positives',
  'falsch positiv',
  'faux positif',
  'falso positivo',
  'not sensitive',
  'not sensitive data',
  'no sensitive data',
  'nicht sensibel',
  'nicht sensitiv',
  'pas sensible',
];
const noes: ReadonlySet<string> = new Set([
  ...Object.values(noesByLanguage).flatMap((words) => words.split(' ')),
  ...noPhrases,
]);

const negator =
  /^(?:(?:is|are|has|contains|ist|est) )?(?:not|non|no|without|keinerlei|keine?|nicht|enthält keine|ohne|sans|pas de|pas|aucune?|sin|sem|não|nao|senza|geen|niet|ningún|nessun|nenhum|ikke|inte|inga) ?/u;
const fillers = /^(?:a |an |any |in )/u;
/** What stands before a negation that follows its noun: `données non personnelles`. */
const nounBefore =
  /^(?:data|daten|données?|donnees?|datos?|dati|dato|dados?|gegevens) (?=(?:not|non|no|nicht|não|nao|niet) )/u;
/** What says how a denial was come by, and denies nothing itself: `no pii detected`. */
const findings =
  / (?:(?:was |were )?(?:detected|found|present|identified)|gefunden|erkannt|vorhanden|enthalten|détectée?s?|trouvée?s?|rilevat[oaie]|detectad[oa]s?|encontrad[oa]s?|gevonden)$/u;
/** An aside after a value: `No (reviewed)`, `no - verified`, `none, see the wiki`. */
const aside = /\s*(?:[([]|[,;:]\s|\s[-–—]\s).*$/su;
/** What a value denies when it denies that something is about people at all. */
const aboutPeople: ReadonlySet<string> = new Set(
  [
    'pii|personal|personal data|personal information|personal info|person|applicable|personally identifiable|identifiable',
    'personenbezogen|personenbezogene|personenbezogenen|personenbezogene daten|personenbezogenen daten|personenbezug|personendaten',
    'personnel|personnels|personnelle|personnelles|données personnelles|donnée personnelle|à caractère personnel|données à caractère personnel',
    'personale|personali|dati personali|dato personale|personales|datos personales|dato personal|pessoal|pessoais|dados pessoais',
    'persoonsgegevens|persoonlijk|persoonlijke gegevens|personuppgifter|personopplysninger|personoplysninger',
  ].flatMap((words) => words.split('|')),
);

/**
 * True for a tag whose value takes back what its name says: `pii=false`, `pii=none`, `pii=non-pii`, `pii=no (reviewed)`,
 * `pii=keine personenbezogenen Daten`. A value that denies something else than the name says it (`pii=non-public`) takes
 * nothing back, nor does `non-sensitive`: catalogues use it for the lesser kind of personal data.
 */
export function deniesItself({ name, value }: SourceTag, ours: string): boolean {
  const whole = (value ?? '').trim().toLowerCase().normalize('NFC');
  const own = wordsOf(name.split(/[./]/u).at(-1) ?? '').replace(/^(?:is|has|contains) /u, '');
  const named = new Set([...aboutPeople, wordsOf(ours), own]);
  return (
    noes.has(whole) || [value ?? '', (value ?? '').replace(aside, '')].some((text) => denies(wordsOf(text), named))
  );
}

function denies(words: string, named: ReadonlySet<string>): boolean {
  const said = words.replace(findings, '').replace(nounBefore, '');
  if (noes.has(said.replaceAll(' ', '/')) || noes.has(said)) return true;
  const [negation] = negator.exec(said) ?? [];
  return negation !== undefined && named.has(said.slice(negation.length).replace(fillers, ''));
}

/** `Non-PII` → `non pii`. */
function wordsOf(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[\s_\-/.:]+/gu, ' ')
    .trim();
}
