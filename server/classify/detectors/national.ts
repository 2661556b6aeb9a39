import { stdnum } from 'stdnum';

/** What people type to fill a field. */
const sameDigits = /^\D*(\d)(?:\D*\1)+\D*$/;

/** Asks stdnum; a country or number that it lacks is a mistake of ours, found by a test over this table. */
export function checked(country: string, name: string): (text: string) => boolean {
  return (text) => {
    const validator = stdnum[country]?.[name];
    return validator !== undefined && !sameDigits.test(text) && validator.validate(text).isValid;
  };
}

/** One number that a state gives out. */
export interface National {
  readonly id: string;
  readonly fine: string;
  readonly title: string;
  readonly source: string;
  readonly form: RegExp;
  readonly valid: (text: string) => boolean;
  /** Share of random values of this form that pass. */
  readonly chance: number;
  /** Without a word from the name; below zero where chance or other numbers of the form are too many. */
  readonly alone: number;
}

/** For numbers without a check digit. */
export const formOnly = (): boolean => true;

/** One row of a table of numbers; the form comes first and rules out nearly everything for nearly nothing. */
export function row(
  id: string,
  fine: string,
  title: string,
  source: string,
  form: RegExp,
  valid: (text: string) => boolean,
  chance: number,
  alone: number,
): National {
  return { id, fine, title, source, form, valid, chance, alone };
}
