import { LexlineError } from '../base/errors.ts';
import { datasetUid, type KnownName, type QualifiedName } from '../model/ids.ts';
import { partitionName } from '../model/partition-name.ts';
import type { Gap } from '../model/provenance.ts';
import { storagePlace } from '../model/storage-place.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { nameKey } from './named-document.ts';

/** Joins names that mean the same thing: namespaces by configuration, datasets by the aliases (symlinks) that sources state. */
export interface Names {
  namespace(namespace: string): string;
  job(name: QualifiedName): QualifiedName;
  /** Follows aliases learnt so far; call {@link Names.learn} for the names of a batch first. */
  dataset(name: QualifiedName): QualifiedName;
  /** The name of a dataset that is being described: what its own source calls an alias does not rename it. */
  described(name: QualifiedName): QualifiedName;
  /**
   * Asks the graph once about each dataset name: is it an alias of another? Of `aliases`, names that documents are about to
   * state as other names of theirs, also: does another source describe it?
   */
  learn(names: Iterable<QualifiedName>, aliases?: Iterable<QualifiedName>): Promise<void>;
  /**
   * What the graph calls each name, and whether another source than this one knows a dataset under it. Such a name becomes no
   * other name of another dataset: whoever joins names before ingest asks here first.
   */
  known(names: readonly QualifiedName[]): Promise<readonly KnownName[]>;
  /**
   * Takes over the aliases that a document of this run states; learn their names first. `target` is described, so an alias
   * that another document claimed it to be is taken back. What this source alone described under an alias so far is that
   * dataset from now on.
   */
  alias(target: QualifiedName, aliases: readonly QualifiedName[]): void;
  /**
   * Two live datasets that a source calls one: left apart, because joining them is a reviewed act. And what this source
   * describes under names that others had given to datasets of theirs: it stands there.
   */
  readonly gaps: readonly Gap[];
}

/**
 * `namespaces` as in the configuration: canonical namespace → the others that mean the same. Fails with CONFIG_INVALID when
 * one is said to mean two.
 */
export function createNames(options: {
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
  readonly graph: Pick<GraphStore, 'get' | 'resolve'>;
  /** The source whose documents are named. */
  readonly source: string;
  /** The revision whose aliases count; 0: none yet. */
  readonly n: number;
}): Names {
  const joined = joinedNamespaces(options.namespaces);
  const asked = new Set<string>();
  const targets = new Map<string, QualifiedName>();
  /** Where other sources than this one say that a name leads. */
  const elsewhere = new Map<string, QualifiedName>();
  /** Aliases that only this run states, and names that are live datasets of their own. */
  const stated = new Set<string>();
  const live = new Set<string>();
  /** Live names that no source but this one describes, and names that another source describes. */
  const ours = new Set<string>();
  const described = new Set<string>();
  const askedWhose = new Set<string>();
  const gaps: Gap[] = [];
  /** What this source describes and others lead elsewhere: its name, and where it stands. */
  const ledAway = new Map<string, string>();

  const join = ({ namespace, name }: QualifiedName): QualifiedName => ({
    namespace: joined.get(trimmed(namespace)) ?? trimmed(namespace),
    name,
  });

  const names: Names = {
    get gaps() {
      return ledAway.size === 0 ? gaps : [...gaps, toldElsewhere(ledAway)];
    },
    namespace: (namespace) => joined.get(trimmed(namespace)) ?? trimmed(namespace),
    job: join,
    dataset(name) {
      const own = join(name);
      return targets.get(nameKey(own)) ?? targets.get(nameKey(partitionName(own))) ?? own;
    },
    described(name) {
      const own = join(name);
      const leads = stated.has(nameKey(own)) ? undefined : elsewhere.get(nameKey(own));
      if (leads === undefined) return own;
      ledAway.set(printed(own), printed(leads));
      return leads;
    },
    async known(asking) {
      await names.learn(asking, asking);
      return asking.map((name) => {
        const own = join(name);
        const leads = elsewhere.get(nameKey(own));
        return { name: leads ?? own, elsewhere: leads !== undefined || described.has(nameKey(own)) };
      });
    },
    async learn(batch, aliases = []) {
      if (options.n === 0) return;
      await askWhose([...aliases].map(join));
      const fresh = new Map<string, QualifiedName>();
      for (const name of batch) {
        const own = join(name);
        for (const each of [own, partitionName(own)]) {
          const key = nameKey(each);
          if (asked.has(key)) continue;
          asked.add(key);
          fresh.set(key, each);
        }
      }
      const asking = [...fresh.values()];
      for (let at = 0; at < asking.length; at += 1000) await ask(asking.slice(at, at + 1000));
    },
    alias(target, aliases) {
      const own = nameKey(target);
      const claimed = stated.has(own) ? targets.get(own) : undefined;
      if (claimed !== undefined) gaps.push(twoNames(target, claimed));
      targets.delete(own);
      live.add(own);
      ours.delete(own);
      for (const alias of aliases) {
        const other = join(alias);
        const key = nameKey(other);
        if (key === own || stated.has(key)) continue;
        const leads = elsewhere.get(key);
        if ((live.has(key) && !ours.has(key)) || (leads !== undefined && nameKey(leads) !== own)) {
          gaps.push(twoNames(other, target));
          continue;
        }
        targets.set(key, target);
        stated.add(key);
      }
    },
  };

  async function ask(batch: readonly QualifiedName[]): Promise<void> {
    const { graph, source, n } = options;
    const uids = await graph.resolve(batch, 'dataset', n);
    const led = batch.flatMap((name, i) => {
      const uid = uids[i] ?? null;
      if (uid === datasetUid(name)) live.add(nameKey(name));
      return uid === datasetUid(name) ? [] : [{ name, uid }];
    });
    if (led.length === 0) return;
    // Where sources lead a name to two datasets it stands for neither: what the others say is asked apart.
    const byOthers = await graph.resolve(
      led.map(({ name }) => name),
      'dataset',
      n,
      source,
    );
    const leads = led.flatMap(({ name, uid }, i) => {
      const other = byOthers[i] ?? null;
      const leadsTo = uid ?? (other === datasetUid(name) ? null : other);
      return leadsTo === null ? [] : [{ name, uid: leadsTo, byOthers: other === leadsTo }];
    });
    if (leads.length === 0) return;
    const [found, own] = await Promise.all([
      graph.get(
        leads.map(({ uid }) => uid),
        n,
      ),
      graph.get(
        leads.map(({ name }) => datasetUid(name)),
        n,
      ),
    ]);
    for (const [i, { name, byOthers: saidByOthers }] of leads.entries()) {
      const target = found[i];
      if (target === null || target === undefined) continue;
      if ((own[i]?.assertions.length ?? 0) > 0) {
        gaps.push(twoNames(name, target));
        continue;
      }
      const leadsTo = { namespace: target.namespace, name: target.name };
      targets.set(nameKey(name), leadsTo);
      if (saidByOthers) elsewhere.set(nameKey(name), leadsTo);
    }
  }

  async function askWhose(aliases: readonly QualifiedName[]): Promise<void> {
    const fresh = aliases.filter((name) => !askedWhose.has(nameKey(name)));
    for (const name of fresh) askedWhose.add(nameKey(name));
    for (let at = 0; at < fresh.length; at += 1000) {
      const batch = fresh.slice(at, at + 1000);
      const found = await options.graph.get(
        batch.map((name) => datasetUid(name)),
        options.n,
      );
      for (const [i, name] of batch.entries()) {
        const sources = found[i]?.assertions.map(({ source }) => source) ?? [];
        if (sources.some((source) => source !== options.source)) described.add(nameKey(name));
        else if ((found[i] ?? null) !== null) ours.add(nameKey(name));
      }
    }
  }

  return names;
}

