// Made by scripts/codegen.ts from schema/*.graphql. Do not edit; run: npm run codegen
/* oxlint-disable */
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ChangeParent, ClassificationParent, CoverageParent, DatasetParent, DecisionParent, DiffMomentParent, DiffSectionParent, ExplanationStepParent, FieldParent, ImpactParent, JobParent, LineageParent, LineageEdgeParent, LineageNodeParent, LineagePathStepParent, LedgerEntryParent, OriginParent, PolicyFindingParent, ProvisionParent, ProvisionVersionParent, RegulationParent, RegulationEditionParent, ReportParent, ReportCompletenessParent, ReviewSampleParent, RevisionParent, SearchConnectionParent, SearchFacetParent, SourceParent, StatementParent, SubjectParent, SyncRequestParent, SyncRunParent } from './parents.ts';
import type { GraphqlContext } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * An instant in ISO 8601 with its zone (`2026-09-30T12:00:00Z`). As an argument also a date alone (`2026-09-30`), which means
   * the end of that day in the server's time zone.
   */
  DateTime: { input: string; output: string; }
};

/** One thing that changed about a field. */
export type Change = {
  /** What happened. */
  readonly kind: ChangeKind;
  /** In one sentence. */
  readonly summary: Scalars['String']['output'];
  /** The field; null: it is gone. */
  readonly field: Maybe<Field>;
  /** When the last revision that changed it was published. */
  readonly at: Scalars['DateTime']['output'];
  /** Who or what made the difference. */
  readonly actor: Actor;
};

/** What can happen to a field. */
export type ChangeKind =
  /** It is new, or was judged first, and is sensitive. */
  | 'NEW_SENSITIVE_FIELD'
  /** It is new. */
  | 'NEW_FIELD'
  /** No source asserts it any longer. */
  | 'FIELD_GONE'
  /** It was judged not to be sensitive, and is now. */
  | 'NOW_SENSITIVE'
  /** It was sensitive, and is no longer. */
  | 'NO_LONGER_SENSITIVE'
  /** It holds something else than before. */
  | 'CATEGORY_CHANGED'
  /** The judges now abstain. */
  | 'NOW_UNDECIDED';

/** A page of changes, newest first. */
export type ChangeConnection = {
  /** The changes with their cursors. */
  readonly edges: ReadonlyArray<ChangeEdge>;
  /** The changes alone. */
  readonly nodes: ReadonlyArray<Change>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** All of them. */
  readonly totalCount: Scalars['Int']['output'];
  /** The revision from which they are told. */
  readonly from: Revision;
  /** Why they are told from a later time than was asked for; null: they are not. */
  readonly note: Maybe<Scalars['String']['output']>;
};

/** A change in a page. */
export type ChangeEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The change. */
  readonly node: Change;
};

