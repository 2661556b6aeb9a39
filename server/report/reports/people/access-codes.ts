import type { Survey, SurveyedDataset } from '../../survey/survey.ts';

/**
 * What Civ. Code 1798.140(ae)(1)(B) calls sensitive only in combination: an account log-in, a financial account, a debit or
 * credit card number, together with a security or access code, password or credentials that allow access to the account.
 */
interface AccessWay {
  readonly accounts: readonly string[];
  readonly codes: readonly string[];
  /** The code alone is listed as well: it stands for a log-in. */
  readonly listsCodes: boolean;
}

const ways: readonly AccessWay[] = [
  {
    accounts: ['user.payment.card.number'],
    codes: ['user.payment.card.cvv', 'user.payment.card.pin', 'user.payment.card.track', 'user.credentials'],
    listsCodes: false,
  },
  {
    accounts: ['user.financial.account_number', 'user.financial.bank_account', 'user.financial.iban'],
    codes: ['user.payment.card.pin', 'user.credentials'],
    listsCodes: false,
  },
  {
    accounts: ['user.account.username', 'user.contact.email'],
    codes: ['user.credentials'],
    listsCodes: true,
  },
];

/** The combination that a category belongs to; null: it needs none. A password belongs to a log-in. */
export function accessWay(category: string): AccessWay | null {
  return (
    ways.find(({ accounts }) => accounts.some((one) => isBelow(category, one))) ??
    ways.find(({ codes, listsCodes }) => listsCodes && codes.some((one) => isBelow(category, one))) ??
    null
  );
}

/** True where number and code stand in the same table, in a form from which they can be used. */
export function isTogether({ accounts, codes }: AccessWay, { holding }: SurveyedDataset): boolean {
  const has = (meant: readonly string[]): boolean =>
    holding.some(({ holdings }) =>
      holdings.some(
        ({ category, treatment, derived }) =>
          meant.some((one) => isBelow(category, one)) && derived === null && usable.has(treatment),
      ),
    );
  return has(accounts) && has(codes);
}

/** Who has the key has the value. */
const usable: ReadonlySet<string> = new Set(['clear', 'encrypted']);

/** Fields with a card or account number in tables without a code. */
export function withoutCode(survey: Survey): number {
  const numbers = ways.filter(({ listsCodes }) => !listsCodes);
  let fields = 0;
  for (const dataset of survey.datasets.values())
    for (const { holdings } of dataset.holding) {
      const own = numbers.filter(({ accounts }) =>
        holdings.some(({ category }) => accounts.some((one) => isBelow(category, one))),
      );
      if (own.length > 0 && !own.some((way) => isTogether(way, dataset))) fields += 1;
    }
  return fields;
}

/** The category itself, or one below it. */
export function isBelow(category: string, branch: string): boolean {
  return category === branch || category.startsWith(`${branch}.`);
}
