import type { DerivedForm, Signal } from '../model/classification.ts';
import type { FieldProfile } from '../model/profile.ts';
import { maxTested } from '../profile/create-profiler.ts';
import type { Detector } from './detectors/detector.ts';
import { codedKinds, decisiveKinds, numberKinds, personNames, speaksFor, textKinds, wordKinds } from './fine-groups.ts';
import { beyondChance, leavesTrace } from './mixtures.ts';
import type { NameReading } from './names/read-name.ts';
import { shapeShares } from './shape-evidence.ts';

/** How far each detector's values pass in one profile, and what the values look like. */
export interface ValueReading {
  /** Distinct values that were looked at; 0: nothing is known of the values. */
  readonly tried: number;
  /** Rows that held a value. */
  readonly rows: number;
  /** Only shapes are known, no value was tried: that nothing fits is no evidence against a name. */
  readonly byShape: boolean;
  readonly findings: readonly Finding[];
  readonly share: (id: string) => number;
  readonly derived: DerivedForm | null;
}

export interface Finding {
  readonly detector: Detector;
  readonly passed: number;
  readonly tried: number;
  /** How many of them are of the form of which chance lets a share pass. */
  readonly trials: number;
  /** Log-odds that chance alone does not explain it. */
  readonly strength: number;
  /** Too little to be found, and still no nothing. */
  readonly isTrace: boolean;
}

/**
 * Reads a profile by the detectors at hand. Pass rates of other versions say nothing and are left out. A profile made in the
 * database has no pass rates: its shapes speak for the detectors whose values have them.
 */
export function readValues(profile: FieldProfile | null, detectors: ReadonlyMap<string, Detector>): ValueReading {
  if (profile === null) return { tried: 0, rows: 0, byShape: false, findings: [], share: () => 0, derived: null };
  const rows = profile.rowsSeen - profile.nulls - profile.empty;
  return profile.detectorSet === null ? readShapes(profile, rows, detectors) : readPassRates(profile, rows, detectors);
}

function readPassRates(profile: FieldProfile, rows: number, detectors: ReadonlyMap<string, Detector>): ValueReading {
  const rates = profile.passRates;
  const shares = new Map<string, number>();
  const findings: Finding[] = [];
  const tried = Math.max(0, ...Object.values(rates).map((rate) => rate.tried), Math.min(profile.distinct, maxTested));
  const placeholders = passed(rates, 'form-placeholder@1');
  const byId = new Map(Object.entries(rates).map(([key, rate]) => [key.split('@')[0] ?? key, rate.passed]));
  for (const [key, rate] of Object.entries(rates)) {
    const detector = detectors.get(key);
    if (detector === undefined || rate.tried === 0) continue;
    const effective = Math.max(rate.passed, rate.tried - placeholders);
    shares.set(detector.id, rate.passed / Math.max(1, effective));
    const trials = detector.among === null ? effective : Math.max(rate.passed, byId.get(detector.among) ?? effective);
    const passing = { hits: rate.passed, tried: effective, trials };
    const strength = beyondChance(passing, detector);
    const isTrace = strength <= 0 && leavesTrace(passing, detector);
    findings.push({ detector, passed: rate.passed, tried: effective, trials, strength, isTrace });
  }
  const share = (id: string): number => shares.get(id) ?? 0;
  return { tried, rows, byShape: false, findings, share, derived: derivedOf(share) };
}

/** A shape fits more than a value that passes does: what it says is counted as of a handful of values. */
function readShapes(profile: FieldProfile, rows: number, detectors: ReadonlyMap<string, Detector>): ValueReading {
  const shares = shapeShares(profile);
  const counted = Math.min(6, profile.distinct);
  const findings = [...detectors.values()].flatMap((detector): Finding[] => {
    const fit = shares.get(detector.id);
    if (fit === undefined || counted === 0) return [];
    const hits = Math.round(fit * counted);
    const strength = beyondChance({ hits, tried: counted, trials: counted }, detector);
    return [{ detector, passed: hits, tried: counted, trials: counted, strength, isTrace: false }];
  });
  const share = (id: string): number => shares.get(id) ?? 0;
  return { tried: counted, rows, byShape: true, findings, share, derived: derivedOf(share) };
}

function passed(rates: FieldProfile['passRates'], key: string): number {
  return rates[key]?.passed ?? 0;
}

function derivedOf(share: (id: string) => number): DerivedForm | null {
  if (share('hash-digest') >= 0.8 || share('hash-base64') >= 0.8) return 'hash';
  if (
    share('card-masked') >= 0.6 ||
    share('masked-any') >= 0.6 ||
    share('masked-email') >= 0.6 ||
    share('masked-ssn') >= 0.6
  )
    return 'mask';
  return share('vault-token') >= 0.8 || share('card-token') >= 0.7 ? 'token' : null;
}

