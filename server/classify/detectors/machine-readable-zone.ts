import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';

/** Type, issuing state and name of passports, visas and cards of two lines: 44 or 36 signs, filled up. */
const nameLine = /^[PACIV][A-Z<][A-Z<]{3}[A-Z]+(?:<[A-Z]+)*<<(?:[A-Z]+(?:<[A-Z]+)*)?<*$/;
/** The third line of a card of three. */
const cardName = /^[A-Z]+(?:<[A-Z]+)*<<[A-Z]+(?:<[A-Z]+)*<+$/;
const numberLine = /^([A-Z0-9<]{9})(\d)[A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z0-9<]{2,16}$/;
const cardNumber = /^[ACI][A-Z<][A-Z<]{3}([A-Z0-9<]{9})(\d)[A-Z0-9<]{15}$/;
const cardDates = /^(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z<]{3}[A-Z0-9<]{11}\d$/;

/** Weights 7, 3, 1 over digits, letters as 10 to 35 and fillers as 0 (ICAO Doc 9303 part 3, 4.9). */
function checks(field: string, digit: string): boolean {
  let sum = 0;
  for (let i = 0; i < field.length; i++)
    sum += (field[i] === '<' ? 0 : Number.parseInt(field[i] ?? '', 36)) * ([7, 3, 1][i % 3] ?? 0);
  return sum % 10 === Number(digit);
}

/** Does every field of a line pass the check digit behind it? The groups of `form` are fields and digits by turns. */
function passes(line: string, form: RegExp): boolean {
  const groups = form.exec(line)?.slice(1);
  if (groups === undefined) return false;
  for (let i = 0; i < groups.length; i += 2) if (!checks(groups[i] ?? '', groups[i + 1] ?? '')) return false;
  return true;
}

function isLine(line: string): boolean {
  if (line.length >= 30 && line.length <= 44 && nameLine.test(line)) return true;
  if (line.length === 30)
    return cardName.test(line) || (line.includes('<') && passes(line, cardNumber)) || passes(line, cardDates);
  return (line.length === 44 || line.length === 36) && passes(line, numberLine);
}

/** True for a machine-readable zone, or one line of it: two lines of 44 or 36 signs, three of 30, also without line ends. */
export function isMachineReadable(text: string): boolean {
  const lines = text.split(/\s+/);
  if (lines.length > 3) return false;
  const [whole = ''] = lines;
  if (lines.length > 1 || whole.length <= 44) return lines.some((line) => isLine(line));
  return [44, 36, 30].some((size) => whole.length % size === 0 && isLine(whole.slice(0, size)));
}

/** What machines read at the foot of a passport: name, number, nationality, birth date and sex in one. */
export const machineReadableZone: readonly Detector[] = [
  detector({
    id: 'passport-mrz',
    version: 2,
    fine: 'passport',
    title: 'Machine-readable zone of a travel document, or a line of it',
    method: 'checksum',
    source: 'ICAO Doc 9303 parts 3 to 7: fields, fillers, check digits 7 3 1',
    chance: 0.001,
    minShare: 0.5,
    needs: has.upper | has.brace,
    forbids: has.lower | has.at | has.slash | has.colon | has.comma | has.foreign,
    length: [30, 92],
    alone: 4.5,
    named: 3,
    test: ({ text }) => isMachineReadable(text),
  }),
];
