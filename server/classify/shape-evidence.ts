import type { FieldProfile } from '../model/profile.ts';

/** Which shapes a detector's values have; for profiles made in the database, where no value was looked at. */
const shapesOf: readonly (readonly [detector: string, shape: RegExp])[] = [
  ['email', /^[^@ ]+@[Aa9+._-]*\.[Aa]{2,4}(?:a\+|A\+)?$/],
  ['us-ssn', /^999-99-9999$/],
  ['ipv4-form', /^9{1,3}\.9{1,3}\.9{1,3}\.9{1,3}$/],
  ['mac', /^(?:[9Aa]{2}[:-]){5}[9Aa]{2}$/],
  ['card-form', /^9999[ -]9999[ -]9999[ -]9999$|^9999[ -]9\+[ -]9\+$/],
  ['card-masked', /^(?:9999|9\+)[ -]?[*?]{2,}.*9999$/],
  ['phone-written', /^(?:\(999\) ?|999[-. ])999[-. ]9999$/],
  ['phone-international', /^\+9{1,4}[ -]?[9()+ -]+$/],
  ['postal-us', /^9\+-9999$/],
  ['postal-gb', /^A{1,2}9[9A]? 9AA$/],
  ['postal-ca', /^A9A ?9A9$/],
  ['form-uuid', /^[9Aa+]+-[9Aa]{2,}[9Aa+]*-[9Aa+]+-[9Aa+]+-[9Aa+]{2,}$/],
  ['form-date', /^9999[-/.]99[-/.]99(?:[ T]99:99.*)?$|^99?[-/.]99?[-/.]9999$/],
  ['form-timestamp', /^9999[-/.]99[-/.]99[ T]99:99/],
  ['form-tiny-number', /^-?9{1,3}$/],
  ['form-number', /^-?9{1,4}$|^-?9\+$|^-?9[9+]*\.9[9+]*$/],
  ['form-decimal', /^-?9[9+]*\.9[9+]*$/],
  ['form-letters', /^[Aa+ '’.-]*[Aa][Aa+ '’.-]*$/],
  ['form-url', /^a{4}\+?s?:\/\/|^aaaa:\/\/|^a\+:\/\//],
];

/** Share of rows whose shape a detector's values have, by the detector's id. What was folded away counts as not of it. */
export function shapeShares(profile: FieldProfile): ReadonlyMap<string, number> {
  const all = profile.shapes.reduce((sum, { count }) => sum + count, 0);
  const shares = new Map<string, number>();
  if (all === 0) return shares;
  for (const [detector, pattern] of shapesOf) {
    const fit = profile.shapes.filter(({ shape }) => pattern.test(shape)).reduce((sum, { count }) => sum + count, 0);
    if (fit > 0) shares.set(detector, fit / all);
  }
  return shares;
}
