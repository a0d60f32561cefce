// Generated from schema/sdl/sagas.graphql by schema/generate.ts.
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

/** Where a saga stands. */
export type SagaState =
  /** Accepted; its first command is on the way. */
  | 'PENDING'
  /** CHECK_STOCK is running. */
  | 'STOCK_CHECKING'
  /** Stock is reserved. */
  | 'STOCK_RESERVED'
  /** The order exists. */
  | 'ORDER_CREATED'
  /** PROCESS_PAYMENT is running. */
  | 'PAYMENT_PROCESSING'
  /** The payment was taken. */
  | 'PAYMENT_COMPLETED'
  /** The refund of a cancellation is running. */
  | 'REFUND_PROCESSING'
  /** The refund of a cancellation was paid. */
  | 'REFUNDED'
  /** The goods of a cancellation are back in stock. */
  | 'RESTOCKED'
  /** Every step has succeeded. */
  | 'COMPLETED'
  /** A step has failed; what was done is being undone. */
  | 'COMPENSATING'
  /** A step had failed, and everything done was undone. */
  | 'COMPENSATED'
  /** A compensation, or a step that cannot be undone, keeps failing: an operator has to look. */
  | 'FAILED';

/** Forward, or undoing. */
export type SagaDirection =
  /** A step. */
  | 'FORWARD'
  /** A compensation. */
  | 'COMPENSATION';

/** How a step stands. */
export type SagaStepStatus =
  /** Not begun. */
  | 'PENDING'
  /** Its command was sent; no reply yet. */
  | 'RUNNING'
  /** Done. */
  | 'SUCCESS'
  /** Refused, or failed. */
  | 'FAILURE'
  /** No reply in time: it may have happened. */
  | 'IN_DOUBT'
  /** Not needed. */
  | 'SKIPPED';

