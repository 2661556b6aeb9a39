import { afterAll, afterEach, beforeEach } from 'vitest';
import { atlas } from '../../../connectors/atlas/connector.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { createFakeCatalog, type FakeCatalog, type FakeEntity } from '../../fake/atlas-catalog.ts';
import { startFakeAtlas } from '../../fake/atlas-server.ts';
import { startFaultProxy, type FaultPlan } from '../../fake/fault-proxy.ts';
import type { FakeServer } from '../../fake/replay-server.ts';
import { openHouse, type House } from '../sync/harness.ts';
import { openOneSource } from '../sync/one-source.ts';

/** What a test of write-back has: a catalog in memory, real stores, and a way to open both. */
export interface WriteBackWorld {
  readonly house: House;
  readonly catalog: FakeCatalog;
  open(
    writeBack: Partial<WriteBackConfig>,
    options?: { readonly plan?: FaultPlan; readonly tagMap?: Readonly<Record<string, string>> },
  ): Promise<{ readonly sync: Sync; readonly writeBack: WriteBack; readonly writes: string[] }>;
  tagsOn(qualifiedName: string): readonly string[];
  find(qualifiedName: string): FakeEntity;
}

/** A fresh world for each test of the file that calls it. */
export function writeBackWorld(): WriteBackWorld {
  const sqlEngine = createSqlEngine({ workers: 1 });
  let house: House;
  let catalog: FakeCatalog;
  const servers: FakeServer[] = [];

  beforeEach(async () => {
    house = await openHouse();
    catalog = createFakeCatalog({ now: Date.now() - 3_600_000 });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    await house.close();
  });
  afterAll(() => sqlEngine.close());

  /** The catalog behind a proxy, its source, a sync over it and its write-back. */
  async function open(
    writeBack: Partial<WriteBackConfig>,
    options: { readonly plan?: FaultPlan; readonly tagMap?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly sync: Sync; readonly writeBack: WriteBack; readonly writes: string[] }> {
    const target = await startFakeAtlas(catalog);
    const writes: string[] = [];
    const proxy = await startFaultProxy(target.url, (request) => {
      const isRead = request.method === 'GET' || request.path.includes('/search/');
      if (!isRead) writes.push(`${request.method} ${request.path} ${request.body}`);
      return options.plan?.(request) ?? null;
    });
    servers.push(proxy, target);
    const opened = openOneSource({
      house,
      sqlEngine,
      name: 'atlas',
      connector: atlas,
      settings: { url: proxy.url, username: 'u', password: 'p', retries: 0 },
      writeBack: { threshold: 0.8, ...writeBack },
      ...(options.tagMap === undefined ? {} : { tagMap: options.tagMap }),
    });
    return { ...opened, writes };
  }

  function tagsOn(qualifiedName: string): readonly string[] {
    const entity = [...catalog.entities.values()].find((one) => one.attributes['qualifiedName'] === qualifiedName);
    return (entity?.classifications ?? []).map(({ typeName }) => typeName);
  }

  function find(qualifiedName: string): FakeEntity {
    const found = [...catalog.entities.values()].find((one) => one.attributes['qualifiedName'] === qualifiedName);
    if (found === undefined) throw new Error(`no ${qualifiedName}`);
    return found;
  }

  return {
    get house() {
      return house;
    },
    get catalog() {
      return catalog;
    },
    open,
    tagsOn,
    find,
  };
}
