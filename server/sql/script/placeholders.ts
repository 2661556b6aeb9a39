import { Lexer } from '../text/lexer.ts';
import { isGap } from './gaps.ts';
import type { Dialect } from '../dialect/dialect.ts';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Name that the value at a place is bound to. */
export function boundName(at: number): string {
  return `:bound_${at}`;
}

/**
 * A text with `?` and `:name` replaced by names of our own, to which the values behind USING are bound. By place; where the
 * text names fewer different placeholders than it has places, and as many as there are values, by name: so Oracle does for
 * blocks ("Using Dynamic SQL", "Repeated Placeholder Names").
 */
export function withBoundNames(text: string, dialect: Dialect, values: number): string {
  const places = placesOf(text, dialect);
  if (places.length === 0 || values === 0) return text;
  const names = [...new Set(places.map((place) => place.name))];
  const isByName = places.length !== values && names.length === values && !names.includes('?');
  let out = '';
  let from = 0;
  places.forEach(({ start, end, name }, at) => {
    out += text.slice(from, start) + boundName(isByName ? names.indexOf(name) : at);
    from = end;
  });
  return out + text.slice(from);
}

function placesOf(text: string, dialect: Dialect): readonly Place[] {
  const lexer = new Lexer(text, dialect);
  const places: Place[] = [];
  let colon: number | null = null;
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    const isName = (token.kind === 'word' || token.kind === 'number') && !token.spaced;
    if (colon !== null && isName && !isGap(`:${token.text.toLowerCase()}`))
      places.push({ start: colon, end: token.end, name: token.text });
    colon = token.kind === 'symbol' && token.text === ':' ? token.start : null;
    if (token.kind === 'symbol' && token.text === '?') places.push({ start: token.start, end: token.end, name: '?' });
  }
  return places;
}
