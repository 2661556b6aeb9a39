/**
 * What has been done to a value on some path by which it reaches a field. A regulation reads these through its own table
 * (`regulations/<id>/functions.yml`); none of them says "anonymous".
 */
export const treatments = [
  'clear',
  'partial',
  'hashed',
  'keyed',
  'encrypted',
  'tokenised',
  'masked',
  'aggregated',
] as const;
export type Treatment = (typeof treatments)[number];

/**
 * What one edge does to the value it carries.
 * `keep` unchanged in substance (LOWER, TRIM, CAST, MAX) · `partial` a part remains (SUBSTR, last four) · `hash` plain
 * digest · `keyed-hash` digest under a secret key · `encrypt` reversible under a key · `tokenise` replaced by a token ·
 * `decrypt` and `detokenise` give the value back, wherever it was protected ·
 * `mask` replaced by a pattern that keeps no readable part · `aggregate` many rows folded into one figure (SUM, AVG) ·
 * `count` only a number of rows remains · `drop` nothing of the value remains (a constant, IS NULL) · `unknown` a function
 * nobody vouches for: treated as `keep`.
 */
export const effects = [
  'keep',
  'partial',
  'hash',
  'keyed-hash',
  'encrypt',
  'tokenise',
  'mask',
  'aggregate',
  'count',
  'drop',
  'unknown',
  'decrypt',
  'detokenise',
] as const;
export type Effect = (typeof effects)[number];

const treatmentOf: Partial<Record<Effect, Treatment>> = {
  partial: 'partial',
  hash: 'hashed',
  'keyed-hash': 'keyed',
  encrypt: 'encrypted',
  tokenise: 'tokenised',
  mask: 'masked',
  aggregate: 'aggregated',
};

/**
 * The protection that an effect takes off again: who decrypts has the clear value. What gives back the value behind a token
 * takes encryption off too, as the vaults and gateways that have such functions do.
 */
const takesOff: Partial<Record<Effect, readonly Effect[]>> = {
  decrypt: ['encrypt'],
  detokenise: ['tokenise', 'encrypt'],
};

/** True of `decrypt` and `detokenise`. */
export function givesBack(effect: Effect): boolean {
  return takesOff[effect] !== undefined;
}

/** How little is left to read back. Composition moves towards more only where {@link takesOff} says so. */
const strength: Record<Treatment, number> = {
  clear: 0,
  encrypted: 1,
  partial: 2,
  hashed: 3,
  tokenised: 4,
  keyed: 5,
  masked: 6,
  aggregated: 7,
};

/** All treatments, from the most to the least that is left to read back. */
export const leastTreatedFirst: readonly Treatment[] = treatments.toSorted((a, b) => strength[a] - strength[b]);

/** Of several forms the one of which most is left to read back; null: there is none. */
export function leastTreated(forms: Iterable<Treatment>): Treatment | null {
  const all = new Set(forms);
  return leastTreatedFirst.find((form) => all.has(form)) ?? null;
}

/** This form and all of which less is left to read back. */
export function noLessTreated(form: Treatment): readonly Treatment[] {
  return leastTreatedFirst.slice(leastTreatedFirst.indexOf(form));
}

/**
 * The treatment after an edge: the effect's own, unless what was done before already leaves less to read back. Null when
 * nothing of the value remains. `personKeyInGroup`: a count grouped by a person's key still says something about that person.
 */
export function applyEffect(before: Treatment, effect: Effect, personKeyInGroup = false): Treatment | null {
  if (effect === 'drop') return null;
  if (effect === 'count') return personKeyInGroup ? 'aggregated' : null;
  const off = takesOff[effect];
  if (off !== undefined) return off.some((effect) => treatmentOf[effect] === before) ? 'clear' : before;
  const after = treatmentOf[effect];
  if (after === undefined) return before;
  return strength[after] > strength[before] ? after : before;
}

/** How little an effect leaves to read back. */
const rank: Record<Effect, number> = {
  detokenise: -2,
  decrypt: -1,
  keep: 0,
  unknown: 1,
  encrypt: 2,
  partial: 3,
  hash: 4,
  tokenise: 5,
  'keyed-hash': 6,
  mask: 7,
  aggregate: 8,
  count: 9,
  drop: 10,
};

/** Of two effects the one that leaves less to read back; the second where they leave the same. */
export function leavesLess(first: Effect, second: Effect): Effect {
  return rank[second] >= rank[first] ? second : first;
}

/**
 * Two effects applied one after the other, as one: the one that leaves less to read back, but for protection that is put on
 * and taken off again. Where the first takes off what the second would be hidden under (the last four of what stands behind
 * a token), one effect cannot say both, and the clear value counts: protection is never said where it may be gone.
 */
export function composeEffects(first: Effect, second: Effect): Effect {
  const off = takesOff[second];
  if (off !== undefined) {
    if (off.includes(first)) return 'keep';
    return rank[first] > rank.unknown || first === 'detokenise' ? first : second;
  }
  const before = takesOff[first] ?? [];
  return before.some((effect) => rank[second] < rank[effect]) ? first : leavesLess(first, second);
}
