import { has, type Value } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';
import { inDictionary } from './dictionaries.ts';

// Words that say "street" in the languages of addresses: those that stand before or after its name, and those before it.
const streetWord =
  /^(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|square|sq|terrace|close|crescent|cres|highway|hwy|parkway|pkwy|circle|cir|trail|trl|alley|row|walk|mews|grove|gardens|hill|rue|chemin|impasse|quai|cours|allée|allee|route|calle|c\/|avenida|avda|paseo|plaza|carrera|cra|calz|rua|travessa|largo|praça|estrada|rodovia|via|viale|piazza|corso|vicolo|strada|ulice|náměstí|str|bulevardul|calea|utca|út|tér|cadde|cad|caddesi|sokak|sok|mah|bulvarı|jalan|jl|jln|lorong|đường|phố|ngõ|hẻm|odos|leoforos|wadi|sharia|nagar|marg|chowk|gali|मार्ग|सड़क|गली|नगर|रोड|улица|ул|проспект|пр-т|переулок|пер|вулиця|вул|οδός|λεωφόρος|רחוב|רח|שדרות|شارع)$/iu;
const leadingWord = /^(?:ul|ulica|ulitsa|aleja|al|os|prospekt)$/iu;
/** Streets that have numbers for names, with that of the house beside them: `Calle 13 # 45-67`, `4500 Highway 61`. */
const numberedStreet =
  /(?:^|[ ,.])(?:street|st|road|rd|avenue|ave|av|highway|hwy|route|calle|carrera|cra|calz|avenida)(?=$|[ ,.\d])/iu;
