import { z } from 'zod';

/** Where the graph, the ledger and the state are kept. */
export type GraphStoreConfig =
  | { readonly engine: 'embedded' }
  | {
      readonly engine: 'neo4j';
      readonly url: string;
      readonly username: string;
      readonly password: string;
      readonly database: string | undefined;
    };

const schemes = ['bolt:', 'bolt+s:', 'bolt+ssc:', 'neo4j:', 'neo4j+s:', 'neo4j+ssc:'];

/** `stores.graph` of the configuration. */
export const graphStoreSetting = z
  .strictObject({
    engine: z
      .enum(['embedded', 'neo4j'])
      .default('embedded')
      .describe('embedded: SQLite files in a folder. neo4j: a Neo4j server, 5.26 or later.'),
    path: z.string().min(1).optional().describe('The folder of the embedded stores; default ./data beside this file.'),
    url: z
      .string()
      .optional()
      .describe(
        'neo4j: bolt://host:7687, or neo4j:// for routing; with +s for TLS, +ssc for TLS with any certificate.',
      ),
    username: z.string().min(1).optional().describe('neo4j: who signs in; default neo4j.'),
    password: z.string().min(1).optional().describe('neo4j: ${NAME} of an environment variable.'),
    database: z.string().min(1).optional().describe("neo4j: a database of the server; default: the user's own."),
  })
  .superRefine((value, context) => {
    const say = (member: string, message: string) => context.addIssue({ code: 'custom', path: [member], message });
    if (value.engine === 'embedded') {
      for (const member of ['url', 'username', 'password', 'database'] as const)
        if (value[member] !== undefined) say(member, 'belongs to engine: neo4j');
      return;
    }
    if (value.url === undefined) say('url', 'is missing: bolt://host:7687');
    else {
      const problem = urlProblem(value.url);
      if (problem !== null) say('url', problem);
    }
    // Neo4j compares names of databases without their case.
    if (value.database?.toLowerCase() === 'system')
      say('database', 'is where Neo4j keeps its users: name one for Lexline, or none for the default one');
    if (value.password === undefined) say('password', 'is missing: "${NEO4J_PASSWORD}"');
  })
  .prefault({});

function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an address: bolt://host:7687';
  const { protocol, username, password, host } = new URL(text);
  if (!schemes.includes(protocol)) return `begins with none of ${schemes.map((one) => `${one}//`).join(' ')}`;
  if (username !== '' || password !== '') return 'holds a sign-in: put it into username and password';
  return host === '' ? 'names no host: bolt://host:7687' : null;
}

/** The checked setting, with every default in place. */
export function graphStoreOf(setting: z.output<typeof graphStoreSetting>): GraphStoreConfig {
  const { engine, url = '', username = 'neo4j', password = '', database } = setting;
  return engine === 'neo4j' ? { engine, url, username, password, database } : { engine };
}
