/**
 * `npm run lock`: adds to package-lock.json what npm leaves out when a registry cannot show it the packages of other
 * platforms. Without the entries `npm ci` refuses the whole file ("Missing: … from lock file"); with them it skips what is
 * not for this machine. Says how many it added; `--check` changes nothing and fails when some are missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, LockEntry>;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'sunos', 'netbsd', 'openbsd', 'aix'];
const processors: Readonly<Record<string, string>> = {
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  x64: 'x64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** The entries that are missing, by their place in the lock file. */
export function missingEntries(packages: Readonly<Record<string, LockEntry>>): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const entry of Object.values(packages))
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      if (Object.keys(packages).some((key) => key.endsWith(place)) || !/^\d+\.\d+\.\d+/u.test(version)) continue;
      const words = name.split('/').at(-1)?.split('-') ?? [];
      const os = words.find((word) => systems.includes(word));
      const cpu = words.find((word) => word in processors);
      if (os === undefined || cpu === undefined) continue;
      missing[place] = {
        version,
        cpu: [cpu],
        ...(entry.dev === true ? { dev: true } : {}),
        ...(os === 'linux' ? { libc: [words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'] } : {}),
        optional: true,
        os: [os],
      };
    }
  return missing;
}

if (import.meta.main) {
  const file = new URL('../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const missing = missingEntries(lock.packages);
  const count = Object.keys(missing).length;
  if (count > 0 && process.argv.includes('--check')) {
    console.error(`package-lock.json lacks ${count} packages of other platforms: npm run lock`);
    process.exitCode = 1;
  } else {
    lock.packages = Object.fromEntries(
      Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en')),
    );
    if (count > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
    console.log(`package-lock.json: ${count} packages of other platforms added`);
  }
}
