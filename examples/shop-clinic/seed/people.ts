import type { Random } from './random.ts';

/** Invented people: names put together by chance, addresses at example.com, telephone numbers kept free for fiction. */
export interface Person {
  readonly first: string;
  readonly last: string;
  readonly email: string;
  readonly phone: string;
  readonly born: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

const firstNames =
  'Ada Aino Amara Bashir Björn Carla Chidi Dana Darius Elif Emil Farah Finn Greta Hana Hugo Ines Ivo Jana Jonas Kaito Karim Lena Liam Lucía Mads Maja Milan Nadia Noah Nour Olga Oskar Paulo Petra Quinn Rafael Rosa Sami Selin Tariq Theo Uma Vera Viktor Wanda Xenia Yara Yusuf Zoé'.split(
    ' ',
  );
const lastNames =
  'Abara Adler Aoki Bauer Beck Brandt Castillo Costa Dahl Demir Diaz Eriksen Fischer Fofana Garnier Haddad Hansen Horvat Ito Jansen Kaya Keller Kowal Larsen Lehmann Lopez Marek Martin Meyer Moreau Nakata Nilsson Novak Okoye Olsen Petit Popov Quintero Rahman Ricci Rossi Sato Schmitz Silva Sousa Tanaka Toth Ueda Vargas Vogel Weber Yilmaz Zeman'.split(
    ' ',
  );
const streets = [
  'Birch Road',
  'Mill Lane',
  'Lindenweg',
  'Rue des Tilleuls',
  'Hafenstraße',
  'Cedar Avenue',
  'Plaza Nueva',
  'Ringstraße',
];
const places: readonly (readonly [city: string, country: string, postalCode: (random: Random) => string])[] = [
  ['Springfield', 'US', (random) => `000${random.digits(2)}`],
  ['Musterstadt', 'DE', (random) => `00${random.digits(3)}`],
  ['Exempleville', 'FR', (random) => `00${random.digits(3)}`],
  ['Sampleton', 'GB', (random) => `ZZ${random.int(1, 9)} ${random.int(1, 9)}ZZ`],
];

/** Ranges that regulators keep free for films and books (US 555-01xx, Ofcom 020 7946 0xxx, BNetzA 030 23125 xxx, ARCEP 01 99 00 xx xx). */
const phones: Readonly<Record<string, (random: Random) => string>> = {
  US: (random) => `+1 202-555-01${random.digits(2)}`,
  GB: (random) => `+44 20 7946 0${random.digits(3)}`,
  DE: (random) => `+49 30 23125${random.digits(3)}`,
  FR: (random) => `+33 1 99 00 ${random.digits(2)} ${random.digits(2)}`,
};

export function inventPerson(random: Random, n: number): Person {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const [city, country, postalCode] = random.pick(places);
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    first,
    last,
    email: `${plain}${n}@example.${random.pick(['com', 'org', 'net'])}`,
    phone: phones[country]?.(random) ?? '',
    born: random.day(1940, 2006),
    street: `${random.pick(streets)} ${random.int(1, 180)}`,
    postalCode: postalCode(random),
    city,
    country,
  };
}

/** Card numbers that the schemes and their processors publish for tests. No such card exists. */
export const testCards: readonly (readonly [brand: string, number: string])[] = [
  ['visa', '4111111111111111'],
  ['visa', '4012888888881881'],
  ['visa', '4242424242424242'],
  ['visa', '4000056655665556'],
  ['mastercard', '5555555555554444'],
  ['mastercard', '5105105105105100'],
  ['mastercard', '5200828282828210'],
  ['mastercard', '2223003122003222'],
  ['amex', '378282246310005'],
  ['amex', '371449635398431'],
  ['discover', '6011111111111117'],
  ['discover', '6011000990139424'],
  ['diners', '3056930009020004'],
  ['jcb', '3566002020360505'],
];

/** Account numbers of the IBAN registry's and banks' own documentation. */
export const exampleIbans: readonly (readonly [iban: string, bic: string])[] = [
  ['DE89370400440532013000', 'COBADEFFXXX'],
  ['GB29NWBK60161331926819', 'NWBKGB2LXXX'],
  ['FR1420041010050500013M02606', 'PSSTFRPPXXX'],
  ['ES9121000418450200051332', 'CAIXESBBXXX'],
  ['AT611904300234573201', 'BKAUATWWXXX'],
  ['NL91ABNA0417164300', 'ABNANL2AXXX'],
  ['BE68539007547034', 'GKCCBEBBXXX'],
];
