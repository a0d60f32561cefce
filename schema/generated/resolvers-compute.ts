// Generated from schema/sdl/compute.graphql by schema/generate.ts.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, ISO 8601 with milliseconds, e.g. 2026-02-27T10:18:26.000Z. */
  DateTime: { input: Date; output: Date; }
  link__Import: { input: unknown; output: unknown; }
  federation__FieldSet: { input: unknown; output: unknown; }
  federation__Scope: { input: unknown; output: unknown; }
  federation__Policy: { input: unknown; output: unknown; }
  _Any: { input: unknown; output: unknown; }
};

/** What a principal may be: the roles of a shop's staff and of machines. */
export type Role =
  /** May do everything. */
  | 'ADMIN'
  /** Runs one or several stores. */
  | 'MANAGER'
  /** Sells at a till. */
  | 'CLERK'
  /** Moves stock. */
  | 'WAREHOUSE'
  /** Reads figures. */
  | 'ANALYST'
  /** A device in a shop. */
  | 'DEVICE'
  /** Another program. */
  | 'INTEGRATION';

/** Where a page begins and ends. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Whether more follows. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass it as `after` to get the next page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** The idempotency key was used before with another input. Use a new key for a new request. */
export type IdempotencyConflict = {
  __typename?: 'IdempotencyConflict';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The key. */
  key: Scalars['String']['output'];
};

/** There is no such thing. */
export type NotFound = {
  __typename?: 'NotFound';
  /** What was looked for, for a person. */
  message: Scalars['String']['output'];
  /** What kind of thing, e.g. customer. */
  kind: Scalars['String']['output'];
  /** The id. */
  id: Scalars['ID']['output'];
};

/** A whole amount of money. Never a float. */
export type Money = {
  __typename?: 'Money';
  /** The amount as a decimal number in the currency's unit, e.g. 12.50. */
  amount: Scalars['String']['output'];
  /** The amount in the currency's smallest unit, e.g. 1250. */
  minor: Scalars['String']['output'];
  /** ISO 4217, e.g. EUR. */
  currency: Scalars['String']['output'];
};

/** Someone changed it meanwhile: read it anew, decide again. */
export type StaleValue = {
  __typename?: 'StaleValue';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
};

/** A value that must be unique is taken. */
export type AlreadyTaken = {
  __typename?: 'AlreadyTaken';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The field, e.g. email. */
  field: Scalars['String']['output'];
};

/** The four arithmetic operations, and all of them at once. */
export type Operation =
  /** n1 + n2 */
  | 'ADD'
  /** n1 − n2 */
  | 'SUB'
  /** n1 × n2 */
  | 'MUL'
  /** n1 ÷ n2 */
  | 'DIV'
  /** Every operation on the same two numbers: four results under one task. Never the operation of a result. */
  | 'ALL';

/** Who asked for a calculation. */
export type Source =
  /** A person, through a form or the command line. */
  | 'WEB'
  /** A program that produces tasks by itself. */
  | 'AUTO';

/** Where a task stands. */
export type TaskState =
  /** Accepted; results are still to come. */
  | 'PENDING'
  /** All of its results are stored. */
  | 'COMPLETED'
  /** Its batch was cancelled before all of its results were stored. */
  | 'CANCELLED';

