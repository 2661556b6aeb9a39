import type { System } from '../../../governance/objects.ts';
import type { PeopleKnow } from '../../survey/people-know.ts';
import {
  treatmentWords,
  type Holding,
  type Survey,
  type SurveyedDataset,
  type SurveyedField,
} from '../../survey/survey.ts';

/** What a field holds of a payment card, in the standard's words. */
export type CardElement = 'PAN' | 'SAD' | 'cardholder name' | 'expiry' | 'related';

const elements: Readonly<Record<string, CardElement>> = {
  'user.payment.card.number': 'PAN',
  'user.payment.card.cvv': 'SAD',
  'user.payment.card.track': 'SAD',
  'user.payment.card.pin': 'SAD',
  'user.payment.card.holder': 'cardholder name',
  'user.payment.card.expiry': 'expiry',
  'user.payment.card.token': 'related',
  'user.payment.card.last_four': 'related',
};

/** One element of account data in one field. */
export interface AccountData {
  readonly dataset: SurveyedDataset;
  readonly field: SurveyedField;
  readonly holding: Holding;
  readonly element: CardElement;
  /** `in clear`, `hashed`, `truncated` …: the form in which it stands, as far as data and lineage show it. */
  readonly form: string;
  readonly system: System | null;
  readonly scope: 'cde' | 'connected' | 'out' | null;
}

/** Every place of card data, in the order of datasets and fields. Tokens and last four are listed as related, not as PAN. */
export function accountData(survey: Survey, people: PeopleKnow): readonly AccountData[] {
  return [...survey.datasets.values()].flatMap((dataset) => {
    const systems = people.systemsOf(dataset.view);
    const system = systems.find(({ pci }) => pci !== null) ?? systems[0] ?? null;
    return dataset.holding.flatMap((field) =>
      field.holdings.flatMap((holding): readonly AccountData[] => {
        const element = elements[holding.category];
        if (element === undefined) return [];
        return [{ dataset, field, holding, element, form: formOf(holding), system, scope: system?.pci?.scope ?? null }];
      }),
    );
  });
}

function formOf(holding: Holding): string {
  if (holding.category === 'user.payment.card.token') return 'token';
  if (holding.category === 'user.payment.card.last_four' || holding.derived === 'last4') return 'truncated: last four';
  const words = treatmentWords(holding);
  if (words === 'partial') return 'truncated: a part remains';
  if (words !== 'in clear') return words;
  return holding.putTogether ? 'clear: put together from parts' : 'clear, as far as data shows';
}

/** `shop.payments.card_vault.pan`, as findings and grounds name a field. */
export function placeOf({ dataset, field }: Pick<AccountData, 'dataset' | 'field'>): string {
  return `${dataset.view.name}.${field.path}`;
}
