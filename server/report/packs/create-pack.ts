import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { Governance } from '../../governance/objects.ts';
import { canonicalJson } from '../../model/json.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { Ledger, LedgerBatch } from '../../stores/ledger/ledger.ts';
import type { Reports } from '../create-reports.ts';
import { reportFormats } from '../formats.ts';
import type { ReportRequest } from '../report.ts';
import type { Rotation, SigningKey } from './signing-keys.ts';
import { notProven, verifierFile } from './verifier.ts';
import { writePack, type PackFacts, type PackFile } from './write-pack.ts';

export interface PackContents {
  readonly reports: Reports;
  /** Reports by name; each comes in every format. */
  readonly requests: readonly Omit<ReportRequest, 'format'>[];
  readonly facts: PackFacts;
  /** What people had entered. */
  readonly governance: Governance;
  readonly ledger: Pick<Ledger, 'read' | 'batches'>;
  readonly key: SigningKey;
  readonly rotations: readonly Rotation[];
}

/**
 * A pack of evidence as one file: reports in every format, what people entered, the whole ledger, the public key with the
 * certificates of its rotation, and the program that verifies it all without us.
 */
export function createPack(contents: PackContents): AsyncIterable<Uint8Array> {
  return writePack(filesOf(contents), contents.facts, contents.key);
}

async function* filesOf(contents: PackContents): AsyncGenerator<PackFile> {
  const { reports, requests, facts, governance, ledger, key, rotations } = contents;
  yield { name: 'README.txt', bytes: [readme(facts, key)] };
  yield { name: 'verify.mjs', bytes: [await verifierText()] };
  yield { name: 'public-key.pem', bytes: [key.publicKey] };
  for (const [index, rotation] of rotations.entries())
    yield { name: `keys/rotation-${String(index + 1)}.json`, bytes: [`${canonicalJson(rotation)}\n`] };
  yield { name: 'governance.json', bytes: [`${canonicalJson(governance)}\n`] };
  // The ledger as it stands when the pack is begun: batches first, then entries up to the last of them.
  const batches: LedgerBatch[] = [];
  for await (const batch of everyPage((page) => ledger.batches(page), 5000)) batches.push(batch);
  yield { name: 'ledger/batches.jsonl', bytes: batches.map((batch) => `${canonicalJson(batch)}\n`) };
  yield { name: 'ledger/entries.jsonl', bytes: entriesUpTo(ledger, batches.at(-1)?.lastSeq ?? 0) };
  for (const request of requests)
    for (const format of reportFormats) {
      const report = await reports.open({ ...request, format });
      yield { name: `reports/${request.name}.${format}`, bytes: report.chunks };
    }
}

async function* entriesUpTo(ledger: PackContents['ledger'], last: number): AsyncGenerator<string> {
  for await (const record of everyPage((page) => ledger.read({}, page), 5000)) {
    if (record.seq > last) return;
    yield `${canonicalJson(record)}\n`;
  }
}

/** The verifier as plain JavaScript: in a checkout its types are taken out, a built package has none. */
async function verifierText(): Promise<string> {
  const text = await readFile(verifierFile, 'utf8');
  return verifierFile.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
}

function readme({ revision, asOf, knownBy, madeBy }: PackFacts, { fingerprint }: SigningKey): string {
  return `Evidence pack of ${madeBy}

As of ${asOf}, known by ${knownBy}, revision ${String(revision)}.
Signed by the Ed25519 key whose SHA-256 fingerprint is
${fingerprint}

To verify, with Node.js 18 or newer and without a network:

  tar xf PACK.tar verify.mjs
  node verify.mjs PACK.tar --key FINGERPRINT --head HEAD.json

--key is the fingerprint that you were given on another way than this file; --head a head of the ledger that was kept
elsewhere. Both may be left out. The pack does not prove:

${notProven.map((line) => `- ${line}`).join('\n')}

Reports are drafts until a named person confirms them. Nothing in here is legal advice.
`;
}
