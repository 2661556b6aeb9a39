import { createHash } from 'node:crypto';
import { countrySpecs, electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { stdnum } from 'stdnum';
import { has } from '../../profile/value.ts';
import { isAbaRouting } from './check-digits.ts';
import { detector, type Detector } from './detector.ts';

const letters = has.lower | has.upper | has.foreign;
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** True when the four last bytes of a Base58 text are the double SHA-256 of the rest (Bitcoin, Base58Check). */
export function isBase58Check(text: string): boolean {
  let number = 0n;
  for (const char of text) {
    const digit = base58.indexOf(char);
    if (digit < 0) return false;
    number = number * 58n + BigInt(digit);
  }
  const bytes = Buffer.from(number.toString(16).padStart(50, '0'), 'hex');
  if (bytes.length !== 25) return false;
  const once = createHash('sha256').update(bytes.subarray(0, 21)).digest();
  return createHash('sha256').update(once).digest().subarray(0, 4).equals(bytes.subarray(21));
}

/** True when a text begins with an account number, in one piece or in groups of four, whatever stands behind it. */
export function isIbanAtStart(text: string): boolean {
  const country = text.slice(0, 2);
  const length = countrySpecs[country]?.chars ?? 0;
  if (length === null || length === 0) return false;
  let end = 0;
  for (let signs = 0; end < text.length && signs < length; end++) if (text[end] !== ' ') signs += 1;
  return !/^[A-Z0-9]/.test(text.slice(end)) && isValidIBAN(text.slice(0, end).replaceAll(' ', ''));
}

/** Fields of a bank's message at the beginning of a line: statement, account, entry, who paid whom. */
const messageField = /(?:^|[\r\n]\s?):(?:20|21|25P?|28C?|32A|50[AFK]?|52[AD]|57[AD]|59[AF]?|60[FM]|61|62[FM]|70|86):/g;

/** Accounts and wallets that are not payment cards. */
export const finance: readonly Detector[] = [
  detector({
    id: 'iban',
    fine: 'iban',
    title: 'International bank account number',
    method: 'checksum',
    source: 'ISO 13616: length by country, modulo 97',
    chance: 0.001,
    minShare: 0.5,
    needs: has.digit,
    length: [15, 42],
    alone: 5,
    named: 4,
    test: ({ text }) => /^[A-Z]{2}\d{2}[A-Z0-9 -]{11,38}$/i.test(text) && isValidIBAN(electronicFormatIBAN(text) ?? ''),
  }),
  detector({
    id: 'record-iban',
    fine: 'iban',
    title: 'IBAN among other parts of a value',
    method: 'content',
    source: 'ISO 13616, on the parts of a record',
    chance: 0.001,
    minShare: 0.02,
    needs: has.digit | has.upper,
    forbids: has.blank,
    length: [17, 4_096],
    alone: 3.5,
    named: 2,
    test: ({ text }) =>
      (text.match(/(?<=^|[=;|,:&"'>\t])[A-Z]{2}\d{2}[A-Z0-9]{11,30}(?=$|[;|,&"'<\t])/g) ?? []).some(
        (part) => part.length < text.length && isValidIBAN(part),
      ),
  }),
  detector({
    id: 'bank-message',
    fine: 'bank_account',
    title: "Bank's message: entries of a statement, or an order to pay",
    method: 'content',
    source: 'SWIFT MT940, MT942, MT103: fields in the order of the standard',
    chance: 0.001,
    minShare: 0.02,
    needs: has.colon | has.digit,
    length: [12, 4_096],
    alone: 3,
    named: 2,
    test: ({ text }) => /^\s?:\d\d|[\r\n]\s?:\d\d/.test(text) && (text.match(messageField)?.length ?? 0) >= 2,
  }),
  detector({
    id: 'bic',
    fine: 'bic',
    title: "Bank's identifier code",
    method: 'format',
    source: 'ISO 9362',
    chance: 0.05,
    minShare: 0.8,
    forbids: has.lower | has.blank | has.dash | has.foreign,
    length: [8, 11],
    alone: 0,
    named: 2.5,
    test: ({ text }) => isValidBIC(text),
  }),
  detector({
    id: 'us-routing',
    fine: 'routing_number',
    title: 'US bank routing number',
    method: 'checksum',
    source: 'ABA: Federal Reserve district, weights 3 7 1',
    chance: 0.04,
    minShare: 0.8,
    forbids: letters | has.dash | has.dot,
    length: [9, 9],
    digits: [9, 9],
    alone: 2,
    named: 3,
    test: ({ number }) => isAbaRouting(number),
  }),
  detector({
    id: 'sort-code',
    fine: 'routing_number',
    title: 'Sort code, IFSC, BSB',
    method: 'format',
    source: 'UK Payments, Reserve Bank of India, AusPayNet',
    chance: 0.05,
    minShare: 0.8,
    length: [6, 11],
    alone: 0,
    named: 2.5,
    test: ({ text }) => /^\d{2}-\d{2}-\d{2}$|^\d{3}-\d{3}$|^[A-Z]{4}0[A-Z0-9]{6}$/.test(text),
  }),
  detector({
    id: 'mx-clabe',
    fine: 'bank_account',
    title: 'Mexican bank account number (CLABE)',
    method: 'checksum',
    source: 'Banco de México, CLABE check digit',
    chance: 0.1,
    minShare: 0.8,
    forbids: letters,
    length: [18, 22],
    digits: [18, 18],
    alone: 2,
    named: 3,
    test: ({ number }) => stdnum['MX']?.['clabe']?.validate(number).isValid === true,
  }),
  detector({
    id: 'account-digits',
    fine: 'bank_account',
    title: 'Eight to seventeen digits',
    method: 'format',
    source: 'Nacha operating rules: account numbers have up to 17 signs',
    chance: 0.8,
    minShare: 0.8,
    forbids: letters,
    length: [6, 22],
    digits: [6, 20],
    alone: -4,
    named: 1,
    test: ({ number }) => number.length >= 6,
  }),
  detector({
    id: 'bitcoin',
    fine: 'crypto_wallet',
    title: 'Bitcoin or Litecoin address',
    method: 'checksum',
    source: 'Base58Check; BIP 173 (bech32 form)',
    chance: 0.001,
    forbids: has.blank | has.dash,
    length: [26, 74],
    alone: 4,
    named: 3,
    test: ({ text }) =>
      /^(?:bc1|ltc1|tb1)[02-9ac-hj-np-z]{20,71}$/.test(text) ||
      (/^[13LM2mn][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(text) && isBase58Check(text)),
  }),
  detector({
    id: 'ethereum',
    fine: 'crypto_wallet',
    title: 'Ethereum address',
    method: 'format',
    source: 'EIP-55 form, without its letter-case check',
    needs: has.digit,
    length: [42, 42],
    alone: 2.5,
    named: 3,
    test: ({ text }) => /^0x[0-9a-fA-F]{40}$/.test(text),
  }),
];
