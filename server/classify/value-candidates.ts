import { attributeKinds, cardKinds, careKinds, personNames, placeKinds, speaksFor } from './fine-groups.ts';
import type { ColumnEvidence } from './judge-column.ts';
import { givenToThings, lookAlike, maybeOfKind } from './look-alikes.ts';
import { countsInMixtures } from './mixtures.ts';
import type { Candidate } from './name-evidence.ts';
import { personKinds } from './names/read-name.ts';
import { isPlaceholder } from './none-evidence.ts';
import { singularOf } from './names/units.ts';
import { isOfMachine } from './things.ts';
import { signalOf, type Finding, type ValueReading } from './value-evidence.ts';

/** Few words are all there are: one distinct value of many rows says as much as thirty. */
const closedLists = new Set([
  'gender',
  'marital_status',
  'race_ethnicity',
  'religion',
  'sexual_orientation',
  'health_condition',
]);
/** A form that so many other values have, too, stands neither for a category nor against a name. */
export const fitsMuch = 0.15;
const things = new Set(['product', 'organisation', 'reference', 'system']);

/** What values say when the name says nothing of the kind: less where the name clearly speaks of something else. */
export function byValuesAlone(fine: string, finding: Finding, evidence: ColumnEvidence): Candidate {
  const { values, subject } = evidence;
  const { detector } = finding;
  const soft = detector.method === 'dictionary' || detector.method === 'range' || detector.chance >= fitsMuch;
  const signals = [signalOf(finding, Math.min(detector.alone, finding.strength * 0.5))];
  const add = (signal: string, detail: string, weight: number): void => {
    signals.push({ signal, detail, weight });
  };
  if (isFew(fine, finding, values))
    add('few-values', `only ${values.tried} distinct values were seen`, values.tried === 1 ? -2 : -1);
  if (detector.fine === 'free_text' && finding.passed < 2 && detector.alone < 2.5)
    add('few-values', 'a single value', -2);
  const crowd = crowdedOut(fine, finding, values);
  if (crowd !== null) add('values-other', crowd, -3.2);
  const saysOther = speaksOfSomethingElse(fine, evidence);
  if (saysOther) add('name-other', 'the name speaks of something else', soft ? -2 : -0.6);
  // A whole record of care within a value is one, whatever the table is about.
  if (
    things.has(subject.kind) &&
    !subject.aboutPersons &&
    (soft || (careKinds.has(fine) && detector.method !== 'content'))
  )
    add('table', `the table is about ${subject.kind}`, careKinds.has(fine) ? -4 : -1.6);
  if (placeKinds.has(fine) && !subject.aboutPersons && !subject.alone)
    add('table', 'the rows name nobody', things.has(subject.kind) ? -4 : -1.5);
  if (subject.ofKinds && (careKinds.has(fine) || attributeKinds.has(fine) || personNames.has(fine)))
    add('table', 'the rows are kinds of something, and nobody', -6);
  if (subject.ofAnimals && (careKinds.has(fine) || attributeKinds.has(fine))) add('table', 'the rows are animals', -6);
  if (placeKinds.has(fine) && subject.ofPlaces) add('table', 'the rows are places', -4);
  if (fine === 'ip_address' && isOfMachine(evidence.name, subject))
    add('name-owner', 'it is the address of a machine', -9);
  if (personNames.has(fine) && isNameOfThing(evidence)) add('name-other', 'it is the name of a thing', -4);
  if (subject.aboutPersons && detector.alone > -1) add('table', 'the rows are persons', 0.7);
  const score = signals.reduce((sum, signal) => sum + signal.weight, 0);
  const doubt =
    score > 0
      ? (lookAlike(finding, evidence) ?? givenToThings(finding, evidence))
      : maybeOfKind(finding, saysOther || things.has(subject.kind));
  if (doubt !== null) add(suspected, doubt, undecided - score);
  else if (score <= 0 && score > 3 * undecided && finding.passed > 1 && countsInMixtures(detector))
    add(suspected, 'some of the values look like it: too few to tell', 0);
  return { fine, score: doubt === null ? score : undecided, signals };
}

/** Where a person decides: below a finding, above a rejection. */
export const undecided = -0.3;
const maxTraces = 3;

/**
 * A few values of many that nothing else looks like: too few to be found, and never nothing. The best first, one for each
 * category.
 */
export function tracesIn({ findings }: ValueReading): readonly Candidate[] {
  const traces = findings.filter(({ isTrace }) => isTrace).sort((a, b) => b.passed - a.passed);
  const fines = [...new Set(traces.map(({ detector }) => detector.fine))].filter((fine) => fine !== null);
  return fines.slice(0, maxTraces).map((fine) => {
    const said = traces.filter(({ detector }) => detector.fine === fine).slice(0, 1);
    return { fine, score: undecided, signals: said.map((trace) => ({ ...signalOf(trace, 0), signal: suspected })) };
  });
}

/** Names of goods and shops, in scripts whose names of persons are as short as other words. */
const ofThings =
  /(?:商品|产品|產品|製品|品|货物|貨物|店舗|店铺|店鋪|支店|公司|会社|部门|部門|菜单|料理|项目)(?:名|名称|名稱|名前)$|(?:상품|제품|품목|매장|점포|지점|부서|메뉴)명$/u;

