import { digestOf } from '../../model/json.ts';
import type { CustomNames } from '../custom-rules.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import type { NameReading, NameSense } from './read-name.ts';
import { tokens } from './tokens.ts';

/** A lexicon with a user's own phrases before what it knows. */
export function withOwnPhrases(lexicon: Lexicon, names: readonly CustomNames[]): Lexicon {
  const own = new Map<string, Meaning[]>();
  const words = new Set<string>();
  for (const { id, phrases, fine, strength } of names)
    for (const phrase of phrases) {
      const parts = tokens(phrase);
      for (const part of parts) words.add(part);
      const there = own.get(parts.join(' ')) ?? [];
      own.set(parts.join(' '), [...there, { kind: 'sense', fine, strength, language: id, head: 'last' }]);
    }
  if (own.size === 0) return lexicon;
  return {
    ...lexicon,
    digest: digestOf([lexicon.digest, [...own.entries()]]),
    longest: Math.max(lexicon.longest, ...[...own.keys()].map((phrase) => phrase.split(' ').length)),
    meanings: (phrase) => own.get(phrase) ?? lexicon.meanings(phrase),
    isWord: (token) => words.has(token) || lexicon.isWord(token),
  };
}

/** The reading of a name with what a user's own patterns say of its last part. */
export function withOwnPatterns(reading: NameReading, name: string, names: readonly CustomNames[]): NameReading {
  const part = lastPart(name);
  const found = names.flatMap(({ id, fine, strength, patterns }): NameSense[] => {
    const pattern = patterns.find(({ test }) => test(part));
    if (pattern === undefined) return [];
    const phrase = pattern.text;
    return [{ ...silentSense, fine, strength, phrase, language: id }];
  });
  return found.length === 0 ? reading : { ...reading, senses: [...found, ...reading.senses] };
}

const silentSense = {
  about: null,
  keyed: false,
  dated: false,
  of: null,
  ofPlace: false,
  ofThing: false,
  headThing: false,
  unknownBefore: 0,
  unknownAfter: 0,
  outer: false,
  shortForeign: false,
} as const;

/** A path's last part: what a user's pattern for names is tried on. */
export function lastPart(name: string): string {
  return name.split('.').at(-1) ?? name;
}

/** True for what a user's own detector, not a language, said. */
export function isOwn(language: string): boolean {
  return language.startsWith('custom-');
}
