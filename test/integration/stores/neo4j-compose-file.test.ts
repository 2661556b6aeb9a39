import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const secrets = { NEO4J_PASSWORD: 'example-password', QDRANT_KEY: 'example-key' };
const hasCompose = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;

describe('docker-compose.yml', () => {
  it('opens every port on loopback only and keeps no secret', () => {
    const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const { services } = parse(text) as { services: Record<string, { ports?: readonly string[] }> };
    expect(Object.keys(services).toSorted()).toEqual(['lexline', 'neo4j', 'qdrant']);
    for (const { ports = [] } of Object.values(services))
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/u);
    for (const name of Object.keys(secrets)) expect(text).toContain(`\${${name}:?`);
  });

  it('runs Lexline from its packed package, as nobody who may do everything', () => {
    const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as {
      services: { lexline: { build: string; user?: string; volumes: readonly string[] } };
    };
    expect(services.lexline).toMatchObject({ build: '.', cap_drop: ['ALL'] });
    expect(services.lexline.user).toBeUndefined();
    const [, last = ''] = readFileSync(join(root, 'Dockerfile'), 'utf8')
      .split(/^FROM .*$/mu)
      .slice(1);
    expect(last.match(/^USER .*$/gmu)).toEqual(['USER node']);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('ENTRYPOINT'));
    expect(last).toContain('lexline.tgz');
  });

  it.skipIf(!hasCompose)(
    `is what docker compose reads${hasCompose ? '' : ' (skipped: the docker client here has no compose)'}`,
    () => {
      const asked = ['compose', '-f', join(root, 'docker-compose.yml'), 'config', '--quiet'];
      const { status, stderr } = spawnSync('docker', asked, { encoding: 'utf8', env: { ...process.env, ...secrets } });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
  );
});
