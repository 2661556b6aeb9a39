import { afterEach, beforeEach } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import type { Verdict } from '../../../server/model/classification.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { scriptedJudge, type AskedColumn, type Said } from '../../fake/scripted-judge.ts';
import { namespace, openHouse, scriptedSource, table, wholeScope, type House } from '../sync/harness.ts';

/** What a model says here of the columns that it knows. */
export const blood = 'user.health.condition';
/** A table whose columns nobody understands, but the model one of them. */
export const patient = table('shop.public.zz_tab', ['qx_1', 'qz_bgv', 'zv_k']);
export const customers = table('shop.public.customers', ['id int', 'email', 'first_name', 'last_name', 'phone']);
export const documents = [customers, patient];

export function knowing({ name }: AskedColumn): Said {
  if (!name.startsWith('qz_')) return { decision: 'abstain' };
  return { decision: 'category', category: blood, citations: [{ passage: 'P2', sentence: 0 }] };
}

export function source(
  name = 's',
  settings: Parameters<typeof scriptedSource>[2] = {},
  docs: readonly unknown[] = documents,
) {
  return scriptedSource(name, () => wholeScope(`of ${name}`, docs), { llm: 'fake', ...settings });
}

/** A house and a scripted endpoint, anew for each test of a file. */
export function judgedHouse(): {
  readonly house: House;
  readonly server: FakeOpenAi;
  readonly verdictsOn: (field: string, name?: string) => Promise<readonly Verdict[]>;
} {
  const open: { house?: House; server?: FakeOpenAi } = {};
  const there = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('it is open within a test alone');
    return one;
  };
  beforeEach(async () => {
    open.house = await openHouse();
    open.server = await startFakeOpenAi(scriptedJudge(knowing));
  });
  afterEach(async () => {
    await open.server?.close();
    await open.house?.close();
  });
  return {
    get house() {
      return there(open.house);
    },
    get server() {
      return there(open.server);
    },
    async verdictsOn(field, name = 'shop.public.zz_tab') {
      const { graph } = there(open.house).stores;
      return graph.verdicts([fieldUid({ namespace, name }, [field])], (await graph.head()).published);
    },
  };
}