/** One or four calculations on two numbers, asked for once. */
export type Task = {
  __typename?: 'Task';
  /** The request id: what the submitter was told, or what a foreign program chose. */
  id: Scalars['ID']['output'];
  /** First operand. */
  n1: Scalars['Float']['output'];
  /** Second operand. */
  n2: Scalars['Float']['output'];
  /** The operation asked for. */
  operation: Operation;
  /** Who asked. */
  source: Source;
  /** Where it stands. */
  state: TaskState;
  /** True where the task was published to the broker by another program rather than submitted here. */
  foreign: Scalars['Boolean']['output'];
  /** The consumer that submitted it; null for a foreign task. */
  submittedBy?: Maybe<Consumer>;
  /** The batch it came in, if any. */
  batch?: Maybe<Batch>;
  /** Its results so far: one, or up to four for ALL, in the order they were stored. */
  results: Array<Result>;
  /** When it was accepted, or first heard of. */
  submittedAt: Scalars['DateTime']['output'];
  /** When its last result was stored. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The outcome of one operation of one task. */
export type Result = {
  __typename?: 'Result';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** The task it answers. */
  task: Task;
  /** First operand. */
  n1: Scalars['Float']['output'];
  /** Second operand. */
  n2: Scalars['Float']['output'];
  /** The operation computed; never ALL. */
  operation: Operation;
  /** The value; null where it is not a finite number (division by zero), which `text` then names. */
  result?: Maybe<Scalars['Float']['output']>;
  /** The value as text: a decimal number, Infinity, -Infinity or NaN. */
  text: Scalars['String']['output'];
  /** Who asked. */
  source: Source;
  /** The worker that computed it. */
  workerId: Scalars['String']['output'];
  /** Time the worker took, in seconds. */
  processingTime: Scalars['Float']['output'];
  /** When the worker finished. */
  completedAt: Scalars['DateTime']['output'];
};

/** Where a batch stands. */
export type BatchState =
  /** Results are still to come. */
  | 'RUNNING'
  /** Every result is stored. */
  | 'COMPLETED'
  /** Cancelled before every result was stored; what had been stored is kept. */
  | 'CANCELLED';

/** Many tasks submitted at once. */
export type Batch = {
  __typename?: 'Batch';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** Where it stands. */
  state: BatchState;
  /** Tasks in it. */
  taskCount: Scalars['Int']['output'];
  /** Results expected: one for each task, four for each task with operation ALL. */
  total: Scalars['Int']['output'];
  /** Results stored so far. */
  completed: Scalars['Int']['output'];
  /** Results that are not finite numbers (division by zero), so far. */
  nonFinite: Scalars['Int']['output'];
  /** The consumer that submitted it. */
  submittedBy?: Maybe<Consumer>;
  /** When it was accepted. */
  submittedAt: Scalars['DateTime']['output'];
  /** When it was completed or cancelled. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Results stored per second: over its whole life once ended, until now while it runs. */
  throughput: Scalars['Float']['output'];
};

/** A program or person with an API key. */
export type Consumer = {
  __typename?: 'Consumer';
  /** Opaque. */
  id: Scalars['ID']['output'];
};

/** Counts of one operation. */
export type OperationCount = {
  __typename?: 'OperationCount';
  /** The operation; ALL never appears, it counts as one of each. */
  operation: Operation;
  /** Calculations sent. */
  sent: Scalars['Int']['output'];
  /** Results received. */
  received: Scalars['Int']['output'];
  /** Mean time a worker took, in seconds; null before the first result. */
  meanProcessingTime?: Maybe<Scalars['Float']['output']>;
};

/** Counts of one source. */
export type SourceCount = {
  __typename?: 'SourceCount';
  /** The source. */
  source: Source;
  /** Calculations sent. */
  sent: Scalars['Int']['output'];
  /** Results received. */
  received: Scalars['Int']['output'];
};

/** Counters since they were last cleared. A task with operation ALL counts as four calculations. */
export type ComputeStats = {
  __typename?: 'ComputeStats';
  /** Tasks sent. */
  sentTasks: Scalars['Int']['output'];
  /** Results received. */
  receivedResults: Scalars['Int']['output'];
  /** Calculations that are still to be answered. */
  pending: Scalars['Int']['output'];
  /** By operation, always all four. */
  operations: Array<OperationCount>;
  /** By source, always both. */
  sources: Array<SourceCount>;
  /** When the counters last began from zero. */
  since: Scalars['DateTime']['output'];
  /** When a counter last changed. */
  lastUpdate: Scalars['DateTime']['output'];
};

/** A queue of the broker that calculations pass through, as the broker sees it. */
export type QueueStatus = {
  __typename?: 'QueueStatus';
  /** Its name, e.g. task_queue_add. */
  name: Scalars['String']['output'];
  /** Messages waiting for a consumer. */
  ready: Scalars['Int']['output'];
  /** Messages handed to a consumer and not yet acknowledged. */
  unacked: Scalars['Int']['output'];
  /** Consumers attached. */
  consumers: Scalars['Int']['output'];
};

/** All queues that calculations pass through, at one moment. */
export type QueueReport = {
  __typename?: 'QueueReport';
  /** False while the broker cannot be reached; the figures are then the last known ones. */
  reachable: Scalars['Boolean']['output'];
  /** The broker's product and version, e.g. RabbitMQ 3.10.8. */
  broker?: Maybe<Scalars['String']['output']>;
  /** Address of the broker's own management page, where it is on. */
  managementUrl?: Maybe<Scalars['String']['output']>;
  /** The queues, in the contract's order. */
  queues: Array<QueueStatus>;
  /** When the broker was asked. */
  observedAt: Scalars['DateTime']['output'];
};

/** What a worker is doing. */
export type WorkerState =
  /** Waits for a task. */
  | 'IDLE'
  /** Computes a task. */
  | 'BUSY'
  /** Has not been heard of for a while, or said goodbye. */
  | 'GONE'
  /** A foreign worker: known from its results only. */
  | 'UNKNOWN';

/** A process that computes one operation. */
export type Worker = {
  __typename?: 'Worker';
  /** Its name, e.g. worker_add_1. */
  id: Scalars['ID']['output'];
  /** The operation it serves. */
  operation: Operation;
  /** What it is doing. */
  state: WorkerState;
  /** The task it is at. */
  currentTaskId?: Maybe<Scalars['ID']['output']>;
  /** Results stored from it since the counters were last cleared. */
  results: Scalars['Int']['output'];
  /** When it was last heard of. */
  lastSeenAt: Scalars['DateTime']['output'];
};

/** How a dead letter stands. */
export type DeadLetterState =
  /** Nobody has dealt with it. */
  | 'NEW'
  /** Sent to its queue once more. */
  | 'REPLAYED';

/** A message that could not be handled, kept with the reason. */
export type DeadLetter = {
  __typename?: 'DeadLetter';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** The service that could not handle it; null where nobody can tell. */
  service?: Maybe<Scalars['String']['output']>;
  /** The queue it came from. */
  queue: Scalars['String']['output'];
  /** Why it could not be handled, for a person. */
  reason: Scalars['String']['output'];
  /** Code of the error catalogue, e.g. MESSAGE_INVALID. */
  code: Scalars['String']['output'];
  /** The message's id, where it had one. */
  messageId?: Maybe<Scalars['String']['output']>;
  /** The message's type, where it had one. */
  type?: Maybe<Scalars['String']['output']>;
  /** Its body as text; bytes that are not UTF-8 are shown as �. */
  payload: Scalars['String']['output'];
  /** Its headers as JSON text. */
  headers: Scalars['String']['output'];
  /** Deliveries it had before it was given up. */
  attempts: Scalars['Int']['output'];
  /** How it stands. */
  state: DeadLetterState;
  /** When it was given up. */
  deadAt: Scalars['DateTime']['output'];
  /** When it was last replayed. */
  replayedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the consumer that replayed it last. */
  replayedBy?: Maybe<Scalars['String']['output']>;
};

/** A page of tasks, newest first. */
export type TaskConnection = {
  __typename?: 'TaskConnection';
  /** The tasks. */
  nodes: Array<Task>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All tasks that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A page of results, newest first. */
export type ResultConnection = {
  __typename?: 'ResultConnection';
  /** The results. */
  nodes: Array<Result>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All results that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A page of batches, newest first. */
export type BatchConnection = {
  __typename?: 'BatchConnection';
  /** The batches. */
  nodes: Array<Batch>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All batches; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A page of dead letters, newest first. */
export type DeadLetterConnection = {
  __typename?: 'DeadLetterConnection';
  /** The dead letters. */
  nodes: Array<DeadLetter>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All dead letters that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** Which tasks to list. What is left out does not restrict. */
export type TaskFilterInput = {
  /** Only tasks that asked for this operation. */
  operation?: InputMaybe<Operation>;
  /** Only tasks of this source. */
  source?: InputMaybe<Source>;
  /** Only tasks in this state. */
  state?: InputMaybe<TaskState>;
  /** Only tasks of this batch. */
  batchId?: InputMaybe<Scalars['ID']['input']>;
  /** Only tasks submitted by the caller. */
  mine?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Which results to list. What is left out does not restrict. */
export type ResultFilterInput = {
  /** Only results of this operation. */
  operation?: InputMaybe<Operation>;
  /** Only results of this source. */
  source?: InputMaybe<Source>;
  /** Only results of tasks of this batch. */
  batchId?: InputMaybe<Scalars['ID']['input']>;
  /** Only results stored since the counters were last cleared. */
  sinceClear?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A calculation to submit. */
export type SubmitCalculationInput = {
  /** First operand: a finite number. */
  n1: Scalars['Float']['input'];
  /** Second operand: a finite number. */
  n2: Scalars['Float']['input'];
  /** What to compute. */
  operation: Operation;
  /** Who asks. */
  source?: Source;
};

/** One task of a batch. */
export type BatchTaskInput = {
  /** First operand: a finite number. */
  n1: Scalars['Float']['input'];
  /** Second operand: a finite number. */
  n2: Scalars['Float']['input'];
  /** What to compute. */
  operation: Operation;
};

/** Tasks to submit at once. */
export type SubmitBatchInput = {
  /** 1 to 10,000 tasks. */
  tasks: Array<BatchTaskInput>;
  /** Who asks. */
  source?: Source;
};

/** The task was accepted; its results will come by `calculationCompleted`. */
export type CalculationSubmitted = {
  __typename?: 'CalculationSubmitted';
  /** The task. */
  task: Task;
};

/** The batch was accepted; its progress will come by `batchProgress`. */
export type BatchSubmitted = {
  __typename?: 'BatchSubmitted';
  /** The batch. */
  batch: Batch;
};

/** Outcome of submitCalculation. */
export type SubmitCalculationPayload = CalculationSubmitted | IdempotencyConflict;

/** Outcome of submitBatch. */
export type SubmitBatchPayload = BatchSubmitted | IdempotencyConflict;

/** The batch is not running any more. */
export type BatchAlreadyEnded = {
  __typename?: 'BatchAlreadyEnded';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The batch as it stands. */
  batch: Batch;
};

/** The batch was cancelled. */
export type BatchCancelled = {
  __typename?: 'BatchCancelled';
  /** The batch as it stands now. */
  batch: Batch;
};

/** Outcome of cancelBatch. */
export type CancelBatchPayload = BatchCancelled | BatchAlreadyEnded | NotFound;

/** The counters begin from zero. */
export type StatsCleared = {
  __typename?: 'StatsCleared';
  /** The counters. */
  stats: ComputeStats;
};

/** Dead letters were deleted. */
export type DeadLettersPurged = {
  __typename?: 'DeadLettersPurged';
  /** How many. */
  purged: Scalars['Int']['output'];
};

/** The dead letter is on its way to its queue once more. */
export type DeadLetterReplayed = {
  __typename?: 'DeadLetterReplayed';
  /** The dead letter as it stands now. */
  deadLetter: DeadLetter;
};

/** Outcome of replayDeadLetter. */
export type ReplayDeadLetterPayload = DeadLetterReplayed | NotFound;

export type Query = {
  __typename?: 'Query';
  /** One task; null if there is none. */
  task?: Maybe<Task>;
  /** Tasks, newest first. */
  tasks: TaskConnection;
  /** Stored results, newest first. */
  results: ResultConnection;
  /** The counters. */
  stats: ComputeStats;
  /** The queues, as the broker sees them now. */
  queues: QueueReport;
  /** The workers that are known, by name. */
  workers: Array<Worker>;
  /** One batch; null if there is none. */
  batch?: Maybe<Batch>;
  /** Batches, newest first. */
  batches: BatchConnection;
  /** Messages that could not be handled, newest first. */
  deadLetters: DeadLetterConnection;
  _entities: Array<Maybe<_Entity>>;
  _service: _Service;
};


export type QueryTaskArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTasksArgs = {
  filter?: InputMaybe<TaskFilterInput>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryResultsArgs = {
  filter?: InputMaybe<ResultFilterInput>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryBatchArgs = {
  id: Scalars['ID']['input'];
};


export type QueryBatchesArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryDeadLettersArgs = {
  state?: InputMaybe<DeadLetterState>;
  service?: InputMaybe<Scalars['String']['input']>;
  queue?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type Query_EntitiesArgs = {
  representations: Array<Scalars['_Any']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Asks for one calculation, or for all four. */
  submitCalculation: SubmitCalculationPayload;
  /** Asks for up to 10,000 calculations; all are accepted or none. */
  submitBatch: SubmitBatchPayload;
  /** Stops a running batch, one's own; who is in charge of all, an administrator or manager, stops any. Results already stored are kept. */
  cancelBatch: CancelBatchPayload;
  /** Counters and recent lists begin from zero; stored results stay in the history. */
  clearStats: StatsCleared;
  /** Deletes dead letters for good. */
  purgeDeadLetters: DeadLettersPurged;
  /** Sends a dead letter to its queue once more. */
  replayDeadLetter: ReplayDeadLetterPayload;
};


export type MutationSubmitCalculationArgs = {
  input: SubmitCalculationInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationSubmitBatchArgs = {
  input: SubmitBatchInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationCancelBatchArgs = {
  id: Scalars['ID']['input'];
};


export type MutationClearStatsArgs = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationPurgeDeadLettersArgs = {
  state?: InputMaybe<DeadLetterState>;
  service?: InputMaybe<Scalars['String']['input']>;
  queue?: InputMaybe<Scalars['String']['input']>;
};


export type MutationReplayDeadLetterArgs = {
  id: Scalars['ID']['input'];
  payload?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Each result as soon as it is stored. */
  calculationCompleted: Result;
  /** A batch as it advances; ends when the batch has ended. Starts with the batch as it stands. */
  batchProgress: Batch;
  /** The counters as they change, a few times a second at most. Starts with the counters as they stand. */
  computeStats: ComputeStats;
  /** The queues as they change. Starts with the queues as they stand. */
  queueStatus: QueueReport;
  /** The workers as they change. Starts with the workers as they stand. */
  workersChanged: Array<Worker>;
  /** Each dead letter when it arrives and when it is replayed. */
  deadLetterChanged: DeadLetter;
};


export type SubscriptionCalculationCompletedArgs = {
  source?: InputMaybe<Source>;
};


export type SubscriptionBatchProgressArgs = {
  id: Scalars['ID']['input'];
};

export type Link__Purpose =
  /** `SECURITY` features provide metadata necessary to securely resolve fields. */
  | 'SECURITY'
  /** `EXECUTION` features provide metadata necessary for operation execution. */
  | 'EXECUTION';

export type _Service = {
  __typename?: '_Service';
  sdl?: Maybe<Scalars['String']['output']>;
};

export type _Entity = Batch | Consumer | DeadLetter | Result | Task;



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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Role: ResolverTypeWrapper<any>;
  DateTime: ResolverTypeWrapper<any>;
  PageInfo: ResolverTypeWrapper<any>;
  IdempotencyConflict: ResolverTypeWrapper<any>;
  NotFound: ResolverTypeWrapper<any>;
  ID: ResolverTypeWrapper<any>;
  Money: ResolverTypeWrapper<any>;
  StaleValue: ResolverTypeWrapper<any>;
  AlreadyTaken: ResolverTypeWrapper<any>;
  Operation: ResolverTypeWrapper<any>;
  Source: ResolverTypeWrapper<any>;
  TaskState: ResolverTypeWrapper<any>;
  Task: ResolverTypeWrapper<any>;
  Float: ResolverTypeWrapper<any>;
  Result: ResolverTypeWrapper<any>;
  BatchState: ResolverTypeWrapper<any>;
  Batch: ResolverTypeWrapper<any>;
  Consumer: ResolverTypeWrapper<any>;
  OperationCount: ResolverTypeWrapper<any>;
  SourceCount: ResolverTypeWrapper<any>;
  ComputeStats: ResolverTypeWrapper<any>;
  QueueStatus: ResolverTypeWrapper<any>;
  QueueReport: ResolverTypeWrapper<any>;
  WorkerState: ResolverTypeWrapper<any>;
  Worker: ResolverTypeWrapper<any>;
  DeadLetterState: ResolverTypeWrapper<any>;
  DeadLetter: ResolverTypeWrapper<any>;
  TaskConnection: ResolverTypeWrapper<any>;
  ResultConnection: ResolverTypeWrapper<any>;
  BatchConnection: ResolverTypeWrapper<any>;
  DeadLetterConnection: ResolverTypeWrapper<any>;
  TaskFilterInput: ResolverTypeWrapper<any>;
  ResultFilterInput: ResolverTypeWrapper<any>;
  SubmitCalculationInput: ResolverTypeWrapper<any>;
  BatchTaskInput: ResolverTypeWrapper<any>;
  SubmitBatchInput: ResolverTypeWrapper<any>;
  CalculationSubmitted: ResolverTypeWrapper<any>;
  BatchSubmitted: ResolverTypeWrapper<any>;
  SubmitCalculationPayload: ResolverTypeWrapper<any>;
  SubmitBatchPayload: ResolverTypeWrapper<any>;
  BatchAlreadyEnded: ResolverTypeWrapper<any>;
  BatchCancelled: ResolverTypeWrapper<any>;
  CancelBatchPayload: ResolverTypeWrapper<any>;
  StatsCleared: ResolverTypeWrapper<any>;
  DeadLettersPurged: ResolverTypeWrapper<any>;
  DeadLetterReplayed: ResolverTypeWrapper<any>;
  ReplayDeadLetterPayload: ResolverTypeWrapper<any>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  link__Import: ResolverTypeWrapper<any>;
  link__Purpose: ResolverTypeWrapper<any>;
  federation__FieldSet: ResolverTypeWrapper<any>;
  federation__Scope: ResolverTypeWrapper<any>;
  federation__Policy: ResolverTypeWrapper<any>;
  _Service: ResolverTypeWrapper<any>;
  _Any: ResolverTypeWrapper<any>;
  _Entity: ResolverTypeWrapper<any>;
  String: ResolverTypeWrapper<any>;
  Boolean: ResolverTypeWrapper<any>;
  Int: ResolverTypeWrapper<any>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: any;
  PageInfo: any;
  IdempotencyConflict: any;
  NotFound: any;
  ID: any;
  Money: any;
  StaleValue: any;
  AlreadyTaken: any;
  Task: any;
  Float: any;
  Result: any;
  Batch: any;
  Consumer: any;
  OperationCount: any;
  SourceCount: any;
  ComputeStats: any;
  QueueStatus: any;
  QueueReport: any;
  Worker: any;
  DeadLetter: any;
  TaskConnection: any;
  ResultConnection: any;
  BatchConnection: any;
  DeadLetterConnection: any;
  TaskFilterInput: any;
  ResultFilterInput: any;
  SubmitCalculationInput: any;
  BatchTaskInput: any;
  SubmitBatchInput: any;
  CalculationSubmitted: any;
  BatchSubmitted: any;
  SubmitCalculationPayload: any;
  SubmitBatchPayload: any;
  BatchAlreadyEnded: any;
  BatchCancelled: any;
  CancelBatchPayload: any;
  StatsCleared: any;
  DeadLettersPurged: any;
  DeadLetterReplayed: any;
  ReplayDeadLetterPayload: any;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  link__Import: any;
  federation__FieldSet: any;
  federation__Scope: any;
  federation__Policy: any;
  _Service: any;
  _Any: any;
  _Entity: any;
  String: any;
  Boolean: any;
  Int: any;
};

export type AllowDirectiveArgs = {
  roles: Array<Role>;
};

export type AllowDirectiveResolver<Result, Parent, ContextType = any, Args = AllowDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type StoreDirectiveArgs = {
  field?: Maybe<Scalars['String']['input']>;
  change?: Scalars['Boolean']['input'];
  everywhere?: Scalars['Boolean']['input'];
};

export type StoreDirectiveResolver<Result, Parent, ContextType = any, Args = StoreDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = any, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SnapshotDirectiveArgs = { };

export type SnapshotDirectiveResolver<Result, Parent, ContextType = any, Args = SnapshotDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CachedDirectiveArgs = {
  ttlSeconds: Scalars['Int']['input'];
  tags: Array<Scalars['String']['input']>;
};

export type CachedDirectiveResolver<Result, Parent, ContextType = any, Args = CachedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ChangesDirectiveArgs = {
  tags: Array<Scalars['String']['input']>;
};

export type ChangesDirectiveResolver<Result, Parent, ContextType = any, Args = ChangesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LinkDirectiveArgs = {
  url?: Maybe<Scalars['String']['input']>;
  as?: Maybe<Scalars['String']['input']>;
  for?: Maybe<Link__Purpose>;
  import?: Maybe<Array<Maybe<Scalars['link__Import']['input']>>>;
};

export type LinkDirectiveResolver<Result, Parent, ContextType = any, Args = LinkDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__RequiresDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
};

export type Federation__RequiresDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ProvidesDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
};

export type Federation__ProvidesDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__ProvidesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ExternalDirectiveArgs = { };

export type Federation__ExternalDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__ExternalDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ExtendsDirectiveArgs = { };

export type Federation__ExtendsDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__ExtendsDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type InaccessibleDirectiveArgs = { };

export type InaccessibleDirectiveResolver<Result, Parent, ContextType = any, Args = InaccessibleDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ShareableDirectiveArgs = { };

export type ShareableDirectiveResolver<Result, Parent, ContextType = any, Args = ShareableDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__OverrideDirectiveArgs = {
  from: Scalars['String']['input'];
  label?: Maybe<Scalars['String']['input']>;
};

export type Federation__OverrideDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__OverrideDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__TagDirectiveArgs = {
  name: Scalars['String']['input'];
};

export type Federation__TagDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__TagDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ComposeDirectiveDirectiveArgs = {
  name?: Maybe<Scalars['String']['input']>;
};

export type ComposeDirectiveDirectiveResolver<Result, Parent, ContextType = any, Args = ComposeDirectiveDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__InterfaceObjectDirectiveArgs = { };

export type Federation__InterfaceObjectDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__InterfaceObjectDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__AuthenticatedDirectiveArgs = { };

export type Federation__AuthenticatedDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__AuthenticatedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__RequiresScopesDirectiveArgs = {
  scopes: Array<Array<Scalars['federation__Scope']['input']>>;
};

export type Federation__RequiresScopesDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__RequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__PolicyDirectiveArgs = {
  policies: Array<Array<Scalars['federation__Policy']['input']>>;
};

export type Federation__PolicyDirectiveResolver<Result, Parent, ContextType = any, Args = Federation__PolicyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type PageInfoResolvers<ContextType = any, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IdempotencyConflictResolvers<ContextType = any, ParentType extends ResolversParentTypes['IdempotencyConflict'] = ResolversParentTypes['IdempotencyConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotFoundResolvers<ContextType = any, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = any, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StaleValueResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaleValue'] = ResolversParentTypes['StaleValue']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AlreadyTakenResolvers<ContextType = any, ParentType extends ResolversParentTypes['AlreadyTaken'] = ResolversParentTypes['AlreadyTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaskResolvers<ContextType = any, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  n1?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  n2?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['Operation'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TaskState'], ParentType, ContextType>;
  foreign?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  submittedBy?: Resolver<Maybe<ResolversTypes['Consumer']>, ParentType, ContextType>;
  batch?: Resolver<Maybe<ResolversTypes['Batch']>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['Result']>, ParentType, ContextType>;
  submittedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResultResolvers<ContextType = any, ParentType extends ResolversParentTypes['Result'] = ResolversParentTypes['Result']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['Task'], ParentType, ContextType>;
  n1?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  n2?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['Operation'], ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  workerId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  processingTime?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  completedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BatchResolvers<ContextType = any, ParentType extends ResolversParentTypes['Batch'] = ResolversParentTypes['Batch']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['BatchState'], ParentType, ContextType>;
  taskCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  completed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nonFinite?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  submittedBy?: Resolver<Maybe<ResolversTypes['Consumer']>, ParentType, ContextType>;
  submittedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  throughput?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsumerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Consumer'] = ResolversParentTypes['Consumer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OperationCountResolvers<ContextType = any, ParentType extends ResolversParentTypes['OperationCount'] = ResolversParentTypes['OperationCount']> = {
  operation?: Resolver<ResolversTypes['Operation'], ParentType, ContextType>;
  sent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meanProcessingTime?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type SourceCountResolvers<ContextType = any, ParentType extends ResolversParentTypes['SourceCount'] = ResolversParentTypes['SourceCount']> = {
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  sent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ComputeStatsResolvers<ContextType = any, ParentType extends ResolversParentTypes['ComputeStats'] = ResolversParentTypes['ComputeStats']> = {
  sentTasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  receivedResults?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  operations?: Resolver<Array<ResolversTypes['OperationCount']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceCount']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUpdate?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type QueueStatusResolvers<ContextType = any, ParentType extends ResolversParentTypes['QueueStatus'] = ResolversParentTypes['QueueStatus']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ready?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unacked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consumers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueueReportResolvers<ContextType = any, ParentType extends ResolversParentTypes['QueueReport'] = ResolversParentTypes['QueueReport']> = {
  reachable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  broker?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  managementUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  queues?: Resolver<Array<ResolversTypes['QueueStatus']>, ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WorkerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Worker'] = ResolversParentTypes['Worker']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['Operation'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WorkerState'], ParentType, ContextType>;
  currentTaskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  results?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DeadLetterResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  queue?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  messageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  headers?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DeadLetterState'], ParentType, ContextType>;
  deadAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  replayedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  replayedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['TaskConnection'] = ResolversParentTypes['TaskConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Task']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ResultConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['ResultConnection'] = ResolversParentTypes['ResultConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Result']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BatchConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['BatchConnection'] = ResolversParentTypes['BatchConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Batch']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['DeadLetter']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CalculationSubmittedResolvers<ContextType = any, ParentType extends ResolversParentTypes['CalculationSubmitted'] = ResolversParentTypes['CalculationSubmitted']> = {
  task?: Resolver<ResolversTypes['Task'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BatchSubmittedResolvers<ContextType = any, ParentType extends ResolversParentTypes['BatchSubmitted'] = ResolversParentTypes['BatchSubmitted']> = {
  batch?: Resolver<ResolversTypes['Batch'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubmitCalculationPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SubmitCalculationPayload'] = ResolversParentTypes['SubmitCalculationPayload']> = {
  __resolveType: TypeResolveFn<'CalculationSubmitted' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type SubmitBatchPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SubmitBatchPayload'] = ResolversParentTypes['SubmitBatchPayload']> = {
  __resolveType: TypeResolveFn<'BatchSubmitted' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type BatchAlreadyEndedResolvers<ContextType = any, ParentType extends ResolversParentTypes['BatchAlreadyEnded'] = ResolversParentTypes['BatchAlreadyEnded']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  batch?: Resolver<ResolversTypes['Batch'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BatchCancelledResolvers<ContextType = any, ParentType extends ResolversParentTypes['BatchCancelled'] = ResolversParentTypes['BatchCancelled']> = {
  batch?: Resolver<ResolversTypes['Batch'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CancelBatchPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CancelBatchPayload'] = ResolversParentTypes['CancelBatchPayload']> = {
  __resolveType: TypeResolveFn<'BatchCancelled' | 'BatchAlreadyEnded' | 'NotFound', ParentType, ContextType>;
};

export type StatsClearedResolvers<ContextType = any, ParentType extends ResolversParentTypes['StatsCleared'] = ResolversParentTypes['StatsCleared']> = {
  stats?: Resolver<ResolversTypes['ComputeStats'], ParentType, ContextType>;
};

export type DeadLettersPurgedResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeadLettersPurged'] = ResolversParentTypes['DeadLettersPurged']> = {
  purged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeadLetterReplayedResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeadLetterReplayed'] = ResolversParentTypes['DeadLetterReplayed']> = {
  deadLetter?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayDeadLetterPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReplayDeadLetterPayload'] = ResolversParentTypes['ReplayDeadLetterPayload']> = {
  __resolveType: TypeResolveFn<'DeadLetterReplayed' | 'NotFound', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QueryTaskArgs, 'id'>>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, RequireFields<QueryTasksArgs, 'first'>>;
  results?: Resolver<ResolversTypes['ResultConnection'], ParentType, ContextType, RequireFields<QueryResultsArgs, 'first'>>;
  stats?: Resolver<ResolversTypes['ComputeStats'], ParentType, ContextType>;
  queues?: Resolver<ResolversTypes['QueueReport'], ParentType, ContextType>;
  workers?: Resolver<Array<ResolversTypes['Worker']>, ParentType, ContextType>;
  batch?: Resolver<Maybe<ResolversTypes['Batch']>, ParentType, ContextType, RequireFields<QueryBatchArgs, 'id'>>;
  batches?: Resolver<ResolversTypes['BatchConnection'], ParentType, ContextType, RequireFields<QueryBatchesArgs, 'first'>>;
  deadLetters?: Resolver<ResolversTypes['DeadLetterConnection'], ParentType, ContextType, RequireFields<QueryDeadLettersArgs, 'first'>>;
  _entities?: Resolver<Array<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  submitCalculation?: Resolver<ResolversTypes['SubmitCalculationPayload'], ParentType, ContextType, RequireFields<MutationSubmitCalculationArgs, 'input'>>;
  submitBatch?: Resolver<ResolversTypes['SubmitBatchPayload'], ParentType, ContextType, RequireFields<MutationSubmitBatchArgs, 'input'>>;
  cancelBatch?: Resolver<ResolversTypes['CancelBatchPayload'], ParentType, ContextType, RequireFields<MutationCancelBatchArgs, 'id'>>;
  clearStats?: Resolver<ResolversTypes['StatsCleared'], ParentType, ContextType, Partial<MutationClearStatsArgs>>;
  purgeDeadLetters?: Resolver<ResolversTypes['DeadLettersPurged'], ParentType, ContextType, Partial<MutationPurgeDeadLettersArgs>>;
  replayDeadLetter?: Resolver<ResolversTypes['ReplayDeadLetterPayload'], ParentType, ContextType, RequireFields<MutationReplayDeadLetterArgs, 'id'>>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  calculationCompleted?: SubscriptionResolver<ResolversTypes['Result'], "calculationCompleted", ParentType, ContextType, Partial<SubscriptionCalculationCompletedArgs>>;
  batchProgress?: SubscriptionResolver<ResolversTypes['Batch'], "batchProgress", ParentType, ContextType, RequireFields<SubscriptionBatchProgressArgs, 'id'>>;
  computeStats?: SubscriptionResolver<ResolversTypes['ComputeStats'], "computeStats", ParentType, ContextType>;
  queueStatus?: SubscriptionResolver<ResolversTypes['QueueReport'], "queueStatus", ParentType, ContextType>;
  workersChanged?: SubscriptionResolver<Array<ResolversTypes['Worker']>, "workersChanged", ParentType, ContextType>;
  deadLetterChanged?: SubscriptionResolver<ResolversTypes['DeadLetter'], "deadLetterChanged", ParentType, ContextType>;
};

export interface Link__ImportScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['link__Import'], any> {
  name: 'link__Import';
}

export interface Federation__FieldSetScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__FieldSet'], any> {
  name: 'federation__FieldSet';
}

export interface Federation__ScopeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__Scope'], any> {
  name: 'federation__Scope';
}

export interface Federation__PolicyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__Policy'], any> {
  name: 'federation__Policy';
}

export type _ServiceResolvers<ContextType = any, ParentType extends ResolversParentTypes['_Service'] = ResolversParentTypes['_Service']> = {
  sdl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface _AnyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['_Any'], any> {
  name: '_Any';
}

export type _EntityResolvers<ContextType = any, ParentType extends ResolversParentTypes['_Entity'] = ResolversParentTypes['_Entity']> = {
  __resolveType: TypeResolveFn<'Batch' | 'Consumer' | 'DeadLetter' | 'Result' | 'Task', ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  StaleValue?: StaleValueResolvers<ContextType>;
  AlreadyTaken?: AlreadyTakenResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  Result?: ResultResolvers<ContextType>;
  Batch?: BatchResolvers<ContextType>;
  Consumer?: ConsumerResolvers<ContextType>;
  OperationCount?: OperationCountResolvers<ContextType>;
  SourceCount?: SourceCountResolvers<ContextType>;
  ComputeStats?: ComputeStatsResolvers<ContextType>;
  QueueStatus?: QueueStatusResolvers<ContextType>;
  QueueReport?: QueueReportResolvers<ContextType>;
  Worker?: WorkerResolvers<ContextType>;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  TaskConnection?: TaskConnectionResolvers<ContextType>;
  ResultConnection?: ResultConnectionResolvers<ContextType>;
  BatchConnection?: BatchConnectionResolvers<ContextType>;
  DeadLetterConnection?: DeadLetterConnectionResolvers<ContextType>;
  CalculationSubmitted?: CalculationSubmittedResolvers<ContextType>;
  BatchSubmitted?: BatchSubmittedResolvers<ContextType>;
  SubmitCalculationPayload?: SubmitCalculationPayloadResolvers<ContextType>;
  SubmitBatchPayload?: SubmitBatchPayloadResolvers<ContextType>;
  BatchAlreadyEnded?: BatchAlreadyEndedResolvers<ContextType>;
  BatchCancelled?: BatchCancelledResolvers<ContextType>;
  CancelBatchPayload?: CancelBatchPayloadResolvers<ContextType>;
  StatsCleared?: StatsClearedResolvers<ContextType>;
  DeadLettersPurged?: DeadLettersPurgedResolvers<ContextType>;
  DeadLetterReplayed?: DeadLetterReplayedResolvers<ContextType>;
  ReplayDeadLetterPayload?: ReplayDeadLetterPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  link__Import?: GraphQLScalarType;
  federation__FieldSet?: GraphQLScalarType;
  federation__Scope?: GraphQLScalarType;
  federation__Policy?: GraphQLScalarType;
  _Service?: _ServiceResolvers<ContextType>;
  _Any?: GraphQLScalarType;
  _Entity?: _EntityResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = any> = {
  allow?: AllowDirectiveResolver<any, any, ContextType>;
  store?: StoreDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  snapshot?: SnapshotDirectiveResolver<any, any, ContextType>;
  cached?: CachedDirectiveResolver<any, any, ContextType>;
  changes?: ChangesDirectiveResolver<any, any, ContextType>;
  link?: LinkDirectiveResolver<any, any, ContextType>;
  federation__requires?: Federation__RequiresDirectiveResolver<any, any, ContextType>;
  federation__provides?: Federation__ProvidesDirectiveResolver<any, any, ContextType>;
  federation__external?: Federation__ExternalDirectiveResolver<any, any, ContextType>;
  federation__extends?: Federation__ExtendsDirectiveResolver<any, any, ContextType>;
  inaccessible?: InaccessibleDirectiveResolver<any, any, ContextType>;
  shareable?: ShareableDirectiveResolver<any, any, ContextType>;
  federation__override?: Federation__OverrideDirectiveResolver<any, any, ContextType>;
  federation__tag?: Federation__TagDirectiveResolver<any, any, ContextType>;
  composeDirective?: ComposeDirectiveDirectiveResolver<any, any, ContextType>;
  federation__interfaceObject?: Federation__InterfaceObjectDirectiveResolver<any, any, ContextType>;
  federation__authenticated?: Federation__AuthenticatedDirectiveResolver<any, any, ContextType>;
  federation__requiresScopes?: Federation__RequiresScopesDirectiveResolver<any, any, ContextType>;
  federation__policy?: Federation__PolicyDirectiveResolver<any, any, ContextType>;
};
