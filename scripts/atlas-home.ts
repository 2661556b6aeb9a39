import { hash } from 'node:crypto';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the embedded Kafka of a test Atlas listens. */
export const kafkaPort = 29_027;
/** Where its REST interface listens. */
export const webPort = 21_100;

/** Writes settings, users and rights of a test Atlas into `home`; its data goes to `data`. */
export function writeAtlasHome(
  home: string,
  data: string,
  { models, solr }: { readonly models: string; readonly solr: string },
): void {
  for (const folder of ['conf', 'logs', 'solr']) mkdirSync(join(home, folder));
  symlinkSync(data, join(home, 'data'));
  cpSync(models, join(home, 'models'), { recursive: true });
  cpSync(solr, join(home, 'solr/core-template'), { recursive: true });
  const settings = {
    'atlas.graph.storage.backend': 'berkeleyje',
    'atlas.graph.storage.directory': '${sys:atlas.home}/data/berkeley',
    'atlas.graph.index.search.backend': 'solr',
    'atlas.graph.index.search.solr.mode': 'cloud',
    'atlas.graph.index.search.solr.embedded': 'true',
    'atlas.graph.index.search.solr.zookeeper-url': '127.0.0.1:9983',
    'atlas.graph.index.search.solr.wait-searcher': 'true',
    'atlas.graph.index.search.max-result-set-size': '150',
    'atlas.search.freetext.enable': 'false',
    'atlas.search.gremlin.enable': 'false',
    'atlas.EntityAuditRepository.impl': 'org.apache.atlas.repository.audit.InMemoryEntityAuditRepository',
    'atlas.notification.embedded': 'true',
    'atlas.kafka.data': '${sys:atlas.home}/data/kafka',
    'atlas.kafka.zookeeper.connect': '127.0.0.1:29026',
    'atlas.kafka.bootstrap.servers': `127.0.0.1:${kafkaPort}`,
    'atlas.kafka.hook.group.id': 'atlas',
    'atlas.kafka.enable.auto.commit': 'false',
    'atlas.kafka.auto.offset.reset': 'earliest',
    'atlas.kafka.offsets.topic.replication.factor': '1',
    'atlas.notification.create.topics': 'true',
    'atlas.notification.replicas': '1',
    'atlas.notification.topics': 'ATLAS_HOOK,ATLAS_ENTITIES',
    'atlas.server.bind.address': '127.0.0.1',
    'atlas.server.http.port': String(webPort),
    'atlas.rest.address': `http://127.0.0.1:${webPort}`,
    'atlas.enableTLS': 'false',
    'atlas.authentication.method.file': 'true',
    'atlas.authentication.method.file.filename': '${sys:atlas.home}/conf/users.properties',
    'atlas.authentication.method.kerberos': 'false',
    'atlas.authentication.method.ldap.type': 'none',
    'atlas.authorizer.impl': 'simple',
    'atlas.authorizer.simple.authz.policy.file': 'policy.json',
    'atlas.server.ha.enabled': 'false',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(home, 'conf/atlas-application.properties'), `${lines.join('\n')}\n`);
  const users = ['admin=ADMIN', 'reader=READERS'].map(
    (user) => `${user}::${hash('sha256', user.split('=')[0] ?? '', 'hex')}`,
  );
  writeFileSync(join(home, 'conf/users.properties'), `${users.join('\n')}\n`);
  writeFileSync(join(home, 'conf/policy.json'), JSON.stringify(policy, null, 2));
  writeFileSync(
    join(home, 'conf/atlas-log4j.xml'),
    '<?xml version="1.0"?><!DOCTYPE log4j:configuration SYSTEM "log4j.dtd"><log4j:configuration><appender name="out" class="org.apache.log4j.ConsoleAppender"><layout class="org.apache.log4j.SimpleLayout"/></appender><root><priority value="warn"/><appender-ref ref="out"/></root></log4j:configuration>',
  );
}

const all = ['.*'];
const everything = {
  entityTypes: all,
  entityIds: all,
  classifications: all,
  labels: all,
  businessMetadata: all,
  attributes: all,
};
const relations = {
  relationshipTypes: all,
  end1EntityType: all,
  end1EntityId: all,
  end1EntityClassification: all,
  end2EntityType: all,
  end2EntityId: all,
  end2EntityClassification: all,
};
/** `reader` sees everything but the database `hidden`. */
const policy = {
  roles: {
    admins: {
      adminPermissions: [{ privileges: all }],
      typePermissions: [{ privileges: all, typeCategories: all, typeNames: all }],
      entityPermissions: [{ privileges: all, ...everything }],
      relationshipPermissions: [{ privileges: all, ...relations }],
    },
    readers: {
      typePermissions: [{ privileges: ['type-read'], typeCategories: all, typeNames: all }],
      entityPermissions: [
        {
          privileges: ['entity-read', 'entity-read-classification'],
          ...everything,
          entityIds: [String.raw`(?!hidden[.@]).*`],
        },
      ],
    },
  },
  userRoles: { admin: ['admins'], reader: ['readers'] },
  groupRoles: { ADMIN: ['admins'], READERS: ['readers'] },
};
