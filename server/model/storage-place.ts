/** Schemes by which clients reach an object store, and the one that the OpenLineage naming specification writes. */
const schemes: Readonly<Record<string, string>> = { s3: 's3', s3a: 's3', s3n: 's3', gs: 'gs', gcs: 'gs' };

/** Azure has an endpoint for blobs and one for files, each with and without TLS: a container of an account is one place. */
const azure = /^(?:abfs|wasb)s?:\/\/([^/@:]+)@([^/@:]+)\.(?:dfs|blob)\.([^/@:]+)\/?$/iu;

/**
 * The one way in which a namespace of an object store is written: `s3a://lake`, `s3n://lake` and `s3://lake/` are
 * `s3://lake`, whichever client said it. Any other namespace as it is.
 * @see https://openlineage.io/docs/spec/naming
 */
export function storagePlace(namespace: string): string {
  const [, container, account, domain] = azure.exec(namespace) ?? [];
  if (container !== undefined && account !== undefined && domain !== undefined)
    return `abfss://${container}@${account.toLowerCase()}.dfs.${domain.toLowerCase()}`;
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9]*):\/\/(.+)$/isu.exec(namespace) ?? [];
  const plain = Object.hasOwn(schemes, scheme.toLowerCase()) ? schemes[scheme.toLowerCase()] : undefined;
  return plain === undefined ? namespace : `${plain}://${rest.replace(/^([^/]+)\/$/u, '$1')}`;
}

/**
 * Whether a namespace is the allowed one, or begins like it where a star ends it. `s3://lake/*` is the place itself with all
 * below it. Stores by any of their schemes.
 */
export function fitsNamespace(namespace: string, allowed: string): boolean {
  if (!allowed.endsWith('*')) return namespace === storagePlace(allowed);
  const beginning = allowed.slice(0, -1);
  if (!/[^/]\/$/u.test(beginning) || /^[a-z][a-z0-9+.-]*:\/$/iu.test(beginning))
    return namespace.startsWith(beginning) || namespace.startsWith(storeBeginning(beginning));
  const place = storagePlace(beginning.slice(0, -1));
  return namespace === place || namespace.startsWith(`${place}/`);
}

/** The namespaces that a sender of events may speak of; one that ends with `*` by its beginning. */
export type SpokenOf = 'all' | readonly string[];

export function maySpeak(spokenOf: SpokenOf, namespace: string): boolean {
  return spokenOf === 'all' || spokenOf.some((one) => fitsNamespace(namespace, one));
}

/** The beginning of a store's namespace as {@link storagePlace} writes it, as far as it goes. */
function storeBeginning(beginning: string): string {
  const [, azureRest] = /^(?:abfs|wasb)s?:\/\/(.*)$/isu.exec(beginning) ?? [];
  if (azureRest !== undefined)
    return `abfss://${azureRest.replace(
      /@([^/@:.]*)(?:\.(?:dfs|blob)\.(.*))?$/isu,
      (_, account: string, domain?: string) =>
        domain === undefined ? `@${account.toLowerCase()}` : `@${account.toLowerCase()}.dfs.${domain.toLowerCase()}`,
    )}`;
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9]*):\/\/(.*)$/isu.exec(beginning) ?? [];
  const plain = Object.hasOwn(schemes, scheme.toLowerCase()) ? schemes[scheme.toLowerCase()] : undefined;
  return plain === undefined ? beginning : `${plain}://${rest}`;
}