/** The title of a film, the name of a ship: things bear names of persons. */
function isNameOfThing({ name, subject }: ColumnEvidence): boolean {
  if (ofThings.test(name.words.join(''))) return true;
  const [kind] = subject.tableName.subjects.slice(-1);
  const isThings = subject.tableName.subjects.every((each) => !personKinds.has(each)) && things.has(kind ?? '');
  const isTitle = /^(?:titles?|products?|name|label|designation|bezeichnung|titel|titre|titulo|titolo)$/.test(
    name.words.at(-1) ?? '',
  );
  if (!isTitle || name.subjects.some((each) => personKinds.has(each))) return false;
  const isOwnName = name.words.length > 1 && subject.ownWords.some((word) => singularOf(word) === name.words[0]);
  return isThings || isOwnName || (name.words.length === 1 && name.words[0] !== 'name' && !subject.aboutPersons);
}

function isFew(fine: string, finding: Finding, values: ValueReading): boolean {
  const whole = closedLists.has(fine) && finding.passed === finding.tried && values.rows >= 5;
  return values.tried < 3 && !whole;
}

/** Names of persons are also names of towns, peoples and tongues: the list that fits better takes them. */
function crowdedOut(fine: string, finding: Finding, values: ValueReading): string | null {
  if (!personNames.has(fine) && fine !== 'city') return null;
  if (values.share('form-common-word') >= 0.5) return 'the values are words of a list that happen to be names';
  if (fine === 'city') return null;
  const share = finding.passed / Math.max(1, finding.tried);
  const others = ['nationality', 'language', 'city', 'occupation', 'ethnicity', 'religion'] as const;
  const other = others.find((id) => values.share(id) >= share);
  return other === undefined ? null : `the values are rather a ${other}`;
}

function speaksOfSomethingElse(fine: string, { name }: ColumnEvidence): boolean {
  // A column called by a kind of person holds names of such persons.
  if (personNames.has(fine) && name.subjects.some((subject) => personKinds.has(subject))) return false;
  // `description`, `code`, `value` speak of nothing.
  if (name.wordCount === 1 && name.subjects.length === 0 && name.senses.every((sense) => sense.strength === 0))
    return false;
  const clear =
    name.wordCount > 0 &&
    name.unknown === 0 &&
    (name.senses.length > 0 || name.subjects.length > 0 || name.wordCount > 1);
  return clear && !name.senses.some((sense) => speaksFor(fine, sense.fine) && sense.about === null);
}

/**
 * Three or four digits in every row beside a card number, under a name that tells nothing: perhaps its security code, which
 * nobody may keep (PCI DSS 3.3.1). A suspicion for a person to look at, never more: counters and codes look alike.
 */
export function codeBesideCard({ column, name, values, subject }: ColumnEvidence): Candidate | null {
  const { profile } = column;
  if (profile === null || !subject.named.has('card_number') || subject.named.has('card_cvv')) return null;
  const tells = name.words.filter((word) => !tellsNothing.test(word)).length - name.strange - name.silent;
  const isKey = name.head?.kind === 'key' ? 1 : 0;
  if ((tells > isKey && !isPlaceholder(name)) || name.flag || name.senses.some(({ strength }) => strength > 0))
    return null;
  const { minLength, maxLength, distinct } = profile;
  const isShort =
    minLength >= 3 && maxLength <= 4 && values.share('form-tiny-number') + values.share('form-number') >= 0.9;
  // Codes and counters repeat; of a thousand security codes hardly one does in a few rows.
  const isSpread = distinct >= 8 && distinct >= Math.min(200, values.rows * 0.7);
  if (!isShort || !isSpread) return null;
  const detail = `${minLength === maxLength ? minLength : '3 or 4'} digits in every row beside a card number: perhaps its security code, which nobody may keep (PCI DSS 3.3.1)`;
  // The card beside it adds 2.5: the sum stays just below a finding.
  return { fine: 'card_cvv', score: -2.8, signals: [{ signal: suspected, detail, weight: -2.8 }] };
}

/**
 * A service code beside a card's number or track is part of its account data (PCI DSS, table of account data), as the expiry
 * is; carriers and shops have service codes too, so a person says which it is.
 */
export function serviceCodeBesideCard({ name, subject }: ColumnEvidence): Candidate | null {
  if (!/^(?:card )?(?:service|svc|srv) (?:code|cd)$/.test(name.words.join(' ')) || name.flag) return null;
  if (!['card_number', 'card_track', 'card_cvv'].some((fine) => subject.named.has(fine))) return null;
  const detail = 'beside the number or track of a card: perhaps the service code of the card, which is account data';
  return { fine: 'card_track', score: undecided, signals: [{ signal: suspected, detail, weight: undecided }] };
}

/**
 * Tokens of which the name does not tell what they stand for: beside columns of cards, or where the rows are payments, for
 * cards; elsewhere a person has to say.
 */
export function tokenBesideCard({ name, values, subject }: ColumnEvidence): Candidate | null {
  if (values.byShape || values.share('vault-token') < 0.8 || name.senses.some(({ strength }) => strength > 0))
    return null;
  const isPayment = subject.kind === 'payment' || [...cardKinds].some((fine) => subject.named.has(fine));
  const detail = isPayment ? 'tokens in rows of payments: for cards' : 'tokens, and nothing tells for what they stand';
  const weight = isPayment ? 1.2 : undecided;
  return {
    fine: 'card_token',
    score: weight,
    signals: [{ signal: isPayment ? 'values' : 'unknown-token', detail, weight }],
  };
}

/** Words of a name that say no more than that something short is meant. */
const tellsNothing = /^(?:codes?|sec|security|val|values?|num|nr|no|number|digits?|chk|check)$/;

/** Name of the signal of a suspicion: the column is left to a person with the classes that it may have. */
export const suspected = 'suspected';
