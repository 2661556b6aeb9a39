import { atlas } from '../../../../connectors/atlas/connector.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { createFakeCatalog, type FakeCatalog } from '../../../fake/atlas-catalog.ts';

export const password = 'canary-password-7Q';

/** A connection to a made-up or recorded Atlas, with waits cut short. */
export function connectTo(
  url: string,
  settings: Readonly<Record<string, unknown>> = {},
  now = Date.UTC(2026, 0, 2),
): SourceConnection {
  const config = atlas.configSchema.parse({ url, username: 'reader', password, retries: 2, ...settings });
  return atlas.connect(config, { source: 'catalog', clock: { now: () => now }, log: silentLog });
}

/** Two databases, a job between two tables of the first, a tag that is propagated along it. */
export function smallCatalog(): FakeCatalog {
  const catalog = createFakeCatalog();
  const people = catalog.table('crm', 'people', ['id', 'email', 'name']);
  const letters = catalog.table('crm', 'letters', ['address', 'sent']);
  catalog.table('hr', 'staff', ['id', 'iban']);
  catalog.process(
    'fill_letters',
    people,
    letters,
    [['email', 'address']],
    "insert into crm.letters select email from crm.people where name <> 'canary-7Q'",
  );
  const email = columnOf(catalog, 'crm.people.email@c1');
  catalog.classify(email, 'Personal', { propagate: true, attributes: { level: 'high' } });
  catalog.now += 3_600_000;
  return catalog;
}

export function columnOf(catalog: FakeCatalog, qualifiedName: string) {
  const found = [...catalog.entities.values()].find((one) => one.attributes['qualifiedName'] === qualifiedName);
  if (found === undefined) throw new Error(`no ${qualifiedName}`);
  return found;
}
