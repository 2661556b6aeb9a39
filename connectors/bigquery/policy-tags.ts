import { z } from 'zod';
import { joinName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';
import { noTaxonomy } from './gaps.ts';
import { getOne, listAll } from './list.ts';
import type { Session } from './session.ts';

/** Policy tags and labels that we made carry this beginning in their own name: they are ours wherever they hang. */
export const ownPrefix = 'lexline_';

/** What restricts reading a field or relation. */
export interface Control {
  readonly kind: string;
  readonly name: string;
}

/** What is known of one policy tag. */
export interface PolicyTag {
  /** `Taxonomy.Tag`: names of policy tags are unlike each other within a taxonomy. */
  readonly name: string;
  /** The taxonomy was made by a service of Google's. */
  readonly isOfService: boolean;
  readonly controls: readonly Control[];
}

/** What is known of policy tags and masking rules, by their resource names. Asked once a taxonomy in a read. */
export interface PolicyTags {
  /** Asks for the taxonomies behind some policy tags and for the data policies beside them. */
  load(tags: readonly string[], dataPolicies: readonly string[], signal: AbortSignal): Promise<void>;
  /** Null: it may not be seen, or is not there any more. */
  tag(resource: string): PolicyTag | null;
  /** What a data policy restricts; null: nothing. One that may not be seen keeps the name of its resource. */
  control(dataPolicy: string): Control | null;
  /** Of what was asked: the taxonomies and lists of data policies that were shown, or are gone. */
  readonly shown: ReadonlySet<string>;
}

const tagName = /^projects\/([^/]+)\/locations\/([^/]+)\/taxonomies\/([^/]+)\/policyTags\/([^/]+)$/u;
const dataPolicyName = /^projects\/([^/]+)\/locations\/([^/]+)\/dataPolicies\/([^/]+)$/u;

export const taxonomyShape = z.object({
  name: z.string(),
  displayName: z.string(),
  activatedPolicyTypes: z.array(z.string()).default([]),
  service: z.object({ name: z.string().default('') }).optional(),
});
const policyTagShape = z.object({ name: z.string(), displayName: z.string() });
const dataPolicyShape = z.object({
  name: z.string(),
  dataPolicyId: z.string(),
  dataPolicyType: z.string().default(''),
  policyTag: z.string().optional(),
  dataMaskingPolicy: z
    .object({ predefinedExpression: z.string().optional(), routine: z.string().optional() })
    .optional(),
});
type DataPolicy = z.output<typeof dataPolicyShape>;

/** `projects/p/locations/eu/taxonomies/1` of a policy tag; null for what is no such name. */
export function taxonomyOf(resource: string): string | null {
  const [, project, location, taxonomy] = tagName.exec(resource) ?? [];
  return taxonomy === undefined ? null : `projects/${project}/locations/${location}/taxonomies/${taxonomy}`;
}

/** Where the data policies of a policy tag or data policy are listed; null for what is no such name. */
function policyListOf(resource: string): string | null {
  const [, project, location] = tagName.exec(resource) ?? dataPolicyName.exec(resource) ?? [];
  return location === undefined ? null : `projects/${project}/locations/${location}/dataPolicies`;
}

/** What has to be shown for the names and the masking of some policy tags and data policies: taxonomies, and lists of data policies. */
export function governanceBehind(tags: readonly string[], dataPolicies: readonly string[]): readonly string[] {
  const lists = [...tags, ...dataPolicies].flatMap((resource) => policyListOf(resource) ?? []);
  return [...new Set([...tags.flatMap((tag) => taxonomyOf(tag) ?? []), ...lists])].toSorted();
}

/** Resource names say the project by id or by number: what follows it is unlike any other by itself. */
export function idOf(resource: string): string {
  return resource.replace(/^projects\/[^/]+\//u, '');
}

/** Knows no policy tag yet: each is asked for when it is first loaded. */
export function createPolicyTags(session: Session): PolicyTags {
  const { port } = session;
  const known = new Map<string, PolicyTag>();
  const policies = new Map<string, DataPolicy>();
  const asked = new Map<string, Promise<void>>();
  const shown = new Set<string>();
  const bound = (): ReadonlyMap<string, readonly DataPolicy[]> =>
    Map.groupBy(policies.values(), ({ policyTag }) => idOf(policyTag ?? ''));

  async function loadTaxonomy(taxonomy: string, signal: AbortSignal): Promise<void> {
    const read = await session.optional(
      async () => ({
        whole: await getOne(port, 'dataCatalog', `/v1/${taxonomy}`, taxonomyShape, signal),
        tags: await listPolicyTags(session, taxonomy, signal),
      }),
      (refusal) => {
        // One that was deleted is no reason to keep what was known of it; one that is hidden is.
        if (refusal.status === 404) shown.add(taxonomy);
        return noTaxonomy(taxonomy, refusal, port.who);
      },
    );
    if (read === null) return;
    shown.add(taxonomy);
    const { displayName, activatedPolicyTypes, service } = read.whole;
    for (const tag of read.tags) {
      const name = joinName([displayName, tag.displayName]);
      const isEnforced = activatedPolicyTypes.includes('FINE_GRAINED_ACCESS_CONTROL');
      known.set(idOf(tag.name), {
        name,
        isOfService: (service?.name ?? '') !== '',
        controls: isEnforced ? [{ kind: 'COLUMN_ACCESS_POLICY', name }] : [],
      });
    }
  }

  async function loadDataPolicies(parent: string, signal: AbortSignal): Promise<void> {
    const found = await session.optional(
      () => listDataPolicies(session, parent, signal),
      (refusal) => {
        if (refusal.status === 404) shown.add(`${parent}/dataPolicies`);
        return noTaxonomy(`${parent}/dataPolicies`, refusal, port.who);
      },
    );
    if (found !== null) shown.add(`${parent}/dataPolicies`);
    for (const policy of found ?? []) policies.set(idOf(policy.name), policy);
  }

  const once = (what: string, work: () => Promise<void>): Promise<void> => {
    const running = asked.get(what) ?? work();
    asked.set(what, running);
    return running;
  };

  return {
    shown,
    async load(tags, dataPolicies, signal) {
      const taxonomies = new Set(tags.flatMap((tag) => taxonomyOf(tag) ?? []));
      for (const taxonomy of [...taxonomies].toSorted()) {
        await once(taxonomy, () => loadTaxonomy(taxonomy, signal));
        const parent = taxonomy.split('/').slice(0, 4).join('/');
        await once(parent, () => loadDataPolicies(parent, signal));
      }
      for (const policy of dataPolicies.toSorted()) {
        const [, project, location] = dataPolicyName.exec(policy) ?? [];
        if (location === undefined) continue;
        const parent = `projects/${project}/locations/${location}`;
        await once(parent, () => loadDataPolicies(parent, signal));
      }
    },
    tag(resource) {
      const tag = known.get(idOf(resource));
      if (tag === undefined) return null;
      const masking = (bound().get(idOf(resource)) ?? []).flatMap((policy) => controlOf(policy) ?? []);
      return { ...tag, controls: [...tag.controls, ...masking] };
    },
    control(dataPolicy) {
      const policy = policies.get(idOf(dataPolicy));
      return policy === undefined ? { kind: 'DATA_POLICY', name: dataPolicy } : controlOf(policy);
    },
  };
}

/** The policy tags of a taxonomy. */
export function listPolicyTags(session: Session, taxonomy: string, signal: AbortSignal) {
  return listAll(
    session.port,
    {
      service: 'dataCatalog',
      path: `/v1/${taxonomy}/policyTags`,
      member: 'policyTags',
      item: policyTagShape,
      size: ['pageSize', 1000],
    },
    signal,
  );
}

/** The data policies of a project in a location. */
export function listDataPolicies(session: Session, parent: string, signal: AbortSignal) {
  return listAll(
    session.port,
    {
      service: 'dataPolicy',
      path: `/v2/${parent}/dataPolicies`,
      member: 'dataPolicies',
      item: dataPolicyShape,
      size: ['pageSize', 1000],
    },
    signal,
  );
}

/** What a data policy restricts; null for one that lets some read what others may not. */
export function controlOf({ dataPolicyId, dataPolicyType, dataMaskingPolicy }: DataPolicy): Control | null {
  if (dataPolicyType === 'RAW_DATA_ACCESS_POLICY') return null;
  if (dataPolicyType === 'COLUMN_LEVEL_SECURITY_POLICY') return { kind: 'COLUMN_ACCESS_POLICY', name: dataPolicyId };
  const how = dataMaskingPolicy?.predefinedExpression ?? dataMaskingPolicy?.routine?.split('/').at(-1);
  return { kind: 'MASKING_POLICY', name: how === undefined ? dataPolicyId : `${dataPolicyId} (${how})` };
}

/** A policy tag on the very column that carries it. One that may not be seen keeps the name of its resource. */
export function sourceTagOf(resource: string, tag: PolicyTag | null): SourceTag {
  if (tag === null) return { name: resource, setBy: 'unknown' };
  const own = tag.name.split('.').at(-1) ?? '';
  if (own.startsWith(ownPrefix)) return { name: tag.name, setBy: 'lexline' };
  return { name: tag.name, setBy: tag.isOfService ? 'source' : 'person' };
}
