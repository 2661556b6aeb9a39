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

/** How little is left to read back. Composition never moves towards more. */
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

/**
 * The treatment after an edge: the effect's own, unless what was done before already leaves less to read back. Null when
 * nothing of the value remains. `personKeyInGroup`: a count grouped by a person's key still says something about that person.
 */
export function applyEffect(before: Treatment, effect: Effect, personKeyInGroup = false): Treatment | null {
  if (effect === 'drop') return null;
  if (effect === 'count') return personKeyInGroup ? 'aggregated' : null;
  const after = treatmentOf[effect];
  if (after === undefined) return before;
  return strength[after] > strength[before] ? after : before;
}

/** Of two effects applied one after the other, the one that leaves less to read back. Used when steps fold into one edge. */
export function composeEffects(first: Effect, second: Effect): Effect {
  const rank: Record<Effect, number> = {
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
  return rank[second] >= rank[first] ? second : first;
}
