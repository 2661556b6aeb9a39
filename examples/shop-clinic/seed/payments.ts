import { exampleIbans, testCards, type Person } from './people.ts';
import type { Random } from './random.ts';
import { orderCount } from './shop.ts';
import { times, type TableRows } from './table-rows.ts';

const cardCount = 180;
const transactionCount = 600;

export function paymentRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  const cards = times(cardCount, (n) => {
    const [, pan] = random.pick(testCards);
    const person = people[n - 1];
    return {
      card_id: n,
      customer_id: n,
      pan,
      expiry: `${String(random.int(1, 12)).padStart(2, '0')}/${random.int(27, 31)}`,
      cardholder_name: `${person?.first ?? ''} ${person?.last ?? ''}`,
      card_token: `tok_${random.uuid().replaceAll('-', '').slice(0, 24)}`,
      stored_at: random.instant(2022, 2025),
    };
  });
  return [
    { table: 'payments.card_vault', rows: cards },
    {
      table: 'payments.payment_methods',
      rows: cards.map(({ card_id, customer_id, card_token, pan }) => ({
        method_id: card_id,
        customer_id,
        kind: 'card',
        card_token,
        brand: brandOf(pan),
        last4: pan.slice(-4),
      })),
    },
    {
      table: 'payments.sepa_mandates',
      rows: times(70, (n) => {
        const [iban, bic] = random.pick(exampleIbans);
        const person = people[cardCount + n - 1];
        return {
          mandate_reference: `M-${String(n).padStart(6, '0')}`,
          customer_id: cardCount + n,
          account_holder: `${person?.first ?? ''} ${person?.last ?? ''}`,
          iban,
          bic,
          signed_on: random.day(2022, 2025),
        };
      }),
    },
    {
      table: 'payments.transactions',
      rows: times(transactionCount, (n) => ({
        transaction_id: n,
        order_id: random.int(1, orderCount),
        method_id: random.int(1, cardCount),
        amount: random.int(900, 30_000) / 100,
        currency_code: random.pick(['EUR', 'USD', 'GBP']),
        authorised_at: random.instant(2024, 2025),
        auth_code: random.digits(6),
        acquirer_reference: `7${random.digits(22)}`,
        client_ip: `203.0.113.${random.int(1, 254)}`,
      })),
    },
    {
      table: 'payments.refunds',
      rows: times(40, (n) => ({
        refund_id: n,
        transaction_id: n * 3,
        amount: random.int(500, 5000) / 100,
        note: 'goodwill',
      })),
    },
    {
      table: 'payments.chargebacks',
      rows: times(12, (n) => ({
        chargeback_id: n,
        transaction_id: n * 7,
        reason_code: random.pick(['10.4', '13.1', '4853']),
        evidence: { holder: `${random.pick(people).first} ${random.pick(people).last}`, ip: `198.51.100.${n}` },
      })),
    },
    {
      table: 'payments.payout_batches',
      rows: times(24, (n) => ({
        batch_id: n,
        executed_on: random.day(2024, 2025),
        total: random.int(100_000, 900_000) / 100,
      })),
    },
  ];
}

function brandOf(pan: string): string {
  return testCards.find(([, number]) => number === pan)?.[0] ?? 'other';
}
