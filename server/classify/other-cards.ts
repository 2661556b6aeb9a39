import type { NameReading } from './names/read-name.ts';

/** What the number of a card that pays nothing is: a fine category, or null where it identifies nobody. */
export interface OtherCard {
  readonly fine: string | null;
  /** The word that says so. */
  readonly by: string;
}

/** Words before "card", or in the name of a table of cards; English, German, Romance languages, Dutch. */
const kinds: readonly (readonly [RegExp, string | null])[] = [
  [
    /^(?:library|bibliothek|bibliotheque|biblioteca|biblioteek|bib|loyalty|fidelity|fidelite|fidelidad|fidelidade|fedelta|treue|kunden|bonus|rewards?|memberships?|members?|mitglieds?|club|student|studenten|staff|employee|access|badge|key|visitor|frequent|transit|oyster)$/,
    'person_id',
  ],
  [
    /^(?:insurance|health|healthcare|medical|medicare|medicaid|versicherten|gesundheits|vitale|sanitaria)$/,
    'health_insurance_id',
  ],
  [
    /^(?:id|identity|identification|ident|national|residence|ration|identite|identidad|identita|identidade)$/,
    'national_id',
  ],
  [/^(?:sim|esim|usim|icc)$/, 'device_id'],
  [/^(?:gift|phone|calling|voucher|geschenk|cadeau|regalo)$/, 'account_number'],
  [
    /^(?:report|score|scores|business|greeting|greetings|birthday|christmas|graphics?|memory|sound|sd|video|network|interface|line|index|trading|game|playing|punch|test|kanban|job|time|rate|flash|tarot|visit|visiten|story|yellow|red|post|deck|pokemon|magic|tcg)$/,
    null,
  ],
];
/** Words of tables that hold cards of such a kind without the word "card". */
const domains: readonly (readonly [RegExp, string | null])[] = [
  [
    /^(?:library|bibliothek|bibliotheque|biblioteca|biblioteek|loyalty|fidelity|fidelite|memberships?|rewards)$/,
    'person_id',
  ],
  [/^(?:sims?|esims?)$/, 'device_id'],
];
const cardWord = /^(?:cards?|karten?|kaart|kaarten|pas|cartes?|tarjetas?|carta|carte|cartao|cartoes)$/;
/** Words that make it a card to pay with, whatever else is said. */
const pays =
  /^(?:credit|debit|payment|bank|cc|pan|kredit|credito|debito|bancaire|bancaria|visa|mastercard|amex|atm|prepaid|fuel|corporate|virtual|ec|bleue|creditcard|debitcard)$/;
const paymentKinds = new Set(['card_number', 'card_cvv', 'card_track', 'card_pin', 'card_token']);

/**
 * The card that a bare card number belongs to, where its name, its table's name or its neighbours say that nobody pays with
 * it: a library's, a shop's, an insurer's, a telephone's. Null: a card to pay with. `beside`: what is known of the table but
 * for the names of bare card numbers; a proved card number among it decides. Pure.
 */
export function otherCard({ words }: NameReading, table: NameReading, beside: ReadonlySet<string>): OtherCard | null {
  if (words.some((word) => pays.test(word))) return null;
  const own = kindOfCard(words);
  if (own !== null) return own;
  if (table.words.some((word) => pays.test(word)) || [...beside].some((fine) => paymentKinds.has(fine))) return null;
  return kindOfCard(table.words) ?? firstOf(table.words, domains);
}

/** The kind that stands right beside the word for a card: before it, or after it where the head stands first. */
function kindOfCard(words: readonly string[]): OtherCard | null {
  for (const [i, word] of words.entries()) {
    if (!cardWord.test(word)) continue;
    const beside = words[i - 1] ?? '';
    const after = /^(?:cartes?|tarjetas?|carta|carte|cartao|cartoes)$/.test(word)
      ? (words.slice(i + 1).find((other) => !/^(?:d|de|di|do|da|del|della|du)$/.test(other)) ?? '')
      : '';
    const found = firstOf([beside, after], kinds);
    if (found !== null) return found;
  }
  return null;
}

function firstOf(words: readonly string[], list: typeof kinds): OtherCard | null {
  for (const word of words) for (const [pattern, fine] of list) if (pattern.test(word)) return { fine, by: word };
  return null;
}
