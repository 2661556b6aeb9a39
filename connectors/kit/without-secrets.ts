/** The container of an Azure store, or a workspace of OneLake under whatever name, stands where other addresses have who signs in. */
const container = /^(?:abfs|wasb)s?:\/\/[^/@:?#;]+@/iu;
/** The user part of an address, also behind `jdbc:`; and that of Oracle's thin addresses, which have no slashes before it. */
const userParts: readonly RegExp[] = [
  /^((?:[a-z][a-z0-9+.-]*:)*[a-z][a-z0-9+.-]*:\/\/)[^/@?#;]*@/iu,
  /^((?:jdbc:)?oracle:(?:thin|oci8?):)[^@?#;]*@/iu,
];
/** A parameter behind `?`, `&`, `;` or `#`; a value in braces can hold any of these signs. */
const parameter = /([?&;#])([^=?&;#]{1,100})=(\{[^}]*\}|[^&;#]*)/gu;
/** Names of parameters that hold a secret, or say who signs in with it. */
const secretName =
  /^(?:user|user[ _-]?(?:name|id)|uid|login|auth|key|sig|jwt|code)$|pass(?:word|wd|phrase|code)|^pass$|pwd|secret|token|signature|credential|authorization|(?:api|access|account|private|shared|encryption)[ _-]?key|^x-amz-/iu;

/**
 * An address or name without what signs in: the user part, and parameters such as `;password=…` and `?token=…`. Other parameters
 * stay, because they can tell one thing from another (`;databaseName=shop`). Pure.
 */
export function withoutSecrets(address: string): string {
  const bare = container.test(address) ? address : userParts.reduce((text, part) => text.replace(part, '$1'), address);
  const kept = bare.replaceAll(parameter, (all, _sign: string, name: string) =>
    secretName.test(name.trim()) ? '' : all,
  );
  // Where the first parameter went, the next one follows the question mark.
  return kept !== bare && bare.includes('?') && !kept.includes('?') ? kept.replace('&', '?') : kept;
}
