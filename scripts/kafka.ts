import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended, freePort, has, untilListening } from './own-server.ts';

/** A real Kafka of its own (one broker, KRaft), on loopback, in a folder that goes away with it. */
export interface RunningKafka {
  /** `127.0.0.1:<port>` */
  readonly broker: string;
  readonly version: string;
  stop(): Promise<void>;
}

const version = '4.1.0';
const tools = fileURLToPath(new URL('../.cache/kafka', import.meta.url));
const libraries = join(tools, 'lib');
/** How long a start may take, in ms: 5 s on a quiet machine. */
const startLimit = 180_000;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/**
 * Why no Kafka can be started here, in words; null when one can. With `install` its 46 jars (43 MB) are brought from Maven
 * Central into `.cache` first.
 */
export function kafkaMissing(install: boolean): string | null {
  if (!has('java')) return 'Java is not installed (Debian: apt-get install openjdk-17-jre-headless)';
  if (existsSync(join(libraries, `kafka_2.13-${version}.jar`))) return null;
  if (!install) return 'Kafka is not in .cache/kafka (LEXLINE_EXTENDED=1 brings it)';
  if (!has('mvn')) return 'Maven is not installed (Debian: apt-get install maven)';
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'pom.xml'), pom);
  const args = ['-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
  execFileSync('mvn', args, { cwd: tools, stdio: 'ignore', timeout: 600_000 });
  return existsSync(join(libraries, `kafka_2.13-${version}.jar`)) ? null : 'Maven did not bring Kafka';
}

/** Starts a broker and waits until it answers. Fails with the reason of {@link kafkaMissing}. */
export async function startKafka(): Promise<RunningKafka> {
  const missing = kafkaMissing(false);
  if (missing !== null) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-kafka-'));
  const [port, controller] = [await freePort(), await freePort()];
  const settings = join(folder, 'server.properties');
  writeFileSync(
    settings,
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@127.0.0.1:${controller}`,
      `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
      'controller.listener.names=CONTROLLER',
      `log.dirs=${join(folder, 'data')}`,
      'offsets.topic.replication.factor=1',
      'transaction.state.log.replication.factor=1',
      'transaction.state.log.min.isr=1',
      'group.initial.rebalance.delay.ms=0',
      '',
    ].join('\n'),
  );
  const java = (...args: readonly string[]): string[] => ['-Xmx256m', '-cp', join(libraries, '*'), ...args];
  const id = 'MkU3OEVBNTcwNTJENDM2Qk';
  execFileSync('java', java('kafka.tools.StorageTool', 'format', '-t', id, '-c', settings), { stdio: 'ignore' });
  const server = spawn('java', java('kafka.Kafka', settings), { stdio: 'ignore', cwd: folder });
  try {
    await untilListening(port, { name: 'Kafka', child: server, limitMs: startLimit, everyMs: 100 });
  } catch (error) {
    await ended(server);
    throw error;
  }
  return {
    broker: `127.0.0.1:${port}`,
    version,
    async stop() {
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