/** Questions. All read the newest published revision unless `asOf` names another time. */
export type Query = {
  /** What became of fields between two times: each once, before against after. */
  readonly changes: ChangeConnection;
  /** What differs between two times. Needs a view of everything: it also tells what people entered. */
  readonly diff: Diff;
  /** One classification; null when the field does not carry it, or may not be seen. */
  readonly classification: Maybe<Classification>;
  /** The revision that an answer of now, or of `asOf`, is read from. */
  readonly revision: Revision;
  /** Looks anything up by its global id; null when it does not exist or may not be seen. */
  readonly node: Maybe<Node>;
  /** Datasets by namespace and name; with `text` the best hits first. */
  readonly datasets: DatasetConnection;
  /** One dataset; null when it does not exist or may not be seen. */
  readonly dataset: Maybe<Dataset>;
  /** Looks datasets up by the caller's own ids, in the order asked. At most 250. */
  readonly datasetsByRef: ReadonlyArray<DatasetLookup>;
  /** One field; null when it does not exist or may not be seen. */
  readonly field: Maybe<Field>;
  /** A field by the caller's own id of its dataset; null when either is not found, or the reference is ambiguous. */
  readonly fieldByRef: Maybe<Field>;
  /**
   * Fields that a filter lets through, by dataset and path. A page ends early, with a cursor, after 5,000 fields were looked at:
   * go on while `hasNextPage`.
   */
  readonly fields: FieldConnection;
  /** What people know and no source can tell, by kind and id. Needs a view of whole sources. */
  readonly governanceObjects: ReadonlyArray<GovernanceObject>;
  /** Stops that stand. */
  readonly stops: StopList;
  /** Where columns identify people together. Datasets that name people anyway are left out. */
  readonly jointIdentifications: JointIdentificationConnection;
  /** What was done, by whom. Needs a view of everything, as entries tell of all sources. */
  readonly ledgerEntries: LedgerEntryConnection;
  /** Of the shortest ways by which values flow between two fields one, always the same; null when a field does not exist or may not be seen. */
  readonly lineagePath: Maybe<LineagePath>;
  /** The policies of the configured folder, as they are now; empty: none are configured. */
  readonly policies: ReadonlyArray<Policy>;
  /**
   * What the policies say of every field that the viewer may see. Looks at every field: ask for it on a page of its own. Without
   * policies it is an error, never an empty list.
   */
  readonly policyFindings: PolicyFindingConnection;
  /** The regulations that are loaded, as they are known now. */
  readonly regulations: ReadonlyArray<Regulation>;
  /** One regulation; null when none of that name is loaded. */
  readonly regulation: Maybe<Regulation>;
  /** Provisions of all regulations that are loaded, or of one. */
  readonly provisions: ProvisionConnection;
  /** One provision; null when no loaded catalogue has it. */
  readonly provision: Maybe<Provision>;
  /** Reports that can be asked for. */
  readonly reportKinds: ReadonlyArray<ReportKind>;
  /** A report that was asked for; null when it is not known, no longer kept, or shows more than the caller may see. */
  readonly report: Maybe<Report>;
  /** Reports that were asked for, newest first. */
  readonly reports: ReadonlyArray<Report>;
  /** What waits for a person. Needs the right to review; it holds the fields of datasets that the viewer may see, and counts no others. */
  readonly reviewQueue: ReviewGroupConnection;
  /** What a decision would do, its tags in the sources above all. Decides nothing. Needs the right to review. */
  readonly previewReview: ReviewPreview;
  /** Full text over names, paths and descriptions; without words everything by name. */
  readonly search: SearchConnection;
  /** All sources that the graph knows. */
  readonly sources: ReadonlyArray<Source>;
  /** One source; null when there is none of that name, or it may not be seen. */
  readonly source: Maybe<Source>;
  /** Runs of all sources, or of one, newest first. */
  readonly syncRuns: SyncRunConnection;
  /** A run that was asked for with `syncSource`; null when it is not known or no longer kept. */
  readonly syncRequest: Maybe<SyncRequest>;
  /** How far everything, or one source, is known. Looks at every field: ask for it on a page of its own. */
  readonly coverage: Coverage;
  /** Tags on their way back to sources; nothing is asked of a source. Needs a view of whole sources. */
  readonly writeBackChanges: WriteBackConnection;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryChangesArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  from: Scalars['DateTime']['input'];
  to?: InputMaybe<Scalars['DateTime']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryDiffArgs = {
  from: Scalars['DateTime']['input'];
  to?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryClassificationArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryRevisionArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryDatasetsArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  namePrefix?: InputMaybe<Scalars['String']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryDatasetArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryDatasetsByRefArgs = {
  refs: ReadonlyArray<Ref>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryFieldArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryFieldByRefArgs = {
  ref: Ref;
  path: Scalars['String']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryFieldsArgs = {
  filter?: InputMaybe<FilterInput>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryGovernanceObjectsArgs = {
  kind?: InputMaybe<GovernanceKind>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryStopsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryJointIdentificationsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryLedgerEntriesArgs = {
  kind?: InputMaybe<Scalars['String']['input']>;
  actor?: InputMaybe<Scalars['String']['input']>;
  subject?: InputMaybe<Scalars['ID']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
  newestFirst?: Scalars['Boolean']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryLineagePathArgs = {
  from: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryPolicyFindingsArgs = {
  policy?: InputMaybe<Scalars['String']['input']>;
  outcome?: InputMaybe<PolicyOutcome>;
  waived?: InputMaybe<Scalars['Boolean']['input']>;
  dataset?: InputMaybe<Scalars['ID']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryRegulationArgs = {
  name: Scalars['String']['input'];
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryProvisionsArgs = {
  regulation?: InputMaybe<Scalars['String']['input']>;
  category?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryProvisionArgs = {
  name: Scalars['String']['input'];
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryReportArgs = {
  id: Scalars['ID']['input'];
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryReportsArgs = {
  first?: Scalars['Int']['input'];
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryReviewQueueArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  orderBy?: ReviewOrder;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryPreviewReviewArgs = {
  input: PreviewReviewInput;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QuerySearchArgs = {
  text?: InputMaybe<Scalars['String']['input']>;
  types?: ReadonlyArray<SearchType>;
  filter?: InputMaybe<FilterInput>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QuerySourceArgs = {
  name: Scalars['String']['input'];
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QuerySyncRunsArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QuerySyncRequestArgs = {
  id: Scalars['ID']['input'];
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryCoverageArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Questions. All read the newest published revision unless `asOf` names another time. */
export type QueryWriteBackChangesArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<WriteBackStatus>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Two moments of the graph side by side. What came and went in between is in neither. */
export type Diff = {
  /** The earlier one. */
  readonly from: DiffMoment;
  /** The later one. */
  readonly to: DiffMoment;
  /** What differs, what matters most first. */
  readonly sections: ReadonlyArray<DiffSection>;
  /** Things that differ and that the viewer may not see. */
  readonly hidden: Scalars['Int']['output'];
};

/** One of the two moments, with what was known then. */
export type DiffMoment = {
  /** Its revision. */
  readonly revision: Revision;
  /** Datasets. */
  readonly datasets: Scalars['Int']['output'];
  /** Fields. */
  readonly fields: Scalars['Int']['output'];
  /** Fields found sensitive. */
  readonly sensitiveFields: Scalars['Int']['output'];
  /** Fields on which the judges abstained. */
  readonly undecidedFields: Scalars['Int']['output'];
  /** Fields that nobody judged. */
  readonly notJudgedFields: Scalars['Int']['output'];
};

/** Everything of one kind that differs. */
export type DiffSection = {
  /** `flows`, `judgements`, `datasets`, `fields`, `lineage`, `jobs`, `entered`. */
  readonly key: Scalars['String']['output'];
  /** In words. */
  readonly title: Scalars['String']['output'];
  /** How many there are. */
  readonly totalCount: Scalars['Int']['output'];
  /** The first of them, by name. */
  readonly items: ReadonlyArray<DiffItem>;
};


/** Everything of one kind that differs. */
export type DiffSectionItemsArgs = {
  first?: Scalars['Int']['input'];
  offset?: Scalars['Int']['input'];
};

/** One difference. */
export type DiffItem = {
  /** What happened. */
  readonly change: DiffChange;
  /** The thing's whole name. */
  readonly what: Scalars['String']['output'];
  /** The difference in words. */
  readonly says: Scalars['String']['output'];
  /** Before and after of each thing that differs. */
  readonly details: ReadonlyArray<DiffDetail>;
};

/** What can happen between two moments. */
export type DiffChange =
  /** It is there now. */
  | 'NEW'
  /** No source asserts it any longer. */
  | 'GONE'
  /** It is another. */
  | 'CHANGED';

/** One thing that differs. */
export type DiffDetail = {
  /** What. */
  readonly name: Scalars['String']['output'];
  /** Before; null: nothing. */
  readonly before: Maybe<Scalars['String']['output']>;
  /** After; null: nothing. */
  readonly after: Maybe<Scalars['String']['output']>;
};

/** A category that a field holds, with who says so and on what ground. */
export type Classification = Node & {
  /** Opaque: the field and the category. */
  readonly id: Scalars['ID']['output'];
  /** The field. */
  readonly field: Field;
  /** A node of the data taxonomy: `user.contact.email`. */
  readonly category: Scalars['String']['output'];
  /** Short text for a badge: `E-mail address (hashed)`. */
  readonly label: Scalars['String']['output'];
  /** Coarse classes. */
  readonly classes: ReadonlyArray<CoarseClass>;
  /** A form in which the value no longer stands in clear; null: in clear. */
  readonly derived: Maybe<DerivedForm>;
  /** What was done to the value on the way, the least of all ways. */
  readonly treatment: Treatment;
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** The category in each regulation's own words. */
  readonly terms: ReadonlyArray<Term>;
  /** Whose word it is. */
  readonly decidedBy: Decision;
  /** What a person made of it. */
  readonly reviewState: ReviewState;
  /** Since when a person's decision stands on evidence that has changed; null: it has not, or nobody decided. */
  readonly staleSince: Maybe<Scalars['DateTime']['output']>;
  /** Reasons that a person can read and argue with; shapes and shares, never a value. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Provisions that speak of it. */
  readonly citations: ReadonlyArray<Citation>;
  /** Where it began, when it came along lineage; null for a judgement of the field itself. */
  readonly origin: Maybe<Origin>;
  /** Why the field carries it, step by step. */
  readonly explanation: Explanation;
  /** What was ever said about it, oldest first. */
  readonly history: ReadonlyArray<HistoryEntry>;
};

/** Coarse classes. */
export type CoarseClass =
  /** Personal data. */
  | 'PII'
  /** Health data; protected health information only where the source's owner is bound by HIPAA. */
  | 'PHI'
  /** Account data of payment cards. */
  | 'PCI';

/** Forms in which a value no longer stands in clear but still belongs to its category. */
export type DerivedForm =
  /** A digest, keyed or plain. */
  | 'HASH'
  /** A token or a ciphertext. */
  | 'TOKEN'
  /** A pattern. */
  | 'MASK'
  /** The last four digits. */
  | 'LAST4';

/** What was done to a value. None of them says anonymous. */
export type Treatment =
  /** Nothing. */
  | 'CLEAR'
  /** A part remains. */
  | 'PARTIAL'
  /** Digested without a key. */
  | 'HASHED'
  /** Digested under a secret key. */
  | 'KEYED'
  /** Encrypted. */
  | 'ENCRYPTED'
  /** Replaced by a token. */
  | 'TOKENISED'
  /** Replaced by a pattern. */
  | 'MASKED'
  /** Folded with other rows into one figure. */
  | 'AGGREGATED';

/** What a person made of a classification. */
export type ReviewState =
  /** No person has looked at it. */
  | 'NOT_REVIEWED'
  /** A person agreed. */
  | 'ACCEPTED'
  /** A person set it in place of what was found. */
  | 'CORRECTED';

/** A category in one regulation's own words. */
export type Term = {
  /** `GDPR`, `HIPAA`, `PCI_DSS`, `CCPA`. */
  readonly regulation: Scalars['String']['output'];
  /** The regulation's word: `personal data`, `PAN`. */
  readonly term: Scalars['String']['output'];
  /** The provision that defines it. */
  readonly provision: Scalars['String']['output'];
  /** True when the configuration says that the regulation binds the source's owner; false: the term holds only if it does. */
  readonly applies: Scalars['Boolean']['output'];
};

/** Whose word a classification is. */
export type Decision = {
  /** What kind of judge. */
  readonly kind: ActorKind;
  /** Which one. */
  readonly name: Scalars['String']['output'];
  /** When it was said; for what came along lineage, when it arrived. */
  readonly at: Maybe<Scalars['DateTime']['output']>;
};

/** One reason for a judgement. */
export type Evidence = {
  /** `name`, `shape`, `neighbours` … */
  readonly signal: Scalars['String']['output'];
  /** In words. */
  readonly detail: Scalars['String']['output'];
  /** Contribution in log-odds; negative speaks against. */
  readonly weight: Scalars['Float']['output'];
};

/** A provision that speaks of a category, and how that was checked. */
export type Citation = {
  /** `GDPR:9(1)`, `HIPAA:164.514(b)(2)(i)(R)`. */
  readonly provision: Scalars['String']['output'];
  /** Which edition of the text. */
  readonly edition: Scalars['String']['output'];
  /** How it was checked. There is no plain verified. */
  readonly check: CitationCheck;
  /** Cut from the official text; null when there is none to cut from. */
  readonly quote: Maybe<Scalars['String']['output']>;
  /** What it says in our own words; never a quotation. */
  readonly ownWords: Maybe<Scalars['String']['output']>;
  /** SHA-256 of the text that the quotation was cut from. */
  readonly sourceSha256: Maybe<Scalars['String']['output']>;
  /** Our page about the provision, from the server's root. */
  readonly url: Scalars['String']['output'];
};

/** How a citation was checked. */
export type CitationCheck =
  /** The quotation was found in the indexed text. */
  | 'TEXT_MATCHED'
  /** The catalogue knows the provision; no text is indexed. */
  | 'CATALOGUE_ONLY'
  /** Nothing we hold supports it. */
  | 'UNSUPPORTED';

/** Where a classification that came along lineage began. */
export type Origin = {
  /** Null: the viewer may not see it. */
  readonly field: Maybe<Field>;
  /** `customers.email`, or words that say that it may not be seen. */
  readonly name: Scalars['String']['output'];
  /** Steps from there. */
  readonly hops: Scalars['Int']['output'];
};

/** One judge's judgement of a field. */
export type Verdict = {
  /** Whose. */
  readonly decidedBy: Decision;
  /** Dotted; `none`: nothing sensitive; a judgement, not an abstention. */
  readonly category: Scalars['String']['output'];
  /** Coarse classes. */
  readonly classes: ReadonlyArray<CoarseClass>;
  /** A form in which the value no longer stands in clear; null: in clear. */
  readonly derived: Maybe<DerivedForm>;
  /** What became of it. */
  readonly state: VerdictState;
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** Its reasons. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** What the judge considered besides; of an open question what it came nearest to. */
  readonly alternatives: ReadonlyArray<Alternative>;
  /** Provisions that the judge itself named; what the catalogues say stands at the classification. */
  readonly citations: ReadonlyArray<Citation>;
};

/** What became of a verdict. */
export type VerdictState =
  /** Found, not confirmed by a person. */
  | 'PROPOSED'
  /** Confirmed, or taken over from a tag. */
  | 'ACCEPTED'
  /** Rejected by a person. */
  | 'REJECTED'
  /** The judge could not tell. */
  | 'ABSTAINED';

/** Why a field carries a category. */
export type Explanation = {
  /** In one sentence. */
  readonly sentence: Scalars['String']['output'];
  /** From the origin to the field; empty when the category did not come along lineage. */
  readonly steps: ReadonlyArray<ExplanationStep>;
  /** Regulations under which it counts as something else, over all ways by which it arrives. */
  readonly under: ReadonlyArray<TreatmentUnder>;
  /** What else it could have been. */
  readonly alternatives: ReadonlyArray<Alternative>;
  /** What would take it away again. */
  readonly wouldEndIf: ReadonlyArray<Ending>;
};

/** One step along which a category was carried. */
export type ExplanationStep = {
  /** Where it comes from; null: the viewer may not see it. */
  readonly from: Maybe<Field>;
  /** Where it arrives; null: the viewer may not see it. */
  readonly to: Maybe<Field>;
  /** Functions applied, innermost first, joined by `>`; empty for a copy. */
  readonly function: Scalars['String']['output'];
  /** What they do to the value. */
  readonly effect: Effect;
  /** Functions of the team on this step, and who answers for each; empty where nobody was asked. */
  readonly vouchedFor: ReadonlyArray<VouchedFunction>;
  /** Regulations under which the step does something else. */
  readonly under: ReadonlyArray<EffectUnder>;
  /** The table of functions by which the effect was told. */
  readonly rule: Maybe<Rule>;
  /** The model or job; SQL text is shown only with its literals removed. */
  readonly statement: Maybe<Scalars['String']['output']>;
};

/** What a category counts as under one regulation. */
export type TreatmentUnder = {
  /** Which: `PCI_DSS`. */
  readonly regulation: Scalars['String']['output'];
  /** What was done to the value on its way; null: nothing of it arrives. */
  readonly treatment: Maybe<Treatment>;
};

/** What a step does to the value under one regulation. */
export type EffectUnder = {
  /** Which: `PCI_DSS`. */
  readonly regulation: Scalars['String']['output'];
  /** What its functions do there. */
  readonly effect: Effect;
};

/** A function of the team, and who answers for what it does. */
export type VouchedFunction = {
  /** As it is vouched for, in upper case. */
  readonly name: Scalars['String']['output'];
  /** An office. */
  readonly by: Scalars['String']['output'];
  /** The last day, in UTC: `2027-09-30`. */
  readonly until: Scalars['String']['output'];
};

/** What a step does to the value it carries. */
export type Effect =
  /** Unchanged in substance. */
  | 'KEEP'
  /** A part remains. */
  | 'PARTIAL'
  /** A plain digest. */
  | 'HASH'
  /** A digest under a secret key. */
  | 'KEYED_HASH'
  /** Reversible under a key. */
  | 'ENCRYPT'
  /** Replaced by a token. */
  | 'TOKENISE'
  /** Replaced by a pattern. */
  | 'MASK'
  /** Many rows folded into one figure. */
  | 'AGGREGATE'
  /** Only a number of rows remains. */
  | 'COUNT'
  /** Nothing of the value remains. */
  | 'DROP'
  /** Nobody vouches for the function: treated as unchanged. */
  | 'UNKNOWN'
  /** Takes encryption off again: in clear where it was encrypted. */
  | 'DECRYPT'
  /** Gives the value behind a token: in clear where it was one. */
  | 'DETOKENISE';

/** A versioned table of rules. */
export type Rule = {
  /** Its name. */
  readonly id: Scalars['String']['output'];
  /** Its version; null where the name has none. */
  readonly version: Maybe<Scalars['Int']['output']>;
};

/** A category that was weighed and not taken. */
export type Alternative = {
  /** Dotted. */
  readonly category: Scalars['String']['output'];
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** Why not. */
  readonly rejectedBecause: Scalars['String']['output'];
};

/** What would take a classification away again. */
export type Ending = {
  /** What would have to happen. */
  readonly action: EndingAction;
  /** In words. */
  readonly detail: Scalars['String']['output'];
};

/** Acts that take a classification away. */
export type EndingAction =
  /** A person rejects it at this field. */
  | 'REJECT_HERE'
  /** A person rejects it where it began. */
  | 'REJECT_ORIGIN'
  /** The tag is taken off in its source. */
  | 'REMOVE_TAG'
  /** The person's decision is withdrawn or runs out. */
  | 'WITHDRAW_DECISION';

/** One thing that was said about a classification. */
export type HistoryEntry = {
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Who. */
  readonly actor: Actor;
  /** What happened. */
  readonly change: HistoryChange;
  /** Before; null: nothing. */
  readonly before: Maybe<Scalars['String']['output']>;
  /** After; null: nothing. */
  readonly after: Maybe<Scalars['String']['output']>;
  /** The reason given, where one was. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** What happened to something that was said. */
export type HistoryChange =
  /** It was said first. */
  | 'ADDED'
  /** It was said differently. */
  | 'CHANGED'
  /** It no longer holds. */
  | 'ENDED';

/** Anything that can be looked up again by its global id. */
export type Node = {
  /** Opaque, stable across revisions and restarts. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page of a connection stands. Pages run forward only; a cursor belongs to its revision and its arguments. */
export type PageInfo = {
  /** There is more behind `endCursor`. A page may be shorter than asked for and still not be the last. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The page began behind a cursor. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null for an empty page. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
  /** Pass it as `after` to go on; null when nothing is left. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** One published state of the graph. Nothing is overwritten: an older one can be asked for with `asOf`. */
export type Revision = {
  /** Grows by one with every publish. */
  readonly number: Scalars['Int']['output'];
  /** When it was published. */
  readonly at: Scalars['DateTime']['output'];
  /** Why it was made, in words. */
  readonly cause: Scalars['String']['output'];
  /** Who made it. */
  readonly actor: Actor;
};

/** Who or what did or said something. */
export type Actor = {
  /** What kind of actor it is. */
  readonly kind: ActorKind;
  /** Which one: an opaque id of a person, a detector set, a model, a source. */
  readonly name: Scalars['String']['output'];
};

/** Kinds of actors. */
export type ActorKind =
  /** A person. */
  | 'PERSON'
  /** A caller that signed in with a key. */
  | 'KEY'
  /** A process of Lexline. */
  | 'PROCESS'
  /** A catalog or warehouse that was read. */
  | 'SOURCE'
  /** Lexline's deterministic detectors. */
  | 'DETECTOR'
  /** A language model that may add, never take away. */
  | 'LLM'
  /** Carried along lineage. */
  | 'PROPAGATION'
  /** Read out of a SQL statement. */
  | 'SQL'
  /** Written by Lexline itself. */
  | 'LEXLINE'
  /** The source does not say. */
  | 'UNKNOWN';

/** What is missing, failed or cannot be told. Counted and shown, never rounded to fine. */
export type Gap = {
  /** The thing that is not known. */
  readonly what: Scalars['String']['output'];
  /** Its kind, for code. */
  readonly kind: GapKind;
  /** Why, in words. */
  readonly reason: Scalars['String']['output'];
  /** Since when it has been so, where that is known. */
  readonly since: Maybe<Scalars['DateTime']['output']>;
  /** What to do about it, ready to paste where that is possible. */
  readonly remedy: Maybe<Scalars['String']['output']>;
};

/** Kinds of gaps. */
export type GapKind =
  /** The judges abstained: nothing spoke clearly enough. */
  | 'ABSTAINED'
  /** Only names were looked at, no values. */
  | 'NAMES_ONLY'
  /** Values must be looked at anew before it can be judged. */
  | 'NEEDS_PROFILING'
  /** No source that describes it is connected. */
  | 'NOT_CONNECTED'
  /** Nothing has judged it yet. */
  | 'NOT_JUDGED'
  /** It was not read. */
  | 'NOT_READ'
  /** A right is missing. */
  | 'NO_RIGHTS'
  /** Part of a SQL statement was not understood. */
  | 'PARTLY_PARSED_SQL'
  /** The source failed while it was read. */
  | 'SOURCE_FAILED'
  /** It was read too long ago. */
  | 'STALE'
  /** A SQL statement was not understood. */
  | 'UNPARSED_SQL'
  /** A name could not be joined to a dataset. */
  | 'UNRESOLVED_NAME'
  /** The connector or the source does not support it. */
  | 'UNSUPPORTED';

/** A mistake that the caller can mend; part of a mutation's answer. */
export type UserError = {
  /** Stable, for code. */
  readonly code: UserErrorCode;
  /** The input field it is about; null: the whole input. */
  readonly field: Maybe<Scalars['String']['output']>;
  /** One sentence for people. */
  readonly message: Scalars['String']['output'];
};

/** Codes of mistakes that a caller can mend. */
export type UserErrorCode =
  /** Somebody else decided since the list was read. */
  | 'CHANGED_SINCE_READ'
  /** An input cannot be used. */
  | 'INPUT_INVALID'
  /** The idempotency key was used before with another input. */
  | 'KEY_REUSED'
  /** The thing does not exist, or may not be seen. */
  | 'NOT_FOUND'
  /** Who proposed it cannot be the second person. */
  | 'OWN_PROPOSAL';

/** OR of ANDs: a thing passes when it passes any group, and a group when it passes all its conditions. */
export type FilterInput = {
  /** Groups of conditions; at most 20. */
  readonly any: ReadonlyArray<FilterGroupInput>;
};

/** Conditions that must all hold. */
export type FilterGroupInput = {
  /** At most 20. */
  readonly all: ReadonlyArray<FilterConditionInput>;
};

/** One condition of a filter. */
export type FilterConditionInput = {
  /** What is looked at. */
  readonly on: FilterKey;
  /** Turns it round. What is not known equals nothing, so it passes. */
  readonly not?: Scalars['Boolean']['input'];
  /**
   * Values of which one must match, exactly. A region also matches those that begin with it (`eu`: `eu-central-1`), a category
   * also those below it. At most 250.
   */
  readonly values: ReadonlyArray<Scalars['String']['input']>;
};

/** What a filter can look at. */
export type FilterKey =
  /** Effective category of the field, dotted. */
  | 'CATEGORY'
  /** Coarse class of the field: `PII`, `PHI`, `PCI`. */
  | 'CLASS'
  /** Domain of the configuration that the dataset lies in. Known to those who see everything. */
  | 'DOMAIN'
  /** Kind of the dataset: `TABLE`, `VIEW` … */
  | 'KIND'
  /** Namespace of the dataset. */
  | 'NAMESPACE'
  /** Owner of the dataset. */
  | 'OWNER'
  /** Platform of the dataset. */
  | 'PLATFORM'
  /** Region of the dataset, as its source says it. */
  | 'REGION'
  /** A source that asserts the dataset. */
  | 'SOURCE'
  /** State of the field: `SENSITIVE`, `NOT_SENSITIVE`, `UNDECIDED`, `GAP`. */
  | 'STATE'
  /** Name of a tag that a source carries on the field. */
  | 'TAG'
  /** What was done to the values on their way: `CLEAR`, `HASHED` … */
  | 'TREATMENT';

/** A table, view, file or topic. */
export type Dataset = Node & {
  /** Opaque, stable across revisions and restarts. */
  readonly id: Scalars['ID']['output'];
  /** Namespace by the OpenLineage naming specification: `postgres://db.example.com:5432`. */
  readonly namespace: Scalars['String']['output'];
  /** Name by the OpenLineage naming specification: `shop.public.customers`. */
  readonly name: Scalars['String']['output'];
  /** Null: statements use it, no source describes it. */
  readonly kind: Maybe<DatasetKind>;
  /** What it lives on: `postgres`, `snowflake`. */
  readonly platform: Maybe<Scalars['String']['output']>;
  /** Where it is hosted, in its source's words; null is unknown. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** The source's own description. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Owners as the source names them. */
  readonly owners: ReadonlyArray<Scalars['String']['output']>;
  /** Tags that its sources carry on it. */
  readonly tags: ReadonlyArray<Tag>;
  /** Sources that assert it. */
  readonly sources: ReadonlyArray<Source>;
  /** Its page in the source, where the source has one. */
  readonly openInSource: Maybe<Scalars['String']['output']>;
  /** Our page about it, from the server's root. */
  readonly url: Scalars['String']['output'];
  /** Its fields in the source's order. */
  readonly fields: FieldConnection;
  /** What its fields come to, for a badge. */
  readonly summary: DatasetSummary;
  /** Whose rows it holds; null when nobody judged it. */
  readonly subject: Maybe<Subject>;
  /** When its sources were last read. */
  readonly freshness: Freshness;
  /** Where its data comes from or goes to. */
  readonly lineage: Lineage;
  /** The same as a picture. */
  readonly lineageDiagram: LineageDiagram;
  /** What a change to any of its fields would reach. */
  readonly impact: Impact;
};


/** A table, view, file or topic. */
export type DatasetFieldsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A table, view, file or topic. */
export type DatasetLineageArgs = {
  direction?: LineageDirection;
  depth?: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  granularity?: LineageGranularity;
  includeIndirect?: Scalars['Boolean']['input'];
  throughJobs?: Scalars['Boolean']['input'];
};


/** A table, view, file or topic. */
export type DatasetLineageDiagramArgs = {
  format: DiagramFormat;
  direction?: LineageDirection;
  depth?: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
  granularity?: LineageGranularity;
  includeIndirect?: Scalars['Boolean']['input'];
};


/** A table, view, file or topic. */
export type DatasetImpactArgs = {
  direction?: ImpactDirection;
};

/** Kinds of datasets. */
export type DatasetKind =
  /** A table. */
  | 'TABLE'
  /** A view. */
  | 'VIEW'
  /** A view whose rows are stored. */
  | 'MATERIALIZED_VIEW'
  /** A table that stands for data elsewhere. */
  | 'FOREIGN_TABLE'
  /** A part of a partitioned table. */
  | 'PARTITION'
  /** A file or folder of files. */
  | 'FILE'
  /** A topic of a message broker. */
  | 'TOPIC'
  /** A place that files are loaded from. */
  | 'STAGE'
  /** A report or dashboard. */
  | 'REPORT';

/** What the fields of a dataset come to. */
export type DatasetSummary = {
  /** Sensitive before gap before undecided before clean. */
  readonly state: State;
  /** Short text for a badge. */
  readonly label: Scalars['String']['output'];
  /** All categories found, in each regulation's own words. */
  readonly terms: ReadonlyArray<Term>;
  /** Coarse classes found. */
  readonly classes: ReadonlyArray<CoarseClass>;
  /** Categories found, dotted. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** Fields known. */
  readonly fields: Scalars['Int']['output'];
  /** Fields that hold something sensitive. */
  readonly sensitiveFields: Scalars['Int']['output'];
  /** Fields on which the judges abstained. */
  readonly undecidedFields: Scalars['Int']['output'];
  /** Fields that nobody judged. */
  readonly gapFields: Scalars['Int']['output'];
};

/** What is known of a field or dataset. Silence is never an answer. */
export type State =
  /** It holds something sensitive. */
  | 'SENSITIVE'
  /** It was judged, and nothing sensitive was found. */
  | 'NOT_SENSITIVE'
  /** It was looked at, and nothing spoke clearly enough. */
  | 'UNDECIDED'
  /** It was not judged. */
  | 'GAP';

/** Whose rows a dataset holds. */
export type Subject = {
  /** `customer`, `patient`, `employee`, `product` … */
  readonly kind: Scalars['String']['output'];
  /** The field that names the person or thing. */
  readonly keyField: Maybe<Field>;
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** Its reasons. */
  readonly evidence: ReadonlyArray<Evidence>;
};

/** When something was last read. */
export type Freshness = {
  /** Null: never with success. */
  readonly lastSyncedAt: Maybe<Scalars['DateTime']['output']>;
  /** Never read, the last read failed, or it is too long ago. */
  readonly stale: Scalars['Boolean']['output'];
};

/** A tag as it stands in a source. */
export type Tag = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its value, where tags have one. */
  readonly value: Maybe<Scalars['String']['output']>;
  /** The source that carries it; null for a tag of the dataset as a whole. */
  readonly source: Maybe<Scalars['String']['output']>;
  /** Who set it. */
  readonly setBy: Actor;
};

/** How a caller names a dataset: exactly one of these. */
export type Ref =
  /** Our global id. */
  { readonly id: Scalars['ID']['input']; readonly native?: never; readonly openLineage?: never; readonly text?: never; }
  |  /** The id that a source itself uses. */
  { readonly id?: never; readonly native: NativeRef; readonly openLineage?: never; readonly text?: never; }
  |  /** Its name by the OpenLineage naming specification. */
  { readonly id?: never; readonly native?: never; readonly openLineage: OpenLineageRef; readonly text?: never; }
  |  /** As people type it: the whole name or its last parts. Ambiguous when it fits several. */
  { readonly id?: never; readonly native?: never; readonly openLineage?: never; readonly text: Scalars['String']['input']; };

/** A source's own id of a dataset. */
export type NativeRef = {
  /** The source's name in Lexline. */
  readonly source: Scalars['String']['input'];
  /** The id: an Atlas GUID, a DataHub URN. */
  readonly id: Scalars['String']['input'];
};

/** A name by the OpenLineage naming specification. */
export type OpenLineageRef = {
  /** `snowflake://acme`. */
  readonly namespace: Scalars['String']['input'];
  /** `SALES.PUBLIC.ORDERS`. */
  readonly name: Scalars['String']['input'];
};

/** The answer to one reference: a miss is a row, not an error. */
export type DatasetLookup = {
  /** Whether it was found. */
  readonly status: LookupStatus;
  /** Null unless found. */
  readonly dataset: Maybe<Dataset>;
};

/** How a look-up ended. */
export type LookupStatus =
  /** One dataset answers to it. */
  | 'FOUND'
  /** None does, or the viewer may not see it. */
  | 'NOT_FOUND'
  /** Several do. */
  | 'AMBIGUOUS';

/** A page of datasets. */
export type DatasetConnection = {
  /** The datasets with their cursors. */
  readonly edges: ReadonlyArray<DatasetEdge>;
  /** The datasets alone. */
  readonly nodes: ReadonlyArray<Dataset>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The revision that it was read from. */
  readonly revision: Revision;
};

/** A dataset in a page. */
export type DatasetEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The dataset. */
  readonly node: Dataset;
};

/** A column, or a nested member of a dataset. */
export type Field = Node & {
  /** Opaque, stable across revisions and restarts. */
  readonly id: Scalars['ID']['output'];
  /** Segments joined by dots; a dot inside a segment is written `\.`. */
  readonly path: Scalars['String']['output'];
  /** The dataset it belongs to. */
  readonly dataset: Dataset;
  /** The source's own spelling of the type. */
  readonly type: Maybe<Scalars['String']['output']>;
  /** The source's own description. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** What is known of it. */
  readonly state: State;
  /** Short text for a badge. */
  readonly label: Scalars['String']['output'];
  /** One sentence: what it is, and on what ground. */
  readonly because: Scalars['String']['output'];
  /** Why there is no answer; null when there is one. */
  readonly gap: Maybe<Gap>;
  /** What it holds: the effective classifications. Empty says nothing by itself; `state` does. */
  readonly classifications: ReadonlyArray<Classification>;
  /** All that was judged, whoever judged it, also what does not count now. */
  readonly verdicts: ReadonlyArray<Verdict>;
  /** Its values were looked at, not its name alone. */
  readonly profiled: Scalars['Boolean']['output'];
  /** It stands in the row of a person (`Dataset.subject` says whose) and so relates to them, whatever it holds. */
  readonly relatesToSubject: Scalars['Boolean']['output'];
  /** What restricts reading it. It does not change what the field holds. */
  readonly controls: ReadonlyArray<Control>;
  /** Tags that its sources carry on it. */
  readonly tags: ReadonlyArray<Tag>;
  /** Our page about it, from the server's root. */
  readonly url: Scalars['String']['output'];
  /** Where its values come from or go to. */
  readonly lineage: Lineage;
  /** The same as a picture. */
  readonly lineageDiagram: LineageDiagram;
  /** What a change to it would reach. */
  readonly impact: Impact;
};


/** A column, or a nested member of a dataset. */
export type FieldLineageArgs = {
  direction?: LineageDirection;
  depth?: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  granularity?: LineageGranularity;
  includeIndirect?: Scalars['Boolean']['input'];
  throughJobs?: Scalars['Boolean']['input'];
};


/** A column, or a nested member of a dataset. */
export type FieldLineageDiagramArgs = {
  format: DiagramFormat;
  direction?: LineageDirection;
  depth?: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
  granularity?: LineageGranularity;
  includeIndirect?: Scalars['Boolean']['input'];
};


/** A column, or a nested member of a dataset. */
export type FieldImpactArgs = {
  direction?: ImpactDirection;
};

/** What restricts reading a field, as a source says it. */
export type Control = {
  /** `MASKING_POLICY`, `ROW_ACCESS_POLICY` … */
  readonly kind: Scalars['String']['output'];
  /** Its name in the source. */
  readonly name: Scalars['String']['output'];
  /** The source that enforces it. */
  readonly enforcedBy: Scalars['String']['output'];
  /** When that source was last read with success. */
  readonly lastSeenAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of fields. */
export type FieldConnection = {
  /** The fields with their cursors. */
  readonly edges: ReadonlyArray<FieldEdge>;
  /** The fields alone. */
  readonly nodes: ReadonlyArray<Field>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The revision that it was read from. */
  readonly revision: Revision;
};

/** A field in a page. */
export type FieldEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The field. */
  readonly node: Field;
};

/** Kinds of things that people know and no source can tell. */
export type GovernanceKind =
  /** Legal entities. */
  | 'ENTITIES'
  /** Recipients, processors, business associates. */
  | 'PARTIES'
  /** Systems, with where they stand. */
  | 'SYSTEMS'
  /** Processing activities. */
  | 'ACTIVITIES'
  /** Retention rules. */
  | 'RETENTION'
  /** Grounds on which a finding was closed. */
  | 'GROUNDS';

/** One thing that people entered. */
export type GovernanceObject = {
  /** What kind of thing. */
  readonly kind: GovernanceKind;
  /** Its id among its kind. */
  readonly id: Scalars['String']['output'];
  /** Holds from this day on; null: always. */
  readonly validFrom: Maybe<Scalars['String']['output']>;
  /** Holds up to and with this day; null: always. */
  readonly validTo: Maybe<Scalars['String']['output']>;
  /** Where it was entered: in the folder in git, or here. */
  readonly enteredIn: GovernancePlace;
  /** All of it, as JSON; the members are those of a file of `governance/`. */
  readonly body: Scalars['String']['output'];
};

/** Where something was entered. */
export type GovernancePlace =
  /** In the configured folder. It is changed there. */
  | 'FOLDER'
  /** By this API. The folder neither changes nor ends it. */
  | 'API';

/** What is entered. An object of the same kind, id and first day takes the place of the one before. */
export type PutGovernanceObjectInput = {
  /** What kind of thing. */
  readonly kind: GovernanceKind;
  /** The object as JSON, with the members of a file of `governance/`; at most 100,000 characters. */
  readonly body: Scalars['String']['input'];
  /** The revision that was looked at: somebody else's change of the object since then is CHANGED_SINCE_READ. */
  readonly expectedRevision: Scalars['Int']['input'];
  /** Send it again after a lost answer: the same key answers what the first did. Kept for a month. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What is ended. */
export type EndGovernanceObjectInput = {
  /** What kind of thing. */
  readonly kind: GovernanceKind;
  /** Its id. */
  readonly id: Scalars['String']['input'];
  /** Its first day, where it has one. */
  readonly validFrom?: InputMaybe<Scalars['String']['input']>;
  /** The revision that was looked at. */
  readonly expectedRevision: Scalars['Int']['input'];
  /** Send it again after a lost answer: the same key answers what the first did. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What a change of what people know did. */
export type GovernanceChange = {
  /** The object; null: it was ended. */
  readonly object: Maybe<GovernanceObject>;
  /** The newest revision after it; nothing differed: the one before. */
  readonly revision: Scalars['Int']['output'];
};

/** What was entered, or what the caller can mend. */
export type PutGovernanceObjectPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<GovernanceChange>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was ended, or what the caller can mend. */
export type EndGovernanceObjectPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<GovernanceChange>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A stop: behind it a category does not go on along lineage. */
export type Stop = {
  /** The field that it stands at; null: it stands at a dataset or job, or may not be seen. */
  readonly field: Maybe<Field>;
  /** The dataset that it stands at. */
  readonly dataset: Maybe<Dataset>;
  /** The job that it stands at. */
  readonly job: Maybe<Job>;
  /** What it stops; null: everything. */
  readonly category: Maybe<Scalars['String']['output']>;
  /** Only towards this field; null: wherever it goes, or the field may not be seen. */
  readonly towards: Maybe<Field>;
  /** Why, as the person wrote it. */
  readonly reason: Scalars['String']['output'];
  /** When it ends by itself. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Who set it. */
  readonly by: Scalars['String']['output'];
  /** Set by somebody who proved who they are. */
  readonly signedIn: Scalars['Boolean']['output'];
};

/** Stops that stand. */
export type StopList = {
  /** Those at things that the viewer may see. */
  readonly nodes: ReadonlyArray<Stop>;
  /** False: the viewer sees a part, and there may be more at things that they may not see. */
  readonly complete: Scalars['Boolean']['output'];
  /** The revision that it was read from. */
  readonly revision: Revision;
};

/** What stop is set. One at the same thing, of the same category and direction, is replaced; others stay beside it. */
export type SetStopInput = {
  /** Global id of a field, dataset or job. */
  readonly at: Scalars['ID']['input'];
  /** What it stops; default: everything. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Global id of a field: only towards it. */
  readonly towards?: InputMaybe<Scalars['ID']['input']>;
  /** Why the data no longer counts behind this place, in 5 to 2,000 characters. */
  readonly reason: Scalars['String']['input'];
  /** When it ends by itself, two years ahead at most; a date means the end of that day. */
  readonly expiresAt: Scalars['DateTime']['input'];
  /** The revision that was looked at: another's stop there since then is CHANGED_SINCE_READ. */
  readonly expectedRevision: Scalars['Int']['input'];
  /** Send it again after a lost answer: the same key answers what the first did. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What stop is ended. */
export type EndStopInput = {
  /** Global id of the field, dataset or job. */
  readonly at: Scalars['ID']['input'];
  /** Which, where several stand there: what it stops; null: the one that stops everything. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Which, where several stand there: global id of the field towards which it holds; null: the one that holds wherever it goes. */
  readonly towards?: InputMaybe<Scalars['ID']['input']>;
  /** The revision that was looked at. */
  readonly expectedRevision: Scalars['Int']['input'];
  /** Send it again after a lost answer: the same key answers what the first did. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What a change of stops did. */
export type StopChange = {
  /** The revision that it was written in. */
  readonly revision: Scalars['Int']['output'];
  /** Derived classifications that were written or taken back. */
  readonly rows: Scalars['Int']['output'];
  /** A stop of that category and direction stood there before. */
  readonly replaced: Scalars['Boolean']['output'];
};

/** What was set, or what the caller can mend. */
export type SetStopPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<StopChange>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was ended, or what the caller can mend. */
export type EndStopPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<StopChange>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type Mutation = {
  /** Enters something that people know, in a revision of its own and in the ledger. */
  readonly putGovernanceObject: PutGovernanceObjectPayload;
  /** Ends something that was entered here. */
  readonly endGovernanceObject: EndGovernanceObjectPayload;
  /** Sets a stop; what had gone beyond it is taken back in the same revision. */
  readonly setStop: SetStopPayload;
  /** Ends a stop; what it held back goes on in the same revision. */
  readonly endStop: EndStopPayload;
  /** Makes a report. Answers at once; it is made meanwhile. */
  readonly createReport: CreateReportPayload;
  /** A named person stands for a report. */
  readonly confirmReport: ConfirmReportPayload;
  /** Decides a group of the review queue, in a revision of its own. */
  readonly decideReview: DecideReviewPayload;
  /** Reads a source now. Answers at once; the run goes on by itself. */
  readonly syncSource: SyncSourcePayload;
  /** Approves changes: they are written now, read back, and stop at the first that is read back otherwise. */
  readonly applyWriteBack: ApplyWriteBackPayload;
  /** Takes back what was written, or puts back what was taken off. */
  readonly undoWriteBack: UndoWriteBackPayload;
  /** Says no: the same change is not proposed again. */
  readonly declineWriteBack: DeclineWriteBackPayload;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationPutGovernanceObjectArgs = {
  input: PutGovernanceObjectInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationEndGovernanceObjectArgs = {
  input: EndGovernanceObjectInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationSetStopArgs = {
  input: SetStopInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationEndStopArgs = {
  input: EndStopInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationCreateReportArgs = {
  input: CreateReportInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationConfirmReportArgs = {
  input: ConfirmReportInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationDecideReviewArgs = {
  input: DecideReviewInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationSyncSourceArgs = {
  input: SyncSourceInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationApplyWriteBackArgs = {
  input: ApplyWriteBackInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationUndoWriteBackArgs = {
  input: UndoWriteBackInput;
};


/** Changes. Each answers with its result and the mistakes that the caller can mend. */
export type MutationDeclineWriteBackArgs = {
  input: DeclineWriteBackInput;
};

/** Columns that are harmless each and identify a person together: in one dataset, or in several that can be joined. */
export type JointIdentification = {
  /** The same for the same combination of the same fields. */
  readonly key: Scalars['String']['output'];
  /** Which combination: `birth-date-postal-code-sex`. */
  readonly combination: Scalars['String']['output'];
  /** One sentence: what is known of such a combination. */
  readonly says: Scalars['String']['output'];
  /** Where that was shown. */
  readonly source: Scalars['String']['output'];
  /** What it is made of. */
  readonly parts: ReadonlyArray<JointPart>;
  /** The datasets that hold the parts; one where everything stands in one. */
  readonly datasets: ReadonlyArray<Dataset>;
  /** How rows of the datasets are joined; empty for one dataset. */
  readonly joins: ReadonlyArray<JointKey>;
};

/** One part of a combination. */
export type JointPart = {
  /** Which: `postal-code`. */
  readonly part: Scalars['String']['output'];
  /** The fields that hold it. */
  readonly fields: ReadonlyArray<Field>;
};

/** The column by which one dataset is joined with the others. */
export type JointKey = {
  /** The dataset. */
  readonly dataset: Dataset;
  /** Its column. */
  readonly field: Field;
  /** From the column to the one that all have in common; empty: it is that one. */
  readonly way: ReadonlyArray<JointStep>;
};

/** One step from a key to where its values come from. */
export type JointStep = {
  /** By what the values are the same. */
  readonly how: JointLink;
  /** Where the step leads; null: it may not be seen. */
  readonly to: Maybe<Field>;
  /** What is done to the value, the same at every join; empty: nothing. */
  readonly function: Scalars['String']['output'];
};

/** By what two columns hold the same values. */
export type JointLink =
  /** A declared foreign key. */
  | 'FOREIGN_KEY'
  /** Column lineage that keeps a value, or treats it the same way every time. */
  | 'LINEAGE';

/** A page of what identifies together. */
export type JointIdentificationConnection = {
  /** The findings with their cursors. */
  readonly edges: ReadonlyArray<JointIdentificationEdge>;
  /** The findings alone. */
  readonly nodes: ReadonlyArray<JointIdentification>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** All of them. */
  readonly totalCount: Scalars['Int']['output'];
  /** False when a limit ended the search: there may be more. */
  readonly complete: Scalars['Boolean']['output'];
};

/** A finding in a page. */
export type JointIdentificationEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The finding. */
  readonly node: JointIdentification;
};

/** Something that somebody did. The ledger is hash-chained; comments and names of people stand in it as salted hashes. */
export type LedgerEntry = {
  /** Its place in the ledger, from 1. */
  readonly number: Scalars['Int']['output'];
  /** The batch that it was chained in. */
  readonly batch: Scalars['Int']['output'];
  /** What was done: `report-exported`, `stop-set` … */
  readonly kind: Scalars['String']['output'];
  /** Who did it. */
  readonly actor: Actor;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** The field, dataset or job that it is about; null: none, or it is not there any more. */
  readonly subject: Maybe<Node>;
  /** The rest of it as canonical JSON, as the chain covers it. */
  readonly body: Scalars['String']['output'];
};

/** A page of entries, the oldest first unless the newest were asked for. New ones come after the youngest. */
export type LedgerEntryConnection = {
  /** The entries with their cursors. */
  readonly edges: ReadonlyArray<LedgerEntryEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<LedgerEntry>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An entry in a page. */
export type LedgerEntryEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: LedgerEntry;
};

/** Which way lineage is followed. */
export type LineageDirection =
  /** Where it comes from. */
  | 'UPSTREAM'
  /** Where it goes to. */
  | 'DOWNSTREAM'
  /** Both ways. */
  | 'BOTH';

/** What the nodes of a lineage are. */
export type LineageGranularity =
  /** Fields. */
  | 'FIELD'
  /** Whole datasets. */
  | 'DATASET';

/** What a walk along lineage found. */
export type Lineage = {
  /** The origin at depth 0 on the first page, then the nearest first. */
  readonly nodes: ReadonlyArray<LineageNode>;
  /** Edges between these nodes, and to nodes of earlier pages. */
  readonly edges: ReadonlyArray<LineageEdge>;
  /** Why there is more than is shown; null: this is all. */
  readonly truncated: Maybe<Truncation>;
  /** Nodes that the viewer may not see. They keep their place, so that no path looks shorter than it is. */
  readonly hiddenNodes: Scalars['Int']['output'];
  /** Statements of the jobs on the way whose columns could not all be told: there may be more than is shown. */
  readonly unparsedStatements: Scalars['Int']['output'];
  /** Pass it as `after` for the next nodes; null when nothing is left. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** The revision that it was read from. */
  readonly revision: Revision;
};

/** A place in a lineage. */
export type LineageNode = {
  /** By which edges name it; the same on every page. */
  readonly key: Scalars['String']['output'];
  /** Hops from the origin; upstream is negative. */
  readonly depth: Scalars['Int']['output'];
  /** The viewer may not see what stands here. */
  readonly hidden: Scalars['Boolean']['output'];
  /** Null when hidden, or for a whole dataset or job. */
  readonly field: Maybe<Field>;
  /** Null when hidden, or for a job. */
  readonly dataset: Maybe<Dataset>;
  /** Set where jobs are shown as nodes. */
  readonly job: Maybe<Job>;
  /** Short text for a badge; null when hidden. */
  readonly label: Maybe<Scalars['String']['output']>;
  /** What is known of it; null when hidden. */
  readonly state: Maybe<State>;
};

/** One claim that data flows. */
export type LineageEdge = {
  /** Key of the node it leaves. */
  readonly from: Scalars['String']['output'];
  /** Key of the node it enters. */
  readonly to: Scalars['String']['output'];
  /** Whether values flow, or only steer. */
  readonly kind: LineageEdgeKind;
  /** How. */
  readonly transformation: Transformation;
  /** Functions applied, innermost first, joined by `>`; empty for a copy. */
  readonly function: Scalars['String']['output'];
  /** What they do to the value. */
  readonly effect: Effect;
  /** The value cannot be read back in clear at the far end. */
  readonly masking: Scalars['Boolean']['output'];
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** When the source that says so was last read with success. */
  readonly lastSeenAt: Maybe<Scalars['DateTime']['output']>;
  /** The job that moves the data; null: the source names none, or it may not be seen. */
  readonly job: Maybe<Job>;
  /** Who says so. */
  readonly assertedBy: Actor;
  /**
   * What moves the data. Null: the source states it without a statement, the edge stands for several (whole datasets of a field's
   * lineage, jobs as nodes), or the viewer does not see everything, and the text may name what is hidden.
   */
  readonly statement: Maybe<Statement>;
};

/** A SQL text behind lineage, in the form that is kept: every literal replaced. */
export type Statement = {
  /** Of the text the statements that move the data, joined by `;` at line ends. */
  readonly text: Scalars['String']['output'];
  /** Their places in the text, from 1. */
  readonly places: ReadonlyArray<Scalars['Int']['output']>;
  /** How many statements the text has. */
  readonly count: Scalars['Int']['output'];
  /** The text as a whole: a script with all its statements. */
  readonly whole: Scalars['String']['output'];
  /** The same for the same text, everywhere. */
  readonly fingerprint: Scalars['String']['output'];
};

/** A way by which values flow from one field to another. */
export type LineagePath = {
  /** False: nothing is known to flow within 1000 steps. */
  readonly exists: Scalars['Boolean']['output'];
  /** From the one field to the other; empty where they are the same, and where there is no way. */
  readonly steps: ReadonlyArray<LineagePathStep>;
  /** The revision that it was read from. */
  readonly revision: Revision;
};

/** One step of a way. */
export type LineagePathStep = {
  /** Null: the viewer may not see it. */
  readonly from: Maybe<Field>;
  /** Null: the viewer may not see it. */
  readonly to: Maybe<Field>;
  /** Functions applied, innermost first, joined by `>`; empty for a copy. */
  readonly function: Scalars['String']['output'];
  /** What they do to the value. */
  readonly effect: Effect;
  /** Functions of the team on this step, and who answers for each. */
  readonly vouchedFor: ReadonlyArray<VouchedFunction>;
  /** The job that moves the data; null: the source names none, or it may not be seen. */
  readonly job: Maybe<Job>;
  /** Who says so. */
  readonly assertedBy: Actor;
  /** What moves the data; null: there is none, or the viewer does not see everything. */
  readonly statement: Maybe<Statement>;
};

/** Whether values flow along an edge. */
export type LineageEdgeKind =
  /** Values flow from field to field. */
  | 'DIRECT'
  /** The field steers which rows or values appear, without becoming one. */
  | 'INDIRECT'
  /** A job reads the one dataset and writes the other. */
  | 'DATASET';

/** How an edge carries data (OpenLineage column lineage). */
export type Transformation =
  /** Copied. */
  | 'IDENTITY'
  /** Changed by a function. */
  | 'TRANSFORMATION'
  /** Many rows become one. */
  | 'AGGREGATION'
  /** Steers by a join. */
  | 'JOIN'
  /** Steers by a grouping. */
  | 'GROUP_BY'
  /** Steers by a filter. */
  | 'FILTER'
  /** Steers by an order. */
  | 'SORT'
  /** Steers by a window. */
  | 'WINDOW'
  /** Steers by a condition. */
  | 'CONDITIONAL'
  /** Dataset to dataset: the columns are not told. */
  | 'DATASET';

/** An answer was cut short. */
export type Truncation = {
  /** Why. */
  readonly reason: TruncationReason;
  /** How many more there are; null: not known. */
  readonly remaining: Maybe<Scalars['Int']['output']>;
};

/** Why an answer was cut short. */
export type TruncationReason =
  /** More nodes than `first`: go on with `endCursor`. */
  | 'FIRST'
  /** There is more beyond `depth`. */
  | 'DEPTH'
  /** The limit of what one answer may look at was met. */
  | 'BUDGET';

/** A process that moves data: a view, a model, a query. */
export type Job = Node & {
  /** Opaque, stable across revisions and restarts. */
  readonly id: Scalars['ID']['output'];
  /** Its name in its source. */
  readonly name: Scalars['String']['output'];
  /** Its namespace. */
  readonly namespace: Scalars['String']['output'];
  /** What it is; null: something refers to it, no source describes it. */
  readonly kind: Maybe<JobKind>;
  /** The source's own description. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Owners as the source names them. */
  readonly owners: ReadonlyArray<Scalars['String']['output']>;
  /** Its statements whose columns could not all be told. */
  readonly unparsedStatements: Scalars['Int']['output'];
};

/** Kinds of jobs. */
export type JobKind =
  /** A view. */
  | 'VIEW'
  /** A model, as dbt has them. */
  | 'MODEL'
  /** A query of a log. */
  | 'QUERY'
  /** A stored procedure. */
  | 'PROCEDURE'
  /** Any other process. */
  | 'PROCESS'
  /** A report, dashboard or application outside that reads. */
  | 'EXPOSURE'
  /** A test. */
  | 'TEST';

/** Formats of diagrams. */
export type DiagramFormat =
  /** A drawing that stands alone. */
  | 'SVG'
  /** Mermaid text. */
  | 'MERMAID';

/** A lineage as a picture, for pages that cannot draw. */
export type LineageDiagram = {
  /** The format. */
  readonly format: DiagramFormat;
  /** The drawing or text itself. */
  readonly content: Scalars['String']['output'];
  /** Why there is more than is drawn; null: this is all. */
  readonly truncated: Maybe<Truncation>;
  /** Places that the viewer may not see. */
  readonly hiddenNodes: Scalars['Int']['output'];
  /** Statements on the way whose columns could not all be told. */
  readonly unparsedStatements: Scalars['Int']['output'];
};

/** Which way an impact is followed. */
export type ImpactDirection =
  /** What it is made of. */
  | 'UPSTREAM'
  /** What it reaches. */
  | 'DOWNSTREAM';

/** What a change would reach. Counts first; the list only when it is asked for. */
export type Impact = {
  /** How much. */
  readonly counts: ImpactCounts;
  /** Datasets by region; a null region is unknown, not none. */
  readonly byRegion: ReadonlyArray<RegionCount>;
  /** Fields by category; a field with two counts twice. */
  readonly byCategory: ReadonlyArray<CategoryCount>;
  /** False when an unparsed statement, a stale source, something hidden or a limit lies on the way. */
  readonly complete: Scalars['Boolean']['output'];
  /** What makes it incomplete, in words. */
  readonly incompleteBecause: ReadonlyArray<Scalars['String']['output']>;
  /** The fields, nearest first. A page may be short and not the last. */
  readonly list: ImpactConnection;
};


/** What a change would reach. Counts first; the list only when it is asked for. */
export type ImpactListArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FilterInput>;
};

/** How much an impact reaches. */
export type ImpactCounts = {
  /** Fields. */
  readonly fields: Scalars['Int']['output'];
  /** Datasets. */
  readonly datasets: Scalars['Int']['output'];
  /** Jobs on the way. */
  readonly jobs: Scalars['Int']['output'];
  /** Reports, dashboards and applications that read what is reached. */
  readonly exposures: Scalars['Int']['output'];
};

/** Datasets in a region. */
export type RegionCount = {
  /** Null: no source says where. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** How many. */
  readonly datasets: Scalars['Int']['output'];
};

/** Fields of a category. */
export type CategoryCount = {
  /** Dotted. */
  readonly category: Scalars['String']['output'];
  /** How many. */
  readonly fields: Scalars['Int']['output'];
};

/** A page of what an impact reaches. */
export type ImpactConnection = {
  /** The fields with the way to each. */
  readonly edges: ReadonlyArray<ImpactEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** On the last page: why the list ends before all that is reached; null: it does not. */
  readonly endsBecause: Maybe<Scalars['String']['output']>;
};

/** A field that is reached. */
export type ImpactEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** Hops. */
  readonly degree: Scalars['Int']['output'];
  /** The shortest way, from the origin: `customers.email`. A hidden step is `(hidden)`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The field. */
  readonly node: Field;
};

/** A rule of the house over what data may be where, in which form. */
export type Policy = {
  /** Its name in the folder. */
  readonly name: Scalars['String']['output'];
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** How grave a violation of it is. */
  readonly severity: PolicySeverity;
  /** Categories that it speaks of; a branch counts for its leaves. Empty: not told by category. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** Coarse classes that it speaks of. Empty: not told by class. */
  readonly classes: ReadonlyArray<CoarseClass>;
  /** Regulations for whose data it speaks. Empty: not told by regulation. */
  readonly regulations: ReadonlyArray<Scalars['String']['output']>;
  /** The data must not be there at all. */
  readonly forbids: Scalars['Boolean']['output'];
  /** Forms in which the data may be there. Empty: any. */
  readonly treatments: ReadonlyArray<Treatment>;
  /** Countries in which it may lie, by ISO 3166-1. Empty: any. */
  readonly countries: ReadonlyArray<Scalars['String']['output']>;
  /** The dataset must have an owner. */
  readonly needsOwner: Scalars['Boolean']['output'];
  /** A retention rule must mean the data. */
  readonly needsRetention: Scalars['Boolean']['output'];
};

/** How grave a violation is. */
export type PolicySeverity =
  /** Stop and mend. */
  | 'CRITICAL'
  /** Mend soon. */
  | 'HIGH'
  /** Mend in its time. */
  | 'MEDIUM'
  /** To be known. */
  | 'LOW';

/** What a policy says of a field. Of a field without a finding it says nothing: no violation was found there. */
export type PolicyFinding = {
  /** The policy. */
  readonly policy: Policy;
  /** Which of the three. */
  readonly outcome: PolicyOutcome;
  /** The field. */
  readonly field: Field;
  /** The field's dataset. */
  readonly dataset: Dataset;
  /** The category that it is about; null: a gap, for nobody could tell what the field holds. */
  readonly category: Maybe<Scalars['String']['output']>;
  /** What was done to the values on their way. */
  readonly treatment: Maybe<Treatment>;
  /** What is wrong, not known, or met. */
  readonly what: Scalars['String']['output'];
  /** The whole of it in one sentence. */
  readonly sentence: Scalars['String']['output'];
  /** From the origin to the field, a step a line; empty: the field was judged itself. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** A waiver that holds: the violation stands and does not count. */
  readonly waiver: Maybe<PolicyWaiver>;
  /** A waiver that held once. */
  readonly expiredWaiver: Maybe<PolicyWaiver>;
};

/** What a policy can say of a field. */
export type PolicyOutcome =
  /** The data may not be there, or not so. */
  | 'VIOLATION'
  /** It cannot be told. */
  | 'GAP'
  /** The data is there in a form that the policy allows, and was stepped down on its way. */
  | 'MET';

/** A person's word that a violation may stand until a day. */
export type PolicyWaiver = {
  /** Who answers for it. */
  readonly owner: Scalars['String']['output'];
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** The last day: `2027-03-31`. */
  readonly expires: Scalars['String']['output'];
};

/** A page of findings, datasets by name, fields in their order. */
export type PolicyFindingConnection = {
  /** The findings with their cursors. */
  readonly edges: ReadonlyArray<PolicyFindingEdge>;
  /** The findings alone. */
  readonly nodes: ReadonlyArray<PolicyFinding>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** All of them, at datasets that the viewer may see. */
  readonly totalCount: Scalars['Int']['output'];
  /** The revision that it was read from. Policies and waivers are those of the folder now. */
  readonly revision: Revision;
};

/** A finding in a page. */
export type PolicyFindingEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The finding. */
  readonly node: PolicyFinding;
};

/** A regulation that is loaded, as our catalogue knows it. Facts and own words; no legal advice. */
export type Regulation = {
  /** As terms name it: `GDPR`, `PCI_DSS`. */
  readonly name: Scalars['String']['output'];
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** How the names of its provisions begin: `GDPR`, `PCI`. */
  readonly prefix: Scalars['String']['output'];
  /** Its official number. */
  readonly number: Scalars['String']['output'];
  /** Where it holds. */
  readonly jurisdiction: Scalars['String']['output'];
  /** Edition of our catalogue of it: `2026.11`. */
  readonly catalogue: Scalars['String']['output'];
  /** The first day on which what the catalogue says is in force: `2018-05-25`. */
  readonly inForceFrom: Scalars['String']['output'];
  /** The first day on which it is not any more; null: no end is known. */
  readonly inForceTo: Maybe<Scalars['String']['output']>;
  /** Who publishes it. */
  readonly publisher: Scalars['String']['output'];
  /** Which of its texts is authentic. */
  readonly authenticity: Scalars['String']['output'];
  /** Editions of its official text that are known, with the texts of them that are indexed here. */
  readonly editions: ReadonlyArray<RegulationEdition>;
  /** How many provisions the catalogue has. */
  readonly provisionCount: Scalars['Int']['output'];
};

/** An edition of a regulation's official text. */
export type RegulationEdition = {
  /** As citations name it. */
  readonly name: Scalars['String']['output'];
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** The first day on which it is in force. */
  readonly from: Scalars['String']['output'];
  /** The first day on which it is not any more; null: no end is known. */
  readonly to: Maybe<Scalars['String']['output']>;
  /** Texts of it that are indexed here; empty: none, and provisions of it are shown in our own words alone. */
  readonly texts: ReadonlyArray<RegulationText>;
};

/** An official text as it is indexed here. */
export type RegulationText = {
  /** Its language: `en`. */
  readonly language: Scalars['String']['output'];
  /** SHA-256 of the file as it was indexed. */
  readonly sha256: Scalars['String']['output'];
  /** Whether it is the edition that it was added as. */
  readonly check: RegulationTextCheck;
  /** Every provision was compared with the known wording of the edition. */
  readonly wordingCompared: Scalars['Boolean']['output'];
  /** Its passages. */
  readonly passages: Scalars['Int']['output'];
  /** What was odd about it when it was indexed. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
  /** When it was indexed. */
  readonly addedAt: Scalars['DateTime']['output'];
};

/** Whether an indexed text is the edition that it was added as. */
export type RegulationTextCheck =
  /** The edition's marks and provisions were found, and where its wording is known, every word of them. */
  | 'VERIFIED'
  /** The word of who added it. */
  | 'UNVERIFIED';

/** A provision of a regulation. */
export type Provision = {
  /** `GDPR:4(1)`. */
  readonly name: Scalars['String']['output'];
  /** Its regulation. */
  readonly regulation: Regulation;
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** What it says in our own words; never a quotation. */
  readonly ownWords: Scalars['String']['output'];
  /** Branches of the data taxonomy that it touches. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** Its number was compared with an official text. */
  readonly compared: Scalars['Boolean']['output'];
  /** Provisions of other regulations that it grew out of, or that say the like. */
  readonly like: ReadonlyArray<Scalars['String']['output']>;
  /** Our page about it, from the server's root. */
  readonly url: Scalars['String']['output'];
  /** It in each known edition, one for each indexed text; without one the edition alone. */
  readonly versions: ReadonlyArray<ProvisionVersion>;
};

/** A provision in one edition. */
export type ProvisionVersion = {
  /** The edition. */
  readonly edition: RegulationEdition;
  /** Language of the text; null: no text of the edition is indexed. */
  readonly language: Maybe<Scalars['String']['output']>;
  /** Cut from the official text; null: none is indexed, or the text does not have the provision. */
  readonly quote: Maybe<Scalars['String']['output']>;
  /** SHA-256 of the text that the quotation was cut from. */
  readonly sourceSha256: Maybe<Scalars['String']['output']>;
  /** Page of the text, from 1; null where the format has no pages. */
  readonly page: Maybe<Scalars['Int']['output']>;
};

/** A page of provisions, by regulation and place in it. */
export type ProvisionConnection = {
  /** The provisions with their cursors. */
  readonly edges: ReadonlyArray<ProvisionEdge>;
  /** The provisions alone. */
  readonly nodes: ReadonlyArray<Provision>;
  /** Where the page stands. Its cursors hold as long as catalogues and indexed texts are the same. */
  readonly pageInfo: PageInfo;
  /** All of them. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A provision in a page. */
export type ProvisionEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The provision. */
  readonly node: Provision;
};

/** A report that was asked for. A draft until a named person confirms it with its open items in view. */
export type Report = Node & {
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** Which report: `gdpr-30-1`. */
  readonly name: Scalars['String']['output'];
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** How far it is. */
  readonly status: ReportStatus;
  /** From 0 to 1. */
  readonly progress: Scalars['Float']['output'];
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** Who asked for it. */
  readonly requestedBy: Actor;
  /** The moment it is about; null until it is begun. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** What was known by then; null until it is begun. */
  readonly knownBy: Maybe<Scalars['DateTime']['output']>;
  /** What it looked at. */
  readonly scope: ReportScope;
  /** What it leaves open; null until that is counted. */
  readonly completeness: Maybe<ReportCompleteness>;
  /** Who stands for it. */
  readonly confirmation: ReportConfirmation;
  /** Its files, those that are written. */
  readonly files: ReadonlyArray<ReportFile>;
  /** Why it failed; null unless it did. */
  readonly error: Maybe<SyncError>;
};

/** How far a report is. */
export type ReportStatus =
  /** It is being made. */
  | 'RUNNING'
  /** All files are written. */
  | 'DONE'
  /** It could not be made. */
  | 'FAILED';

/** What a report looked at. */
export type ReportScope = {
  /** Sources. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Sources that were left out on request. */
  readonly excluded: ReadonlyArray<Scalars['String']['output']>;
  /** Systems and activities that people declared and whose datasets no connected source shows. */
  readonly declaredButNotConnected: ReadonlyArray<Scalars['String']['output']>;
};

/** What a report leaves open. */
export type ReportCompleteness = {
  /** Nothing is open. */
  readonly complete: Scalars['Boolean']['output'];
  /** How many items are open. */
  readonly openGaps: Scalars['Int']['output'];
  /** Kinds of open items with their number, in the order of the report. */
  readonly gaps: ReportGapConnection;
};


/** What a report leaves open. */
export type ReportCompletenessGapsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of open items. */
export type ReportGapConnection = {
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ReportGapEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<ReportGap>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** All of them. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An open item in a page. */
export type ReportGapEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: ReportGap;
};

/** One kind of open items. */
export type ReportGap = {
  /** `FACT_MISSING`: people have yet to enter it. `OPEN_ITEM`: listed in the report as open. */
  readonly kind: Scalars['String']['output'];
  /** What is open. */
  readonly detail: Scalars['String']['output'];
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The first 20 of them by name, each once: a dataset, an activity, a system. Empty where the report counts them only. */
  readonly names: ReadonlyArray<Scalars['String']['output']>;
  /** What to do about it, where that is the same for all of them. */
  readonly remedy: Maybe<Scalars['String']['output']>;
};

/** Who stands for a report. */
export type ReportConfirmation = {
  /** Draft or confirmed. */
  readonly state: ReportConfirmationState;
  /** The person, as they named themselves; null for a draft. */
  readonly by: Maybe<ReportPerson>;
  /** When. */
  readonly at: Maybe<Scalars['DateTime']['output']>;
  /** What they said about it. */
  readonly remark: Maybe<Scalars['String']['output']>;
};

/** Draft or confirmed. */
export type ReportConfirmationState =
  /** Nobody stands for it. */
  | 'DRAFT'
  /** A named person stands for it. */
  | 'CONFIRMED';

/** A person who stands for a report. */
export type ReportPerson = {
  /** As they named themselves. */
  readonly name: Scalars['String']['output'];
  /** What they are here; null where nobody signed in. */
  readonly role: Maybe<Scalars['String']['output']>;
};

/** A file of a report. */
export type ReportFile = {
  /** `JSON`, `CSV`, `XLSX`, `HTML` or `PDF`. */
  readonly format: ReportFormat;
  /** Where it is fetched; each download stands in the ledger. */
  readonly url: Scalars['String']['output'];
  /** Its size. */
  readonly bytes: Scalars['Int']['output'];
  /** Of its bytes, in hex. */
  readonly sha256: Scalars['String']['output'];
};

/** Formats of files; all say the same. */
export type ReportFormat =
  /** For machines. */
  | 'JSON'
  /** A file a table. */
  | 'CSV'
  /** A workbook. */
  | 'XLSX'
  /** A page. */
  | 'HTML'
  /** For paper. */
  | 'PDF';

/** A report that can be asked for. */
export type ReportKind = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** What it says, in one line. */
  readonly summary: Scalars['String']['output'];
};

/** What report to make. */
export type CreateReportInput = {
  /** Its name, of `reportKinds`. */
  readonly name: Scalars['String']['input'];
  /** What was known then; default: now. */
  readonly asOf?: InputMaybe<Scalars['DateTime']['input']>;
  /** One source only. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
  /** Tell what changed since then; default: since the last confirmed one. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  /** What single reports ask for: a field, a system. */
  readonly parameters?: InputMaybe<ReadonlyArray<ReportParameterInput>>;
  /** Files to write; default: JSON. */
  readonly formats?: InputMaybe<ReadonlyArray<ReportFormat>>;
  /** Send it again after a lost answer: the same key asks for the same report. Kept for a month. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A parameter of a report. */
export type ReportParameterInput = {
  /** Its name: `field`. */
  readonly name: Scalars['String']['input'];
  /** Its value. */
  readonly value: Scalars['String']['input'];
};

/** What `createReport` answers. */
export type CreateReportPayload = {
  /** The report; null when there is a mistake to mend. */
  readonly result: Maybe<Report>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Who stands for a report. */
export type ConfirmReportInput = {
  /** The report. */
  readonly id: Scalars['ID']['input'];
  /** The person's name, as it shall stand on it. */
  readonly name: Scalars['String']['input'];
  /** How many open items they had in view: it must be the number there is. */
  readonly openItems: Scalars['Int']['input'];
  /** What they say about it. */
  readonly remark?: InputMaybe<Scalars['String']['input']>;
  /** Send it again after a lost answer: the same key confirms once. Kept for a month. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What `confirmReport` answers. */
export type ConfirmReportPayload = {
  /** The report; null when there is a mistake to mend. */
  readonly result: Maybe<Report>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/**
 * What is followed as it happens, by server-sent events (`POST /graphql/stream`). A stream ends after a quarter of an hour; ask
 * again to go on. An operation asks for one of these fields.
 */
export type Subscription = {
  /** How far a report is, until it is done. */
  readonly reportProgress: Report;
  /** Each published revision; the present one first. When several were published at once, the newest. */
  readonly revisionPublished: Revision;
  /** What became of fields with each published revision, from now on. A revision that changed no field is not told. */
  readonly fieldChanges: FieldChanges;
};


/**
 * What is followed as it happens, by server-sent events (`POST /graphql/stream`). A stream ends after a quarter of an hour; ask
 * again to go on. An operation asks for one of these fields.
 */
export type SubscriptionReportProgressArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What is followed as it happens, by server-sent events (`POST /graphql/stream`). A stream ends after a quarter of an hour; ask
 * again to go on. An operation asks for one of these fields.
 */
export type SubscriptionFieldChangesArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
};

/** How the review queue is ordered. */
export type ReviewOrder =
  /** Groups first that settle most fields. */
  | 'SETTLES_MOST';

/** What is said of a group of fields. */
export type ReviewDecisionKind =
  /** What is suggested is so; of a proposal: agree as the second person. */
  | 'ACCEPT'
  /** It holds another category, or nothing sensitive. */
  | 'CORRECT'
  /** What was found is not so; of a proposal: decline it. */
  | 'REJECT';

/** What became of a decision. */
export type ReviewDecisionState =
  /** It is in force. */
  | 'DECIDED'
  /** It would take protection away and waits for a second person. */
  | 'PROPOSED';

/** What a group is thought to hold. */
export type ReviewSuggestion = {
  /** Category of the taxonomy, or none. */
  readonly category: Scalars['String']['output'];
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
};

/** One field of a group, with where to look at it. */
export type ReviewSample = {
  /** The field. */
  readonly field: Field;
  /** Its path in the dataset. */
  readonly path: Scalars['String']['output'];
  /** The dataset that it is in. */
  readonly dataset: Dataset;
  /** The dataset's name. */
  readonly datasetName: Scalars['String']['output'];
  /** The dataset's page in its source; null where the source gives none. */
  readonly openInSource: Maybe<Scalars['String']['output']>;
  /** To be run with one's own rights; null where the source takes no SQL. */
  readonly select: Maybe<Scalars['String']['output']>;
};

/** Fields that ask the same question: one decision settles all of them. */
export type ReviewGroup = {
  /** Opaque; changes when the question does. */
  readonly id: Scalars['ID']['output'];
  /** The question in words. */
  readonly question: Scalars['String']['output'];
  /** Why it waits. */
  readonly reason: Scalars['String']['output'];
  /** How many fields it has. */
  readonly fields: Scalars['Int']['output'];
  /** Its fields, and those that their values flow to. */
  readonly settles: Scalars['Int']['output'];
  /** What to accept; null where nothing is suggested. */
  readonly suggestion: Maybe<ReviewSuggestion>;
  /** At most three of its fields. */
  readonly sample: ReadonlyArray<ReviewSample>;
  /** To be handed back with a decision. */
  readonly expectedRevision: Scalars['Int']['output'];
};


/** Fields that ask the same question: one decision settles all of them. */
export type ReviewGroupSampleArgs = {
  first?: Scalars['Int']['input'];
};

/** One group with its place in the queue. */
export type ReviewGroupEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The group. */
  readonly node: ReviewGroup;
};

/** What waits for a person. */
export type ReviewGroupConnection = {
  /** Groups that wait, on all pages. */
  readonly totalGroups: Scalars['Int']['output'];
  /** Fields that wait, on all pages. */
  readonly totalFields: Scalars['Int']['output'];
  /** This page, with places. */
  readonly edges: ReadonlyArray<ReviewGroupEdge>;
  /** This page. */
  readonly nodes: ReadonlyArray<ReviewGroup>;
  /** Whether more follow. */
  readonly pageInfo: PageInfo;
};

/** What a person decides. */
export type DecideReviewInput = {
  /** The group. */
  readonly groupId: Scalars['ID']['input'];
  /** What is said of it. */
  readonly decision: ReviewDecisionKind;
  /** Of a correction: the category, or none. Of a rejection: only this one. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept with the decision, only its hash goes into the ledger. */
  readonly comment?: InputMaybe<Scalars['String']['input']>;
  /** Global ids of fields that it does not speak about; at most 1,000. */
  readonly except?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The decision ends then. */
  readonly validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  /** The revision of the list that was looked at. */
  readonly expectedRevision: Scalars['Int']['input'];
  /** The same key again answers what the first one did and does nothing. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What a decision does about one tag. */
export type RetagAction =
  /** It asks for the tag, or makes it sure enough to be written. */
  | 'ADD'
  /** Nothing asks for a tag of ours any more; a person takes it off. */
  | 'REMOVE'
  /** The tag was to be set, and is not any more. */
  | 'WITHDRAW';

/** How a source is written. */
export type WriteBackMode =
  /** Never. */
  | 'OFF'
  /** A person applies each change. */
  | 'PROPOSE'
  /** What is sure is added at the end of a sync; the rest waits for a person. */
  | 'AUTO';

/** One tag that a decision would set, take off or no longer set. */
export type Retag = {
  /** What becomes of it. */
  readonly action: RetagAction;
  /** The tag, as the source spells it. */
  readonly tag: Scalars['String']['output'];
  /** The dataset's name. */
  readonly datasetName: Scalars['String']['output'];
  /** The field's path; null: the dataset itself. */
  readonly path: Maybe<Scalars['String']['output']>;
  /** Why it would not be written by itself; null: it would, where the mode is AUTO. */
  readonly waitsFor: Maybe<Scalars['String']['output']>;
};

/** What a decision would change in one source. */
export type SourceRetags = {
  /** The source. */
  readonly source: Scalars['String']['output'];
  /** How it is written; of OFF nothing is ever planned. */
  readonly mode: WriteBackMode;
  /** Tags to be set. */
  readonly adds: Scalars['Int']['output'];
  /** Tags of ours to be taken off; each waits for a person. */
  readonly removesNeedingApproval: Scalars['Int']['output'];
  /** Tags that were to be set and are not any more. */
  readonly withdraws: Scalars['Int']['output'];
  /** The first 100 of all three. */
  readonly changes: ReadonlyArray<Retag>;
  /** Why it could not be told; null: it could. The numbers are then 0. */
  readonly unknown: Maybe<Scalars['String']['output']>;
};

/** Tags that a decision would set and take off in the sources that the viewer sees, by the code that plans a dry run of write-back. */
export type Retags = {
  /** Tags to be set, in all sources. */
  readonly adds: Scalars['Int']['output'];
  /** Tags of ours to be taken off, in all sources; each waits for a person. */
  readonly removesNeedingApproval: Scalars['Int']['output'];
  /** Tags that were to be set and are not any more, in all sources. */
  readonly withdraws: Scalars['Int']['output'];
  /** Source by source: those that describe what the decision touches. */
  readonly sources: ReadonlyArray<SourceRetags>;
  /** False: a source could not be asked, or not all that is reached was followed. */
  readonly complete: Scalars['Boolean']['output'];
  /** Why it is not complete. */
  readonly incompleteBecause: ReadonlyArray<Scalars['String']['output']>;
};

/** What a decision would do. Nothing of it is done. */
export type ReviewPreview = {
  /** How many fields it would speak about. */
  readonly fields: Scalars['Int']['output'];
  /** Categories that two people must agree to take away: it would wait as PROPOSED first. */
  readonly lowers: ReadonlyArray<Scalars['String']['output']>;
  /** Tags that it would set and take off once it is in force. */
  readonly retags: Retags;
  /** The revision that it was worked out on. */
  readonly revision: Scalars['Int']['output'];
};

/** A decision to be looked at before it is made. */
export type PreviewReviewInput = {
  /** The group. */
  readonly groupId: Scalars['ID']['input'];
  /** What would be said of it. */
  readonly decision: ReviewDecisionKind;
  /** Of a correction: the category, or none. Of a rejection: only this one. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Global ids of fields that it does not speak about; at most 1,000. */
  readonly except?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What a decision did. */
export type ReviewDecision = {
  /** The group that was decided. */
  readonly groupId: Scalars['ID']['output'];
  /** Whether it is in force. */
  readonly state: ReviewDecisionState;
  /** How many fields it speaks about. */
  readonly decided: Scalars['Int']['output'];
  /** Field by field, the first 500: what stands there now. */
  readonly decisions: ReadonlyArray<FieldDecision>;
  /** Categories that two people must agree to take away. */
  readonly lowers: ReadonlyArray<Scalars['String']['output']>;
  /** Tags that it sets and takes off; of a proposal: once somebody agrees. */
  readonly retags: Retags;
  /** The revision that it was written in. */
  readonly revision: Scalars['Int']['output'];
};

/** What was decided of one field. */
export type FieldDecision = {
  /** Global id of the field. */
  readonly id: Scalars['ID']['output'];
  /** The field at the revision of the decision. */
  readonly field: Field;
  /** Who decided, or proposed. */
  readonly by: Actor;
  /** When the decision ends by itself; null: it does not. */
  readonly validUntil: Maybe<Scalars['DateTime']['output']>;
};

/** The decision, or what the caller can mend. */
export type DecideReviewPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<ReviewDecision>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a search finds. */
export type SearchResult = Dataset | Field;

/** Kinds of things that can be searched. */
export type SearchType =
  /** Datasets. */
  | 'DATASET'
  /** Fields. */
  | 'FIELD';

/** A page of hits, the best first. */
export type SearchConnection = {
  /** The hits with their cursors. */
  readonly edges: ReadonlyArray<SearchEdge>;
  /** The hits alone. */
  readonly nodes: ReadonlyArray<SearchResult>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** How many hits there are and of what. Looks at every hit: ask for it with the first page only. */
  readonly counts: SearchCounts;
  /** The revision that it was read from. */
  readonly revision: Revision;
};

/** How many hits a search has, and of what. What the viewer may not see is in no figure. */
export type SearchCounts = {
  /** Hits that the filter lets through. */
  readonly totalCount: Scalars['Int']['output'];
  /** False: there are more than 20,000 to look at, and every figure is of those looked at. */
  readonly complete: Scalars['Boolean']['output'];
  /** The hits by what filters look at, with the filter applied. */
  readonly facets: ReadonlyArray<SearchFacet>;
};


/** How many hits a search has, and of what. What the viewer may not see is in no figure. */
export type SearchCountsFacetsArgs = {
  on?: InputMaybe<ReadonlyArray<FilterKey>>;
};

/** The hits of a search by one thing that a filter can look at. */
export type SearchFacet = {
  /** What is looked at. */
  readonly on: FilterKey;
  /**
   * The most frequent first. A count is what `totalCount` becomes when a condition with this value is added to the filter; a hit
   * with several values counts under each.
   */
  readonly values: ReadonlyArray<SearchFacetValue>;
  /** How many values there are. */
  readonly totalValues: Scalars['Int']['output'];
  /** Hits of which it is not known, or that have none. */
  readonly unknown: Scalars['Int']['output'];
};


/** The hits of a search by one thing that a filter can look at. */
export type SearchFacetValuesArgs = {
  first?: Scalars['Int']['input'];
};

/** One value, and the hits that bear it. */
export type SearchFacetValue = {
  /** As a filter names it. */
  readonly value: Scalars['String']['output'];
  /** Hits. */
  readonly count: Scalars['Int']['output'];
};

/** A hit in a page. */
export type SearchEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The hit. */
  readonly node: SearchResult;
};

/** A system that is read: a catalog or a warehouse. */
export type Source = Node & {
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** Its name in the configuration. */
  readonly name: Scalars['String']['output'];
  /** What reads it: `postgres`, `dbt`. */
  readonly connector: Scalars['String']['output'];
  /** How it tells what is gone. */
  readonly mode: SourceMode;
  /** Lower wins where a type, description or owner is shown. */
  readonly precedence: Scalars['Int']['output'];
  /** False: taken out of the configuration; kept and shown, no longer read. */
  readonly managed: Scalars['Boolean']['output'];
  /** What its last run did; null: it never ran. */
  readonly lastRun: Maybe<SyncRun>;
  /** Its runs, newest first. */
  readonly runs: SyncRunConnection;
  /** When it was last read with success. */
  readonly freshness: Freshness;
  /** Its events on their way; null: it is no source of events. */
  readonly events: Maybe<SourceEvents>;
  /** How far it is known. Looks at every field: ask for it on a page of its own. */
  readonly coverage: Coverage;
};


/** A system that is read: a catalog or a warehouse. */
export type SourceRunsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A system that is read: a catalog or a warehouse. */
export type SourceCoverageArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Events of a source on their way into the graph. */
export type SourceEvents = {
  /** Taken, and not in the graph yet. */
  readonly waiting: Scalars['Int']['output'];
  /** Could not be taken: see `lexline dead-letters list`. */
  readonly deadLetters: Scalars['Int']['output'];
  /** When some came in last; null: none yet. */
  readonly lastAt: Maybe<Scalars['DateTime']['output']>;
};

/** How a source tells what is gone. */
export type SourceMode =
  /** Each read shows all; what is missing is gone. */
  | 'SNAPSHOT'
  /** Events say what came and went. */
  | 'EVENTS'
  /** A window over a log: what is not seen grows stale. */
  | 'WINDOW'
  /** People enter it. */
  | 'PERSON';

/** One pass over a source. */
export type SyncRun = Node & {
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** The source's name. */
  readonly source: Scalars['String']['output'];
  /** How it ended. */
  readonly status: SyncStatus;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** When it ended; null: it is running. */
  readonly finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** It went on from a run that was killed. */
  readonly resumed: Scalars['Boolean']['output'];
  /** Revisions that it published. */
  readonly revisions: ReadonlyArray<Scalars['Int']['output']>;
  /** What became of the source's documents; null: you see a part of the source, and the figures are of all of it. */
  readonly documents: Maybe<SyncDocuments>;
  /** What became of fields; null like `documents`. */
  readonly fields: Maybe<SyncFields>;
  /** How far its SQL was understood; null like `documents`. */
  readonly statements: Maybe<StatementCounts>;
  /** What it could not see or do. */
  readonly missed: ReadonlyArray<Gap>;
  /** Why it failed; null unless it did. */
  readonly error: Maybe<SyncError>;
};

/** How a run ended. */
export type SyncStatus =
  /** It is running. */
  | 'RUNNING'
  /** It ended, nothing was missed. */
  | 'DONE'
  /** It ended, with gaps. */
  | 'PARTIAL'
  /** Nothing differed; no revision was made. */
  | 'UNCHANGED'
  /** It failed; the graph is as before. */
  | 'FAILED'
  /** It only looked. */
  | 'DRY_RUN';

/** What became of a source's documents in a run. */
export type SyncDocuments = {
  /** Read. */
  readonly read: Scalars['Int']['output'];
  /** New or different. */
  readonly changed: Scalars['Int']['output'];
  /** The same as before. */
  readonly unchanged: Scalars['Int']['output'];
  /** Gone. */
  readonly retired: Scalars['Int']['output'];
};

/** What became of fields in a run. */
export type SyncFields = {
  /** Judged. */
  readonly judged: Scalars['Int']['output'];
  /** Of which values were looked at. */
  readonly profiled: Scalars['Int']['output'];
  /** Found sensitive. */
  readonly sensitive: Scalars['Int']['output'];
  /** On which the judges abstained. */
  readonly undecided: Scalars['Int']['output'];
};

/** How far SQL statements were understood. */
export type StatementCounts = {
  /** To the last column. */
  readonly full: Scalars['Int']['output'];
  /** The tables, not all columns. */
  readonly tables: Scalars['Int']['output'];
  /** Not at all. */
  readonly failed: Scalars['Int']['output'];
};

/** Why a run failed. */
export type SyncError = {
  /** Stable, for code; each has a page in the documentation. */
  readonly code: Scalars['String']['output'];
  /** In words. */
  readonly message: Scalars['String']['output'];
  /** What to do. */
  readonly remedy: Maybe<Scalars['String']['output']>;
};

/** A page of runs. */
export type SyncRunConnection = {
  /** The runs with their cursors. */
  readonly edges: ReadonlyArray<SyncRunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<SyncRun>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A run in a page. */
export type SyncRunEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: SyncRun;
};

/** How far things are known: whether the silence can be trusted. */
export type Coverage = {
  /** Datasets. */
  readonly datasets: Scalars['Int']['output'];
  /** False: you see a part. What you may not see is in no figure, and how much that is is not told. */
  readonly complete: Scalars['Boolean']['output'];
  /** Fields: `namesOnly` + `profiled` + `notRead`. */
  readonly fields: Scalars['Int']['output'];
  /** Fields judged by names alone. */
  readonly namesOnly: Scalars['Int']['output'];
  /** Fields judged with a profile of their values. */
  readonly profiled: Scalars['Int']['output'];
  /** Fields that nobody judged: gaps, not clean fields. */
  readonly notRead: Scalars['Int']['output'];
  /** Fields found sensitive. */
  readonly sensitive: Scalars['Int']['output'];
  /** Fields judged, and nothing found. */
  readonly notSensitive: Scalars['Int']['output'];
  /** Fields on which the judges abstained. */
  readonly undecided: Scalars['Int']['output'];
  /** Statements whose columns could not all be told. */
  readonly unparsedStatements: Scalars['Int']['output'];
  /** Statements by how far they were understood. */
  readonly statements: StatementCounts;
  /** Datasets of sources whose last read failed or is too long ago. */
  readonly staleDatasets: Scalars['Int']['output'];
  /** What was missed, by name. */
  readonly gaps: GapConnection;
  /** The revision that it was read from. */
  readonly revision: Revision;
};


/** How far things are known: whether the silence can be trusted. */
export type CoverageGapsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of gaps. */
export type GapConnection = {
  /** The gaps with their cursors. */
  readonly edges: ReadonlyArray<GapEdge>;
  /** The gaps alone. */
  readonly nodes: ReadonlyArray<Gap>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** All of them; at most 2,000 are kept by name. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A gap in a page. */
export type GapEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The gap. */
  readonly node: Gap;
};

/** What `syncSource` is told. */
export type SyncSourceInput = {
  /** The source's name in the configuration. */
  readonly source: Scalars['String']['input'];
  /** Read all, whatever was read before. */
  readonly full?: Scalars['Boolean']['input'];
  /** Ask a model again, before the time for that has come, where its last answer could not be used. */
  readonly retry?: Scalars['Boolean']['input'];
  /** Makes it safe to send twice: the same key answers with the same run. Kept for a day. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What `syncSource` answers. */
export type SyncSourcePayload = {
  /** The run that was asked for; null when there is a mistake to mend. Follow it with `syncRequest`. */
  readonly result: Maybe<SyncRequest>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A run that somebody asked for. */
export type SyncRequest = Node & {
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** The source's name. */
  readonly source: Scalars['String']['output'];
  /** RUNNING until the run has ended. */
  readonly status: SyncStatus;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** What it did; null while it runs. */
  readonly run: Maybe<SyncRun>;
};

/** What became of fields between two published revisions. */
export type FieldChanges = {
  /** The revision that brought them. */
  readonly revision: Revision;
  /** At most 250, newest first. */
  readonly changes: ReadonlyArray<Change>;
  /** All of them. */
  readonly totalCount: Scalars['Int']['output'];
};

/** What became of a change that was planned. */
export type WriteBackStatus =
  /** It waits for a person, or for the next sync. */
  | 'PROPOSED'
  /** It is being written. */
  | 'APPLYING'
  /** Written and read back. */
  | 'APPLIED'
  /** It was so already. */
  | 'FOUND'
  /** Written, and read back otherwise. */
  | 'UNEXPECTED'
  /** The source refused it. */
  | 'FAILED'
  /** A person said no. */
  | 'DECLINED'
  /** A person took it back. */
  | 'UNDONE'
  /** Nothing asks for it any longer. */
  | 'WITHDRAWN';

/** What a change does. */
export type WriteBackAction =
  /** A tag is set. */
  | 'ADD'
  /** A tag is taken off. Never by itself. */
  | 'REMOVE';

/** A policy of a source that hangs on a tag. */
export type TagPolicy = {
  /** `MASKING_POLICY`, `ACCESS_POLICY` … */
  readonly kind: Scalars['String']['output'];
  /** Its name in the source. */
  readonly name: Scalars['String']['output'];
};

/** One tag on its way back to a source. */
export type WriteBackChange = {
  /** Of source, thing, tag and action. */
  readonly id: Scalars['String']['output'];
  /** The source. */
  readonly source: Scalars['String']['output'];
  /** What it does. */
  readonly action: WriteBackAction;
  /** The tag, as the source spells it. */
  readonly tag: Scalars['String']['output'];
  /** The dataset's name. */
  readonly datasetName: Scalars['String']['output'];
  /** The field's path; null: the dataset itself. */
  readonly path: Maybe<Scalars['String']['output']>;
  /** The category that asks for it; null: nothing does any more. */
  readonly category: Maybe<Scalars['String']['output']>;
  /** 0 to 1; null for a removal. */
  readonly confidence: Maybe<Scalars['Float']['output']>;
  /** Why it is not written by itself; null: it may be. */
  readonly waitsFor: Maybe<Scalars['String']['output']>;
  /** What it would switch on or off in the source. */
  readonly policies: ReadonlyArray<TagPolicy>;
  /** What became of it. */
  readonly status: WriteBackStatus;
  /** More about that. */
  readonly detail: Scalars['String']['output'];
  /** When it came to its status. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** Who brought it there. */
  readonly actor: Actor;
};

/** A page of changes. */
export type WriteBackConnection = {
  /** The changes with their cursors. */
  readonly edges: ReadonlyArray<WriteBackEdge>;
  /** The changes alone. */
  readonly nodes: ReadonlyArray<WriteBackChange>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** All of them. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A change in a page. */
export type WriteBackEdge = {
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The change. */
  readonly node: WriteBackChange;
};

/** Which changes a person approves. */
export type ApplyWriteBackInput = {
  /** The source. */
  readonly source: Scalars['String']['input'];
  /** Ids of changes; 1 to 500. */
  readonly ids: ReadonlyArray<Scalars['String']['input']>;
  /** When the list was read: a change that came to another status since then is CHANGED_SINCE_READ, and nothing is done. */
  readonly seenAt: Scalars['DateTime']['input'];
  /** Send it again after a lost answer: the same key answers what the first did and writes nothing. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** Which changes a person takes back. */
export type UndoWriteBackInput = {
  /** The source. */
  readonly source: Scalars['String']['input'];
  /** Ids of changes; 1 to 500. */
  readonly ids: ReadonlyArray<Scalars['String']['input']>;
  /** When the list was read: a change that came to another status since then is CHANGED_SINCE_READ, and nothing is done. */
  readonly seenAt: Scalars['DateTime']['input'];
  /** Send it again after a lost answer: the same key answers what the first did and writes nothing. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** Which changes a person declines. */
export type DeclineWriteBackInput = {
  /** The source. */
  readonly source: Scalars['String']['input'];
  /** Ids of changes; 1 to 500. */
  readonly ids: ReadonlyArray<Scalars['String']['input']>;
  /** When the list was read: a change that came to another status since then is CHANGED_SINCE_READ, and nothing is done. */
  readonly seenAt: Scalars['DateTime']['input'];
  /** Send it again after a lost answer: the same key answers what the first did and writes nothing. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What was done. */
export type WriteBackOutcome = {
  /** The changes with what became of them. */
  readonly changes: ReadonlyArray<WriteBackChange>;
  /** Why it ended before all were done; null: nothing stopped it. */
  readonly stopped: Maybe<Scalars['String']['output']>;
};

/** What was written, or what the caller can mend. */
export type ApplyWriteBackPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<WriteBackOutcome>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was taken back, or what the caller can mend. */
export type UndoWriteBackPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<WriteBackOutcome>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was declined, or what the caller can mend. */
export type DeclineWriteBackPayload = {
  /** Null when nothing was done. */
  readonly result: Maybe<WriteBackOutcome>;
  /** Mistakes that the caller can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  SearchResult:
    | ( DatasetParent )
    | ( FieldParent )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ClassificationParent )
    | ( DatasetParent )
    | ( FieldParent )
    | ( JobParent )
    | ( ReportParent )
    | ( SourceParent )
    | ( SyncRunParent )
    | ( SyncRequestParent )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Change: ResolverTypeWrapper<ChangeParent>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ChangeKind: ChangeKind;
  ChangeConnection: ResolverTypeWrapper<Omit<ChangeConnection, 'edges' | 'nodes' | 'from'> & { edges: ReadonlyArray<ResolversTypes['ChangeEdge']>, nodes: ReadonlyArray<ResolversTypes['Change']>, from: ResolversTypes['Revision'] }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ChangeEdge: ResolverTypeWrapper<Omit<ChangeEdge, 'node'> & { node: ResolversTypes['Change'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Diff: ResolverTypeWrapper<Omit<Diff, 'from' | 'to' | 'sections'> & { from: ResolversTypes['DiffMoment'], to: ResolversTypes['DiffMoment'], sections: ReadonlyArray<ResolversTypes['DiffSection']> }>;
  DiffMoment: ResolverTypeWrapper<DiffMomentParent>;
  DiffSection: ResolverTypeWrapper<DiffSectionParent>;
  DiffItem: ResolverTypeWrapper<DiffItem>;
  DiffChange: DiffChange;
  DiffDetail: ResolverTypeWrapper<DiffDetail>;
  Classification: ResolverTypeWrapper<ClassificationParent>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  CoarseClass: CoarseClass;
  DerivedForm: DerivedForm;
  Treatment: Treatment;
  ReviewState: ReviewState;
  Term: ResolverTypeWrapper<Term>;
  Decision: ResolverTypeWrapper<DecisionParent>;
  Evidence: ResolverTypeWrapper<Evidence>;
  Citation: ResolverTypeWrapper<Citation>;
  CitationCheck: CitationCheck;
  Origin: ResolverTypeWrapper<OriginParent>;
  Verdict: ResolverTypeWrapper<Omit<Verdict, 'decidedBy'> & { decidedBy: ResolversTypes['Decision'] }>;
  VerdictState: VerdictState;
  Explanation: ResolverTypeWrapper<Omit<Explanation, 'steps'> & { steps: ReadonlyArray<ResolversTypes['ExplanationStep']> }>;
  ExplanationStep: ResolverTypeWrapper<ExplanationStepParent>;
  TreatmentUnder: ResolverTypeWrapper<TreatmentUnder>;
  EffectUnder: ResolverTypeWrapper<EffectUnder>;
  VouchedFunction: ResolverTypeWrapper<VouchedFunction>;
  Effect: Effect;
  Rule: ResolverTypeWrapper<Rule>;
  Alternative: ResolverTypeWrapper<Alternative>;
  Ending: ResolverTypeWrapper<Ending>;
  EndingAction: EndingAction;
  HistoryEntry: ResolverTypeWrapper<HistoryEntry>;
  HistoryChange: HistoryChange;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Revision: ResolverTypeWrapper<RevisionParent>;
  Actor: ResolverTypeWrapper<Actor>;
  ActorKind: ActorKind;
  Gap: ResolverTypeWrapper<Gap>;
  GapKind: GapKind;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  FilterInput: FilterInput;
  FilterGroupInput: FilterGroupInput;
  FilterConditionInput: FilterConditionInput;
  FilterKey: FilterKey;
  Dataset: ResolverTypeWrapper<DatasetParent>;
  DatasetKind: DatasetKind;
  DatasetSummary: ResolverTypeWrapper<DatasetSummary>;
  State: State;
  Subject: ResolverTypeWrapper<SubjectParent>;
  Freshness: ResolverTypeWrapper<Freshness>;
  Tag: ResolverTypeWrapper<Tag>;
  Ref: Ref;
  NativeRef: NativeRef;
  OpenLineageRef: OpenLineageRef;
  DatasetLookup: ResolverTypeWrapper<Omit<DatasetLookup, 'dataset'> & { dataset?: Maybe<ResolversTypes['Dataset']> }>;
  LookupStatus: LookupStatus;
  DatasetConnection: ResolverTypeWrapper<Omit<DatasetConnection, 'edges' | 'nodes' | 'revision'> & { edges: ReadonlyArray<ResolversTypes['DatasetEdge']>, nodes: ReadonlyArray<ResolversTypes['Dataset']>, revision: ResolversTypes['Revision'] }>;
  DatasetEdge: ResolverTypeWrapper<Omit<DatasetEdge, 'node'> & { node: ResolversTypes['Dataset'] }>;
  Field: ResolverTypeWrapper<FieldParent>;
  Control: ResolverTypeWrapper<Control>;
  FieldConnection: ResolverTypeWrapper<Omit<FieldConnection, 'edges' | 'nodes' | 'revision'> & { edges: ReadonlyArray<ResolversTypes['FieldEdge']>, nodes: ReadonlyArray<ResolversTypes['Field']>, revision: ResolversTypes['Revision'] }>;
  FieldEdge: ResolverTypeWrapper<Omit<FieldEdge, 'node'> & { node: ResolversTypes['Field'] }>;
  GovernanceKind: GovernanceKind;
  GovernanceObject: ResolverTypeWrapper<GovernanceObject>;
  GovernancePlace: GovernancePlace;
  PutGovernanceObjectInput: PutGovernanceObjectInput;
  EndGovernanceObjectInput: EndGovernanceObjectInput;
  GovernanceChange: ResolverTypeWrapper<GovernanceChange>;
  PutGovernanceObjectPayload: ResolverTypeWrapper<PutGovernanceObjectPayload>;
  EndGovernanceObjectPayload: ResolverTypeWrapper<EndGovernanceObjectPayload>;
  Stop: ResolverTypeWrapper<Omit<Stop, 'field' | 'dataset' | 'job' | 'towards'> & { field?: Maybe<ResolversTypes['Field']>, dataset?: Maybe<ResolversTypes['Dataset']>, job?: Maybe<ResolversTypes['Job']>, towards?: Maybe<ResolversTypes['Field']> }>;
  StopList: ResolverTypeWrapper<Omit<StopList, 'nodes' | 'revision'> & { nodes: ReadonlyArray<ResolversTypes['Stop']>, revision: ResolversTypes['Revision'] }>;
  SetStopInput: SetStopInput;
  EndStopInput: EndStopInput;
  StopChange: ResolverTypeWrapper<StopChange>;
  SetStopPayload: ResolverTypeWrapper<SetStopPayload>;
  EndStopPayload: ResolverTypeWrapper<EndStopPayload>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  JointIdentification: ResolverTypeWrapper<Omit<JointIdentification, 'parts' | 'datasets' | 'joins'> & { parts: ReadonlyArray<ResolversTypes['JointPart']>, datasets: ReadonlyArray<ResolversTypes['Dataset']>, joins: ReadonlyArray<ResolversTypes['JointKey']> }>;
  JointPart: ResolverTypeWrapper<Omit<JointPart, 'fields'> & { fields: ReadonlyArray<ResolversTypes['Field']> }>;
  JointKey: ResolverTypeWrapper<Omit<JointKey, 'dataset' | 'field' | 'way'> & { dataset: ResolversTypes['Dataset'], field: ResolversTypes['Field'], way: ReadonlyArray<ResolversTypes['JointStep']> }>;
  JointStep: ResolverTypeWrapper<Omit<JointStep, 'to'> & { to?: Maybe<ResolversTypes['Field']> }>;
  JointLink: JointLink;
  JointIdentificationConnection: ResolverTypeWrapper<Omit<JointIdentificationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['JointIdentificationEdge']>, nodes: ReadonlyArray<ResolversTypes['JointIdentification']> }>;
  JointIdentificationEdge: ResolverTypeWrapper<Omit<JointIdentificationEdge, 'node'> & { node: ResolversTypes['JointIdentification'] }>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryParent>;
  LedgerEntryConnection: ResolverTypeWrapper<Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['LedgerEntry']> }>;
  LedgerEntryEdge: ResolverTypeWrapper<Omit<LedgerEntryEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LineageDirection: LineageDirection;
  LineageGranularity: LineageGranularity;
  Lineage: ResolverTypeWrapper<LineageParent>;
  LineageNode: ResolverTypeWrapper<LineageNodeParent>;
  LineageEdge: ResolverTypeWrapper<LineageEdgeParent>;
  Statement: ResolverTypeWrapper<StatementParent>;
  LineagePath: ResolverTypeWrapper<Omit<LineagePath, 'steps' | 'revision'> & { steps: ReadonlyArray<ResolversTypes['LineagePathStep']>, revision: ResolversTypes['Revision'] }>;
  LineagePathStep: ResolverTypeWrapper<LineagePathStepParent>;
  LineageEdgeKind: LineageEdgeKind;
  Transformation: Transformation;
  Truncation: ResolverTypeWrapper<Truncation>;
  TruncationReason: TruncationReason;
  Job: ResolverTypeWrapper<JobParent>;
  JobKind: JobKind;
  DiagramFormat: DiagramFormat;
  LineageDiagram: ResolverTypeWrapper<LineageDiagram>;
  ImpactDirection: ImpactDirection;
  Impact: ResolverTypeWrapper<ImpactParent>;
  ImpactCounts: ResolverTypeWrapper<ImpactCounts>;
  RegionCount: ResolverTypeWrapper<RegionCount>;
  CategoryCount: ResolverTypeWrapper<CategoryCount>;
  ImpactConnection: ResolverTypeWrapper<Omit<ImpactConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ImpactEdge']> }>;
  ImpactEdge: ResolverTypeWrapper<Omit<ImpactEdge, 'node'> & { node: ResolversTypes['Field'] }>;
  Policy: ResolverTypeWrapper<Policy>;
  PolicySeverity: PolicySeverity;
  PolicyFinding: ResolverTypeWrapper<PolicyFindingParent>;
  PolicyOutcome: PolicyOutcome;
  PolicyWaiver: ResolverTypeWrapper<PolicyWaiver>;
  PolicyFindingConnection: ResolverTypeWrapper<Omit<PolicyFindingConnection, 'edges' | 'nodes' | 'revision'> & { edges: ReadonlyArray<ResolversTypes['PolicyFindingEdge']>, nodes: ReadonlyArray<ResolversTypes['PolicyFinding']>, revision: ResolversTypes['Revision'] }>;
  PolicyFindingEdge: ResolverTypeWrapper<Omit<PolicyFindingEdge, 'node'> & { node: ResolversTypes['PolicyFinding'] }>;
  Regulation: ResolverTypeWrapper<RegulationParent>;
  RegulationEdition: ResolverTypeWrapper<RegulationEditionParent>;
  RegulationText: ResolverTypeWrapper<RegulationText>;
  RegulationTextCheck: RegulationTextCheck;
  Provision: ResolverTypeWrapper<ProvisionParent>;
  ProvisionVersion: ResolverTypeWrapper<ProvisionVersionParent>;
  ProvisionConnection: ResolverTypeWrapper<Omit<ProvisionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ProvisionEdge']>, nodes: ReadonlyArray<ResolversTypes['Provision']> }>;
  ProvisionEdge: ResolverTypeWrapper<Omit<ProvisionEdge, 'node'> & { node: ResolversTypes['Provision'] }>;
  Report: ResolverTypeWrapper<ReportParent>;
  ReportStatus: ReportStatus;
  ReportScope: ResolverTypeWrapper<ReportScope>;
  ReportCompleteness: ResolverTypeWrapper<ReportCompletenessParent>;
  ReportGapConnection: ResolverTypeWrapper<ReportGapConnection>;
  ReportGapEdge: ResolverTypeWrapper<ReportGapEdge>;
  ReportGap: ResolverTypeWrapper<ReportGap>;
  ReportConfirmation: ResolverTypeWrapper<ReportConfirmation>;
  ReportConfirmationState: ReportConfirmationState;
  ReportPerson: ResolverTypeWrapper<ReportPerson>;
  ReportFile: ResolverTypeWrapper<ReportFile>;
  ReportFormat: ReportFormat;
  ReportKind: ResolverTypeWrapper<ReportKind>;
  CreateReportInput: CreateReportInput;
  ReportParameterInput: ReportParameterInput;
  CreateReportPayload: ResolverTypeWrapper<Omit<CreateReportPayload, 'result'> & { result?: Maybe<ResolversTypes['Report']> }>;
  ConfirmReportInput: ConfirmReportInput;
  ConfirmReportPayload: ResolverTypeWrapper<Omit<ConfirmReportPayload, 'result'> & { result?: Maybe<ResolversTypes['Report']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReviewOrder: ReviewOrder;
  ReviewDecisionKind: ReviewDecisionKind;
  ReviewDecisionState: ReviewDecisionState;
  ReviewSuggestion: ResolverTypeWrapper<ReviewSuggestion>;
  ReviewSample: ResolverTypeWrapper<ReviewSampleParent>;
  ReviewGroup: ResolverTypeWrapper<Omit<ReviewGroup, 'sample'> & { sample: ReadonlyArray<ResolversTypes['ReviewSample']> }>;
  ReviewGroupEdge: ResolverTypeWrapper<Omit<ReviewGroupEdge, 'node'> & { node: ResolversTypes['ReviewGroup'] }>;
  ReviewGroupConnection: ResolverTypeWrapper<Omit<ReviewGroupConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ReviewGroupEdge']>, nodes: ReadonlyArray<ResolversTypes['ReviewGroup']> }>;
  DecideReviewInput: DecideReviewInput;
  RetagAction: RetagAction;
  WriteBackMode: WriteBackMode;
  Retag: ResolverTypeWrapper<Retag>;
  SourceRetags: ResolverTypeWrapper<SourceRetags>;
  Retags: ResolverTypeWrapper<Retags>;
  ReviewPreview: ResolverTypeWrapper<ReviewPreview>;
  PreviewReviewInput: PreviewReviewInput;
  ReviewDecision: ResolverTypeWrapper<Omit<ReviewDecision, 'decisions'> & { decisions: ReadonlyArray<ResolversTypes['FieldDecision']> }>;
  FieldDecision: ResolverTypeWrapper<Omit<FieldDecision, 'field'> & { field: ResolversTypes['Field'] }>;
  DecideReviewPayload: ResolverTypeWrapper<Omit<DecideReviewPayload, 'result'> & { result?: Maybe<ResolversTypes['ReviewDecision']> }>;
  SearchResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SearchResult']>;
  SearchType: SearchType;
  SearchConnection: ResolverTypeWrapper<SearchConnectionParent>;
  SearchCounts: ResolverTypeWrapper<Omit<SearchCounts, 'facets'> & { facets: ReadonlyArray<ResolversTypes['SearchFacet']> }>;
  SearchFacet: ResolverTypeWrapper<SearchFacetParent>;
  SearchFacetValue: ResolverTypeWrapper<SearchFacetValue>;
  SearchEdge: ResolverTypeWrapper<Omit<SearchEdge, 'node'> & { node: ResolversTypes['SearchResult'] }>;
  Source: ResolverTypeWrapper<SourceParent>;
  SourceEvents: ResolverTypeWrapper<SourceEvents>;
  SourceMode: SourceMode;
  SyncRun: ResolverTypeWrapper<SyncRunParent>;
  SyncStatus: SyncStatus;
  SyncDocuments: ResolverTypeWrapper<SyncDocuments>;
  SyncFields: ResolverTypeWrapper<SyncFields>;
  StatementCounts: ResolverTypeWrapper<StatementCounts>;
  SyncError: ResolverTypeWrapper<SyncError>;
  SyncRunConnection: ResolverTypeWrapper<Omit<SyncRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversTypes['SyncRun']> }>;
  SyncRunEdge: ResolverTypeWrapper<Omit<SyncRunEdge, 'node'> & { node: ResolversTypes['SyncRun'] }>;
  Coverage: ResolverTypeWrapper<CoverageParent>;
  GapConnection: ResolverTypeWrapper<GapConnection>;
  GapEdge: ResolverTypeWrapper<GapEdge>;
  SyncSourceInput: SyncSourceInput;
  SyncSourcePayload: ResolverTypeWrapper<Omit<SyncSourcePayload, 'result'> & { result?: Maybe<ResolversTypes['SyncRequest']> }>;
  SyncRequest: ResolverTypeWrapper<SyncRequestParent>;
  FieldChanges: ResolverTypeWrapper<Omit<FieldChanges, 'revision' | 'changes'> & { revision: ResolversTypes['Revision'], changes: ReadonlyArray<ResolversTypes['Change']> }>;
  WriteBackStatus: WriteBackStatus;
  WriteBackAction: WriteBackAction;
  TagPolicy: ResolverTypeWrapper<TagPolicy>;
  WriteBackChange: ResolverTypeWrapper<WriteBackChange>;
  WriteBackConnection: ResolverTypeWrapper<WriteBackConnection>;
  WriteBackEdge: ResolverTypeWrapper<WriteBackEdge>;
  ApplyWriteBackInput: ApplyWriteBackInput;
  UndoWriteBackInput: UndoWriteBackInput;
  DeclineWriteBackInput: DeclineWriteBackInput;
  WriteBackOutcome: ResolverTypeWrapper<WriteBackOutcome>;
  ApplyWriteBackPayload: ResolverTypeWrapper<ApplyWriteBackPayload>;
  UndoWriteBackPayload: ResolverTypeWrapper<UndoWriteBackPayload>;
  DeclineWriteBackPayload: ResolverTypeWrapper<DeclineWriteBackPayload>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Change: ChangeParent;
  String: Scalars['String']['output'];
  ChangeConnection: Omit<ChangeConnection, 'edges' | 'nodes' | 'from'> & { edges: ReadonlyArray<ResolversParentTypes['ChangeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Change']>, from: ResolversParentTypes['Revision'] };
  Int: Scalars['Int']['output'];
  ChangeEdge: Omit<ChangeEdge, 'node'> & { node: ResolversParentTypes['Change'] };
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  Diff: Omit<Diff, 'from' | 'to' | 'sections'> & { from: ResolversParentTypes['DiffMoment'], to: ResolversParentTypes['DiffMoment'], sections: ReadonlyArray<ResolversParentTypes['DiffSection']> };
  DiffMoment: DiffMomentParent;
  DiffSection: DiffSectionParent;
  DiffItem: DiffItem;
  DiffDetail: DiffDetail;
  Classification: ClassificationParent;
  Float: Scalars['Float']['output'];
  Term: Term;
  Decision: DecisionParent;
  Evidence: Evidence;
  Citation: Citation;
  Origin: OriginParent;
  Verdict: Omit<Verdict, 'decidedBy'> & { decidedBy: ResolversParentTypes['Decision'] };
  Explanation: Omit<Explanation, 'steps'> & { steps: ReadonlyArray<ResolversParentTypes['ExplanationStep']> };
  ExplanationStep: ExplanationStepParent;
  TreatmentUnder: TreatmentUnder;
  EffectUnder: EffectUnder;
  VouchedFunction: VouchedFunction;
  Rule: Rule;
  Alternative: Alternative;
  Ending: Ending;
  HistoryEntry: HistoryEntry;
  DateTime: Scalars['DateTime']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Revision: RevisionParent;
  Actor: Actor;
  Gap: Gap;
  UserError: UserError;
  FilterInput: FilterInput;
  FilterGroupInput: FilterGroupInput;
  FilterConditionInput: FilterConditionInput;
  Dataset: DatasetParent;
  DatasetSummary: DatasetSummary;
  Subject: SubjectParent;
  Freshness: Freshness;
  Tag: Tag;
  Ref: Ref;
  NativeRef: NativeRef;
  OpenLineageRef: OpenLineageRef;
  DatasetLookup: Omit<DatasetLookup, 'dataset'> & { dataset?: Maybe<ResolversParentTypes['Dataset']> };
  DatasetConnection: Omit<DatasetConnection, 'edges' | 'nodes' | 'revision'> & { edges: ReadonlyArray<ResolversParentTypes['DatasetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Dataset']>, revision: ResolversParentTypes['Revision'] };
  DatasetEdge: Omit<DatasetEdge, 'node'> & { node: ResolversParentTypes['Dataset'] };
  Field: FieldParent;
  Control: Control;
  FieldConnection: Omit<FieldConnection, 'edges' | 'nodes' | 'revision'> & { edges: ReadonlyArray<ResolversParentTypes['FieldEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Field']>, revision: ResolversParentTypes['Revision'] };
  FieldEdge: Omit<FieldEdge, 'node'> & { node: ResolversParentTypes['Field'] };
  GovernanceObject: GovernanceObject;
  PutGovernanceObjectInput: PutGovernanceObjectInput;
  EndGovernanceObjectInput: EndGovernanceObjectInput;
  GovernanceChange: GovernanceChange;
  PutGovernanceObjectPayload: PutGovernanceObjectPayload;
  EndGovernanceObjectPayload: EndGovernanceObjectPayload;
  Stop: Omit<Stop, 'field' | 'dataset' | 'job' | 'towards'> & { field?: Maybe<ResolversParentTypes['Field']>, dataset?: Maybe<ResolversParentTypes['Dataset']>, job?: Maybe<ResolversParentTypes['Job']>, towards?: Maybe<ResolversParentTypes['Field']> };
  StopList: Omit<StopList, 'nodes' | 'revision'> & { nodes: ReadonlyArray<ResolversParentTypes['Stop']>, revision: ResolversParentTypes['Revision'] };
  SetStopInput: SetStopInput;
  EndStopInput: EndStopInput;
  StopChange: StopChange;
  SetStopPayload: SetStopPayload;
  EndStopPayload: EndStopPayload;
  Mutation: Record<PropertyKey, never>;
  JointIdentification: Omit<JointIdentification, 'parts' | 'datasets' | 'joins'> & { parts: ReadonlyArray<ResolversParentTypes['JointPart']>, datasets: ReadonlyArray<ResolversParentTypes['Dataset']>, joins: ReadonlyArray<ResolversParentTypes['JointKey']> };
  JointPart: Omit<JointPart, 'fields'> & { fields: ReadonlyArray<ResolversParentTypes['Field']> };
  JointKey: Omit<JointKey, 'dataset' | 'field' | 'way'> & { dataset: ResolversParentTypes['Dataset'], field: ResolversParentTypes['Field'], way: ReadonlyArray<ResolversParentTypes['JointStep']> };
  JointStep: Omit<JointStep, 'to'> & { to?: Maybe<ResolversParentTypes['Field']> };
  JointIdentificationConnection: Omit<JointIdentificationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['JointIdentificationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['JointIdentification']> };
  JointIdentificationEdge: Omit<JointIdentificationEdge, 'node'> & { node: ResolversParentTypes['JointIdentification'] };
  LedgerEntry: LedgerEntryParent;
  LedgerEntryConnection: Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['LedgerEntry']> };
  LedgerEntryEdge: Omit<LedgerEntryEdge, 'node'> & { node: ResolversParentTypes['LedgerEntry'] };
  Lineage: LineageParent;
  LineageNode: LineageNodeParent;
  LineageEdge: LineageEdgeParent;
  Statement: StatementParent;
  LineagePath: Omit<LineagePath, 'steps' | 'revision'> & { steps: ReadonlyArray<ResolversParentTypes['LineagePathStep']>, revision: ResolversParentTypes['Revision'] };
  LineagePathStep: LineagePathStepParent;
  Truncation: Truncation;
  Job: JobParent;
  LineageDiagram: LineageDiagram;
  Impact: ImpactParent;
  ImpactCounts: ImpactCounts;
  RegionCount: RegionCount;
  CategoryCount: CategoryCount;
  ImpactConnection: Omit<ImpactConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ImpactEdge']> };
  ImpactEdge: Omit<ImpactEdge, 'node'> & { node: ResolversParentTypes['Field'] };
  Policy: Policy;
  PolicyFinding: PolicyFindingParent;
  PolicyWaiver: PolicyWaiver;
  PolicyFindingConnection: Omit<PolicyFindingConnection, 'edges' | 'nodes' | 'revision'> & { edges: ReadonlyArray<ResolversParentTypes['PolicyFindingEdge']>, nodes: ReadonlyArray<ResolversParentTypes['PolicyFinding']>, revision: ResolversParentTypes['Revision'] };
  PolicyFindingEdge: Omit<PolicyFindingEdge, 'node'> & { node: ResolversParentTypes['PolicyFinding'] };
  Regulation: RegulationParent;
  RegulationEdition: RegulationEditionParent;
  RegulationText: RegulationText;
  Provision: ProvisionParent;
  ProvisionVersion: ProvisionVersionParent;
  ProvisionConnection: Omit<ProvisionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ProvisionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Provision']> };
  ProvisionEdge: Omit<ProvisionEdge, 'node'> & { node: ResolversParentTypes['Provision'] };
  Report: ReportParent;
  ReportScope: ReportScope;
  ReportCompleteness: ReportCompletenessParent;
  ReportGapConnection: ReportGapConnection;
  ReportGapEdge: ReportGapEdge;
  ReportGap: ReportGap;
  ReportConfirmation: ReportConfirmation;
  ReportPerson: ReportPerson;
  ReportFile: ReportFile;
  ReportKind: ReportKind;
  CreateReportInput: CreateReportInput;
  ReportParameterInput: ReportParameterInput;
  CreateReportPayload: Omit<CreateReportPayload, 'result'> & { result?: Maybe<ResolversParentTypes['Report']> };
  ConfirmReportInput: ConfirmReportInput;
  ConfirmReportPayload: Omit<ConfirmReportPayload, 'result'> & { result?: Maybe<ResolversParentTypes['Report']> };
  Subscription: Record<PropertyKey, never>;
  ReviewSuggestion: ReviewSuggestion;
  ReviewSample: ReviewSampleParent;
  ReviewGroup: Omit<ReviewGroup, 'sample'> & { sample: ReadonlyArray<ResolversParentTypes['ReviewSample']> };
  ReviewGroupEdge: Omit<ReviewGroupEdge, 'node'> & { node: ResolversParentTypes['ReviewGroup'] };
  ReviewGroupConnection: Omit<ReviewGroupConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ReviewGroupEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ReviewGroup']> };
  DecideReviewInput: DecideReviewInput;
  Retag: Retag;
  SourceRetags: SourceRetags;
  Retags: Retags;
  ReviewPreview: ReviewPreview;
  PreviewReviewInput: PreviewReviewInput;
  ReviewDecision: Omit<ReviewDecision, 'decisions'> & { decisions: ReadonlyArray<ResolversParentTypes['FieldDecision']> };
  FieldDecision: Omit<FieldDecision, 'field'> & { field: ResolversParentTypes['Field'] };
  DecideReviewPayload: Omit<DecideReviewPayload, 'result'> & { result?: Maybe<ResolversParentTypes['ReviewDecision']> };
  SearchResult: ResolversUnionTypes<ResolversParentTypes>['SearchResult'];
  SearchConnection: SearchConnectionParent;
  SearchCounts: Omit<SearchCounts, 'facets'> & { facets: ReadonlyArray<ResolversParentTypes['SearchFacet']> };
  SearchFacet: SearchFacetParent;
  SearchFacetValue: SearchFacetValue;
  SearchEdge: Omit<SearchEdge, 'node'> & { node: ResolversParentTypes['SearchResult'] };
  Source: SourceParent;
  SourceEvents: SourceEvents;
  SyncRun: SyncRunParent;
  SyncDocuments: SyncDocuments;
  SyncFields: SyncFields;
  StatementCounts: StatementCounts;
  SyncError: SyncError;
  SyncRunConnection: Omit<SyncRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SyncRunEdge']>, nodes: ReadonlyArray<ResolversParentTypes['SyncRun']> };
  SyncRunEdge: Omit<SyncRunEdge, 'node'> & { node: ResolversParentTypes['SyncRun'] };
  Coverage: CoverageParent;
  GapConnection: GapConnection;
  GapEdge: GapEdge;
  SyncSourceInput: SyncSourceInput;
  SyncSourcePayload: Omit<SyncSourcePayload, 'result'> & { result?: Maybe<ResolversParentTypes['SyncRequest']> };
  SyncRequest: SyncRequestParent;
  FieldChanges: Omit<FieldChanges, 'revision' | 'changes'> & { revision: ResolversParentTypes['Revision'], changes: ReadonlyArray<ResolversParentTypes['Change']> };
  TagPolicy: TagPolicy;
  WriteBackChange: WriteBackChange;
  WriteBackConnection: WriteBackConnection;
  WriteBackEdge: WriteBackEdge;
  ApplyWriteBackInput: ApplyWriteBackInput;
  UndoWriteBackInput: UndoWriteBackInput;
  DeclineWriteBackInput: DeclineWriteBackInput;
  WriteBackOutcome: WriteBackOutcome;
  ApplyWriteBackPayload: ApplyWriteBackPayload;
  UndoWriteBackPayload: UndoWriteBackPayload;
  DeclineWriteBackPayload: DeclineWriteBackPayload;
};

export type ChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
};

export type ChangeConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangeConnection'] = ResolversParentTypes['ChangeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChangeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChangeEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangeEdge'] = ResolversParentTypes['ChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Change'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  changes?: Resolver<ResolversTypes['ChangeConnection'], ParentType, ContextType, RequireFields<QueryChangesArgs, 'from' | 'first'>>;
  diff?: Resolver<ResolversTypes['Diff'], ParentType, ContextType, RequireFields<QueryDiffArgs, 'from'>>;
  classification?: Resolver<Maybe<ResolversTypes['Classification']>, ParentType, ContextType, RequireFields<QueryClassificationArgs, 'id'>>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType, Partial<QueryRevisionArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  datasets?: Resolver<ResolversTypes['DatasetConnection'], ParentType, ContextType, RequireFields<QueryDatasetsArgs, 'first'>>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType, RequireFields<QueryDatasetArgs, 'id'>>;
  datasetsByRef?: Resolver<ReadonlyArray<ResolversTypes['DatasetLookup']>, ParentType, ContextType, RequireFields<QueryDatasetsByRefArgs, 'refs'>>;
  field?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType, RequireFields<QueryFieldArgs, 'id'>>;
  fieldByRef?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType, RequireFields<QueryFieldByRefArgs, 'ref' | 'path'>>;
  fields?: Resolver<ResolversTypes['FieldConnection'], ParentType, ContextType, RequireFields<QueryFieldsArgs, 'first'>>;
  governanceObjects?: Resolver<ReadonlyArray<ResolversTypes['GovernanceObject']>, ParentType, ContextType, Partial<QueryGovernanceObjectsArgs>>;
  stops?: Resolver<ResolversTypes['StopList'], ParentType, ContextType, Partial<QueryStopsArgs>>;
  jointIdentifications?: Resolver<ResolversTypes['JointIdentificationConnection'], ParentType, ContextType, RequireFields<QueryJointIdentificationsArgs, 'first'>>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, RequireFields<QueryLedgerEntriesArgs, 'newestFirst' | 'first'>>;
  lineagePath?: Resolver<Maybe<ResolversTypes['LineagePath']>, ParentType, ContextType, RequireFields<QueryLineagePathArgs, 'from' | 'to'>>;
  policies?: Resolver<ReadonlyArray<ResolversTypes['Policy']>, ParentType, ContextType>;
  policyFindings?: Resolver<ResolversTypes['PolicyFindingConnection'], ParentType, ContextType, RequireFields<QueryPolicyFindingsArgs, 'first'>>;
  regulations?: Resolver<ReadonlyArray<ResolversTypes['Regulation']>, ParentType, ContextType>;
  regulation?: Resolver<Maybe<ResolversTypes['Regulation']>, ParentType, ContextType, RequireFields<QueryRegulationArgs, 'name'>>;
  provisions?: Resolver<ResolversTypes['ProvisionConnection'], ParentType, ContextType, RequireFields<QueryProvisionsArgs, 'first'>>;
  provision?: Resolver<Maybe<ResolversTypes['Provision']>, ParentType, ContextType, RequireFields<QueryProvisionArgs, 'name'>>;
  reportKinds?: Resolver<ReadonlyArray<ResolversTypes['ReportKind']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['Report']>, ParentType, ContextType, RequireFields<QueryReportArgs, 'id'>>;
  reports?: Resolver<ReadonlyArray<ResolversTypes['Report']>, ParentType, ContextType, RequireFields<QueryReportsArgs, 'first'>>;
  reviewQueue?: Resolver<ResolversTypes['ReviewGroupConnection'], ParentType, ContextType, RequireFields<QueryReviewQueueArgs, 'first' | 'orderBy'>>;
  previewReview?: Resolver<ResolversTypes['ReviewPreview'], ParentType, ContextType, RequireFields<QueryPreviewReviewArgs, 'input'>>;
  search?: Resolver<ResolversTypes['SearchConnection'], ParentType, ContextType, RequireFields<QuerySearchArgs, 'types' | 'first'>>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType, RequireFields<QuerySourceArgs, 'name'>>;
  syncRuns?: Resolver<ResolversTypes['SyncRunConnection'], ParentType, ContextType, RequireFields<QuerySyncRunsArgs, 'first'>>;
  syncRequest?: Resolver<Maybe<ResolversTypes['SyncRequest']>, ParentType, ContextType, RequireFields<QuerySyncRequestArgs, 'id'>>;
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType, Partial<QueryCoverageArgs>>;
  writeBackChanges?: Resolver<ResolversTypes['WriteBackConnection'], ParentType, ContextType, RequireFields<QueryWriteBackChangesArgs, 'first'>>;
};

export type DiffResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Diff'] = ResolversParentTypes['Diff']> = {
  from?: Resolver<ResolversTypes['DiffMoment'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DiffMoment'], ParentType, ContextType>;
  sections?: Resolver<ReadonlyArray<ResolversTypes['DiffSection']>, ParentType, ContextType>;
  hidden?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DiffMomentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiffMoment'] = ResolversParentTypes['DiffMoment']> = {
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  datasets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sensitiveFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecidedFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notJudgedFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DiffSectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiffSection'] = ResolversParentTypes['DiffSection']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['DiffItem']>, ParentType, ContextType, RequireFields<DiffSectionItemsArgs, 'first' | 'offset'>>;
};

export type DiffItemResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiffItem'] = ResolversParentTypes['DiffItem']> = {
  change?: Resolver<ResolversTypes['DiffChange'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  says?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<ReadonlyArray<ResolversTypes['DiffDetail']>, ParentType, ContextType>;
};

export type DiffDetailResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiffDetail'] = ResolversParentTypes['DiffDetail']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ClassificationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Classification'] = ResolversParentTypes['Classification']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  classes?: Resolver<ReadonlyArray<ResolversTypes['CoarseClass']>, ParentType, ContextType>;
  derived?: Resolver<Maybe<ResolversTypes['DerivedForm']>, ParentType, ContextType>;
  treatment?: Resolver<ResolversTypes['Treatment'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  terms?: Resolver<ReadonlyArray<ResolversTypes['Term']>, ParentType, ContextType>;
  decidedBy?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  reviewState?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  staleSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  citations?: Resolver<ReadonlyArray<ResolversTypes['Citation']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['Origin']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['Explanation'], ParentType, ContextType>;
  history?: Resolver<ReadonlyArray<ResolversTypes['HistoryEntry']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TermResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Term'] = ResolversParentTypes['Term']> = {
  regulation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  term?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  applies?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DecisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  signal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CitationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Citation'] = ResolversParentTypes['Citation']> = {
  provision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edition?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  check?: Resolver<ResolversTypes['CitationCheck'], ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ownWords?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceSha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OriginResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Origin'] = ResolversParentTypes['Origin']> = {
  field?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hops?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VerdictResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Verdict'] = ResolversParentTypes['Verdict']> = {
  decidedBy?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  classes?: Resolver<ReadonlyArray<ResolversTypes['CoarseClass']>, ParentType, ContextType>;
  derived?: Resolver<Maybe<ResolversTypes['DerivedForm']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['VerdictState'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  alternatives?: Resolver<ReadonlyArray<ResolversTypes['Alternative']>, ParentType, ContextType>;
  citations?: Resolver<ReadonlyArray<ResolversTypes['Citation']>, ParentType, ContextType>;
};

export type ExplanationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Explanation'] = ResolversParentTypes['Explanation']> = {
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['ExplanationStep']>, ParentType, ContextType>;
  under?: Resolver<ReadonlyArray<ResolversTypes['TreatmentUnder']>, ParentType, ContextType>;
  alternatives?: Resolver<ReadonlyArray<ResolversTypes['Alternative']>, ParentType, ContextType>;
  wouldEndIf?: Resolver<ReadonlyArray<ResolversTypes['Ending']>, ParentType, ContextType>;
};

export type ExplanationStepResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExplanationStep'] = ResolversParentTypes['ExplanationStep']> = {
  from?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  function?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  vouchedFor?: Resolver<ReadonlyArray<ResolversTypes['VouchedFunction']>, ParentType, ContextType>;
  under?: Resolver<ReadonlyArray<ResolversTypes['EffectUnder']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['Rule']>, ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TreatmentUnderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TreatmentUnder'] = ResolversParentTypes['TreatmentUnder']> = {
  regulation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  treatment?: Resolver<Maybe<ResolversTypes['Treatment']>, ParentType, ContextType>;
};

export type EffectUnderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EffectUnder'] = ResolversParentTypes['EffectUnder']> = {
  regulation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
};

export type VouchedFunctionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VouchedFunction'] = ResolversParentTypes['VouchedFunction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RuleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Rule'] = ResolversParentTypes['Rule']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AlternativeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Alternative'] = ResolversParentTypes['Alternative']> = {
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rejectedBecause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EndingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Ending'] = ResolversParentTypes['Ending']> = {
  action?: Resolver<ResolversTypes['EndingAction'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HistoryEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HistoryEntry'] = ResolversParentTypes['HistoryEntry']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['HistoryChange'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type NodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Classification' | 'Dataset' | 'Field' | 'Job' | 'Report' | 'Source' | 'SyncRun' | 'SyncRequest', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RevisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Revision'] = ResolversParentTypes['Revision']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
};

export type ActorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GapResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Gap'] = ResolversParentTypes['Gap']> = {
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['GapKind'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DatasetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['DatasetKind']>, ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  openInSource?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ResolversTypes['FieldConnection'], ParentType, ContextType, RequireFields<DatasetFieldsArgs, 'first'>>;
  summary?: Resolver<ResolversTypes['DatasetSummary'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['Subject']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  lineage?: Resolver<ResolversTypes['Lineage'], ParentType, ContextType, RequireFields<DatasetLineageArgs, 'direction' | 'depth' | 'first' | 'granularity' | 'includeIndirect' | 'throughJobs'>>;
  lineageDiagram?: Resolver<ResolversTypes['LineageDiagram'], ParentType, ContextType, RequireFields<DatasetLineageDiagramArgs, 'format' | 'direction' | 'depth' | 'first' | 'granularity' | 'includeIndirect'>>;
  impact?: Resolver<ResolversTypes['Impact'], ParentType, ContextType, RequireFields<DatasetImpactArgs, 'direction'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DatasetSummaryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DatasetSummary'] = ResolversParentTypes['DatasetSummary']> = {
  state?: Resolver<ResolversTypes['State'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  terms?: Resolver<ReadonlyArray<ResolversTypes['Term']>, ParentType, ContextType>;
  classes?: Resolver<ReadonlyArray<ResolversTypes['CoarseClass']>, ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sensitiveFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecidedFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gapFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SubjectResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subject'] = ResolversParentTypes['Subject']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  keyField?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
};

export type FreshnessResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Freshness'] = ResolversParentTypes['Freshness']> = {
  lastSyncedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TagResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  setBy?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
};

export type DatasetLookupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DatasetLookup'] = ResolversParentTypes['DatasetLookup']> = {
  status?: Resolver<ResolversTypes['LookupStatus'], ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
};

export type DatasetConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DatasetConnection'] = ResolversParentTypes['DatasetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DatasetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type DatasetEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DatasetEdge'] = ResolversParentTypes['DatasetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
};

export type FieldResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Field'] = ResolversParentTypes['Field']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['State'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gap?: Resolver<Maybe<ResolversTypes['Gap']>, ParentType, ContextType>;
  classifications?: Resolver<ReadonlyArray<ResolversTypes['Classification']>, ParentType, ContextType>;
  verdicts?: Resolver<ReadonlyArray<ResolversTypes['Verdict']>, ParentType, ContextType>;
  profiled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  relatesToSubject?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  controls?: Resolver<ReadonlyArray<ResolversTypes['Control']>, ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lineage?: Resolver<ResolversTypes['Lineage'], ParentType, ContextType, RequireFields<FieldLineageArgs, 'direction' | 'depth' | 'first' | 'granularity' | 'includeIndirect' | 'throughJobs'>>;
  lineageDiagram?: Resolver<ResolversTypes['LineageDiagram'], ParentType, ContextType, RequireFields<FieldLineageDiagramArgs, 'format' | 'direction' | 'depth' | 'first' | 'granularity' | 'includeIndirect'>>;
  impact?: Resolver<ResolversTypes['Impact'], ParentType, ContextType, RequireFields<FieldImpactArgs, 'direction'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ControlResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Control'] = ResolversParentTypes['Control']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  enforcedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type FieldConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FieldConnection'] = ResolversParentTypes['FieldConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FieldEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Field']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type FieldEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FieldEdge'] = ResolversParentTypes['FieldEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
};

export type GovernanceObjectResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GovernanceObject'] = ResolversParentTypes['GovernanceObject']> = {
  kind?: Resolver<ResolversTypes['GovernanceKind'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  enteredIn?: Resolver<ResolversTypes['GovernancePlace'], ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GovernanceChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GovernanceChange'] = ResolversParentTypes['GovernanceChange']> = {
  object?: Resolver<Maybe<ResolversTypes['GovernanceObject']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PutGovernanceObjectPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PutGovernanceObjectPayload'] = ResolversParentTypes['PutGovernanceObjectPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['GovernanceChange']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EndGovernanceObjectPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndGovernanceObjectPayload'] = ResolversParentTypes['EndGovernanceObjectPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['GovernanceChange']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StopResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Stop'] = ResolversParentTypes['Stop']> = {
  field?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  towards?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signedIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type StopListResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StopList'] = ResolversParentTypes['StopList']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Stop']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type StopChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StopChange'] = ResolversParentTypes['StopChange']> = {
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replaced?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SetStopPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SetStopPayload'] = ResolversParentTypes['SetStopPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['StopChange']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EndStopPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EndStopPayload'] = ResolversParentTypes['EndStopPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['StopChange']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  putGovernanceObject?: Resolver<ResolversTypes['PutGovernanceObjectPayload'], ParentType, ContextType, RequireFields<MutationPutGovernanceObjectArgs, 'input'>>;
  endGovernanceObject?: Resolver<ResolversTypes['EndGovernanceObjectPayload'], ParentType, ContextType, RequireFields<MutationEndGovernanceObjectArgs, 'input'>>;
  setStop?: Resolver<ResolversTypes['SetStopPayload'], ParentType, ContextType, RequireFields<MutationSetStopArgs, 'input'>>;
  endStop?: Resolver<ResolversTypes['EndStopPayload'], ParentType, ContextType, RequireFields<MutationEndStopArgs, 'input'>>;
  createReport?: Resolver<ResolversTypes['CreateReportPayload'], ParentType, ContextType, RequireFields<MutationCreateReportArgs, 'input'>>;
  confirmReport?: Resolver<ResolversTypes['ConfirmReportPayload'], ParentType, ContextType, RequireFields<MutationConfirmReportArgs, 'input'>>;
  decideReview?: Resolver<ResolversTypes['DecideReviewPayload'], ParentType, ContextType, RequireFields<MutationDecideReviewArgs, 'input'>>;
  syncSource?: Resolver<ResolversTypes['SyncSourcePayload'], ParentType, ContextType, RequireFields<MutationSyncSourceArgs, 'input'>>;
  applyWriteBack?: Resolver<ResolversTypes['ApplyWriteBackPayload'], ParentType, ContextType, RequireFields<MutationApplyWriteBackArgs, 'input'>>;
  undoWriteBack?: Resolver<ResolversTypes['UndoWriteBackPayload'], ParentType, ContextType, RequireFields<MutationUndoWriteBackArgs, 'input'>>;
  declineWriteBack?: Resolver<ResolversTypes['DeclineWriteBackPayload'], ParentType, ContextType, RequireFields<MutationDeclineWriteBackArgs, 'input'>>;
};

export type JointIdentificationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['JointIdentification'] = ResolversParentTypes['JointIdentification']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  combination?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  says?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parts?: Resolver<ReadonlyArray<ResolversTypes['JointPart']>, ParentType, ContextType>;
  datasets?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType>;
  joins?: Resolver<ReadonlyArray<ResolversTypes['JointKey']>, ParentType, ContextType>;
};

export type JointPartResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['JointPart'] = ResolversParentTypes['JointPart']> = {
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['Field']>, ParentType, ContextType>;
};

export type JointKeyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['JointKey'] = ResolversParentTypes['JointKey']> = {
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
  way?: Resolver<ReadonlyArray<ResolversTypes['JointStep']>, ParentType, ContextType>;
};

export type JointStepResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['JointStep'] = ResolversParentTypes['JointStep']> = {
  how?: Resolver<ResolversTypes['JointLink'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  function?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type JointIdentificationConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['JointIdentificationConnection'] = ResolversParentTypes['JointIdentificationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['JointIdentificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['JointIdentification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type JointIdentificationEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['JointIdentificationEdge'] = ResolversParentTypes['JointIdentificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JointIdentification'], ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  batch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LedgerEntryConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LedgerEntryConnection'] = ResolversParentTypes['LedgerEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LedgerEntryEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LedgerEntryEdge'] = ResolversParentTypes['LedgerEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LineageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Lineage'] = ResolversParentTypes['Lineage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['LineageNode']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['LineageEdge']>, ParentType, ContextType>;
  truncated?: Resolver<Maybe<ResolversTypes['Truncation']>, ParentType, ContextType>;
  hiddenNodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unparsedStatements?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type LineageNodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineageNode'] = ResolversParentTypes['LineageNode']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hidden?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['State']>, ParentType, ContextType>;
};

export type LineageEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineageEdge'] = ResolversParentTypes['LineageEdge']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LineageEdgeKind'], ParentType, ContextType>;
  transformation?: Resolver<ResolversTypes['Transformation'], ParentType, ContextType>;
  function?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  masking?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  assertedBy?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
};

export type StatementResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Statement'] = ResolversParentTypes['Statement']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  whole?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LineagePathResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineagePath'] = ResolversParentTypes['LineagePath']> = {
  exists?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['LineagePathStep']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type LineagePathStepResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineagePathStep'] = ResolversParentTypes['LineagePathStep']> = {
  from?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Field']>, ParentType, ContextType>;
  function?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  vouchedFor?: Resolver<ReadonlyArray<ResolversTypes['VouchedFunction']>, ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  assertedBy?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['Statement']>, ParentType, ContextType>;
};

export type TruncationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Truncation'] = ResolversParentTypes['Truncation']> = {
  reason?: Resolver<ResolversTypes['TruncationReason'], ParentType, ContextType>;
  remaining?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type JobResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  namespace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['JobKind']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  unparsedStatements?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LineageDiagramResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineageDiagram'] = ResolversParentTypes['LineageDiagram']> = {
  format?: Resolver<ResolversTypes['DiagramFormat'], ParentType, ContextType>;
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  truncated?: Resolver<Maybe<ResolversTypes['Truncation']>, ParentType, ContextType>;
  hiddenNodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unparsedStatements?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImpactResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Impact'] = ResolversParentTypes['Impact']> = {
  counts?: Resolver<ResolversTypes['ImpactCounts'], ParentType, ContextType>;
  byRegion?: Resolver<ReadonlyArray<ResolversTypes['RegionCount']>, ParentType, ContextType>;
  byCategory?: Resolver<ReadonlyArray<ResolversTypes['CategoryCount']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  list?: Resolver<ResolversTypes['ImpactConnection'], ParentType, ContextType, RequireFields<ImpactListArgs, 'first'>>;
};

export type ImpactCountsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImpactCounts'] = ResolversParentTypes['ImpactCounts']> = {
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  datasets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  jobs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegionCountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegionCount'] = ResolversParentTypes['RegionCount']> = {
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  datasets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CategoryCountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CategoryCount'] = ResolversParentTypes['CategoryCount']> = {
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImpactConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImpactConnection'] = ResolversParentTypes['ImpactConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImpactEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  endsBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImpactEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImpactEdge'] = ResolversParentTypes['ImpactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  degree?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
};

export type PolicyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Policy'] = ResolversParentTypes['Policy']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['PolicySeverity'], ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  classes?: Resolver<ReadonlyArray<ResolversTypes['CoarseClass']>, ParentType, ContextType>;
  regulations?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  forbids?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  treatments?: Resolver<ReadonlyArray<ResolversTypes['Treatment']>, ParentType, ContextType>;
  countries?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  needsOwner?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needsRetention?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PolicyFindingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyFinding'] = ResolversParentTypes['PolicyFinding']> = {
  policy?: Resolver<ResolversTypes['Policy'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['PolicyOutcome'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  treatment?: Resolver<Maybe<ResolversTypes['Treatment']>, ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  waiver?: Resolver<Maybe<ResolversTypes['PolicyWaiver']>, ParentType, ContextType>;
  expiredWaiver?: Resolver<Maybe<ResolversTypes['PolicyWaiver']>, ParentType, ContextType>;
};

export type PolicyWaiverResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyWaiver'] = ResolversParentTypes['PolicyWaiver']> = {
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PolicyFindingConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyFindingConnection'] = ResolversParentTypes['PolicyFindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PolicyFindingEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PolicyFinding']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type PolicyFindingEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PolicyFindingEdge'] = ResolversParentTypes['PolicyFindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PolicyFinding'], ParentType, ContextType>;
};

export type RegulationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Regulation'] = ResolversParentTypes['Regulation']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  catalogue?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  inForceFrom?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  inForceTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  publisher?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  authenticity?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  editions?: Resolver<ReadonlyArray<ResolversTypes['RegulationEdition']>, ParentType, ContextType>;
  provisionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegulationEditionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegulationEdition'] = ResolversParentTypes['RegulationEdition']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  texts?: Resolver<ReadonlyArray<ResolversTypes['RegulationText']>, ParentType, ContextType>;
};

export type RegulationTextResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegulationText'] = ResolversParentTypes['RegulationText']> = {
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  check?: Resolver<ResolversTypes['RegulationTextCheck'], ParentType, ContextType>;
  wordingCompared?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  passages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProvisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Provision'] = ResolversParentTypes['Provision']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  regulation?: Resolver<ResolversTypes['Regulation'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ownWords?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  compared?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  like?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  versions?: Resolver<ReadonlyArray<ResolversTypes['ProvisionVersion']>, ParentType, ContextType>;
};

export type ProvisionVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProvisionVersion'] = ResolversParentTypes['ProvisionVersion']> = {
  edition?: Resolver<ResolversTypes['RegulationEdition'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceSha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  page?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProvisionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProvisionConnection'] = ResolversParentTypes['ProvisionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProvisionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Provision']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProvisionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ProvisionEdge'] = ResolversParentTypes['ProvisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Provision'], ParentType, ContextType>;
};

export type ReportResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Report'] = ResolversParentTypes['Report']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReportStatus'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  knownBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['ReportScope'], ParentType, ContextType>;
  completeness?: Resolver<Maybe<ResolversTypes['ReportCompleteness']>, ParentType, ContextType>;
  confirmation?: Resolver<ResolversTypes['ReportConfirmation'], ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['ReportFile']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['SyncError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReportScopeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportScope'] = ResolversParentTypes['ReportScope']> = {
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  excluded?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  declaredButNotConnected?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReportCompletenessResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportCompleteness'] = ResolversParentTypes['ReportCompleteness']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openGaps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gaps?: Resolver<ResolversTypes['ReportGapConnection'], ParentType, ContextType, RequireFields<ReportCompletenessGapsArgs, 'first'>>;
};

export type ReportGapConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportGapConnection'] = ResolversParentTypes['ReportGapConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReportGapEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ReportGap']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReportGapEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportGapEdge'] = ResolversParentTypes['ReportGapEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReportGap'], ParentType, ContextType>;
};

export type ReportGapResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportGap'] = ResolversParentTypes['ReportGap']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  names?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReportConfirmationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportConfirmation'] = ResolversParentTypes['ReportConfirmation']> = {
  state?: Resolver<ResolversTypes['ReportConfirmationState'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['ReportPerson']>, ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  remark?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReportPersonResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportPerson'] = ResolversParentTypes['ReportPerson']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReportFileResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportFile'] = ResolversParentTypes['ReportFile']> = {
  format?: Resolver<ResolversTypes['ReportFormat'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReportKindResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReportKind'] = ResolversParentTypes['ReportKind']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreateReportPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CreateReportPayload'] = ResolversParentTypes['CreateReportPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['Report']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConfirmReportPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ConfirmReportPayload'] = ResolversParentTypes['ConfirmReportPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['Report']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  reportProgress?: SubscriptionResolver<ResolversTypes['Report'], "reportProgress", ParentType, ContextType, RequireFields<SubscriptionReportProgressArgs, 'id'>>;
  revisionPublished?: SubscriptionResolver<ResolversTypes['Revision'], "revisionPublished", ParentType, ContextType>;
  fieldChanges?: SubscriptionResolver<ResolversTypes['FieldChanges'], "fieldChanges", ParentType, ContextType, Partial<SubscriptionFieldChangesArgs>>;
};

export type ReviewSuggestionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewSuggestion'] = ResolversParentTypes['ReviewSuggestion']> = {
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ReviewSampleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewSample'] = ResolversParentTypes['ReviewSample']> = {
  field?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dataset?: Resolver<ResolversTypes['Dataset'], ParentType, ContextType>;
  datasetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openInSource?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  select?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReviewGroupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewGroup'] = ResolversParentTypes['ReviewGroup']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  settles?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  suggestion?: Resolver<Maybe<ResolversTypes['ReviewSuggestion']>, ParentType, ContextType>;
  sample?: Resolver<ReadonlyArray<ResolversTypes['ReviewSample']>, ParentType, ContextType, RequireFields<ReviewGroupSampleArgs, 'first'>>;
  expectedRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewGroupEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewGroupEdge'] = ResolversParentTypes['ReviewGroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReviewGroup'], ParentType, ContextType>;
};

export type ReviewGroupConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewGroupConnection'] = ResolversParentTypes['ReviewGroupConnection']> = {
  totalGroups?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReviewGroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ReviewGroup']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RetagResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Retag'] = ResolversParentTypes['Retag']> = {
  action?: Resolver<ResolversTypes['RetagAction'], ParentType, ContextType>;
  tag?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  datasetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  waitsFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceRetagsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceRetags'] = ResolversParentTypes['SourceRetags']> = {
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['WriteBackMode'], ParentType, ContextType>;
  adds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removesNeedingApproval?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withdraws?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['Retag']>, ParentType, ContextType>;
  unknown?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RetagsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Retags'] = ResolversParentTypes['Retags']> = {
  adds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removesNeedingApproval?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withdraws?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['SourceRetags']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReviewPreviewResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewPreview'] = ResolversParentTypes['ReviewPreview']> = {
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lowers?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  retags?: Resolver<ResolversTypes['Retags'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewDecisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReviewDecision'] = ResolversParentTypes['ReviewDecision']> = {
  groupId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReviewDecisionState'], ParentType, ContextType>;
  decided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['FieldDecision']>, ParentType, ContextType>;
  lowers?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  retags?: Resolver<ResolversTypes['Retags'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FieldDecisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FieldDecision'] = ResolversParentTypes['FieldDecision']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['Field'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type DecideReviewPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DecideReviewPayload'] = ResolversParentTypes['DecideReviewPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['ReviewDecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SearchResultResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchResult'] = ResolversParentTypes['SearchResult']> = {
  __resolveType: TypeResolveFn<'Dataset' | 'Field', ParentType, ContextType>;
};

export type SearchConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchConnection'] = ResolversParentTypes['SearchConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SearchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SearchResult']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['SearchCounts'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type SearchCountsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchCounts'] = ResolversParentTypes['SearchCounts']> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['SearchFacet']>, ParentType, ContextType, Partial<SearchCountsFacetsArgs>>;
};

export type SearchFacetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchFacet'] = ResolversParentTypes['SearchFacet']> = {
  on?: Resolver<ResolversTypes['FilterKey'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['SearchFacetValue']>, ParentType, ContextType, RequireFields<SearchFacetValuesArgs, 'first'>>;
  totalValues?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unknown?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchFacetValueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchFacetValue'] = ResolversParentTypes['SearchFacetValue']> = {
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SearchEdge'] = ResolversParentTypes['SearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType>;
};

export type SourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  connector?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['SourceMode'], ParentType, ContextType>;
  precedence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  managed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastRun?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['SyncRunConnection'], ParentType, ContextType, RequireFields<SourceRunsArgs, 'first'>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['SourceEvents']>, ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType, Partial<SourceCoverageArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceEventsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceEvents'] = ResolversParentTypes['SourceEvents']> = {
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deadLetters?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SyncRunResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncRun'] = ResolversParentTypes['SyncRun']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SyncStatus'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  resumed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revisions?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  documents?: Resolver<Maybe<ResolversTypes['SyncDocuments']>, ParentType, ContextType>;
  fields?: Resolver<Maybe<ResolversTypes['SyncFields']>, ParentType, ContextType>;
  statements?: Resolver<Maybe<ResolversTypes['StatementCounts']>, ParentType, ContextType>;
  missed?: Resolver<ReadonlyArray<ResolversTypes['Gap']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['SyncError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SyncDocumentsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncDocuments'] = ResolversParentTypes['SyncDocuments']> = {
  read?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  retired?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SyncFieldsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncFields'] = ResolversParentTypes['SyncFields']> = {
  judged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  profiled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sensitive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StatementCountsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StatementCounts'] = ResolversParentTypes['StatementCounts']> = {
  full?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tables?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SyncErrorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncError'] = ResolversParentTypes['SyncError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SyncRunConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncRunConnection'] = ResolversParentTypes['SyncRunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SyncRunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SyncRunEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncRunEdge'] = ResolversParentTypes['SyncRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SyncRun'], ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  datasets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  fields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  namesOnly?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  profiled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sensitive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notSensitive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unparsedStatements?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  statements?: Resolver<ResolversTypes['StatementCounts'], ParentType, ContextType>;
  staleDatasets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gaps?: Resolver<ResolversTypes['GapConnection'], ParentType, ContextType, RequireFields<CoverageGapsArgs, 'first'>>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
};

export type GapConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GapConnection'] = ResolversParentTypes['GapConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GapEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Gap']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GapEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['GapEdge'] = ResolversParentTypes['GapEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Gap'], ParentType, ContextType>;
};

export type SyncSourcePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncSourcePayload'] = ResolversParentTypes['SyncSourcePayload']> = {
  result?: Resolver<Maybe<ResolversTypes['SyncRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SyncRequestResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SyncRequest'] = ResolversParentTypes['SyncRequest']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SyncStatus'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['SyncRun']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FieldChangesResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FieldChanges'] = ResolversParentTypes['FieldChanges']> = {
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TagPolicyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TagPolicy'] = ResolversParentTypes['TagPolicy']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WriteBackChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WriteBackChange'] = ResolversParentTypes['WriteBackChange']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['WriteBackAction'], ParentType, ContextType>;
  tag?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  datasetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  waitsFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  policies?: Resolver<ReadonlyArray<ResolversTypes['TagPolicy']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WriteBackStatus'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
};

export type WriteBackConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WriteBackConnection'] = ResolversParentTypes['WriteBackConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WriteBackEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WriteBackChange']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WriteBackEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WriteBackEdge'] = ResolversParentTypes['WriteBackEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WriteBackChange'], ParentType, ContextType>;
};

export type WriteBackOutcomeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WriteBackOutcome'] = ResolversParentTypes['WriteBackOutcome']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['WriteBackChange']>, ParentType, ContextType>;
  stopped?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ApplyWriteBackPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ApplyWriteBackPayload'] = ResolversParentTypes['ApplyWriteBackPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['WriteBackOutcome']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UndoWriteBackPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UndoWriteBackPayload'] = ResolversParentTypes['UndoWriteBackPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['WriteBackOutcome']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeclineWriteBackPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeclineWriteBackPayload'] = ResolversParentTypes['DeclineWriteBackPayload']> = {
  result?: Resolver<Maybe<ResolversTypes['WriteBackOutcome']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Change?: ChangeResolvers<ContextType>;
  ChangeConnection?: ChangeConnectionResolvers<ContextType>;
  ChangeEdge?: ChangeEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Diff?: DiffResolvers<ContextType>;
  DiffMoment?: DiffMomentResolvers<ContextType>;
  DiffSection?: DiffSectionResolvers<ContextType>;
  DiffItem?: DiffItemResolvers<ContextType>;
  DiffDetail?: DiffDetailResolvers<ContextType>;
  Classification?: ClassificationResolvers<ContextType>;
  Term?: TermResolvers<ContextType>;
  Decision?: DecisionResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  Citation?: CitationResolvers<ContextType>;
  Origin?: OriginResolvers<ContextType>;
  Verdict?: VerdictResolvers<ContextType>;
  Explanation?: ExplanationResolvers<ContextType>;
  ExplanationStep?: ExplanationStepResolvers<ContextType>;
  TreatmentUnder?: TreatmentUnderResolvers<ContextType>;
  EffectUnder?: EffectUnderResolvers<ContextType>;
  VouchedFunction?: VouchedFunctionResolvers<ContextType>;
  Rule?: RuleResolvers<ContextType>;
  Alternative?: AlternativeResolvers<ContextType>;
  Ending?: EndingResolvers<ContextType>;
  HistoryEntry?: HistoryEntryResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Revision?: RevisionResolvers<ContextType>;
  Actor?: ActorResolvers<ContextType>;
  Gap?: GapResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  DatasetSummary?: DatasetSummaryResolvers<ContextType>;
  Subject?: SubjectResolvers<ContextType>;
  Freshness?: FreshnessResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  DatasetLookup?: DatasetLookupResolvers<ContextType>;
  DatasetConnection?: DatasetConnectionResolvers<ContextType>;
  DatasetEdge?: DatasetEdgeResolvers<ContextType>;
  Field?: FieldResolvers<ContextType>;
  Control?: ControlResolvers<ContextType>;
  FieldConnection?: FieldConnectionResolvers<ContextType>;
  FieldEdge?: FieldEdgeResolvers<ContextType>;
  GovernanceObject?: GovernanceObjectResolvers<ContextType>;
  GovernanceChange?: GovernanceChangeResolvers<ContextType>;
  PutGovernanceObjectPayload?: PutGovernanceObjectPayloadResolvers<ContextType>;
  EndGovernanceObjectPayload?: EndGovernanceObjectPayloadResolvers<ContextType>;
  Stop?: StopResolvers<ContextType>;
  StopList?: StopListResolvers<ContextType>;
  StopChange?: StopChangeResolvers<ContextType>;
  SetStopPayload?: SetStopPayloadResolvers<ContextType>;
  EndStopPayload?: EndStopPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  JointIdentification?: JointIdentificationResolvers<ContextType>;
  JointPart?: JointPartResolvers<ContextType>;
  JointKey?: JointKeyResolvers<ContextType>;
  JointStep?: JointStepResolvers<ContextType>;
  JointIdentificationConnection?: JointIdentificationConnectionResolvers<ContextType>;
  JointIdentificationEdge?: JointIdentificationEdgeResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  LedgerEntryConnection?: LedgerEntryConnectionResolvers<ContextType>;
  LedgerEntryEdge?: LedgerEntryEdgeResolvers<ContextType>;
  Lineage?: LineageResolvers<ContextType>;
  LineageNode?: LineageNodeResolvers<ContextType>;
  LineageEdge?: LineageEdgeResolvers<ContextType>;
  Statement?: StatementResolvers<ContextType>;
  LineagePath?: LineagePathResolvers<ContextType>;
  LineagePathStep?: LineagePathStepResolvers<ContextType>;
  Truncation?: TruncationResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  LineageDiagram?: LineageDiagramResolvers<ContextType>;
  Impact?: ImpactResolvers<ContextType>;
  ImpactCounts?: ImpactCountsResolvers<ContextType>;
  RegionCount?: RegionCountResolvers<ContextType>;
  CategoryCount?: CategoryCountResolvers<ContextType>;
  ImpactConnection?: ImpactConnectionResolvers<ContextType>;
  ImpactEdge?: ImpactEdgeResolvers<ContextType>;
  Policy?: PolicyResolvers<ContextType>;
  PolicyFinding?: PolicyFindingResolvers<ContextType>;
  PolicyWaiver?: PolicyWaiverResolvers<ContextType>;
  PolicyFindingConnection?: PolicyFindingConnectionResolvers<ContextType>;
  PolicyFindingEdge?: PolicyFindingEdgeResolvers<ContextType>;
  Regulation?: RegulationResolvers<ContextType>;
  RegulationEdition?: RegulationEditionResolvers<ContextType>;
  RegulationText?: RegulationTextResolvers<ContextType>;
  Provision?: ProvisionResolvers<ContextType>;
  ProvisionVersion?: ProvisionVersionResolvers<ContextType>;
  ProvisionConnection?: ProvisionConnectionResolvers<ContextType>;
  ProvisionEdge?: ProvisionEdgeResolvers<ContextType>;
  Report?: ReportResolvers<ContextType>;
  ReportScope?: ReportScopeResolvers<ContextType>;
  ReportCompleteness?: ReportCompletenessResolvers<ContextType>;
  ReportGapConnection?: ReportGapConnectionResolvers<ContextType>;
  ReportGapEdge?: ReportGapEdgeResolvers<ContextType>;
  ReportGap?: ReportGapResolvers<ContextType>;
  ReportConfirmation?: ReportConfirmationResolvers<ContextType>;
  ReportPerson?: ReportPersonResolvers<ContextType>;
  ReportFile?: ReportFileResolvers<ContextType>;
  ReportKind?: ReportKindResolvers<ContextType>;
  CreateReportPayload?: CreateReportPayloadResolvers<ContextType>;
  ConfirmReportPayload?: ConfirmReportPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  ReviewSuggestion?: ReviewSuggestionResolvers<ContextType>;
  ReviewSample?: ReviewSampleResolvers<ContextType>;
  ReviewGroup?: ReviewGroupResolvers<ContextType>;
  ReviewGroupEdge?: ReviewGroupEdgeResolvers<ContextType>;
  ReviewGroupConnection?: ReviewGroupConnectionResolvers<ContextType>;
  Retag?: RetagResolvers<ContextType>;
  SourceRetags?: SourceRetagsResolvers<ContextType>;
  Retags?: RetagsResolvers<ContextType>;
  ReviewPreview?: ReviewPreviewResolvers<ContextType>;
  ReviewDecision?: ReviewDecisionResolvers<ContextType>;
  FieldDecision?: FieldDecisionResolvers<ContextType>;
  DecideReviewPayload?: DecideReviewPayloadResolvers<ContextType>;
  SearchResult?: SearchResultResolvers<ContextType>;
  SearchConnection?: SearchConnectionResolvers<ContextType>;
  SearchCounts?: SearchCountsResolvers<ContextType>;
  SearchFacet?: SearchFacetResolvers<ContextType>;
  SearchFacetValue?: SearchFacetValueResolvers<ContextType>;
  SearchEdge?: SearchEdgeResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceEvents?: SourceEventsResolvers<ContextType>;
  SyncRun?: SyncRunResolvers<ContextType>;
  SyncDocuments?: SyncDocumentsResolvers<ContextType>;
  SyncFields?: SyncFieldsResolvers<ContextType>;
  StatementCounts?: StatementCountsResolvers<ContextType>;
  SyncError?: SyncErrorResolvers<ContextType>;
  SyncRunConnection?: SyncRunConnectionResolvers<ContextType>;
  SyncRunEdge?: SyncRunEdgeResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  GapConnection?: GapConnectionResolvers<ContextType>;
  GapEdge?: GapEdgeResolvers<ContextType>;
  SyncSourcePayload?: SyncSourcePayloadResolvers<ContextType>;
  SyncRequest?: SyncRequestResolvers<ContextType>;
  FieldChanges?: FieldChangesResolvers<ContextType>;
  TagPolicy?: TagPolicyResolvers<ContextType>;
  WriteBackChange?: WriteBackChangeResolvers<ContextType>;
  WriteBackConnection?: WriteBackConnectionResolvers<ContextType>;
  WriteBackEdge?: WriteBackEdgeResolvers<ContextType>;
  WriteBackOutcome?: WriteBackOutcomeResolvers<ContextType>;
  ApplyWriteBackPayload?: ApplyWriteBackPayloadResolvers<ContextType>;
  UndoWriteBackPayload?: UndoWriteBackPayloadResolvers<ContextType>;
  DeclineWriteBackPayload?: DeclineWriteBackPayloadResolvers<ContextType>;
};
