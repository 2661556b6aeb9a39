import { LexlineError } from '../base/errors.ts';
import type { Invocation } from './command.ts';

type Options = Invocation['options'];

/** An option's text; undefined when it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** An option that is one of a few words. Fails with INPUT_INVALID, naming them. */
export function oneOf<T extends string>(options: Options, name: string, allowed: readonly T[]): T | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const found = allowed.find((word) => word === value.toLowerCase());
  if (found === undefined)
    throw new LexlineError('INPUT_INVALID', `[cli] --${flagOf(name)} cannot be "${value}"`, {
      remedy: `one of: ${allowed.join(', ')}`,
    });
  return found;
}

/** An option that is a whole number within limits. Fails with INPUT_INVALID, naming them. */
export function wholeNumber(options: Options, name: string, min: number, max: number): number | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/u.test(value) || number < min || number > max)
    throw new LexlineError('INPUT_INVALID', `[cli] --${flagOf(name)} cannot be "${value}"`, {
      remedy: `a whole number from ${min} to ${max}`,
    });
  return number;
}

function flagOf(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
