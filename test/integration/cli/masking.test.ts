import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-masking-'));
const config = join(folder, 'lexline.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);

function vouch(...functions: readonly string[]): void {
  writeFileSync(join(folder, 'masking.yml'), `functions:\n${functions.join('')}`);
}
const seal = (more = '') =>
  `  - { name: vault.seal, effect: keep, vouchedBy: security-office, reason: reviewed, until: 2099-12-31${more} }\n`;

/** The terms of the card number at `mart.payments.reference`, by regulation. */
async function termsOf(...argv: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { out } = await lexline('explain', 'mart.payments.reference', '--json', ...argv);
  const { field } = JSON.parse(out) as {
    field: { classifications: { category: string; terms: { regulation: string; term: string }[] }[] };
  };
  const card = field.classifications.find(({ category }) => category === 'user.payment.card.number');
  return new Map(card?.terms.map(({ regulation, term }) => [regulation, term]));
}

describe('functions of a team whose effect differs by regulation', () => {
  it('are read by each regulation as people vouch for it there, now and as of then', async () => {
    mkdirSync(join(folder, 'sql'));
    writeFileSync(
      config,
      `masking: ./masking.yml
sources:
  - { name: files, connector: sql-files, path: ./sql, dialect: postgres, applies: { gdpr: controller, pci-dss: merchant } }
`,
    );
    writeFileSync(
      join(folder, 'sql', 'shop.sql'),
      `create table shop.cards (id int, pan varchar(19), holder_name text);
create view mart.payments as select id, vault.seal(pan) as reference from shop.cards;`,
    );
    vouch(seal());
    await lexline('sync');
    const plain = await termsOf();
    expect(plain.get('pci-dss')).not.toContain(',');
    const [{ publishedAt }] = [await newest()];

    vouch(seal(', regulations: { pci-dss: keyed-hash }'));
    await lexline('sync');
    const differing = await termsOf();
    expect(differing.get('pci-dss')).toBe(
      `${plain.get('pci-dss') ?? ''}, keyed: in a form the regulation names as protection`,
    );
    expect(differing.get('gdpr')).toBe(plain.get('gdpr'));

    vouch(seal(', regulations: { pci-dss: drop }'));
    await lexline('sync');
    const gone = await termsOf();
    expect(gone.has('pci-dss')).toBe(false);
    expect(gone.get('gdpr')).toBe(plain.get('gdpr'));
    // What was vouched for then is what an earlier time is read by.
    expect(await termsOf('--as-of', publishedAt)).toEqual(plain);
  });

  it('are explained with who answers for them, what they do there, and whose word counted then', async () => {
    const explained = async (...argv: readonly string[]) =>
      (await lexline('explain', 'mart.payments.reference', ...argv)).out.replaceAll(/\s+/gu, ' ');
    vouch(seal(', regulations: { pci-dss: keyed-hash }'));
    await lexline('sync');
    const [{ publishedAt }] = [await newest()];
    const before = await explained();
    expect(before).toContain('VAULT.SEAL, keep');
    expect(before).toContain('security-office vouches for VAULT.SEAL until 2099-12-31 under pci-dss: keyed-hash');
    expect(before).toContain('under pci-dss: keyed ');

    vouch(
      '  - { name: vault.seal, effect: tokenise, vouchedBy: vault-office, reason: reviewed again, until: 2099-12-31 }\n',
    );
    await lexline('sync');
    const after = await explained();
    expect(after).toContain('VAULT.SEAL, tokenise');
    expect(after).toContain('vault-office vouches for VAULT.SEAL');
    expect(after).not.toContain('pci-dss: keyed');
    expect(await explained('--as-of', publishedAt)).toBe(before);
    const path = await lexline('path', 'shop.cards.pan', 'mart.payments.reference');
    expect(path.out).toContain('(tokenise: VAULT.SEAL)');
    expect(path.out).toContain('vault-office vouches for VAULT.SEAL until 2099-12-31');

    // A longer term is no other rule; another office is another word.
    const { publishedAt: tokenised } = await newest();
    vouch(
      '  - { name: vault.seal, effect: tokenise, vouchedBy: vault-office, reason: reviewed again, until: 2100-12-31 }\n',
    );
    await lexline('sync');
    expect((await newest()).publishedAt).toBe(tokenised);
    expect(await explained()).toContain('until 2100-12-31');
    vouch('  - { name: vault.seal, effect: tokenise, vouchedBy: other-office, reason: new, until: 2100-12-31 }\n');
    await lexline('sync');
    expect(await explained()).toContain('other-office vouches for VAULT.SEAL');
    expect(await explained('--as-of', tokenised)).toContain('vault-office vouches for VAULT.SEAL');

    writeFileSync(join(folder, 'masking.yml'), 'functions: []\n');
    expect((await lexline('sync')).err).toBe('');
    const nobody = await explained();
    expect(nobody).toContain('VAULT.SEAL, unknown');
    expect(nobody).not.toContain('vouches');
  }, 300_000);

  it('are told by check-config where Lexline itself knows what a function does, so that nobody asks', async () => {
    const entry = (name: string) =>
      `  - { name: ${name}, effect: keep, vouchedBy: office, reason: reviewed, until: 2099-12-31 }\n`;
    vouch(seal(), entry('digest'), entry('lower'), entry('security.lower'));
    const { out } = await lexline('check-config', '--json');
    expect((JSON.parse(out) as { notes: unknown }).notes).toEqual([
      'masking: Lexline itself tells what digest does in postgres, materialize, greenplum, cockroachdb; there this entry is never asked',
      'masking: Lexline itself tells what lower does in every dialect; there this entry is never asked',
    ]);
    expect((await lexline('check-config')).out).toContain('note: masking: Lexline itself tells what digest does');
    vouch(seal());
    expect((await lexline('check-config')).out).not.toContain('note:');
  });

  it('are refused for a regulation that nobody asks', async () => {
    vouch(seal(', regulations: { pci-dsss: drop }'));
    for (const command of ['sync', 'check-config']) {
      const { status, err } = await lexline(command);
      expect(status).toBe(2);
      expect(err).toContain('pci-dss');
      expect(err).toContain('CONFIG_INVALID');
    }
  });
});

async function newest(): Promise<{ readonly publishedAt: string }> {
  const { out } = await lexline('diff', '--from', new Date().toISOString(), '--json');
  return (JSON.parse(out) as { to: { publishedAt: string } }).to;
}
