import { canonicalJson, type Json } from '../model/json.ts';
import type { EnteredObject } from '../governance/entered-objects.ts';
import type { GovernanceKind, GovernanceObject } from './generated.ts';

/** An object of governance as answers show it. */
export type ShownObject = GovernanceObject;

/** An object as answers show it: canonical JSON, so that the same object is the same text. */
export function showObject({ kind, id, validFrom, place, body }: EnteredObject): ShownObject {
  return {
    kind: kind.toUpperCase() as GovernanceKind,
    id,
    validFrom,
    validTo: validToOf(body),
    enteredIn: place === 'folder' ? 'FOLDER' : 'API',
    body: canonicalJson(body),
  };
}

/** Objects of one kind, or all; one that stands in the folder hides the same entered here. */
export function entriesOfKind(entries: readonly EnteredObject[], kind: GovernanceKind | null): ShownObject[] {
  const keyOf = (one: EnteredObject): string => `${one.kind}/${one.id}@${one.validFrom ?? ''}`;
  const inFolder = new Set(entries.filter(({ place }) => place === 'folder').map(keyOf));
  return entries
    .filter((one) => one.place === 'folder' || !inFolder.has(keyOf(one)))
    .map(showObject)
    .filter((one) => kind === null || one.kind === kind);
}

function validToOf(body: Json): string | null {
  const value: unknown = body !== null && typeof body === 'object' ? Reflect.get(body, 'validTo') : null;
  return typeof value === 'string' ? value : null;
}
