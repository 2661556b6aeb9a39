import { randomUUID } from 'node:crypto';

/** A classification on one thing; `from` is the id of the thing that it was put on. */
export interface FakeClassification {
  readonly typeName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly from: string;
  readonly propagate: boolean;
}

/** A thing in a made-up catalog. */
export interface FakeEntity {
  readonly guid: string;
  readonly typeName: string;
  status: 'ACTIVE' | 'DELETED';
  attributes: Record<string, unknown>;
  relations: Record<string, { readonly guid: string; readonly kind: string }[]>;
  classifications: FakeClassification[];
  updateTime: number;
}

/** A made-up catalog in memory, behind `startFakeAtlas`. Its types are our own, named so that they read like a warehouse. */
export interface FakeCatalog {
  readonly entities: Map<string, FakeEntity>;
  readonly classificationTypes: Map<string, unknown>;
  now: number;
  table(database: string, name: string, columns: readonly string[]): FakeEntity;
  process(
    name: string,
    from: FakeEntity,
    to: FakeEntity,
    columns: readonly (readonly [string, string])[],
    sql?: string,
  ): FakeEntity;
  column(table: FakeEntity, name: string): FakeEntity;
  rename(column: FakeEntity, name: string): void;
  remove(entity: FakeEntity): void;
  classify(
    entity: FakeEntity,
    typeName: string,
    options?: { readonly propagate?: boolean; readonly attributes?: Readonly<Record<string, string>> },
  ): void;
}

/** Makes an empty catalog; `seeded` makes its ids repeatable. */
export function createFakeCatalog(
  options: { readonly cluster?: string; readonly now?: number; readonly seeded?: boolean } = {},
): FakeCatalog {
  const { cluster = 'c1', now = Date.UTC(2026, 0, 1), seeded = true } = options;
  const entities = new Map<string, FakeEntity>();
  const byName = new Map<string, FakeEntity>();
  let made = 0;
  const make = (typeName: string, attributes: Record<string, unknown>): FakeEntity => {
    made += 1;
    const guid = seeded ? `00000000-0000-4000-8000-${String(made).padStart(12, '0')}` : randomUUID();
    const entity: FakeEntity = {
      guid,
      typeName,
      status: 'ACTIVE',
      attributes,
      relations: {},
      classifications: [],
      updateTime: catalog.now,
    };
    entities.set(guid, entity);
    return entity;
  };
  const join = (from: FakeEntity, end: string, to: FakeEntity, back: string, kind: string): void => {
    (from.relations[end] ??= []).push({ guid: to.guid, kind });
    (to.relations[back] ??= []).push({ guid: from.guid, kind });
  };
  const database = (name: string): FakeEntity => {
    const found = byName.get(name);
    if (found !== undefined) return found;
    const db = make('wh_database', { name, qualifiedName: `${name}@${cluster}` });
    byName.set(name, db);
    return db;
  };
  const catalog: FakeCatalog = {
    entities,
    classificationTypes: new Map(),
    now,
    table(databaseName, name, columns) {
      const table = make('wh_table', {
        name,
        qualifiedName: `${databaseName}.${name}@${cluster}`,
        owner: 'dana',
        description: `${name} of ${databaseName}`,
      });
      join(table, 'db', database(databaseName), 'tables', 'wh_table_db');
      for (const column of columns) catalog.column(table, column);
      return table;
    },
    column(table, name) {
      const qualified = String(table.attributes['qualifiedName']).replace(/@/u, `.${name}@`);
      const position = (table.relations['columns'] ?? []).length;
      const column = make('wh_column', { name, qualifiedName: qualified, type: 'string', position });
      join(table, 'columns', column, 'table', 'wh_table_columns');
      return column;
    },
    process(name, from, to, columns, sql) {
      const process = make('wh_process', {
        name,
        qualifiedName: `${name}@${cluster}`,
        ...(sql === undefined ? {} : { queryText: sql }),
      });
      join(process, 'inputs', from, 'inputToProcesses', 'dataset_process_inputs');
      join(process, 'outputs', to, 'outputFromProcesses', 'process_dataset_outputs');
      const columnOf = (table: FakeEntity, wanted: string): FakeEntity | undefined =>
        (table.relations['columns'] ?? [])
          .map(({ guid }) => entities.get(guid))
          .find((one) => one?.attributes['name'] === wanted);
      for (const [source, target] of columns) {
        const [input, output] = [columnOf(from, source), columnOf(to, target)];
        if (input === undefined || output === undefined) continue;
        const lineage = make('wh_column_lineage', {
          name: `${name}:${target}`,
          qualifiedName: `${name}:${target}@${cluster}`,
          dependencyType: 'SIMPLE',
        });
        join(process, 'columnLineages', lineage, 'query', 'wh_process_lineage');
        join(lineage, 'inputs', input, 'inputToProcesses', 'dataset_process_inputs');
        join(lineage, 'outputs', output, 'outputFromProcesses', 'process_dataset_outputs');
      }
      return process;
    },
    rename(column, name) {
      column.attributes = { ...column.attributes, name };
      column.updateTime = catalog.now;
    },
    remove(entity) {
      entity.status = 'DELETED';
      entity.updateTime = catalog.now;
      if (entity.typeName !== 'wh_table') return;
      for (const { guid } of entity.relations['columns'] ?? []) {
        const column = entities.get(guid);
        if (column === undefined) continue;
        column.status = 'DELETED';
        column.updateTime = catalog.now;
      }
    },
    classify(entity, typeName, { propagate = false, attributes = {} } = {}) {
      const put = (to: FakeEntity): void => {
        to.classifications = [...to.classifications, { typeName, attributes, from: entity.guid, propagate }];
      };
      put(entity);
      entity.updateTime = catalog.now;
      if (!propagate) return;
      for (const guid of downstreamOf(catalog, entity.guid)) {
        const below = entities.get(guid);
        if (below !== undefined && guid !== entity.guid) put(below);
      }
    },
  };
  return catalog;
}

/** Ids that lineage leads to, the start included. */
export function downstreamOf({ entities }: Pick<FakeCatalog, 'entities'>, guid: string): readonly string[] {
  const found = new Set([guid]);
  const waiting = [guid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entity = entities.get(next);
    const process = entity?.typeName === 'wh_process' || entity?.typeName === 'wh_column_lineage';
    for (const one of entity?.relations[process ? 'outputs' : 'inputToProcesses'] ?? [])
      if (!found.has(one.guid)) {
        found.add(one.guid);
        waiting.push(one.guid);
      }
  }
  return [...found];
}
