import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../../server/base/config.ts';
import { isPlainBeyondLoopback, purposesNeeded } from '../../../server/base/config-llm.ts';

const connectors = {
  warehouse: () => Promise.resolve({ configSchema: z.strictObject({}), capabilities: { profile: ['sample'] } }),
};
const local = { name: 'local', baseUrl: 'http://localhost:11434/v1', model: 'm', region: 'eu', purposes: ['pii'] };

async function parse(llm: unknown, source: Readonly<Record<string, unknown>> = {}) {
  const sources = [{ name: 'shop', connector: 'warehouse', ...source }];
  return parseConfig(llm === undefined ? { sources } : { sources, llm }, '/tmp', { connectors });
}

async function mistake(llm: unknown, source: Readonly<Record<string, unknown>> = {}): Promise<string> {
  try {
    await parse(llm, source);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'none';
}

describe('the model endpoints of lexline.yaml', () => {
  it('are absent by default, and no source has one', async () => {
    const config = await parse(undefined);
    expect(config.llm).toBeNull();
    expect(config.sources[0]?.llm).toBeNull();
  });

  it('get limits by default and keep the source apart that names one', async () => {
    const config = await parse({ endpoints: [local] }, { llm: 'local' });
    expect(config.sources[0]?.llm).toBe('local');
    expect(config.llm?.endpoints[0]).toMatchObject({ samples: 'shapes', retries: 3, concurrency: 2, secondLook: true });
  });

  it.each([
    ['http to another machine', { ...local, baseUrl: 'http://10.0.0.8/v1' }, /not https and not this machine/u],
    ['a name that only looks local', { ...local, baseUrl: 'http://localhost.example.com/v1' }, /not https/u],
    ['a user in the address', { ...local, baseUrl: 'https://key@example.com/v1' }, /put the key into apiKey/u],
    ['a query in the address', { ...local, baseUrl: 'https://example.com/v1?key=1' }, /query or fragment/u],
    ['another protocol', { ...local, baseUrl: 'ftp://example.com/v1' }, /not an http or https/u],
    ['raw samples', { ...local, samples: 'values' }, /samples/u],
    ['no purpose', { ...local, purposes: [] }, /purposes/u],
    ['a limit on cost without a price', { ...local, budget: { cost: 1 } }, /needs the price/u],
    ['an unknown member', { ...local, modle: 'x' }, /unknown member "modle"; did you mean "model"/u],
  ])('refuse %s', async (_, endpoint, expected) => {
    expect(await mistake({ endpoints: [endpoint] })).toMatch(expected);
  });

  it('take http to another machine where that is said outright', async () => {
    const far = { ...local, baseUrl: 'http://10.0.0.8/v1', allowPlainHttp: true };
    expect(await mistake({ endpoints: [far] })).toBe('none');
  });

  it('refuse two of one name, and embeddings of nobody', async () => {
    expect(await mistake({ endpoints: [local, local] })).toMatch(/two endpoints named "local"/u);
    const embeddings = { endpoint: 'locl', model: 'e', dimensions: 8 };
    expect(await mistake({ endpoints: [local], embeddings })).toMatch(/did you mean "local"/u);
  });

  it('must exist where a source names one', async () => {
    expect(await mistake(undefined, { llm: 'local' })).toMatch(/no endpoint of that name; there is no llm/u);
    expect(await mistake({ endpoints: [local] }, { llm: 'locla' })).toMatch(/did you mean "local"/u);
  });

  it('must be marked for health data where the source is a covered entity, and for cards where it is a merchant', async () => {
    const hipaa = { llm: 'local', applies: { hipaa: 'covered-entity' } };
    expect(await mistake({ endpoints: [local] }, hipaa)).toMatch(/needs an endpoint marked for phi/u);
    expect(await mistake({ endpoints: [{ ...local, purposes: ['pii', 'phi'] }] }, hipaa)).toBe('none');
    expect(await mistake({ endpoints: [local] }, { llm: 'local', applies: { hipaa: 'none' } })).toBe('none');
    expect(await mistake({ endpoints: [local] }, { llm: 'local', applies: { 'pci-dss': 'merchant' } })).toMatch(/pci/u);
  });

  it('never show a key in a message', async () => {
    expect(await mistake({ endpoints: [{ ...local, apiKey: 'canary-key', region: 7 }] })).not.toMatch(/canary/u);
  });
});

describe('purposes and addresses', () => {
  it('follow the roles', () => {
    expect(purposesNeeded({ hipaa: 'business-associate', 'pci-dss': 'none' })).toEqual(['pii', 'phi']);
  });

  it('know this machine', () => {
    expect(isPlainBeyondLoopback('http://127.0.0.1:80/v1')).toBe(false);
    expect(isPlainBeyondLoopback('http://[::1]:80/v1')).toBe(false);
    expect(isPlainBeyondLoopback('http://127.0.0.1.example.com/v1')).toBe(true);
    expect(isPlainBeyondLoopback('https://example.com/v1')).toBe(false);
  });
});
