import { createHash } from 'node:crypto';
import { listen, type FakeServer } from './replay-server.ts';

/** Something in a made-up environment; members as Collibra names them. */
export type Thing = Readonly<Record<string, unknown>> & { readonly id: string };
/** Everything of a made-up environment, by listing. */
export type FakeCollibra = Record<
  | 'assetTypes'
  | 'attributeTypes'
  | 'roles'
  | 'communities'
  | 'domains'
  | 'assets'
  | 'relations'
  | 'attributes'
  | 'tags'
  | 'responsibilities'
  | 'users'
  | 'userGroups',
  Thing[]
>;

/** What each listing may be asked, by the reference of the REST interface 2.0; anything else is refused here, where Collibra would not mind it. */
const parameters: Readonly<Record<keyof FakeCollibra, readonly string[]>> = {
  assetTypes: ['excludeMeta'],
  attributeTypes: [],
  roles: [],
  communities: ['excludeMeta'],
  domains: ['excludeMeta'],
  assets: ['typeIds', 'typeId', 'typeInheritance', 'tagNames', 'excludeMeta'],
  relations: ['relationTypeId'],
  attributes: ['typeIds', 'sortField', 'sortOrder'],
  tags: [],
  responsibilities: ['roleIds', 'includeInherited'],
  users: ['includeDisabled'],
  userGroups: [],
};
const mostAtATime = 1_000;

/** A stable id for a word, shaped like Collibra's. */
export function idOf(word: string): string {
  const hex = createHash('sha256').update(word).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Speaks the listings of Collibra's REST interface 2.0 that are read, by offset; `ada` signs in with `canary-password`. */
export async function startFakeCollibra(environment: FakeCollibra): Promise<FakeServer> {
  const basic = `Basic ${Buffer.from('ada:canary-password').toString('base64')}`;
  return listen((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const say = (status: number, body: unknown): Promise<void> => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
      return Promise.resolve();
    };
    const refuse = (status: number, errorCode: string) =>
      say(status, { statusCode: status, errorCode, userMessage: 'canary-message' });
    if (![basic, 'Bearer canary-token'].includes(request.headers.authorization ?? ''))
      return refuse(401, 'unauthorized');
    if (request.method !== 'GET') return refuse(405, 'methodNotAllowed');
    if (url.pathname === '/rest/2.0/application/info')
      return say(200, {
        baseUrl: 'https://acme.example.com',
        buildNumber: '1',
        version: { major: 2026, minor: 11, fullVersion: '2026.11.0' },
      });
    const name = url.pathname.replace('/rest/2.0/', '') as keyof FakeCollibra;
    const known = parameters[name];
    if (known === undefined) return refuse(404, 'notFound');
    const unknown = [...url.searchParams.keys()].filter((one) => !['offset', 'limit', ...known].includes(one));
    if (unknown.length > 0) return refuse(400, `unknownParameter-${unknown.join('-')}`);
    const limit = Number(url.searchParams.get('limit'));
    if (!(limit >= 1 && limit <= mostAtATime)) return refuse(400, 'limit');
    const offset = Number(url.searchParams.get('offset'));
    const found = environment[name].filter((thing) => isAsked(thing, url.searchParams, environment));
    return say(200, { total: found.length, offset, limit, results: found.slice(offset, offset + limit) });
  });
}

function isAsked(thing: Thing, asked: URLSearchParams, { assetTypes, tags }: FakeCollibra): boolean {
  const idIn = (member: string): string => (thing[member] as { id?: string } | undefined)?.id ?? '';
  const types = asked.getAll('typeIds');
  const above = (id: string): readonly string[] => {
    const parent = (assetTypes.find((type) => type.id === id)?.['parent'] as { id: string } | undefined)?.id;
    return parent === undefined ? [id] : [id, ...above(parent)];
  };
  const ofType = asked.get('typeInheritance') === 'true' ? above(idIn('type')) : [idIn('type')];
  if (types.length > 0 && !ofType.some((type) => types.includes(type))) return false;
  const relation = asked.get('relationTypeId');
  if (relation !== null && idIn('type') !== relation) return false;
  const roles = asked.getAll('roleIds');
  if (roles.length > 0 && !roles.includes(idIn('role'))) return false;
  const tag = asked.get('tagNames');
  const tagged = tags.find(({ name }) => name === tag)?.['on'];
  return tag === null || (Array.isArray(tagged) && tagged.includes(thing.id));
}
