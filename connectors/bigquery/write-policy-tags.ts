import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import { joinName, splitName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { TagPolicy, TagTarget } from '../../server/model/tag-writing.ts';
import { datasetsOf, projectsOf } from './datasets.ts';
import { isRefused } from './failure.ts';
import { listAll } from './list.ts';
import { patchField } from './patch-table.ts';
import {
  controlOf,
  createPolicyTags,
  idOf,
  listDataPolicies,
  listPolicyTags,
  ownPrefix,
  sourceTagOf,
  taxonomyShape,
} from './policy-tags.ts';
import type { Session } from './session.ts';
import { findField, placeOfChange, tableNow, tablePath } from './table.ts';
import type { WriterForm } from './write-descriptions.ts';

const createdShape = z.object({ name: z.string() });

/**
 * Puts policy tags on columns. A column has one policy tag: where somebody put another, ours is not put in its place. Policy tags
 * of our own are made in `taxonomy` of the table's location; one of the company is used and never made.
 */
export function policyTagWriter(session: Session): WriterForm {
  const { source, config, port } = session;
  const project = config.taxonomyProject ?? config.project;
  let locations: Promise<readonly string[]> | null = null;

  /** The taxonomies of a location by the name people see. */
  const taxonomiesIn = (location: string, signal: AbortSignal) =>
    listAll(
      port,
      {
        service: 'dataCatalog',
        path: `/v1/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(location.toLowerCase())}/taxonomies`,
        member: 'taxonomies',
        item: taxonomyShape,
        size: ['pageSize', 1000],
      },
      signal,
    );

  /** The resource of a policy tag in a location, made where it is ours and missing. */
  async function resourceOf(tag: string, location: string, mayMake: boolean, signal: AbortSignal): Promise<string> {
    const [taxonomyName, tagName] = parseTag(tag, source);
    const taxonomy = (await taxonomiesIn(location, signal)).find(({ displayName }) => displayName === taxonomyName);
    if (taxonomy === undefined) throw noSuch(`taxonomy "${taxonomyName}" in ${location} of project ${project}`, source);
    const found = (await listPolicyTags(session, taxonomy.name, signal)).find((one) => one.displayName === tagName);
    if (found !== undefined) return found.name;
    if (!mayMake || !tagName.startsWith(ownPrefix)) throw noSuch(`policy tag "${tag}" in ${location}`, source);
    const body = { displayName: tagName, description: 'Made by Lexline' };
    const request = { method: 'POST', path: `/v1/${taxonomy.name}/policyTags`, body, repeatable: false } as const;
    const made = createdShape.safeParse(await port.send('dataCatalog', request, signal));
    if (made.success) return made.data.name;
    throw noSuch(`policy tag "${tag}": it was made, and its name was not told`, source);
  }

  return {
    tables: false,
    steps(change) {
      const place = placeOfChange(change, source);
      const { action, target, tag } = change;
      const [taxonomy, name] = parseTag(tag, source);
      const column = target.field?.join('.') ?? '';
      const where = `PATCH ${config.endpoint}${tablePath(place)}: column ${column}`;
      if (action === 'remove') return [`${where} loses policy tag "${tag}"`];
      const isOwn = name.startsWith(ownPrefix);
      return [
        ...(isOwn
          ? [`POST ${config.dataCatalogEndpoint}: policy tag "${name}" in taxonomy "${taxonomy}", where it is missing`]
          : []),
        `${where} gets policy tag "${tag}"`,
      ];
    },
    async tagsOf(target, signal) {
      const table = await tableNow(session, target.dataset.name, signal);
      const field = table === null || target.field === null ? null : findField(table.schema.fields, target.field);
      if (field === null) return null;
      const names = field.policyTags?.names ?? [];
      const policyTags = createPolicyTags(session);
      await policyTags.load(names, [], signal);
      session.takeNotes();
      return names.map((name): SourceTag => sourceTagOf(name, policyTags.tag(name)));
    },
    policiesOf: (tag, signal) => policiesOf(tag, signal),
    async apply({ action, target, tag }, signal) {
      const table = await tableNow(session, target.dataset.name, signal);
      if (table === null || target.field === null) throw noSuch(target.dataset.name, source);
      const resource = await resourceOf(tag, table.location, action === 'add', signal);
      await patchField(
        session,
        target.dataset.name,
        target.field,
        (field) => {
          const others = (field.policyTags?.names ?? []).filter((name) => idOf(name) !== idOf(resource));
          if (others.length > 0) throw taken(target, source);
          return { ...field, policyTags: { names: action === 'add' ? [resource] : [] } };
        },
        signal,
      );
    },
  };

  /** Where datasets lie that are read: a taxonomy is of one location. */
  function locationsOf(signal: AbortSignal): Promise<readonly string[]> {
    locations ??= (async () => {
      const found = new Set<string>();
      const { names } = await projectsOf(session, signal);
      for (const name of names)
        for (const { location } of (await datasetsOf(session, name, signal)).datasets)
          found.add(location.toLowerCase());
      return [...found].toSorted();
    })().catch((error: unknown) => {
      locations = null;
      throw error;
    });
    return locations;
  }

  /** What a policy tag switches on, in every location in which there is one of that name. */
  async function policiesOf(tag: string, signal: AbortSignal): Promise<readonly TagPolicy[]> {
    const [taxonomyName, tagName] = parseTag(tag, source);
    const found: TagPolicy[] = [];
    try {
      for (const location of await locationsOf(signal)) {
        const own = (await taxonomiesIn(location, signal)).filter(({ displayName }) => displayName === taxonomyName);
        for (const taxonomy of own) {
          if (taxonomy.activatedPolicyTypes.includes('FINE_GRAINED_ACCESS_CONTROL'))
            found.push({
              kind: 'access',
              name: `${taxonomyName} in ${location}: only members with Fine-Grained Reader or Masked Reader on the tag read the column`,
            });
          const tags = (await listPolicyTags(session, taxonomy.name, signal)).filter(
            (one) => one.displayName === tagName,
          );
          const ids = new Set(tags.map(({ name }) => idOf(name)));
          const parent = `projects/${project}/locations/${location.toLowerCase()}`;
          for (const policy of ids.size === 0 ? [] : await listDataPolicies(session, parent, signal)) {
            const control = ids.has(idOf(policy.policyTag ?? '')) ? controlOf(policy) : null;
            if (control !== null)
              found.push({ kind: control.kind === 'MASKING_POLICY' ? 'masking' : 'access', name: control.name });
          }
        }
      }
    } catch (error) {
      if (!isRefused(error)) throw error;
      const name = `what hangs on policy tag ${tag}: ${port.who} may not see it; roles/datacatalog.viewer and roles/bigquerydatapolicy.viewer show it`;
      return [{ kind: 'unknown', name }];
    }
    return [...new Map(found.map((policy) => [`${policy.kind} ${policy.name}`, policy])).values()];
  }
}

/** `Taxonomy.Tag`. */
function parseTag(tag: string, source: string): readonly [taxonomy: string, name: string] {
  const [taxonomy = '', name = '', ...rest] = splitName(tag);
  if (taxonomy !== '' && name !== '' && rest.length === 0) return [taxonomy, name];
  throw new LexlineError('CONFIG_INVALID', `[connectors/bigquery] source "${source}": "${tag}" is no policy tag`, {
    remedy: 'write Taxonomy.Tag in tagMap, by the names that people see',
  });
}

function noSuch(what: string, source: string): LexlineError {
  return new LexlineError('NOT_FOUND', `[connectors/bigquery] source "${source}": there is no ${what}`, {
    remedy: 'make the taxonomy in each location of the datasets, and set taxonomyProject to the project that holds it',
  });
}

function taken({ dataset, field }: TagTarget, source: string): LexlineError {
  const column = joinName([...splitName(dataset.name), ...(field ?? [])]);
  return new LexlineError(
    'INPUT_INVALID',
    `[connectors/bigquery] source "${source}": ${column} has another policy tag, set by somebody else; a column has one, and it was not changed`,
  );
}