function joinedNamespaces(namespaces: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const [canonical, others] of Object.entries(namespaces)) {
    for (const other of others) {
      const before = joined.get(trimmed(other));
      if (before !== undefined && before !== trimmed(canonical))
        throw new LexlineError(
          'CONFIG_INVALID',
          `[config] namespaces: "${other}" is said to mean both "${before}" and "${canonical}": keep one of the two lines`,
        );
      joined.set(trimmed(other), trimmed(canonical));
    }
  }
  for (const [other, canonical] of joined) {
    if (joined.has(canonical))
      throw new LexlineError(
        'CONFIG_INVALID',
        `[config] namespaces: "${other}" means "${canonical}", which itself is said to mean "${joined.get(canonical)}": name the last one directly`,
      );
  }
  return joined;
}

function trimmed(namespace: string): string {
  return storagePlace(
    namespace.length > 1 && namespace.endsWith('/') && !namespace.endsWith('//') ? namespace.slice(0, -1) : namespace,
  );
}

function twoNames(name: QualifiedName, target: QualifiedName): Gap {
  return {
    what: printed(name),
    reason: 'unresolved-name',
    detail: `a source calls it another name of ${printed(target)}, and both exist; they are kept apart`,
    remedy: `if they are one, retire one of the two, or join their namespaces under "namespaces:" in lexline.yaml`,
  };
}

/** Names that a gap lists; of the others it tells the number. */
const maxListed = 5;

function toldElsewhere(ledAway: ReadonlyMap<string, string>): Gap {
  const pairs = [...ledAway].map(([name, target]) => `${name} (${target})`).sort();
  const others = pairs.length > maxListed ? ` and ${pairs.length - maxListed} more` : '';
  return {
    what: pairs.length === 1 ? '1 dataset' : `${pairs.length} datasets`,
    reason: 'unresolved-name',
    detail: `another source had given these names to datasets of its own, so what this one says stands there: ${pairs.slice(0, maxListed).join(', ')}${others}`,
    remedy:
      'nothing, where the two are one; where they are not, let the other source no longer give that name (symlinks of events, locations of tables), and sync both in full',
  };
}

function printed({ namespace, name }: QualifiedName): string {
  return `${namespace}/${name}`;
}
