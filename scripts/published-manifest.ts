/**
 * Around `npm pack`: `--write` puts the manifest that users get in the place of package.json, `--restore` puts ours back.
 * Users bring their own Node, so the packages that bring it to a checkout are left out, and so is all that only a checkout
 * needs. `private` keeps the checkout itself from being published by mistake; the packed file can be.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const manifestFile = join(root, 'package.json');
const keptFile = join(root, '.cache', 'package.json.kept');

type Manifest = Readonly<Record<string, unknown>>;

/** The manifest that users get. */
export function publishedManifest(manifest: Manifest): Manifest {
  const { private: _private, scripts: _scripts, devDependencies: _dev, ...kept } = manifest;
  const optional = Object.entries((kept['optionalDependencies'] ?? {}) as Readonly<Record<string, string>>).filter(
    ([name]) => !/^node-(linux|win|darwin)-/u.test(name),
  );
  const { optionalDependencies: _optional, ...rest } = kept;
  return optional.length === 0 ? rest : { ...rest, optionalDependencies: Object.fromEntries(optional) };
}

if (import.meta.main) {
  if (process.argv.includes('--write')) {
    // A pack that was killed left ours in the cache: that one is the truth, not what stands in its place.
    const text = readFileSync(existsSync(keptFile) ? keptFile : manifestFile, 'utf8');
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(keptFile, text);
    writeFileSync(manifestFile, `${JSON.stringify(publishedManifest(JSON.parse(text) as Manifest), null, 2)}\n`);
  } else if (existsSync(keptFile)) {
    writeFileSync(manifestFile, readFileSync(keptFile));
    rmSync(keptFile);
  }
}
