import type { DerivedForm } from '../../model/classification.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import type { Unit } from './units.ts';

const forms = ['last4', 'hash', 'mask', 'token'] as const;
const longestForm = 4;
/** Phrases that name a part of a value, or a band in which it lies. */
const part =
  /\b(?:birth year|year of birth|yob|dob year|birthdate year|birth month|month of birth|dob month|(?:zip|postal|postcode|plz|zip code|postal code|post code) (?:3|prefix)|three digit zip|age (?:group|range|band|bucket|bracket)|(?:salary|income) (?:range|band|bracket|bucket|group))\b/;

/**
 * The form that a known phrase holds in itself: `card last 4` is one phrase that names a category, and says that four digits
 * are left. A token counts only where the rest of the phrase names what it stands for: an access token stands for nothing.
 * A part of a value and a band are told as `mask`, as propagation tells a partial value. Pure.
 */
export function formWithin(units: readonly Unit[], lexicon: Lexicon): DerivedForm | null {
  const named = units.filter(({ meanings }) => meanings.some(({ kind }) => kind === 'sense'));
  for (const form of forms) if (named.some((unit) => holdsForm(unit, form, lexicon))) return form;
  return part.test(units.flatMap(({ words }) => words).join(' ')) ? 'mask' : null;
}

function holdsForm({ words, meanings }: Unit, form: DerivedForm, lexicon: Lexicon): boolean {
  for (let length = Math.min(longestForm, words.length); length > 0; length--)
    for (let at = 0; at + length <= words.length; at++) {
      if (!lexicon.meanings(words.slice(at, at + length).join(' ')).some(({ kind }) => kind === form)) continue;
      const rest = [...words.slice(0, at), ...words.slice(at + length)];
      if (rest.length === 0) return form === 'last4';
      if (form !== 'token' || standsForSomething(rest, meanings, lexicon)) return true;
    }
  return false;
}

function standsForSomething(rest: readonly string[], meanings: readonly Meaning[], lexicon: Lexicon): boolean {
  return (
    meanings.some((meaning) => meaning.kind === 'sense' && meaning.fine.startsWith('card_')) ||
    lexicon.meanings(rest.join(' ')).some((meaning) => meaning.kind === 'sense' && meaning.strength > 0)
  );
}
