import { addresses } from './addresses.ts';
import { cardRuns } from './card-runs.ts';
import { cards } from './cards.ts';
import { clinicalMessages } from './clinical-messages.ts';
import { contact } from './contact.ts';
import { content } from './content.ts';
import type { Detector } from './detector.ts';
import { eastAsianNames } from './east-asian-names.ts';
import { finance } from './finance.ts';
import { forms } from './forms.ts';
import { government } from './government.ts';
import { health } from './health.ts';
import { json } from './json.ts';
import { loginNames } from './login-names.ts';
import { machineReadableZone } from './machine-readable-zone.ts';
import { numberPlates } from './number-plates.ts';
import { online } from './online.ts';
import { person } from './person.ts';
import { secrets } from './secrets.ts';
import { speltEmail } from './spelt-email.ts';
import { toldValues } from './told-values.ts';
import { toldWords } from './told-words.ts';

/** Every value detector that ships with Lexline. A new one is a file (or a row in its room's file), a line here, a table test. */
export const detectors: readonly Detector[] = [
  ...forms,
  ...contact,
  ...speltEmail,
  ...addresses,
  ...online,
  ...person,
  ...eastAsianNames,
  ...loginNames,
  ...government,
  ...machineReadableZone,
  ...numberPlates,
  ...finance,
  ...cards,
  ...cardRuns,
  ...health,
  ...clinicalMessages,
  ...secrets,
  ...content,
  ...toldValues,
  ...toldWords,
  ...json,
];
