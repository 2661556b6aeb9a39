import type { SourceTag } from '../model/document.ts';

/** Values that say no, or that nobody has decided yet, as people and forms write them: lower case, whole values. */
const noesByLanguage = {
  english: 'no n false f 0 off none null nil never not nope negative disabled public open unrestricted',
  undecided: 'n/a na - ? unknown undecided tbd pending',
  germanic: 'nein kein keine keiner falsch aus öffentlich nee geen onwaar nej nei ingen',
  romance: 'non aucun aucune faux nessuno nessuna falso ninguno ninguna não nao nenhum nenhuma nu',
  slavic: 'nie brak fałsz ne nepravda нет ні не ложь',
  others: 'ei nem hamis hayır yok όχι いいえ なし 無し 無 无 否 没有 沒有 아니오 없음',
};
const noes: ReadonlySet<string> = new Set(Object.values(noesByLanguage).flatMap((words) => words.split(' ')));

const negator =
  /^(?:(?:is|are|has|contains) )?(?:not|non|no|without|kein|keine|nicht|ohne|sans|sin|sem|senza|geen|ningún|nessun|nenhum) ?/u;
const fillers = /^(?:a |an |any |in )/u;
/** What a value denies when it denies that something is about people at all. */
const aboutPeople: readonly string[] = [
  'pii',
  'personal',
  'personal data',
  'personal information',
  'person',
  'applicable',
];

/**
 * True for a tag whose value takes back what its name says: `pii=false`, `pii=none`, `pii=non-pii`. A value that denies
 * something else than the name says it (`pii=non-public`, `pii=non-sensitive`) takes nothing back.
 */
export function deniesItself({ name, value }: SourceTag, ours: string): boolean {
  const said = wordsOf(value ?? '');
  const whole = (value ?? '').trim().toLowerCase().normalize('NFC');
  if (noes.has(whole) || noes.has(said.replaceAll(' ', '/')) || noes.has(said)) return true;
  const [negation] = negator.exec(said) ?? [];
  if (negation === undefined) return false;
  const denied = said.slice(negation.length).replace(fillers, '');
  const own = wordsOf(name.split(/[./]/u).at(-1) ?? '').replace(/^(?:is|has|contains) /u, '');
  return [...aboutPeople, wordsOf(ours), own].includes(denied);
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
