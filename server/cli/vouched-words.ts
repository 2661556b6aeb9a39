/** Who answers for a function on the way: `security-office vouches for VAULT.SEAL until 2027-09-30`. */
export function vouchedWords({
  name,
  by,
  until,
}: {
  readonly name: string;
  readonly by: string;
  readonly until: string;
}): string {
  return `${by} vouches for ${name} until ${until}`;
}
