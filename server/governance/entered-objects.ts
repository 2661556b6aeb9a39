import { LexlineError, messageOf } from '../base/errors.ts';
import { parseJson } from '../base/parse-json.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import { apiPrefix, folderPrefix, governanceUid, nameOfGovernance } from './graph.ts';
import { governanceFileSchema, governanceKinds, type Governance, type GovernanceKind } from './objects.ts';
import { referencesOf } from './references.ts';

/** One object as it stands in the graph, with where it was entered. */
export interface EnteredObject {
  readonly kind: GovernanceKind;
  readonly id: string;
  readonly validFrom: string | null;
  readonly place: 'folder' | 'api';
  readonly body: Json;
}

/** Everything that people said at revision `n`, whatever day it is about, in the order of kind, id and day. */
export async function entriesAt(graph: Pick<GraphStore, 'entered'>, n: number): Promise<readonly EnteredObject[]> {
  if (n === 0) return [];
  const standing = await graph.entered({ uids: [governanceUid] }, n);
  const found = standing.flatMap(({ kind: key, body }): readonly EnteredObject[] => {
    const place = key.startsWith(apiPrefix) ? 'api' : key.startsWith(folderPrefix) ? 'folder' : null;
    if (place === null) return [];
    const [, kindName = '', rest = ''] = /^[^/]+\/([^/]+)\/(.+)$/u.exec(key) ?? [];
    const kind = governanceKinds.find((one) => one === kindName);
    const at = rest.lastIndexOf('@');
    if (kind === undefined) return [];
    return [{ kind, id: rest.slice(0, at), validFrom: rest.slice(at + 1) || null, place, body: body as Json }];
  });
  return found.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** One object as JSON text, checked as a file of the folder is. Fails with INPUT_INVALID, naming the member. */
export function readObject(
  kind: GovernanceKind,
  text: string,
): Pick<EnteredObject, 'kind' | 'id' | 'validFrom' | 'body'> {
  const value = readJson(text);
  const parsed = governanceFileSchema.safeParse({ [kind]: [value] });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const member = issue?.path.slice(2).join('.') ?? '';
    const where = member === '' ? 'the object' : member;
    throw new LexlineError('INPUT_INVALID', `[governance] ${where}: ${issue?.message ?? 'is not as it should be'}`);
  }
  const [object] = parsed.data[kind];
  if (object === undefined) throw new LexlineError('INPUT_INVALID', '[governance] the body is empty');
  return { kind, id: object.id, validFrom: object.validFrom, body: object as unknown as Json };
}

function readJson(text: string): unknown {
  try {
    return parseJson(text, 'body');
  } catch (error) {
    throw new LexlineError('INPUT_INVALID', `[governance] ${messageOf(error)}`, { cause: error });
  }
}

/**
 * What the graph must be told for one object; empty when it says so already. `seen`: what stood at the revision that was
 * looked at.
 */
export function entryChanges(
  now: readonly EnteredObject[],
  seen: readonly EnteredObject[],
  object: Pick<EnteredObject, 'kind' | 'id' | 'validFrom'> & { readonly body: Json | null },
  actor: Actor,
): readonly Change[] {
  const same = (one: Pick<EnteredObject, 'kind' | 'id' | 'validFrom'>): boolean =>
    one.kind === object.kind && one.id === object.id && one.validFrom === object.validFrom;
  const standing = now.filter(same);
  if (standing.some(({ place }) => place === 'folder'))
    throw new LexlineError('INPUT_INVALID', `[governance] ${object.kind}/${object.id} stands in the folder`, {
      remedy: 'Change it there.',
    });
  const [before] = standing;
  if (canonicalJson(before?.body ?? null) !== canonicalJson(seen.find(same)?.body ?? null))
    throw new LexlineError('REVIEW_CHANGED', `[governance] ${object.kind}/${object.id} was changed since it was read`);
  if (object.body === null && before === undefined)
    throw new LexlineError('NOT_FOUND', `[governance] there is no ${object.kind}/${object.id} that was entered here`);
  const { body } = object;
  if (body !== null && canonicalJson(before?.body ?? null) === canonicalJson(body)) return [];
  const others = now.filter((one) => !same(one));
  checkReferences(body === null ? others : [...others, { ...object, place: 'api', body }]);
  const kind = `${apiPrefix}${object.kind}/${object.id}@${object.validFrom ?? ''}`;
  return [
    nameOfGovernance,
    body === null
      ? { type: 'end-entered', uid: governanceUid, kind }
      : { type: 'enter', entered: { uid: governanceUid, kind, body, actor } },
  ];
}

function checkReferences(all: readonly EnteredObject[]): void {
  const content: Record<string, Json[]> = {};
  for (const { kind, body } of all) (content[kind] ??= []).push(body);
  const whole: Governance = governanceFileSchema.parse(content);
  for (const { path, to, id } of referencesOf(whole)) {
    if (whole[to].some((one) => one.id === id)) continue;
    const [kind = '', index = 0, member = ''] = path;
    const named = (whole[kind as GovernanceKind] ?? [])[Number(index)]?.id ?? '';
    throw new LexlineError(
      'INPUT_INVALID',
      `[governance] ${String(member)} of ${String(kind)}/${named} names ${to}/${id}, which is not there`,
    );
  }
}

function orderOf({ kind, id, validFrom }: EnteredObject): string {
  return `${kind}/${id}@${validFrom ?? ''}`;
}
