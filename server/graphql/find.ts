import type { FieldView, Page, PageRequest } from '../query/query.ts';
import { readConnection, type PageArguments } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { ResolversTypes } from './generated.ts';
import { localId } from './global-id.ts';
import type { DatasetParent, FieldParent, JobParent } from './parents.ts';

/** A dataset by its global id; null when it does not exist or may not be seen. */
export async function findDataset(
  context: GraphqlContext,
  id: string,
  asOf: string | null | undefined,
): Promise<DatasetParent | null> {
  const uid = localId('Dataset', id);
  const n = await context.at(asOf);
  return (await context.loaders.at(n).dataset.load(uid)) === null ? null : { type: 'Dataset', n, uid };
}

/** A field by its global id; null when it does not exist or may not be seen. */
export async function findField(
  context: GraphqlContext,
  id: string,
  asOf: string | null | undefined,
): Promise<FieldParent | null> {
  const uid = localId('Field', id);
  const n = await context.at(asOf);
  return (await context.loaders.at(n).field.load(uid)) === null ? null : { type: 'Field', n, uid };
}

/** A field that was read already: what is asked of it costs nothing more. */
export function knownField(context: GraphqlContext, n: number, view: FieldView): FieldParent {
  context.loaders.at(n).field.prime(view.uid, view);
  return { type: 'Field', n, uid: view.uid };
}

/** A job by its global id; null when it does not exist or may not be seen. */
export async function findJob(
  context: GraphqlContext,
  id: string,
  asOf: string | null | undefined,
): Promise<JobParent | null> {
  const uid = localId('Job', id);
  const n = await context.at(asOf);
  return (await context.loaders.at(n).job.load(uid)) === null ? null : { type: 'Job', n, uid };
}

/** A page of fields as a connection. */
export async function fieldConnection(
  context: GraphqlContext,
  args: PageArguments,
  options: { readonly list: unknown; readonly maxFirst: number; readonly newest: () => Promise<number> | number },
  read: (n: number, page: PageRequest) => Promise<Page<FieldView>>,
): Promise<Awaited<ResolversTypes['FieldConnection']>> {
  const page = await readConnection(args, options, read);
  const edges = page.items.map(({ cursor, item }) => ({ cursor, node: knownField(context, page.n, item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: page.pageInfo,
    revision: await context.query.revision(page.n),
  };
}
