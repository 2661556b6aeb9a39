import { stringify } from 'yaml';
import { LexlineError } from '../base/errors.ts';
import { parseGovernanceText } from './load.ts';
import { governanceKinds, type Governance } from './objects.ts';
import { readDuration } from './read-duration.ts';

/** What became of an existing record: YAML to look through, and what could not be taken over. */
export interface ImportedRecord {
  readonly yaml: string;
  readonly activities: number;
  /** One line each: `row 3, "Löschfrist": "nach Bedarf" is no duration`. */
  readonly notes: readonly string[];
}

type Member =
  | 'name'
  | 'purposes'
  | 'legalBasis'
  | 'dataSubjects'
  | 'categories'
  | 'recipients'
  | 'transfers'
  | 'retention'
  | 'measures'
  | 'controller'
  | 'owner'
  | 'origin'
  | 'dpo';

/** Headings as records in English, German and French have them, in the simplest letters. */
const headings: Readonly<Record<Member, RegExp>> = {
  name: /^(?:name|activity|processing activity|processing|verarbeitungstatigkeit|verarbeitung|bezeichnung|traitement|activite de traitement)$/u,
  purposes: /purpose|zweck|finalite/u,
  legalBasis: /legal basis|lawful basis|rechtsgrundlage|base legale|base juridique/u,
  dataSubjects: /data subject|betroffene|personnes concernees/u,
  categories: /categor.*data|personal data|datenkategorie|kategorien.*daten|donnees/u,
  recipients: /recipient|empfanger|destinataire/u,
  transfers: /transfer|third countr|drittland|ubermittlung|pays tiers/u,
  retention: /retention|erasure|deletion|storage period|time limit|losch|aufbewahr|conservation/u,
  measures: /measure|security|toms?$|massnahmen|securite/u,
  controller: /^(?:controller|verantwortliche[rn]?|responsable)/u,
  owner: /owner|department|abteilung|fachbereich|service$/u,
  origin: /^(?:source|origin|herkunft|source des donnees)/u,
  dpo: /^(?:dpo|data protection officer|datenschutzbeauftragte[rn]?)/u,
};

/**
 * Turns a record of processing kept in a table (its first row the headings) into governance YAML, each activity a draft.
 * Nothing is guessed: what fits no member is listed. `others` are the files beside it: a party or an entity of the same name
 * is the one that is there, and no other id is given again. Fails with INPUT_INVALID when no column names activities.
 */
