import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { DirectTagWriter, TagTarget } from '../../server/model/tag-writing.ts';
import { HttpRefusal, typedFailure } from '../kit/http-failure.ts';
import type { Http, HttpRequest } from '../kit/http.ts';
import { ownPrefix } from './map.ts';
import { serviceBadges, serviceTable } from './shapes.ts';

/**
 * Writes badges on columns and tags on tables, through the metadata service. It is sent a JSON body with every request,
 * reading ones too: with newer web libraries the service answers 415 otherwise. A badge that is there keeps its category,
 * because the service would change it for everybody.
 */
export function amundsenWriter(http: Http, source: string, ownCategory: string): DirectTagWriter {
  let categories: Promise<ReadonlyMap<string, string>> | undefined;

  async function ask<S extends z.ZodType>(request: HttpRequest, shape: S, signal: AbortSignal): Promise<z.output<S>> {
    const { body } = await http.ask({ body: {}, ...request }, signal);
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/amundsen] source "${source}": the metadata service answers otherwise than known at ${request.path.split('?')[0]}`,
    );
  }

  async function categoryOf(badge: string, signal: AbortSignal): Promise<string> {
    categories ??= ask({ method: 'GET', path: '/badges/' }, serviceBadges, signal).then(
      ({ badges }) => new Map(badges.map(({ badge_name: name, category }) => [name.toLowerCase(), category])),
    );
    try {
      return (await categories).get(badge) || ownCategory;
    } catch (error) {
      categories = undefined;
      throw typedFailure(error);
    }
  }

  async function send(method: 'PUT' | 'DELETE', target: TagTarget, tag: string, signal: AbortSignal): Promise<void> {
    const { path, body } =
      target.field === null ? tableRequest(target, tag) : columnRequest(target, tag, await categoryOf(tag, signal));
    try {
      await http.ask({ method, path, body }, signal);
    } catch (error) {
      if (!(error instanceof HttpRefusal) || error.status !== 404) throw typedFailure(error);
      if (method === 'DELETE') return;
      throw new LexlineError(
        'CONNECTOR_MISSING_RIGHTS',
        `[connectors/amundsen] source "${source}": the metadata service does not take ${tag}`,
        {
          remedy:
            target.field === null
              ? 'look whether the table is still there'
              : `add Badge(badge_name='${tag}', category='${body['category']}') to WHITELIST_BADGES of the metadata service`,
        },
      );
    }
  }

  return {
    kind: 'direct',
    tables: true,
    tagFor: (ours) => `${ownPrefix}${ours.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}`,
    steps({ action, target, tag }) {
      const method = action === 'add' ? 'PUT' : 'DELETE';
      const { path, body } =
        target.field === null ? tableRequest(target, tag) : columnRequest(target, tag, ownCategory);
      const note = target.field === null ? '' : ' (a badge that is there keeps its own category)';
      return [`${method} ${path} ${JSON.stringify(body)}${note}`];
    },
    async tagsOf(target, signal) {
      try {
        const table = await ask({ method: 'GET', path: `/table/${keyPath(tableKey(target))}` }, serviceTable, signal);
        if (target.field === null)
          return [
            ...table.badges.map(({ badge_name: name }) => tagOf(name, 'source')),
            ...table.tags.map(({ tag_name: name }) => tagOf(name, 'person')),
          ];
        const column = table.columns.find(({ name }) => name === target.field?.[0]);
        return column === undefined ? null : column.badges.map(({ badge_name: name }) => tagOf(name, 'source'));
      } catch (error) {
        if (error instanceof HttpRefusal && error.status === 404) return null;
        throw typedFailure(error);
      }
    },
    // Amundsen shows badges and tags, and binds nothing to them.
    policiesOf: async () => [],
    apply: ({ action, target, tag }, signal) => send(action === 'add' ? 'PUT' : 'DELETE', target, tag, signal),
  };
}

function tagOf(name: string, otherwise: SourceTag['setBy']): SourceTag {
  return { name, setBy: name.toLowerCase().startsWith(ownPrefix) ? 'lexline' : otherwise };
}

function tableRequest(
  target: TagTarget,
  tag: string,
): { readonly path: string; readonly body: Readonly<Record<string, string>> } {
  return { path: `/table/${keyPath(tableKey(target))}/tag/${encodeURIComponent(tag)}`, body: { tag_type: 'default' } };
}

function columnRequest(
  target: TagTarget,
  tag: string,
  category: string,
): { readonly path: string; readonly body: Readonly<Record<string, string>> } {
  const column = encodeURIComponent(target.field?.[0] ?? '');
  const path = `/table/${keyPath(tableKey(target))}/column/${column}/badge/${encodeURIComponent(tag)}?category=${encodeURIComponent(category)}`;
  return { path, body: { category } };
}

/** The service reads keys with their slashes as they are; everything else in them is encoded. */
function keyPath(key: string): string {
  return key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':'))
    .join('/');
}

/** The table's key: its own, or that of a column without the column. */
function tableKey({ field, dataset, facets }: TagTarget): string {
  const facet = facets[field === null ? 'native' : 'amundsen.column'];
  const key: unknown =
    typeof facet === 'object' && facet !== null ? Reflect.get(facet, field === null ? 'id' : 'key') : null;
  if (typeof key !== 'string')
    throw new LexlineError(
      'INPUT_INVALID',
      `[connectors/amundsen] ${dataset.name} carries no key of Amundsen: sync the source once more`,
    );
  return field === null ? key : key.slice(0, key.length - (field[0] ?? '').length - 1);
}
