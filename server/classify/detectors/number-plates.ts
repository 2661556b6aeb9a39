import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';

/** Plates whose form other codes seldom have: the signs, their order and what stands between them. */
const national: readonly (readonly [id: string, country: string, form: RegExp])[] = [
  ['plate-de', 'Germany', /^[A-ZÄÖÜ]{1,3}[- ][A-ZÄÖÜ]{1,2} \d{1,4}[EH]?$/],
  ['plate-gb', 'United Kingdom', /^[A-HJ-PR-Y]{2}(?:0[2-9]|[1-7]\d) ?[A-HJ-PR-Z]{3}$/],
  ['plate-fr-it', 'France, Italy', /^[A-HJ-NP-TV-Z]{2}[- ]?\d{3}[- ]?[A-HJ-NP-TV-Z]{2}$/],
  ['plate-es', 'Spain', /^\d{4}[- ]?[BCDFGHJKLMNPRSTVWXYZ]{3}$/],
  ['plate-in', 'India', /^[A-Z]{2}[- ]?\d{2}[- ]?[A-Z]{1,2}[- ]?\d{4}$/],
  ['plate-br', 'Brazil', /^[A-Z]{3}\d[A-J]\d{2}$/],
  ['plate-tr', 'Türkiye', /^(?:0[1-9]|[1-7]\d|8[01]) [A-Z]{1,3} \d{2,5}$/],
  ['plate-ru', 'Russia', /^[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2} ?\d{2,3}$/],
];

/** Number plates by country. Serial numbers may be of their form: where no name says so, a person decides. */
export const numberPlates: readonly Detector[] = national.map(([id, country, form]) =>
  detector({
    id,
    fine: 'license_plate',
    title: `Number plate: ${country}`,
    method: 'format',
    source: 'forms of the registration authorities',
    chance: 0.02,
    minShare: 0.9,
    needs: has.digit,
    forbids: has.lower | has.at | has.dot | has.colon | has.slash | has.brace | has.comma | has.underscore,
    length: [6, 14],
    digits: [1, 6],
    alone: -0.5,
    named: 3,
    test: ({ text }) => form.test(text),
  }),
);