export function importRecord(rows: readonly (readonly string[])[], others: readonly Governance[] = []): ImportedRecord {
  const [head = [], ...body] = rows;
  const columns = head.map(memberOf);
  const notes = head.flatMap((title, index) =>
    columns[index] === null && title.trim() !== ''
      ? [`column "${title.trim().slice(0, 80)}": no member for it, left out`]
      : [],
  );
  if (!columns.includes('name'))
    throw new LexlineError('INPUT_INVALID', '[governance] no column names the processing activities', {
      remedy: 'Give one column the heading "Processing activity".',
    });
  const parties = new Map<string, { id: string; name: string; kind: string }>();
  const entities = new Map<
    string,
    { id: string; name: string; role: string; dpo?: { name: string; contact: string } }
  >();
  const rules = new Map<string, Record<string, string>>();
  const activities: Record<string, unknown>[] = [];
  const used = new Set(others.flatMap((one) => governanceKinds.flatMap((kind) => one[kind].map(({ id }) => id))));
  const partiesThere = new Map(others.flatMap(({ parties: there }) => there.map((one) => [one.name, one.id] as const)));
  const entitiesThere = new Map(
    others.flatMap(({ entities: there }) => there.map((one) => [one.name, one.id] as const)),
  );
  for (const [index, row] of body.entries()) {
    const cell = (member: Member): string =>
      row
        .filter((_, at) => columns[at] === member)
        .map((value) => value.trim())
        .filter((value) => value !== '')
        .join('; ');
    const name = cell('name');
    if (name === '') {
      notes.push(`row ${String(index + 2)}: names no activity, left out`);
      continue;
    }
    const controller = cell('controller') || 'Controller to be named';
    const entityThere = entitiesThere.get(controller);
    const entity = entities.get(controller) ?? {
      id: entityThere ?? idOf(controller, used),
      name: controller,
      role: 'controller',
    };
    if (cell('dpo') !== '') entity.dpo = { name: cell('dpo'), contact: 'to be entered' };
    if (entityThere === undefined) entities.set(controller, entity);
    const recipients = parts(cell('recipients'))
      .filter(isSomebody)
      .map((one) => {
        const there = partiesThere.get(one);
        if (there !== undefined) return there;
        const party = parties.get(one) ?? { id: idOf(one, used), name: one, kind: 'recipient' };
        parties.set(one, party);
        return party.id;
      });
    const bases = parts(cell('legalBasis'));
    const points = bases.flatMap((text) => {
      const numbers = [
        ...text.matchAll(/6\s*(?:\(1\)|abs\.?\s*1(?:\s*s\.?\s*1)?)\s*(?:lit\.?\s*)?\(?([a-f])\)?/giu),
      ].map((match) => `6(1)(${(match[1] ?? '').toLowerCase()})`);
      const inWords = namedBases.find(([pattern]) => pattern.test(simplified(text)))?.[1];
      return numbers.length > 0 || inWords === undefined ? numbers : [inWords];
    });
    if (bases.length > 0 && points.length === 0)
      notes.push(said(index, 'legal basis', cell('legalBasis'), 'names no point of Art. 6(1)'));
    if (cell('transfers') !== '')
      notes.push(said(index, 'transfers', cell('transfers'), 'name the country and the safeguards of each recipient'));
    const retention = parts(cell('retention')).flatMap((text) => {
      const read = readDuration(text);
      if ('why' in read) {
        notes.push(said(index, 'retention', text, read.why));
        return [];
      }
      const rule = rules.get(text) ?? {
        id: idOf(text, used),
        name: text,
        duty: 'erase-after',
        duration: read.duration,
        from: 'to be entered',
      };
      rules.set(text, rule);
      return [rule['id'] ?? ''];
    });
    activities.push({
      id: idOf(name, used),
      name,
      entity: entity.id,
      ...(cell('owner') === '' ? {} : { owner: cell('owner') }),
      ...(cell('origin') === '' ? {} : { origin: cell('origin') }),
      purposes: parts(cell('purposes')),
      legalBasis: [...new Set(points)].map((article) => ({ article })),
      dataSubjects: parts(cell('dataSubjects')),
      categories: parts(cell('categories')),
      recipients: [...new Set(recipients)],
      retention,
      measures: parts(cell('measures')),
      datasets: [],
      draft: true,
    });
  }
  const yaml = `# Taken over from an existing record. Look through it, name the datasets of each activity, then take "draft" out.\n${stringify(
    { entities: [...entities.values()], parties: [...parties.values()], activities, retention: [...rules.values()] },
    { lineWidth: 120 },
  )}`;
  // What is written must be what can be read.
  parseGovernanceText(yaml, 'the imported record');
  return { yaml, activities: activities.length, notes };
}

/** The points of Art. 6(1) GDPR by the words that records use for them; only where the cell says nothing else. */
const namedBases: readonly (readonly [RegExp, string])[] = [
  [/^(?:consent|einwilligung|consentement)$/u, '6(1)(a)'],
  [/^(?:(?:performance of (?:a |the )?)?contract|vertrag|vertragserfullung|(?:execution du )?contrat)$/u, '6(1)(b)'],
  [/^(?:legal obligation|rechtliche verpflichtung|gesetzliche pflicht|obligation legale)$/u, '6(1)(c)'],
  [/^(?:vital interests?|lebenswichtige interessen?|interets? vitaux)$/u, '6(1)(d)'],
  [/^(?:public (?:task|interest)|offentliches interesse|interet public|mission d interet public)$/u, '6(1)(e)'],
  [/^(?:legitimate interests?|berechtigte[s]? interessen?|interets? legitimes?)$/u, '6(1)(f)'],
];

/** What people write where there is no recipient. */
const isSomebody = (text: string): boolean =>
  !/^(?:no|none|n a|na|not applicable|no recipients?|nobody|keine?r?|niemand|entfallt|aucune?|neant|sans objet|)$/u.test(
    simplified(text),
  );

function memberOf(title: string): Member | null {
  const simple = simplified(title).replace(/^(?:categories of|kategorien der|art\.? ?30[^a-z]*)\s*/u, (whole) =>
    whole.startsWith('art') ? '' : whole,
  );
  const found = (Object.entries(headings) as [Member, RegExp][]).find(([, pattern]) => pattern.test(simple));
  return found?.[0] ?? null;
}

function simplified(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9. ]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function parts(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[;\n]+/u)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  ];
}

function idOf(name: string, used: Set<string>): string {
  const base =
    simplified(name)
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-+|-+$/gu, '')
      .slice(0, 48) || 'item';
  let id = base;
  for (let i = 2; used.has(id); i++) id = `${base}-${String(i)}`;
  used.add(id);
  return id;
}

function said(index: number, what: string, text: string, why: string): string {
  return `row ${String(index + 2)}, ${what}: "${text.slice(0, 80)}" ${why}`;
}
