import type { NameReading } from './names/read-name.ts';
import type { SubjectReading } from './table-subject.ts';

const accounts = new Set(['account_number', 'iban', 'bank_account', 'bic', 'routing_number']);
const codesOfBanks = new Set(['bic', 'routing_number']);
/** Tables of banks and of their branches. */
const banks =
  /^(?:banks?|branch|branches|bics?|swift|ifsc|blz|bankleitzahlen|banken|bankfilialen|filialen|banques?|agences?|bancos?|sucursal(?:es)?|agencias?|banche|filiali|banki)$/;
/** Words of books, whose accounts are kinds of expense and income and belong to nobody. */
const books =
  /^(?:gl|ledgers?|journals?|nominal|coa|hauptbuch|sachkonto|sachkonten|kontenplan|kontenrahmen|kostenstellen?|comptable|mayor|contabile|razao|grootboek(?:rekening)?|hovedbok|huvudbok)$/;
const chartOfAccounts =
  /\b(?:chart (?:of )?accounts?|trial balance|cost cent(?:er|re)s?|profit cent(?:er|re)s?|plan (?:comptable|cuentas|de cuentas|contas|de contas|conti|dei conti))\b/;
/** Sub-ledgers are by customer or supplier. */
const byParty =
  /^(?:customers?|clients?|debtors?|creditors?|debitoren|kreditoren|kunden|members?|patients?|subledgers?|receivables?|payables?|loans?|savings?|deposits?|wallets?|holders?|payees?|payers?|employees?)$/;
/** Words by which somebody speaks of their own accounts. */
const ours =
  /^(?:our|own|house|nostro|vostro|loro|treasury|intercompany|hausbank(?:en)?|eigene[ns]?|propre|propia|propio)$/;
/** Of a company: its own, or one of its customers. */
const company = /^(?:company|corporate|companys|firm|firma|firmen|unternehmens?|entreprise|societe|empresa|azienda)$/;

/**
 * Why an account belongs to no person, and how much that weighs: an account of the books, or of those who keep the data.
 * `open`: it may be a sole trader's. Null where nothing says so. Pure.
 */
export function ownAccount(
  fine: string,
  name: NameReading,
  { tableName, namesNobody, kind, aboutPersons, columnNames, named }: SubjectReading,
): { readonly detail: string; readonly weight: number } | null {
  if (!accounts.has(fine)) return null;
  const isBanks = codesOfBanks.has(fine) && !aboutPersons && !named.has('iban') && !named.has('bank_account');
  if (isBanks && tableName.words.some((word) => banks.test(word)))
    return { detail: 'it is the code of a bank, in rows of banks', weight: -9 };
  const isNobodys =
    namesNobody && ![...columnNames].some((column) => column.split(' ').some((word) => byParty.test(word)));
  const words = [...name.words, ...(isNobodys ? tableName.words : [])];
  if (words.some((word) => byParty.test(word))) return null;
  const isBook = words.some((word) => books.test(word)) || chartOfAccounts.test(words.join(' '));
  if (isBook && fine === 'account_number')
    return { detail: 'it is an account of the books, and nobody has it', weight: -8 };
  if (words.some((word) => ours.test(word)))
    return { detail: 'it is an account of those who keep the data', weight: -9 };
  const isCompanys = name.words.some((word) => company.test(word)) || (isNobodys && isOneCompany(tableName));
  if (!isCompanys || aboutPersons || kind === 'customer') return null;
  return { detail: "it is a company's account, of whom is not known", weight: -4 };
}

/** `company`, `company_bank_accounts`: of one, not of many. */
function isOneCompany({ words }: NameReading): boolean {
  return company.test(words[0] ?? '');
}
