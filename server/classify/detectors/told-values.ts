import { has, type Value } from '../../profile/value.ts';
import { fold } from '../names/fold.ts';
import { detector, type Detector } from './detector.ts';
import { unmistakable } from '../mixtures.ts';
import { stretchesOf } from './stretches.ts';

/** What a word says of the number behind it: bits, as one look at a text serves all. */
const told = { birth: 1, record: 2, phone: 4, identity: 8 } as const;
type Told = keyof typeof told;

/** So far before a number a word speaks of it, and so many numbers of one text are looked at. */
const reach = 48;
const maxNumbers = 16;

/** Words and short phrases, folded, without their signs: `d o b` is D.O.B. */
const phrases: Readonly<Record<Told, string>> = {
  birth:
    'dob,d o b,born,birth,birthdate,birthday,birth date,birth day,date of birth,geb,geb dat,geb datum,geboren,geburtsdatum,geburtstag,ne le,nee le,date de naissance,naissance,nacido,nacida,fecha de nacimiento,f nac,fec nac,nascido,nascida,data de nascimento,nato il,nata il,data di nascita,geboortedatum,geboren op,fodt,fodd,fodselsdato,fodelsedatum,syntynyt,data urodzenia,urodzony,urodzona,narozen,narozena,szuletett',
  record:
    'mrn,medical record,med rec,patient,patient id,patient mrn,pat id,pat nr,pat no,patienten id,patienten nr,patientennummer,patientennr,fallnummer,fall nr,krankenversichertennummer,versichertennummer,versicherten nr,chart no,chart nr,chart number,hospital no,hospital number,nhs,medicare,medicaid,numero de dossier,n de dossier,historia clinica,cartella clinica,prontuario',
  phone:
    'phone,tel,telephone,mobile,mob,cell phone,cellphone,cell no,cell number,fax,whatsapp,callback,call back,ruckruf,rueckruf,ruckrufnummer,rueckrufnummer,rufnummer,telefon,telefonnummer,handy,handynummer,mobil,mobilnummer,erreichbar,anrufen,zuruckrufen,zurueckrufen,portable,joindre,rappeler,telefono,movil,celular,llamar,cellulare,chiamare,richiamare,telefone,telemovel,ligar,terugbellen,puhelin',
  identity:
    'ssn,social security,soc sec,national insurance,nino,passport,reisepass,ausweis,ausweisnummer,ausweis nr,steuer id,idnr,sozialversicherungsnummer,sozialversicherungs nr,sv nr,dni,nif,cpf,curp,codice fiscale,bsn,pesel,personnummer,aadhaar,aadhar,driver license,drivers license,driver licence,driving licence,fuhrerschein,fuehrerschein',
};
const kindOf = new Map<string, number>(
  (['birth', 'record', 'phone', 'identity'] as const).flatMap((kind) =>
    phrases[kind].split(',').map((phrase) => [phrase, told[kind]] as const),
  ),
);
/** `call me`, `reach her`: somebody is to be called, and no function. */
for (const verb of ['call', 'ring', 'text', 'phone', 'reach', 'contact'])
  for (const whom of [
    'me',
    'us',
    'him',
    'her',
    'them',
    'me back',
    'us back',
    'him back',
    'her back',
    'customer',
    'client',
  ])
    kindOf.set(`${verb} ${whom}`, told.phone);

/** `call`, `dial`: functions are called too, but by no number in the groups of a telephone. */
const calling = 16;
for (const verb of ['call', 'calling', 'ring', 'dial', 'reach']) kindOf.set(verb, calling);
const isGrouped = /^\d{2,5}\)?(?:[ ./-]{1,2}\d{2,5}){2,5}$/;

/** Between a word and its number: "is", "am", "unter" and their like, never another noun. */
const links = new Set(
  'is was of on no nr num number nummer numero n o am den dem vom ist sind unter auf an bei at under via le el il la dia em in the der die'.split(
    ' ',
  ),
);
const months = new Set(
  'jan feb mar apr may mai jun jul aug sep oct okt nov dec dez ene abr ago dic gen mag giu lug set ott out mrz maa fev avr aou jui'.split(
    ' ',
  ),
);

/** What may stand last before a number that something is said of. */
const lastWords = new Set([...kindOf.keys()].map((phrase) => phrase.slice(phrase.lastIndexOf(' ') + 1)));
/** So many words before a number are looked at by the quick look. */
const maxHops = 5;
const notAscii = /[^a-z]/;

/** Another number, or a sign that divides, ends what a word speaks of. */
const divides = new Set('0123456789;/@{}<>|?!\n&');

const numbers = /\d(?:[\d ./()-]{1,20}\d)?/y;
const date =
  /^(?:(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]{1,2}\d{1,2}[-./ ]{1,2}(?:(?:19|20)?\d{2}))(?!\d)/;
const year = /^(?:19|20)\d{2}$/;

const between = has.blank | has.colon | has.equals;
let newest = { text: '', found: 0 };