/** One step or compensation of a saga. */
export type SagaStep = {
  __typename?: 'SagaStep';
  /** Its name, e.g. RESERVE_STOCK. */
  step: Scalars['String']['output'];
  /** Forward, or undoing. */
  direction: SagaDirection;
  /** How it stands. */
  status: SagaStepStatus;
  /** Commands sent for it. */
  attempts: Scalars['Int']['output'];
  /** The service that does it. */
  participant: Scalars['String']['output'];
  /** Seconds from its first command to its outcome, or until now. */
  duration?: Maybe<Scalars['Float']['output']>;
  /** Why it failed. */
  error?: Maybe<Scalars['String']['output']>;
  /** When its first command was sent. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When its outcome was known. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** One event of a saga's history. */
export type SagaEvent = {
  __typename?: 'SagaEvent';
  /** Its place in the saga, from 1. */
  number: Scalars['Int']['output'];
  /** What happened, e.g. STEP_SUCCEEDED. */
  kind: Scalars['String']['output'];
  /** The step it is about. */
  step?: Maybe<Scalars['String']['output']>;
  /** The state after it. */
  state: SagaState;
  /** For a person. */
  detail?: Maybe<Scalars['String']['output']>;
  /** When. */
  at: Scalars['DateTime']['output'];
};

/** A distributed transaction: steps in order, each with its compensation. */
export type Saga = {
  __typename?: 'Saga';
  /** E.g. saga_01hx… */
  id: Scalars['ID']['output'];
  /** Its definition, e.g. order-processing. */
  definition: Scalars['String']['output'];
  /** The version of the definition it began with and keeps. */
  definitionVersion: Scalars['Int']['output'];
  /** Where it stands. */
  state: SagaState;
  /** Its steps, in order. */
  steps: Array<SagaStep>;
  /** Its compensations, in the order they run; empty while nothing has to be undone. */
  compensations: Array<SagaStep>;
  /** Its history. */
  events: Array<SagaEvent>;
  /** What went wrong. */
  error?: Maybe<Scalars['String']['output']>;
  /** The order it is about, once there is one. */
  order?: Maybe<Order>;
  /** The customer it is for. */
  customer?: Maybe<Customer>;
  /** True while an operator holds it. */
  paused: Scalars['Boolean']['output'];
  /** True once it was asked to be cancelled. */
  cancelRequested: Scalars['Boolean']['output'];
  /** True while it needs an operator. */
  needsAttention: Scalars['Boolean']['output'];
  /** When something happens by itself next: a repetition, or the end of a wait. */
  nextTimerAt?: Maybe<Scalars['DateTime']['output']>;
  /** What an operator can do now. */
  actions: Array<SagaAction>;
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
  /** Seconds from start to end, or until now. */
  duration: Scalars['Float']['output'];
  /** When it was accepted. */
  createdAt: Scalars['DateTime']['output'];
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** When it ended. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What an operator can do with a saga. */
export type SagaAction =
  /** Go on where it failed. */
  | 'RETRY'
  /** Undo what was done. */
  | 'CANCEL'
  /** Send no new command. */
  | 'PAUSE'
  /** Go on. */
  | 'RESUME';

export type Order = {
  __typename?: 'Order';
  /** A whole number. */
  id: Scalars['ID']['output'];
};

export type Customer = {
  __typename?: 'Customer';
  /** A whole number. */
  id: Scalars['ID']['output'];
};

/** A page of sagas, newest first. */
export type SagaConnection = {
  __typename?: 'SagaConnection';
  /** The sagas. */
  nodes: Array<Saga>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A step of a definition. */
export type SagaStepDefinition = {
  __typename?: 'SagaStepDefinition';
  /** Its name. */
  step: Scalars['String']['output'];
  /** The service that does it. */
  participant: Scalars['String']['output'];
  /** What undoes it; null where nothing has to be undone, or nothing can be. */
  compensation?: Maybe<Scalars['String']['output']>;
  /** The state while it runs. */
  runningState: SagaState;
  /** The state after it succeeded. */
  doneState: SagaState;
  /** Seconds without a reply after which its command is sent again, in order; then it counts as in doubt. */
  timeouts: Array<Scalars['Float']['output']>;
  /** True for the step after which the saga goes on rather than back. */
  pivot: Scalars['Boolean']['output'];
};

/** A definition of sagas. */
export type SagaDefinition = {
  __typename?: 'SagaDefinition';
  /** Its name. */
  name: Scalars['String']['output'];
  /** Its version. */
  version: Scalars['Int']['output'];
  /** For a person. */
  description: Scalars['String']['output'];
  /** Its steps, in order. */
  steps: Array<SagaStepDefinition>;
};

/** Counts of one state. */
export type SagaStateCount = {
  __typename?: 'SagaStateCount';
  /** The state. */
  state: SagaState;
  /** Sagas in it. */
  count: Scalars['Int']['output'];
};

/** How one step has done. */
export type SagaStepStatistics = {
  __typename?: 'SagaStepStatistics';
  /** The step. */
  step: Scalars['String']['output'];
  /** Forward, or undoing. */
  direction: SagaDirection;
  /** Times it succeeded. */
  successes: Scalars['Int']['output'];
  /** Times it failed or was in doubt. */
  failures: Scalars['Int']['output'];
  /** Mean seconds from command to outcome. */
  meanDuration?: Maybe<Scalars['Float']['output']>;
};

/** How sagas have done. */
export type SagaStatistics = {
  __typename?: 'SagaStatistics';
  /** Sagas by state. */
  states: Array<SagaStateCount>;
  /** Steps and compensations. */
  steps: Array<SagaStepStatistics>;
  /** Share of the ended sagas that completed, 0 to 1; null before the first. */
  successRate?: Maybe<Scalars['Float']['output']>;
  /** Mean seconds of the completed ones. */
  meanDuration?: Maybe<Scalars['Float']['output']>;
};

/** A line of an order to process. */
export type OrderProcessingLineInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** How many, 1 to 10,000. */
  quantity: Scalars['Int']['input'];
};

/** An order to process. */
export type StartOrderProcessingInput = {
  /** The customer; an unknown one is found out at CREATE_ORDER. */
  customerId: Scalars['ID']['input'];
  /** The lines, 1 to 100; lines of one product are put together. */
  lines: Array<OrderProcessingLineInput>;
  /** Where to send it. */
  shippingAddress: Scalars['String']['input'];
  /** Where to send the bill; the shipping address where it is left out. */
  billingAddress?: InputMaybe<Scalars['String']['input']>;
  /** How to pay: card, transfer, cash; or a test card number of the payment provider, e.g. 4000000000000002 for one that is declined. */
  paymentMethod: Scalars['String']['input'];
  /** The place to take the goods from; the warehouse where it is left out. */
  placeId?: InputMaybe<Scalars['ID']['input']>;
};

/** The saga was started. */
export type OrderProcessingStarted = {
  __typename?: 'OrderProcessingStarted';
  /** The saga. */
  saga: Saga;
};

/** The saga cannot do that in its present state. */
export type SagaActionRefused = {
  __typename?: 'SagaActionRefused';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The saga as it stands. */
  saga: Saga;
};

/** The saga was told. */
export type SagaActionAccepted = {
  __typename?: 'SagaActionAccepted';
  /** The saga as it stands now. */
  saga: Saga;
};

/** Outcome of startOrderProcessing. */
export type StartOrderProcessingPayload = OrderProcessingStarted | IdempotencyConflict;

/** Outcome of what an operator does. */
export type SagaActionPayload = SagaActionAccepted | SagaActionRefused | NotFound;

export type Query = {
  __typename?: 'Query';
  /** One saga; null if there is none. */
  saga?: Maybe<Saga>;
  /** Sagas, newest first. */
  sagas: SagaConnection;
  /** The definitions there are, newest versions. */
  sagaDefinitions: Array<SagaDefinition>;
  /** How sagas have done. */
  sagaStatistics: SagaStatistics;
  _entities: Array<Maybe<_Entity>>;
  _service: _Service;
};


export type QuerySagaArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySagasArgs = {
  states?: InputMaybe<Array<SagaState>>;
  definition?: InputMaybe<Scalars['String']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  needsAttention?: InputMaybe<Scalars['Boolean']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  offset?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySagaStatisticsArgs = {
  since?: InputMaybe<Scalars['DateTime']['input']>;
};


export type Query_EntitiesArgs = {
  representations: Array<Scalars['_Any']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Starts the processing of an order; its outcome comes by `sagaUpdated`. */
  startOrderProcessing: StartOrderProcessingPayload;
  /** Lets a failed saga go on where it failed. */
  retrySaga: SagaActionPayload;
  /** Undoes a saga that is under way. */
  cancelSaga: SagaActionPayload;
  /** Holds a saga: replies are taken in, no new command is sent. */
  pauseSaga: SagaActionPayload;
  /** Lets a held saga go on. */
  resumeSaga: SagaActionPayload;
};


export type MutationStartOrderProcessingArgs = {
  input: StartOrderProcessingInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationRetrySagaArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCancelSagaArgs = {
  id: Scalars['ID']['input'];
};


export type MutationPauseSagaArgs = {
  id: Scalars['ID']['input'];
};


export type MutationResumeSagaArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** A saga as it advances; ends when it has ended. Starts with the saga as it stands. */
  sagaUpdated: Saga;
  /** Every change of every saga. */
  sagaActivity: Saga;
};


export type SubscriptionSagaUpdatedArgs = {
  id: Scalars['ID']['input'];
};


export type SubscriptionSagaActivityArgs = {
  definition?: InputMaybe<Scalars['String']['input']>;
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

export type _Entity = Customer | Order | Saga;



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
  SagaState: ResolverTypeWrapper<any>;
  SagaDirection: ResolverTypeWrapper<any>;
  SagaStepStatus: ResolverTypeWrapper<any>;
  SagaStep: ResolverTypeWrapper<any>;
  Float: ResolverTypeWrapper<any>;
  SagaEvent: ResolverTypeWrapper<any>;
  Saga: ResolverTypeWrapper<any>;
  SagaAction: ResolverTypeWrapper<any>;
  Order: ResolverTypeWrapper<any>;
  Customer: ResolverTypeWrapper<any>;
  SagaConnection: ResolverTypeWrapper<any>;
  SagaStepDefinition: ResolverTypeWrapper<any>;
  SagaDefinition: ResolverTypeWrapper<any>;
  SagaStateCount: ResolverTypeWrapper<any>;
  SagaStepStatistics: ResolverTypeWrapper<any>;
  SagaStatistics: ResolverTypeWrapper<any>;
  OrderProcessingLineInput: ResolverTypeWrapper<any>;
  StartOrderProcessingInput: ResolverTypeWrapper<any>;
  OrderProcessingStarted: ResolverTypeWrapper<any>;
  SagaActionRefused: ResolverTypeWrapper<any>;
  SagaActionAccepted: ResolverTypeWrapper<any>;
  StartOrderProcessingPayload: ResolverTypeWrapper<any>;
  SagaActionPayload: ResolverTypeWrapper<any>;
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
  SagaStep: any;
  Float: any;
  SagaEvent: any;
  Saga: any;
  Order: any;
  Customer: any;
  SagaConnection: any;
  SagaStepDefinition: any;
  SagaDefinition: any;
  SagaStateCount: any;
  SagaStepStatistics: any;
  SagaStatistics: any;
  OrderProcessingLineInput: any;
  StartOrderProcessingInput: any;
  OrderProcessingStarted: any;
  SagaActionRefused: any;
  SagaActionAccepted: any;
  StartOrderProcessingPayload: any;
  SagaActionPayload: any;
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

export type SagaStepResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaStep'] = ResolversParentTypes['SagaStep']> = {
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['SagaDirection'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SagaStepStatus'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  participant?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  duration?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SagaEventResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaEvent'] = ResolversParentTypes['SagaEvent']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  step?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SagaState'], ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SagaResolvers<ContextType = any, ParentType extends ResolversParentTypes['Saga'] = ResolversParentTypes['Saga']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  definition?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  definitionVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SagaState'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['SagaStep']>, ParentType, ContextType>;
  compensations?: Resolver<Array<ResolversTypes['SagaStep']>, ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['SagaEvent']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  paused?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cancelRequested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needsAttention?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  nextTimerAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  actions?: Resolver<Array<ResolversTypes['SagaAction']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  duration?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = any, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SagaConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaConnection'] = ResolversParentTypes['SagaConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Saga']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SagaStepDefinitionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaStepDefinition'] = ResolversParentTypes['SagaStepDefinition']> = {
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  participant?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  compensation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runningState?: Resolver<ResolversTypes['SagaState'], ParentType, ContextType>;
  doneState?: Resolver<ResolversTypes['SagaState'], ParentType, ContextType>;
  timeouts?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
  pivot?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SagaDefinitionResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaDefinition'] = ResolversParentTypes['SagaDefinition']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['SagaStepDefinition']>, ParentType, ContextType>;
};

export type SagaStateCountResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaStateCount'] = ResolversParentTypes['SagaStateCount']> = {
  state?: Resolver<ResolversTypes['SagaState'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SagaStepStatisticsResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaStepStatistics'] = ResolversParentTypes['SagaStepStatistics']> = {
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['SagaDirection'], ParentType, ContextType>;
  successes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meanDuration?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type SagaStatisticsResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaStatistics'] = ResolversParentTypes['SagaStatistics']> = {
  states?: Resolver<Array<ResolversTypes['SagaStateCount']>, ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['SagaStepStatistics']>, ParentType, ContextType>;
  successRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanDuration?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type OrderProcessingStartedResolvers<ContextType = any, ParentType extends ResolversParentTypes['OrderProcessingStarted'] = ResolversParentTypes['OrderProcessingStarted']> = {
  saga?: Resolver<ResolversTypes['Saga'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SagaActionRefusedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaActionRefused'] = ResolversParentTypes['SagaActionRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  saga?: Resolver<ResolversTypes['Saga'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SagaActionAcceptedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaActionAccepted'] = ResolversParentTypes['SagaActionAccepted']> = {
  saga?: Resolver<ResolversTypes['Saga'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StartOrderProcessingPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['StartOrderProcessingPayload'] = ResolversParentTypes['StartOrderProcessingPayload']> = {
  __resolveType: TypeResolveFn<'OrderProcessingStarted' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type SagaActionPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SagaActionPayload'] = ResolversParentTypes['SagaActionPayload']> = {
  __resolveType: TypeResolveFn<'SagaActionAccepted' | 'SagaActionRefused' | 'NotFound', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  saga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType, RequireFields<QuerySagaArgs, 'id'>>;
  sagas?: Resolver<ResolversTypes['SagaConnection'], ParentType, ContextType, RequireFields<QuerySagasArgs, 'first'>>;
  sagaDefinitions?: Resolver<Array<ResolversTypes['SagaDefinition']>, ParentType, ContextType>;
  sagaStatistics?: Resolver<ResolversTypes['SagaStatistics'], ParentType, ContextType, Partial<QuerySagaStatisticsArgs>>;
  _entities?: Resolver<Array<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  startOrderProcessing?: Resolver<ResolversTypes['StartOrderProcessingPayload'], ParentType, ContextType, RequireFields<MutationStartOrderProcessingArgs, 'input'>>;
  retrySaga?: Resolver<ResolversTypes['SagaActionPayload'], ParentType, ContextType, RequireFields<MutationRetrySagaArgs, 'id'>>;
  cancelSaga?: Resolver<ResolversTypes['SagaActionPayload'], ParentType, ContextType, RequireFields<MutationCancelSagaArgs, 'id'>>;
  pauseSaga?: Resolver<ResolversTypes['SagaActionPayload'], ParentType, ContextType, RequireFields<MutationPauseSagaArgs, 'id'>>;
  resumeSaga?: Resolver<ResolversTypes['SagaActionPayload'], ParentType, ContextType, RequireFields<MutationResumeSagaArgs, 'id'>>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  sagaUpdated?: SubscriptionResolver<ResolversTypes['Saga'], "sagaUpdated", ParentType, ContextType, RequireFields<SubscriptionSagaUpdatedArgs, 'id'>>;
  sagaActivity?: SubscriptionResolver<ResolversTypes['Saga'], "sagaActivity", ParentType, ContextType, Partial<SubscriptionSagaActivityArgs>>;
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
  __resolveType: TypeResolveFn<'Customer' | 'Order' | 'Saga', ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  StaleValue?: StaleValueResolvers<ContextType>;
  AlreadyTaken?: AlreadyTakenResolvers<ContextType>;
  SagaStep?: SagaStepResolvers<ContextType>;
  SagaEvent?: SagaEventResolvers<ContextType>;
  Saga?: SagaResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  SagaConnection?: SagaConnectionResolvers<ContextType>;
  SagaStepDefinition?: SagaStepDefinitionResolvers<ContextType>;
  SagaDefinition?: SagaDefinitionResolvers<ContextType>;
  SagaStateCount?: SagaStateCountResolvers<ContextType>;
  SagaStepStatistics?: SagaStepStatisticsResolvers<ContextType>;
  SagaStatistics?: SagaStatisticsResolvers<ContextType>;
  OrderProcessingStarted?: OrderProcessingStartedResolvers<ContextType>;
  SagaActionRefused?: SagaActionRefusedResolvers<ContextType>;
  SagaActionAccepted?: SagaActionAcceptedResolvers<ContextType>;
  StartOrderProcessingPayload?: StartOrderProcessingPayloadResolvers<ContextType>;
  SagaActionPayload?: SagaActionPayloadResolvers<ContextType>;
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
