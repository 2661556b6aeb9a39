import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../server/base/config.ts';

const options = { connectors: {} };
const parse = (graph: Record<string, unknown>) => parseConfig({ stores: { graph } }, '/tmp', options);
const mistakeOf = async (graph: Record<string, unknown>): Promise<string> => {
  try {
    await parse(graph);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'no mistake';
};
const neo4j = { engine: 'neo4j', url: 'bolt://localhost:7687', password: 'secret-of-tests' };

describe('the setting of the graph store', () => {
  it('is the embedded engine where nothing is said', async () => {
    expect((await parse({})).graphStore).toEqual({ engine: 'embedded' });
  });

  it('takes a Neo4j with a user name of its own choosing', async () => {
    expect((await parse(neo4j)).graphStore).toEqual({ ...neo4j, username: 'neo4j', database: undefined });
    expect(
      (await parse({ ...neo4j, url: 'neo4j+s://graph.example.com', username: 'lexline' })).graphStore,
    ).toMatchObject({
      url: 'neo4j+s://graph.example.com',
      username: 'lexline',
    });
    expect((await parse({ ...neo4j, database: 'systems' })).graphStore).toMatchObject({ database: 'systems' });
  });

  it.each([
    [{ engine: 'neo4j', password: 'x' }, 'url'],
    [{ engine: 'neo4j', url: 'bolt://localhost' }, 'password'],
    [{ ...neo4j, url: 'http://localhost:7474' }, 'bolt+s://'],
    [{ ...neo4j, url: 'bolt://neo4j:p4ss@localhost' }, 'holds a sign-in'],
    [{ ...neo4j, url: 'localhost:7687' }, 'begins with none of'],
    [{ url: 'bolt://localhost' }, 'belongs to engine: neo4j'],
    [{ ...neo4j, user: 'neo4j' }, 'username'],
    [{ ...neo4j, database: 'system' }, 'is where Neo4j keeps its users'],
    [{ ...neo4j, database: 'System' }, 'name one for Lexline'],
  ])('names what is wrong with %j', async (graph, said) => {
    const mistake = await mistakeOf(graph);
    expect(mistake).toContain(said);
    expect(mistake).not.toContain('p4ss');
  });
});
