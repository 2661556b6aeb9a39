/**
 * The house: every room, where it is, and the rooms it may look into. Imports run downhill only: a room may name rooms that
 * stand before it in this list. `test/architecture.test.ts` holds the code to it; docs/life-of-a-column.md tells the story.
 */
export interface Room {
  readonly name: string;
  /** What belongs to it, from the root of the repository. */
  readonly path: string;
  readonly may: readonly string[];
  /** A file of the room that may not exist: where the self-test plants its imports. */
  readonly sample: string;
}

const ground = ['model', 'base'];
const contracts = ['ledger', 'graph', 'vectors', 'state'];
const stages = ['ingest', 'classify', 'propagate', 'governance', 'policy', 'writeback'];
const doorsSee = [
  ...ground,
  'query',
  'access',
  'sync',
  'writeback',
  'notify',
  'report',
  'governance',
  'policy',
  'sql',
  'rulebook',
  'draw',
];

function room(name: string, may: readonly string[], folder = `server/${name}`): Room {
  return { name, path: `^${folder}/`, may, sample: `${folder}/planted.ts` };
}

export const rooms: readonly Room[] = [
  room('model', []),
  room('base', ['model']),
  { name: 'page', path: String.raw`^server/stores/[^/]+\.ts$`, may: ground, sample: 'server/stores/page.ts' },
  // Publishing a revision takes the ledger entries that belong to it.
  ...contracts.map((name) =>
    room(name, [...ground, 'page', ...(name === 'graph' ? ['ledger'] : [])], `server/stores/${name}`),
  ),
  {
    name: 'store engines',
    path: `^server/stores/(?!(${contracts.join('|')})/)[^/]+/`,
    may: [...ground, 'page', ...contracts],
    sample: 'server/stores/planted-engine/planted.ts',
  },
  { name: 'llm', path: String.raw`^server/llm/[^/]+\.ts$`, may: ground, sample: 'server/llm/planted.ts' },
  {
    name: 'llm vendors',
    path: '^server/llm/[^/]+/',
    may: [...ground, 'llm'],
    sample: 'server/llm/planted-vendor/planted.ts',
  },
  room('profile', ground),
  room('sql', ground),
  room('draw', ground),
  {
    name: 'connector contract',
    path: String.raw`^connectors/connector\.ts$`,
    may: ground,
    sample: 'connectors/connector.ts',
  },
  room('connector kit', [...ground, 'connector contract'], 'connectors/kit'),
  {
    name: 'connectors',
    path: '^connectors/(?!kit/)[^/]+/',
    may: [...ground, 'connector contract', 'connector kit'],
    sample: 'connectors/planted-one/planted.ts',
  },
  {
    name: 'connector registry',
    path: String.raw`^connectors/connectors\.ts$`,
    may: ['connector contract', 'connectors'],
    sample: 'connectors/connectors.ts',
  },
  room('rulebook', [...ground, 'vectors', 'llm', 'page']),
  room('ingest', [...ground, 'connector contract', 'sql', 'graph', 'state', 'page']),
  room('classify', [...ground, 'profile', 'rulebook', 'llm', 'graph', 'ledger', 'state', 'page']),
  room('propagate', [...ground, 'graph', 'ledger', 'page']),
  room('governance', [...ground, 'graph', 'page']),
  room('policy', [...ground, 'graph', 'ledger', 'governance', 'page']),
  room('writeback', [...ground, 'connector contract', 'graph', 'ledger', 'state', 'page']),
  room('emit', [...ground, 'connector contract', 'connector kit', 'graph', 'state', 'page']),
  room('access', [...ground, 'graph', 'ledger', 'rulebook', 'page']),
  room('query', [...ground, 'graph', 'ledger', 'state', 'rulebook', 'propagate', 'access', 'page']),
  room('notify', [...ground, 'query', 'state', 'page']),
  room('report', [...ground, 'query', 'access', 'draw', 'rulebook', 'governance', 'policy', 'ledger', 'page']),
  room('sync', [...ground, ...stages, ...contracts, 'sql', 'profile', 'rulebook', 'connector contract', 'page']),
  room('graphql', [...doorsSee, 'page']),
  room('http', [...doorsSee, 'page']),
  room('cli', [...doorsSee, 'page', 'graph', 'ledger', 'classify', 'connector contract']),
  {
    name: 'composition',
    path: String.raw`^server/(lexline\.ts$|compose/)`,
    may: [],
    sample: 'server/lexline.ts',
  },
  {
    name: 'process',
    path: String.raw`^server/main\.ts$`,
    may: ['base', 'cli', 'composition'],
    sample: 'server/main.ts',
  },
];

/** The one that may look into every room but the process. */
export const composition = 'composition';