/** What the words of a text say of its numbers; the newest answer is remembered, as several detectors ask. Pure but for that. */
function toldIn({ text, digits, letters, signs }: Value): number {
  // A word and a number, and something between them. Members of JSON have detectors of their own.
  if (digits < 4 || letters < 2 || (signs & between) === 0 || /^[[{]/.test(text)) return 0;
  if (newest.text === text) return newest.found;
  const read = stretchesOf(text);
  let found = 0;
  let tried = 0;
  for (let at = 0; at < read.length; at++) {
    if (!isDigit(read.charCodeAt(at))) continue;
    const key = startOfKey(read, at);
    if (key < at) {
      if (isSpokenOf(read, key) && ++tried) found |= toldOfKey(read, key);
      while (isLetter(read.charCodeAt(at + 1)) || isDigit(read.charCodeAt(at + 1))) at += 1;
    } else if (isSpokenOf(read, at)) {
      numbers.lastIndex = at;
      const number = numbers.exec(read)?.[0] ?? '';
      if (number.length >= 4) found |= toldOf(number, read, at);
      at += number.length;
      if (++tried === maxNumbers) break;
    } else while (at + 1 < read.length && isDigit(read.charCodeAt(at + 1))) at += 1;
  }
  newest = { text, found };
  return found;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127;
}

/** Where the letters begin that stand right before a digit, when they are few: `C01X00T47`; the digit's own place otherwise. */
function startOfKey(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start <= maxKeyLetters && isLetter(text.charCodeAt(start - 1))) start -= 1;
  return at - start > maxKeyLetters ? at : start;
}

const maxKeyLetters = 6;
const keyed = /[A-Za-z]{1,6}\d[\dA-Za-z]{3,17}(?![\dA-Za-z])/y;

/** Numbers of documents and records may begin with letters and hold some. */
function toldOfKey(text: string, at: number): number {
  keyed.lastIndex = at;
  const key = keyed.exec(text)?.[0] ?? '';
  return key.replaceAll(/\D/g, '').length < 4 ? 0 : spokenBefore(text, at) & (told.record | told.identity);
}

/** The quick look: does a word that may speak of a number stand last before it, over little words? */
function isSpokenOf(text: string, at: number): boolean {
  // A digit within a word is part of a key, not a number that is told.
  if (at > 0 && isLetter(text.charCodeAt(at - 1))) return false;
  let end = at;
  for (let hops = 0; hops < maxHops; hops++) {
    const floor = Math.max(0, end - 12);
    while (end > floor && !isLetter(text.charCodeAt(end - 1))) end -= 1;
    let start = end;
    while (start > 0 && end - start < 28 && isLetter(text.charCodeAt(start - 1))) start -= 1;
    if (start === end) return false;
    const word = text.slice(start, end).toLowerCase();
    if (lastWords.has(word) || months.has(word.slice(0, 3)) || notAscii.test(word)) return true;
    if (!links.has(word)) return false;
    end = start;
  }
  return false;
}

function toldOf(number: string, text: string, at: number): number {
  if (year.test(number)) return spokenBefore(text, beforeMonth(text, at)) & told.birth;
  const kind = spokenBefore(text, at);
  if (kind === 0) return 0;
  if (date.test(number)) return kind & told.birth;
  if (kind === calling) return isGrouped.test(number) ? told.phone : 0;
  const digits = number.replaceAll(/\D/g, '').length;
  if (kind === told.record) return digits >= 4 ? kind : 0;
  if (kind === told.identity) return digits >= 6 ? kind : 0;
  return kind === told.phone && digits >= 7 && digits <= 15 ? kind : 0;
}

/** What the words right before a place say, over colons, dashes and little words; 0: nothing, or another noun stands there. */
function spokenBefore(text: string, at: number): number {
  const start = Math.max(0, at - reach);
  let from = at;
  while (from > start && !divides.has(text[from - 1] ?? '')) from -= 1;
  const words = fold(text.slice(from, at)).match(/\p{L}+/gu) ?? [];
  // The first of them may be the end of a longer one.
  if (from === start && start > 0) words.shift();
  for (let end = words.length; end > 0; end--) {
    for (let length = Math.min(3, end); length > 0; length--) {
      const kind = kindOf.get(words.slice(end - length, end).join(' '));
      if (kind !== undefined) return kind;
    }
    if (!links.has(words[end - 1] ?? '')) return 0;
  }
  return 0;
}

/** Where the day and the month before a year begin: `2 March 1957`, `March 2, 1957`; the place itself where there is none. */
function beforeMonth(text: string, at: number): number {
  const start = Math.max(0, at - 28);
  const day =
    /(?:\d{1,2}(?:st|nd|rd|th|\.|º)? (?:de )?)?(\p{L}{3})\p{L}{0,7}\.?,? (?:de )?(?:\d{1,2}(?:st|nd|rd|th)?,? )?$/u.exec(
      text.slice(start, at),
    );
  return day !== null && months.has(fold(day[1] ?? '')) ? start + day.index : 0;
}

function toldValue(id: string, fine: string, title: string, kind: Told, alone: number): Detector {
  return detector({
    id,
    version: 2,
    fine,
    title,
    method: 'content',
    source: 'own rule: the word before a number says what it is, in some ten languages',
    chance: unmistakable,
    minShare: 0.02,
    needs: has.digit,
    length: [8, 4_096],
    digits: [4, 4_096],
    alone,
    named: 2,
    test: (value) => (toldIn(value) & told[kind]) !== 0,
  });
}

/** Numbers of persons in running text, each beside a word that says so: "DOB 1957-03-02", "MRN 1234567". */
export const toldValues: readonly Detector[] = [
  toldValue('told-birth-date', 'free_text', 'Date of birth beside a word that says so', 'birth', 2.5),
  toldValue('told-record-number', 'clinical_note', "Patient's number beside a word that says so", 'record', 2.5),
  toldValue('told-phone', 'free_text', 'Telephone number beside a word that says so', 'phone', 2.2),
  toldValue('told-identity', 'free_text', 'Number of an identity document beside a word that says so', 'identity', 2.5),
];