/** Log-odds that the values give a category that the name already speaks of: for it, against it, or none. */
export function supportFor(
  fine: string,
  values: ValueReading,
  { derived, form, words }: Pick<NameReading, 'derived' | 'form' | 'words'>,
): Signal[] {
  if (values.tried === 0) return [];
  const signals: Signal[] = [];
  const best = values.findings
    .filter(
      (finding) => finding.detector.fine !== null && speaksFor(finding.detector.fine, fine) && finding.strength > 0,
    )
    .map((finding) => ({ finding, weight: Math.min(finding.detector.named, finding.strength * 0.5) }))
    .sort((a, b) => b.weight - a.weight)[0];
  if (best !== undefined) signals.push(signalOf(best.finding, best.weight));
  if (derived !== null || values.derived !== null) return signals;
  // What the name calls a part or a band is short by design: the first digits of a postal code, a year, an age group.
  const against =
    form === 'mask' && values.share('form-flag') < 0.9
      ? null
      : (refutation(fine, values, words) ?? contradiction(fine, values));
  if (against !== null && (best === undefined || best.weight < 1)) signals.push(against);
  if (best === undefined && against === null && decisiveKinds.has(fine) && values.tried >= 2 && !values.byShape)
    signals.push({ signal: 'values-against', detail: `no value looks like ${fine}`, weight: -3.5 });
  return signals;
}

/** A value finding as a signal: shares and names of detectors, never a value. */
export function signalOf({ detector, passed: hits, tried, trials }: Finding, weight: number): Signal {
  const luck = `${percent(detector.chance)}${trials === tried ? '' : ` of the ${trials} of that form`} would by chance`;
  return {
    signal: 'values',
    detail: `${hits} of ${tried} distinct values pass ${detector.id} v${detector.version} (${detector.title}; ${luck})`,
    weight: round(weight),
  };
}

/** So many distinct values, of which not one is of the kind, are no accident of a few rows. */
const manyValues = 25;
/** Numbers of persons that are of digits alone, by the words that name them. */
const digitsOnly =
  /(?:^| )(?:ssns?|social security|soc sec|ss (?:no|num|number)|socsec|aadhaar|aadhar|cpf|pesel|sin|bsn|nhs (?:no|number)|personnummer)(?: |$)/;
const ofDigits = new Set('card_number phone date_of_birth routing_number ip_address mac_address email iban'.split(' '));

/**
 * What many values refute whatever the name says: codes of letters and a running number where the kind is of digits alone,
 * and numbers too short for a card. The column is left to a person. What is encrypted, hashed or masked looks otherwise.
 */
function refutation(fine: string, { tried, byShape, share }: ValueReading, words: readonly string[]): Signal | null {
  if (byShape || tried < manyValues) return null;
  const against = (detail: string, weight: number): Signal => ({ signal: 'values-against', detail, weight });
  const isSerial = share('form-serial') >= 0.95;
  const named = ofDigits.has(fine) || (fine === 'national_id' && digitsOnly.test(words.join(' ')));
  if (isSerial && named)
    return against(`all ${tried} values are letters with a running number, and no ${fine} is`, -4.1);
  if (fine !== 'card_number' || share('form-number') < 0.95 || share('last-four') >= 0.5) return null;
  if (share('form-card-length') === 0) return against(`none of ${tried} numbers is as long as that of a card`, -4.1);
  return share('form-card-issuer') === 0 ? against(`none of ${tried} numbers begins like that of a card`, -2.4) : null;
}

function contradiction(fine: string, values: ValueReading): Signal | null {
  const against = (detail: string, weight: number): Signal => ({ signal: 'values-against', detail, weight });
  const { share } = values;
  // What was taken out, or never put in, speaks against nothing.
  if (share('form-placeholder') >= 0.9) return null;
  if (share('form-flag') >= 0.9 && !codedKinds.has(fine)) return against('the values are flags', -5);
  if (share('form-tiny-number') >= 0.9 && !codedKinds.has(fine)) return against('the values are small numbers', -4.5);
  if (
    share('form-date') >= 0.8 &&
    !/date|health|card_expiry|age|child_data|diagnosis|procedure|medication|lab_result|criminal/.test(fine)
  )
    return against('the values are dates', -4);
  if (share('form-timestamp') >= 0.8 && fine === 'date_of_birth') return against('the values carry a time of day', -2);
  if (share('form-number') >= 0.9 && wordKinds.has(fine)) return against('the values are numbers', -4);
  if (share('form-letters') >= 0.9 && numberKinds.has(fine))
    return against('the values hold no digit', fine === 'card_cvv' ? -8 : -4);
  if (share('form-url') >= 0.8 && !/url|photo|browsing|social|signature|email|biometric|credentials/.test(fine))
    return against('the values are web addresses', -3);
  if (share('form-file') >= 0.8 && !/photo|signature|biometric/.test(fine))
    return against('the values are file names', -4);
  if (share('form-uuid') >= 0.9 && !/_id$|credentials|token/.test(fine))
    // A key in place of a card number is a token of it as likely as a mistake.
    return against('the values are UUIDs', fine === 'card_number' ? -1.8 : -3);
  if (share('form-text') >= 0.8 && numberKinds.has(fine) && !textKinds.has(fine))
    return against('the values are sentences', -3);
  if (
    !values.byShape &&
    personNames.has(fine) &&
    values.tried >= 8 &&
    share('full-name') + share('first-name') + share('last-name') < 0.04 &&
    share('form-letters') >= 0.6
  )
    return against('hardly a value is a known name', -1.4);
  return null;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

function round(weight: number): number {
  return Math.round(weight * 100) / 100;
}
