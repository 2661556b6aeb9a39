import type { Signal } from '../model/classification.ts';
import type { Candidate } from './name-evidence.ts';
import type { NameReading } from './names/read-name.ts';
import { personKinds } from './names/read-name.ts';
import type { ValueReading } from './value-evidence.ts';

/** What somebody did to a row, as opposed to what drives, sorts or blocks it. */
const deeds =
  /^(?:acknowledged|added|administered|approved|archived|assigned|audited|authori[sz]ed|banned|cancel+ed|changed|checked|closed|collected|commented|completed|confirmed|counted|created|deleted|diagnosed|dispensed|edited|entered|examined|executed|exported|filed|granted|handled|imported|initiated|inserted|inspected|installed|invited|issued|locked|logged|maintained|modified|opened|owned|packed|performed|picked|posted|prepared|prescribed|published|raised|received|recorded|registered|rejected|released|removed|reported|requested|resolved|reviewed|saved|scanned|seen|served|signed|started|submitted|taken|treated|updated|uploaded|validated|verified|voided|written)$/;
const germanDeeds =
  /^(?:angelegt|erfasst|erstellt|geaendert|geandert|bearbeitet|freigegeben|genehmigt|geprueft|gepruft|gebucht|storniert)$/;
const references = /^(?:refs?|reference|wid)$/;

/**
 * Who acted: `created_by`, `erfasst_von`, and the references under which a person is known elsewhere (`driver_ref`). A user
 * name of staff is personal data; a number or nothing seen is left to a person. Null for any other name. Pure.
 */
export function actorOf(name: NameReading, values: ValueReading): Candidate | null {
  const said = isActor(name) ? 'it tells who acted' : isReference(name) ? 'it is the reference of a person' : null;
  if (said === null || name.senses.some(({ strength, phrase }) => strength > 0 && phrase !== 'by')) return null;
  const { share, tried } = values;
  const isNumber = share('form-number') + share('form-tiny-number') + share('form-uuid') >= 0.9;
  const signals: Signal[] = [{ signal: 'name', detail: `${said}: a name, a user name or a key`, weight: -0.6 }];
  const contradicted = ['form-flag', 'form-date', 'form-timestamp', 'form-decimal'].some((form) => share(form) >= 0.8);
  if (contradicted)
    signals.push({ signal: 'values-against', detail: 'the values are no names and no keys', weight: -4 });
  else if (isActor(name) && tried >= 3 && !isNumber && share('username') + share('full-name') >= 0.8)
    signals.push({ signal: 'values', detail: 'the values read like user names', weight: 1.9 });
  const fine = isNumber || !isActor(name) ? 'person_id' : 'username';
  return { fine, score: signals.reduce((sum, { weight }) => sum + weight, 0), signals };
}

function isActor({ words }: NameReading): boolean {
  const last = words.filter((word) => !/^(?:user|id|uid|login|name|usr|userid|username)$/.test(word));
  const [deed = '', by = ''] = last.slice(-2);
  return (by === 'by' && deeds.test(deed)) || (by === 'von' && germanDeeds.test(deed));
}

/** Not the key of the row's own person, which a table has anyway, but what it is called by outside. */
function isReference({ words, subjects }: NameReading): boolean {
  return words.length > 1 && references.test(words.at(-1) ?? '') && subjects.some((kind) => personKinds.has(kind));
}
