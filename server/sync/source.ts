import type { ConnectorCapabilities, SourceConnection } from '../../connectors/connector.ts';
import type { WriteBackConfig } from '../base/config-write-back.ts';

/** A source as the conductor needs it: where to read, and what is true of it. Composed from configuration and connector. */
export interface ConfiguredSource {
  readonly name: string;
  readonly connectorName: string;
  readonly capabilities: ConnectorCapabilities;
  /** Opens nothing yet; each run makes its own and closes it. */
  readonly connection: () => SourceConnection;
  /** Called when a run of it has ended well: what was read need not be kept any longer. */
  readonly settle?: () => Promise<void>;
  readonly profile: 'none' | 'in-database' | 'sample';
  /** What is true of the source's owner, by regulation: `{ hipaa: 'covered-entity' }`. */
  readonly applies: Readonly<Record<string, string>>;
  /** Lower wins where a type, description or owner is shown. */
  readonly precedence: number;
  /** The model endpoint that may see its metadata; left out or null: none. */
  readonly llm?: string | null;
  /** Our class or category → the tag that people already have in this source. Read backwards for imported verdicts. */
  readonly tagMap?: Readonly<Record<string, string>>;
  /** Whether and how tags are written back; left out: never. */
  readonly writeBack?: WriteBackConfig;
  /** Changes when the settings by which the source is read change: the next read is then a full one. */
  readonly fingerprint?: string;
}