const nameWord = /^(?:\p{Lo}|\p{L}[\p{L}\p{M}'’.-]|\d+(?:st|nd|rd|th|e|\.ª|ª|º)$)/iu;
const streetEnd =
  /\p{L}{2,}(?:stra(?:ß|ss)e|str\.?|weg|gasse|platz|allee|ufer|damm|ring|gatan|vägen|gata|väg|gränd|vej|gade|allé|vænget|veien|vegen|gate|vei|straat|laan|plein|kade|dijk|steeg|singel|hof|katu|tie|kuja|polku|braut|stígur|vegur|gata|puiestee|tänav|iela|gatvė|utca|allee)(?=$|[ ,.\d])/iu;
const house = /(?:^|[ ,])(?:nr\.?|no\.?:?|n[°º]|#)? ?\d{1,5} ?[a-z]?(?:[-/]\d{1,5} ?[a-z]?)?(?=$|[ ,.])/iu;
const poBox =
  /\b(?:p\.? ?o\.? ?box|postfach|boîte postale|b\.?p\.? ?\d|apartado(?: postal)?|caixa postal|casella postale|postbus|psc \d+|(?:apo|fpo|dpo) (?:ap|ae|aa))\b/iu;
const unit = /\b(?:apt|apartment|suite|ste|flat|wohnung|appt|depto|lgh)\b\.? ?#?[\da-z]{1,5}\b/iu;
const chinese = /(?:[省市区區县縣郡町村路街道巷弄号號]|丁目|番地)/gu;
/** What a district has not, and a place to live has. */
const chineseStreet = /[路街巷弄号號村]|丁目|番地|\p{N}/u;

/** Prefecture or town, what lies in it, and numbers: `東京都渋谷区神南4-9`, `大阪市北区梅田3丁目1-3`. */
const japanese =
  /(?:東京都|北海道|(?:京都|大阪)府|\p{sc=Han}{2,3}県).{1,12}?[市区町村郡]|[\p{sc=Han}ヶケ][市区町村][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{1,12}\d{1,4}(?:-\d{1,4}){1,3}/u;
/** Province, town or district, one right behind the other, and a number: `서울특별시 강남구 테헤란로 65`. */
const korean =
  /(?:^|[\s(])[가-힣]{1,6}(?:시|도|군|구|읍|면) (?:[가-힣\d]{1,10}(?:시|군|구|읍|면|동|리|로|길|가)[ ,]?){0,3}[가-힣\d]{1,10}(?:동|리|로|길|가)[ ,]?\d/u;
/** Street, lane, village, district, province, and their short forms. */
const thai = new RegExp('(?:ถนน|ซอย|หมู่|แขวง|เขต|ตำบล|อำเภอ|จังหวัด|(?:^|[ ,])[ตอจถซม]\\.)'.normalize('NFKC'), 'gu');

/** True for an address in a script in which the words for street, district and town are parts of the names. */
function isAsianAddress(text: string): boolean {
  return japanese.test(text) || korean.test(text) || (text.match(thai)?.length ?? 0) >= 2;
}

/** True for one postal street address, or the street line of one. */
export function isStreetAddress({ text, digits, signs }: Value): boolean {
  if (poBox.test(text)) return true;
  if ((text.match(chinese)?.length ?? 0) >= 2 && chineseStreet.test(text)) return true;
  if (digits === 0) return false;
  if ((signs & has.foreign) !== 0 && isAsianAddress(text)) return true;
  if (unit.test(text) && text.length < 40) return true;
  if (text.split(' ').length > 16) return false;
  return ((isNamedStreet(text) || streetEnd.test(text)) && house.test(text)) || isHouseInTown(text);
}

/** A word for a street with its name beside it; a number alone names a court, a lane or a row of something else. */
function isNamedStreet(text: string): boolean {
  const words = text.split(/[ ,]+|\.(?=\P{L}|$)|(?<=\.)(?=\p{L})/u).filter((word) => word !== '');
  const isName = (word: string | undefined): boolean => word !== undefined && nameWord.test(word);
  const isNamed = words.some((raw, i) => {
    const word = raw.replace(/\.$/, '').replace(/(?<=\p{L})\d.*$/u, '');
    if (leadingWord.test(word)) return isName(words[i + 1]);
    return streetWord.test(word) && (isName(words[i - 1]) || isName(words[i + 1]));
  });
  return isNamed || (numberedStreet.test(text) && (text.match(/\d+/g)?.length ?? 0) >= 2);
}

/**
 * `Dlouhá 9/12, 110 00 Praha 1`: a house line, and a known town behind it. A single number before a bare town is a model or
 * a round as well.
 */
function isHouseInTown(text: string): boolean {
  const [line, town, ...rest] = text.split(',');
  if (line === undefined || town === undefined || rest.length > 1) return false;
  if (!line.includes('/') && !/\d[\d -]*\d/.test(`${town} ${rest.join(' ')}`)) return false;
  return isHouseLine(line) && inDictionary('cities', town.replaceAll(/\d[\d -]*/g, '').trim());
}

/** Number and words, or words and number: the street line of a country whose word for street is not written. */
function isHouseLine(text: string): boolean {
  return (
    /^\d{1,5}[a-z]?,? (?:\p{Lu}[\p{L}'’.-]+ ?){1,4}$/u.test(text) ||
    /^(?:\p{Lu}[\p{L}'’.-]+ ){1,4}\d{1,5}(?:\/\d{1,4})? ?[a-zA-Z]?$/u.test(text)
  );
}

/** Where a person lives or receives post. */
export const addresses: readonly Detector[] = [
  detector({
    id: 'street-address',
    version: 3,
    fine: 'street_address',
    title: 'Street and house number, or a post box',
    method: 'format',
    source: 'own list of street words of 30 languages; parts of East Asian and Thai addresses',
    chance: 0.02,
    minShare: 0.4,
    forbids: has.at | has.brace,
    length: [5, 160],
    alone: 2.2,
    named: 2.5,
    test: (value) => isStreetAddress(value),
  }),
  detector({
    id: 'house-line',
    version: 2,
    fine: 'street_address',
    title: 'Capitalised words and a house number',
    method: 'format',
    source: 'own rule: street lines without a word for street',
    chance: 0.2,
    minShare: 0.6,
    forbids: has.at | has.brace | has.colon,
    length: [5, 60],
    digits: [1, 6],
    alone: -1,
    named: 2,
    test: ({ text }) => isHouseLine(text),
  }),
];
