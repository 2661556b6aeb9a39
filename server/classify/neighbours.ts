import type { Candidate } from './name-evidence.ts';
import type { ColumnEvidence } from './judge-column.ts';
import { cardKinds } from './fine-groups.ts';
import { otherCard } from './other-cards.ts';

interface NeighbourRule {
  readonly fine: string;
  /** Words of the name to which the rule is bound; empty: any. */
  readonly phrase: RegExp | null;
  readonly when: (evidence: ColumnEvidence) => boolean;
  readonly weight: number;
  readonly because: string;
}

const fromOrTo = /^(?:from|to|sender|recipient) addr(?:ess)?$/;
const addressed = /^(?:(?:from|to|cc|bcc|sender|recipient|reply to) )?addr(?:ess|esses)?$/;
const besideCard = ({ subject }: ColumnEvidence): boolean =>
  subject.named.has('card_number') || subject.named.has('card_cvv');
const besideAddress = ({ subject }: ColumnEvidence): boolean =>
  subject.named.has('street_address') || subject.named.has('city') || subject.named.has('postal_code');
const besideTax = ({ subject }: ColumnEvidence): boolean => subject.named.has('tax_id');

/** No sense of the name says it outright. */
const isLikely = ({ name }: ColumnEvidence, fine: string): boolean =>
  name.senses.every((sense) => sense.fine !== fine || sense.strength < 2);
const inMail = ({ subject }: ColumnEvidence): boolean => subject.aboutMail;
const inDealings = ({ subject }: ColumnEvidence): boolean => subject.aboutDealings && !subject.aboutMail;

/** `creditcard_expire_date`: the name says of what, in words that no phrase joins; not of a card that pays nothing. */
const saysCard = ({ name, subject }: ColumnEvidence): boolean =>
  name.words.some((word) => /^(?:card|crd|cc|creditcard|debitcard|kreditkarte|bankcard|paymentcard)$/.test(word)) &&
  otherCard(name, subject.tableName, subject.named) === null;

/** What a mobile network tells of a call: a cell of anything else has none of it. */
const ofMobiles = /\b(?:imsi|imei|msisdn|lac|tac|mcc|mnc|tower|[ab] number|cdr|rsrp|subscriber)\b/;

/** The holder of a card, a contract or a meter. */
const holder = /^(?:nombre|nom|nome) (?:d[ou] |del )?tit(?:ular|ulaire|olare)$/;

/** What a short name means by what stands beside it. */
const rules: readonly NeighbourRule[] = [
  { fine: 'email', phrase: addressed, when: inMail, weight: 3.6, because: 'the rows are messages' },
  { fine: 'street_address', phrase: addressed, when: inMail, weight: -5, because: 'the rows are messages' },
  { fine: 'email', phrase: fromOrTo, when: inDealings, weight: -3, because: 'goods are sent, not messages' },
  { fine: 'street_address', phrase: fromOrTo, when: inDealings, weight: 2.6, because: 'goods are sent there' },
  {
    fine: 'geo_coordinate',
    phrase: /^cell id$/,
    when: ({ subject }) => [...subject.columnNames].some((name) => ofMobiles.test(name)),
    weight: 3.6,
    because: 'it stands beside what a mobile network keeps',
  },
  {
    fine: 'cardholder_name',
    phrase: holder,
    when: besideCard,
    weight: 5,
    because: 'a card number stands beside it: its holder is meant',
  },
  {
    fine: 'cardholder_name',
    phrase: holder,
    when: (e) => !besideCard(e),
    weight: -5,
    because: 'no card stands beside it: the holder of something is meant',
  },
  { fine: 'card_expiry', phrase: null, when: besideCard, weight: 3, because: 'a card number stands beside it' },
  { fine: 'card_expiry', phrase: null, when: saysCard, weight: 3, because: 'its name says that it is of a card' },
  { fine: 'card_cvv', phrase: null, when: besideCard, weight: 2.5, because: 'a card number stands beside it' },
  {
    fine: 'card_expiry',
    phrase: null,
    when: (e) => !besideCard(e) && !saysCard(e) && e.subject.kind !== 'payment' && isLikely(e, 'card_expiry'),
    weight: -2.6,
    because: 'no card stands beside it',
  },
  {
    fine: 'credentials',
    phrase: /^auth(?:ori[sz]ation)?(?: code)?$/,
    when: ({ subject }) => subject.kind === 'payment' || [...cardKinds].some((fine) => subject.named.has(fine)),
    weight: -5,
    because: 'a payment is authorised by it, not a person',
  },
  { fine: 'card_pin', phrase: /^pin$/, when: besideCard, weight: 2, because: 'a card number stands beside it' },
  {
    fine: 'card_pin',
    phrase: /^pin$/,
    when: (e) => !besideCard(e) && besideAddress(e),
    weight: -3,
    because: 'it stands beside an address',
  },
  {
    fine: 'card_number',
    phrase: /^pan(?: number)?$/,
    when: besideTax,
    weight: -3,
    because: 'it stands beside tax numbers',
  },
  { fine: 'person_name', phrase: /^name$/, when: besideCard, weight: 1.5, because: 'a card number stands beside it' },
  {
    fine: 'person_name',
    phrase: null,
    when: ({ subject }) => subject.named.has('first_name') || subject.named.has('last_name'),
    weight: 1,
    because: 'given or family names stand beside it',
  },
  {
    fine: 'child_data',
    phrase: /^(?:children|child|kids|dependents|dependants)$/,
    when: ({ subject }) => subject.named.has('marital_status'),
    weight: 3.4,
    because: 'it stands beside the marital status',
  },
  {
    fine: 'geo_coordinate',
    phrase: null,
    when: ({ subject }) => subject.named.has('email') || subject.named.has('phone'),
    weight: 0.8,
    because: 'it stands beside contact data',
  },
];

/** Applies the rules about neighbours to candidates. */
export function adjustByNeighbours(candidates: readonly Candidate[], evidence: ColumnEvidence): Candidate[] {
  return candidates.map((candidate) => {
    const phrase = evidence.name.senses.find((sense) => sense.fine === candidate.fine)?.phrase ?? '';
    const hits = rules.filter(
      (rule) =>
        rule.fine === candidate.fine && (rule.phrase === null || rule.phrase.test(phrase)) && rule.when(evidence),
    );
    if (
      hits.length === 0 ||
      (cardKinds.has(candidate.fine) && candidate.score > 3.5 && hits.every((hit) => hit.weight > 0))
    )
      return candidate;
    const signals = hits.map((hit) => ({ signal: 'neighbours', detail: hit.because, weight: hit.weight }));
    return {
      fine: candidate.fine,
      score: candidate.score + signals.reduce((sum, signal) => sum + signal.weight, 0),
      signals: [...candidate.signals, ...signals],
    };
  });
}
