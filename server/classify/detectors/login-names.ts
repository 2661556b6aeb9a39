import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';
import { inDictionary } from './dictionaries.ts';

const parts = /^(\p{L}{2,15})[._-](\p{L}{2,20})\d{0,4}$/u;
const camel = /^(\p{Lu}\p{Ll}{1,14})(\p{Lu}\p{Ll}{1,19})\d{0,4}$/u;

/** `CORP\\jsmith`: whose account it is stands behind the domain. */
function withoutDomain(text: string): string {
  return text.replace(/^[A-Z][A-Z\d-]{1,14}\\/i, '');
}

/** `carlos.taylor`, `taylor_carlos7`, `CarlosTaylor`: a given and a family name of the lists, in either order. */
function isNameOfTwo(text: string): boolean {
  const [, first = '', second = ''] = parts.exec(withoutDomain(text)) ?? camel.exec(withoutDomain(text)) ?? [];
  if (second === '') return false;
  return (
    (inDictionary('first-names', first) && inDictionary('last-names', second)) ||
    (inDictionary('last-names', first) && inDictionary('first-names', second))
  );
}

/** `jsmith`, `j.smith2`, `CORP\jsmith`: an initial and a family name of the list. */
function isInitialAndName(text: string): boolean {
  const family = /^\p{L}[._-]?(\p{L}{4,20})\d{0,3}$/u.exec(withoutDomain(text))?.[1];
  return family !== undefined && inDictionary('last-names', family);
}

/** User names that say the person's own. */
export const loginNames: readonly Detector[] = [
  detector({
    id: 'login-name',
    version: 2,
    fine: 'username',
    title: 'Given and family name in one word',
    method: 'dictionary',
    source: 'own lists of given and family names',
    chance: 0.01,
    minShare: 0.35,
    forbids: has.blank | has.at | has.slash | has.colon | has.brace | has.comma,
    length: [5, 56],
    digits: [0, 4],
    alone: 1.6,
    named: 3,
    test: ({ text }) => isNameOfTwo(text),
  }),
  detector({
    id: 'login-initial',
    version: 2,
    fine: 'username',
    title: 'Initial and family name in one word',
    method: 'dictionary',
    source: 'own list of family names',
    chance: 0.02,
    minShare: 0.5,
    forbids: has.blank | has.at | has.slash | has.colon | has.brace | has.comma,
    length: [5, 41],
    digits: [0, 3],
    alone: -0.2,
    named: 2.5,
    test: ({ text }) => isInitialAndName(text),
  }),
];
