import {
  isAbaRouting,
  isDeaNumber,
  isLoinc,
  isMbi,
  isNhsNumber,
  isNpi,
  isVin,
  luhn,
  verhoeff,
} from './detectors/check-digits.ts';
import { isCardNumber } from './detectors/cards.ts';
import { isEmail } from './detectors/contact.ts';

/** The checks that a user's own detector may ask for by name. */
export const validators: Readonly<Record<string, (text: string) => boolean>> = {
  luhn: (text) => luhn(text.replaceAll(/\D/g, '')),
  verhoeff: (text) => verhoeff(text.replaceAll(/\D/g, '')),
  card: (text) => isCardNumber(text.replaceAll(/[ -]/g, '')),
  email: isEmail,
  vin: isVin,
  npi: isNpi,
  nhs: isNhsNumber,
  dea: isDeaNumber,
  mbi: isMbi,
  loinc: isLoinc,
  'us-routing': isAbaRouting,
};
