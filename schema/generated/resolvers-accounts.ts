// Generated from schema/sdl/accounts.graphql by schema/generate.ts.
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

/** A program or person that uses the system: one with an API key, or a member of staff, whose id here is staff:<id>. */
export type Consumer = {
  __typename?: 'Consumer';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** Its name, e.g. admin-user. */
  name: Scalars['String']['output'];
  /** What it may do. */
  roles: Array<Role>;
  /** The places it may act in; null: everywhere. */
  stores?: Maybe<Array<Place>>;
  /** How much it may ask of the gateway. */
  limits: ConsumerLimits;
  /** What its limits follow from; null for a member of staff. */
  tier?: Maybe<Tier>;
  /** True for demo data, which a production profile refuses. */
  demo: Scalars['Boolean']['output'];
  /** The member of staff it is; null for a program, and for who may not see that person. */
  staffMember?: Maybe<StaffMember>;
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
};

/** How much a consumer may ask of the gateway. */
export type ConsumerLimits = {
  __typename?: 'ConsumerLimits';
  /** Requests in a minute. */
  perMinute: Scalars['Int']['output'];
  /** Requests in an hour. */
  perHour: Scalars['Int']['output'];
};

/** What a consumer's limits follow from where it has none of its own. */
export type Tier =
  /** For trying things out. */
  | 'DEMO'
  /** The usual one. */
  | 'STANDARD'
  /** Another company's system. */
  | 'PARTNER'
  /** A program of one's own. */
  | 'INTERNAL';

/** The limits of a tier. */
export type TierLimits = {
  __typename?: 'TierLimits';
  /** The tier. */
  tier: Tier;
  /** How much its consumers may ask where they have no limits of their own. */
  limits: ConsumerLimits;
};

/** A key by which a program signs in. The secret itself was shown once, when it was issued. */
export type ApiKey = {
  __typename?: 'ApiKey';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** Whose it is. */
  consumer: Consumer;
  /** What it is for, for a person. */
  label: Scalars['String']['output'];
  /** How it begins. */
  prefix: Scalars['String']['output'];
  /** How it ends. */
  lastFour: Scalars['String']['output'];
  /** When it was issued. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last seen in use, give or take a quarter of an hour; null: never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** From when on it is not valid any more; null: it has no end. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was revoked. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  __typename?: 'ApiKeyConnection';
  /** The keys. */
  nodes: Array<ApiKey>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A place of the chain; what it is, inventory tells. */
export type Place = {
  __typename?: 'Place';
  /** A whole number. */
  id: Scalars['ID']['output'];
};

/** Somebody who works here and signs in. */
export type StaffMember = {
  __typename?: 'StaffMember';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** Full name. */
  name: Scalars['String']['output'];
  /** What the person signs in with, unique whatever its case. */
  login: Scalars['String']['output'];
  /** E-mail address. */
  email?: Maybe<Scalars['String']['output']>;
  /** Number of the badge, which a till takes in place of the login. */
  badge?: Maybe<Scalars['String']['output']>;
  /** What the person may do, by all the roles given. */
  roles: Array<Role>;
  /** The roles that were given: the seven fixed ones, and those made of them. */
  givenRoles: Array<RoleDefinition>;
  /** Where the person may act. An administrator may act everywhere, whatever is listed. */
  stores: Array<Place>;
  /** Whether the person may sign in. */
  active: Scalars['Boolean']['output'];
  /** Whether there is a PIN to sign in with at a till. */
  hasPin: Scalars['Boolean']['output'];
  /** True for demo data, which a production profile refuses. */
  demo: Scalars['Boolean']['output'];
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A page of staff. */
export type StaffConnection = {
  __typename?: 'StaffConnection';
  /** The people. */
  nodes: Array<StaffMember>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A role as staff are given it: one of the seven fixed ones, or a name for several of them. */
export type RoleDefinition = {
  __typename?: 'RoleDefinition';
  /** Of a fixed role its name, e.g. CLERK; else opaque. */
  id: Scalars['ID']['output'];
  /** Its name, unique whatever its case. */
  name: Scalars['String']['output'];
  /** What it is for. */
  description: Scalars['String']['output'];
  /** What it lets do. A change holds for sessions that are open as well, within the time that the gateway remembers them. */
  grants: Array<Role>;
  /** True for the seven, which cannot be changed. */
  fixed: Scalars['Boolean']['output'];
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
};

/** One thing that was done, by whom and to what. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** When it was done. */
  at: Scalars['DateTime']['output'];
  /** Who did it: the consumer's id, or `nobody` for a sign-in that was refused. */
  actorId: Scalars['String']['output'];
  /** The name by then. */
  actorName: Scalars['String']['output'];
  /** Who did it, as known by now; null for who is not known any more. */
  actor?: Maybe<Consumer>;
  /** What was done, e.g. product.updated. */
  action: Scalars['String']['output'];
  /** To what kind of thing, e.g. product. */
  entityType: Scalars['String']['output'];
  /** To which one. */
  entityId: Scalars['String']['output'];
  /** What that was called by then; null where it has no name, or none that may be told. */
  entityName?: Maybe<Scalars['String']['output']>;
  /** The places it concerns; empty where it concerns none in particular. */
  stores: Array<Place>;
  /** What was done, for a person who reads English; the other fields say it for other languages. */
  summary: Scalars['String']['output'];
  /** What changed, or what it was done with; never a secret. */
  changes: Array<AuditChange>;
};

/** A value that changed. */
export type AuditChange = {
  __typename?: 'AuditChange';
  /** Its name. */
  field: Scalars['String']['output'];
  /** What it was, as JSON; null where there was none. */
  before?: Maybe<Scalars['String']['output']>;
  /** What it became, as JSON; null where there is none. */
  after?: Maybe<Scalars['String']['output']>;
};

/** A page of the audit log. */
export type AuditConnection = {
  __typename?: 'AuditConnection';
  /** The entries, newest first. */
  nodes: Array<AuditEntry>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** Which entries of the audit log. */
export type AuditFilter = {
  /** Only what this consumer did, by its id. */
  actorId?: InputMaybe<Scalars['String']['input']>;
  /** Only on this kind of thing, e.g. product. */
  entityType?: InputMaybe<Scalars['String']['input']>;
  /** Only on the thing of this id. */
  entityId?: InputMaybe<Scalars['String']['input']>;
  /** Only this action, e.g. product.updated; a name that ends with a dot stands for all that begin so. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** Only since then. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only before then. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Signed in. The access token is sent as `Authorization: Bearer`; before it expires, `refresh` gives the next pair. */
export type SignedIn = {
  __typename?: 'SignedIn';
  /** For ten minutes. */
  accessToken: Scalars['String']['output'];
  /** When the access token expires. */
  accessExpiresAt: Scalars['DateTime']['output'];
  /** Good for one `refresh`, which gives the next. To be kept where nothing else can read it. */
  refreshToken: Scalars['String']['output'];
  /** When the refresh token expires, used or not. */
  refreshExpiresAt: Scalars['DateTime']['output'];
  /** Who signed in, with the rights of this session. */
  consumer: Consumer;
  /** The same as a member of staff. */
  staffMember: StaffMember;
};

/** Not signed in. It is not told which of login, password, PIN or store was wrong, nor whether there is such a person. */
export type SignInRefused = {
  __typename?: 'SignInRefused';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** Seconds until the next attempt can succeed, after too many failed ones; else null. */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/** The session has ended: sign in again. */
export type SessionEnded = {
  __typename?: 'SessionEnded';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
};

/** Signed out; the tokens of the session are not valid any more. */
export type SignedOut = {
  __typename?: 'SignedOut';
  /** Whether a session was open until then. */
  ended: Scalars['Boolean']['output'];
};

/** This cannot be done, whoever asks. */
export type AccountChangeRefused = {
  __typename?: 'AccountChangeRefused';
  /** Why, for a person. */
  message: Scalars['String']['output'];
  /** Why, for a program. */
  reason: AccountRefusal;
};

/** Why a change of accounts was refused. */
export type AccountRefusal =
  /** Nobody would be left to administer the system. */
  | 'LAST_ADMINISTRATOR'
  /** The role is one of the seven, which are as they are. */
  | 'FIXED_ROLE'
  /** Staff still have the role. */
  | 'ROLE_IN_USE'
  /** The current password was not given rightly. */
  | 'WRONG_PASSWORD'
  /** The key was revoked before. */
  | 'ALREADY_REVOKED'
  /** Who asks is not a member of staff and has no password. */
  | 'NOT_STAFF';

/** A member of staff to create. */
export type CreateStaffInput = {
  /** Full name, 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** What to sign in with: 3 to 60 letters, digits and . _ - @. */
  login: Scalars['String']['input'];
  /** E-mail address. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Number of the badge: 3 to 20 digits. */
  badge?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the roles to give, e.g. CLERK. */
  roles: Array<Scalars['ID']['input']>;
  /** Ids of the places to act in. Only an administrator may act everywhere. */
  stores?: Array<Scalars['ID']['input']>;
  /** The password to begin with, 10 to 200 characters. */
  password: Scalars['String']['input'];
  /** A PIN for tills: 4 to 8 digits. */
  pin?: InputMaybe<Scalars['String']['input']>;
};

/** What to change; what is left out stays. */
export type UpdateStaffInput = {
  /** Full name, 1 to 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What to sign in with: 3 to 60 letters, digits and . _ - @. */
  login?: InputMaybe<Scalars['String']['input']>;
  /** E-mail address; null removes it. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Number of the badge: 3 to 20 digits; null removes it. */
  badge?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the roles to have from now on, e.g. CLERK. */
  roles?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Ids of the places to act in from now on. */
  stores?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Refuse where the version is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

/** A role to create. */
export type CreateRoleInput = {
  /** Its name, 1 to 60 characters. */
  name: Scalars['String']['input'];
  /** What it is for, at most 500 characters. */
  description?: Scalars['String']['input'];
  /** What it lets do, at least one. */
  grants: Array<Role>;
};

/** What to change; what is left out stays. */
export type UpdateRoleInput = {
  /** Its name, 1 to 60 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What it is for, at most 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** What it lets do, at least one. */
  grants?: InputMaybe<Array<Role>>;
  /** Refuse where the version is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

/** A consumer to create. */
export type CreateConsumerInput = {
  /** Its name, 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** What it may do. */
  roles: Array<Role>;
  /** What its limits follow from. */
  tier?: Tier;
  /** Requests in a minute, 1 to 1,000,000; null: those of the tier. */
  perMinute?: InputMaybe<Scalars['Int']['input']>;
  /** Requests in an hour, 1 to 60,000,000; null: those of the tier. */
  perHour?: InputMaybe<Scalars['Int']['input']>;
  /** Ids of the places it may act in; null: everywhere. */
  stores?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** What to change; what is left out stays. */
export type UpdateConsumerInput = {
  /** Its name, 1 to 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What it may do. */
  roles?: InputMaybe<Array<Role>>;
  /** What its limits follow from. */
  tier?: InputMaybe<Tier>;
  /** Requests in a minute, 1 to 1,000,000; null: those of the tier. */
  perMinute?: InputMaybe<Scalars['Int']['input']>;
  /** Requests in an hour, 1 to 60,000,000; null: those of the tier. */
  perHour?: InputMaybe<Scalars['Int']['input']>;
  /** Ids of the places it may act in; null: everywhere. */
  stores?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Refuse where the version is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

/** A key to issue. */
export type IssueApiKeyInput = {
  /** Whose it will be. */
  consumerId: Scalars['ID']['input'];
  /** What it is for, at most 100 characters. */
  label?: Scalars['String']['input'];
  /** From when on it is not valid any more; null: it has no end. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The member of staff was created. */
export type StaffCreated = {
  __typename?: 'StaffCreated';
  /** The person. */
  staffMember: StaffMember;
};

/** The member of staff was changed. */
export type StaffUpdated = {
  __typename?: 'StaffUpdated';
  /** The person as known now. */
  staffMember: StaffMember;
};

/** The role was created. */
export type RoleCreated = {
  __typename?: 'RoleCreated';
  /** The role. */
  role: RoleDefinition;
};

/** The role was changed. */
export type RoleUpdated = {
  __typename?: 'RoleUpdated';
  /** The role as it is now. */
  role: RoleDefinition;
};

/** The role was deleted. */
export type RoleDeleted = {
  __typename?: 'RoleDeleted';
  /** The id it had. */
  id: Scalars['ID']['output'];
};

/** The consumer was created. */
export type ConsumerCreated = {
  __typename?: 'ConsumerCreated';
  /** The consumer. */
  consumer: Consumer;
};

/** The consumer was changed. */
export type ConsumerUpdated = {
  __typename?: 'ConsumerUpdated';
  /** The consumer as it is now. */
  consumer: Consumer;
};

/** The key was issued. */
export type ApiKeyIssued = {
  __typename?: 'ApiKeyIssued';
  /** The key. */
  apiKey: ApiKey;
  /** The key itself, to be sent as X-API-Key. It is shown this once and kept nowhere: null where an idempotency key repeats the request. */
  secret?: Maybe<Scalars['String']['output']>;
};

/** The key was revoked: it is refused within the time that the gateway remembers it. */
export type ApiKeyRevoked = {
  __typename?: 'ApiKeyRevoked';
  /** The key. */
  apiKey: ApiKey;
};

/** The PIN was set or removed. */
export type PinSet = {
  __typename?: 'PinSet';
  /** The person as known now. */
  staffMember: StaffMember;
};

/** Outcome of login and loginWithPin. */
export type LoginPayload = SignedIn | SignInRefused;

/** Outcome of refresh. */
export type RefreshPayload = SignedIn | SessionEnded;

/** Outcome of changePassword. */
export type ChangePasswordPayload = SignedIn | AccountChangeRefused | SignInRefused;

/** Outcome of setPin. */
export type SetPinPayload = PinSet | AccountChangeRefused | SignInRefused;

/** Outcome of createStaff. */
export type CreateStaffPayload = StaffCreated | AlreadyTaken | IdempotencyConflict;

/** Outcome of updateStaff. */
export type UpdateStaffPayload = StaffUpdated | AlreadyTaken | StaleValue | AccountChangeRefused | NotFound;

/** Outcome of what is done to an account of staff. */
export type StaffActionPayload = StaffUpdated | StaleValue | AccountChangeRefused | NotFound;

/** Outcome of createRole. */
export type CreateRolePayload = RoleCreated | AlreadyTaken | NotFound | IdempotencyConflict;

/** Outcome of updateRole. */
export type UpdateRolePayload = RoleUpdated | AlreadyTaken | StaleValue | AccountChangeRefused | NotFound;

/** Outcome of deleteRole. */
export type DeleteRolePayload = RoleDeleted | StaleValue | AccountChangeRefused | NotFound;

/** Outcome of createConsumer. */
export type CreateConsumerPayload = ConsumerCreated | AlreadyTaken | IdempotencyConflict;

/** Outcome of updateConsumer. */
export type UpdateConsumerPayload = ConsumerUpdated | AlreadyTaken | StaleValue | NotFound;

/** Outcome of issueApiKey. */
export type IssueApiKeyPayload = ApiKeyIssued | IdempotencyConflict | NotFound;

/** Outcome of revokeApiKey. */
export type RevokeApiKeyPayload = ApiKeyRevoked | AccountChangeRefused | NotFound;

export type Query = {
  __typename?: 'Query';
  /** Who asks, program or person; null where the gateway runs without authentication. */
  me?: Maybe<Consumer>;
  /** All consumers with API keys, by name. */
  consumers: Array<Consumer>;
  /** One member of staff; null if there is none, or none that one may see: oneself, and as a manager those of one's stores. */
  staffMember?: Maybe<StaffMember>;
  /** Staff by name; a manager sees those of the own stores. */
  staff: StaffConnection;
  /** The roles that staff can be given: first the seven, then the others by name. */
  roles: Array<RoleDefinition>;
  /** The tiers and their limits. */
  tiers: Array<TierLimits>;
  /** API keys, newest first. */
  apiKeys: ApiKeyConnection;
  /** What was done, newest first. A manager sees what concerns the own stores. */
  auditLog: AuditConnection;
  /** For the gateway: the consumer that an API key belongs to; null for a key that is unknown, revoked or expired. */
  consumerByApiKey?: Maybe<Consumer>;
  /** For the gateway: who a session belongs to, with the rights it gives now; null for a session that has ended, and for who may not sign in any more. */
  consumerBySession?: Maybe<Consumer>;
  _entities: Array<Maybe<_Entity>>;
  _service: _Service;
};


export type QueryStaffMemberArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStaffArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  storeId?: InputMaybe<Scalars['ID']['input']>;
  role?: InputMaybe<Role>;
  active?: InputMaybe<Scalars['Boolean']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryApiKeysArgs = {
  consumerId?: InputMaybe<Scalars['ID']['input']>;
  revoked?: InputMaybe<Scalars['Boolean']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAuditLogArgs = {
  filter?: InputMaybe<AuditFilter>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryConsumerByApiKeyArgs = {
  key: Scalars['String']['input'];
};


export type QueryConsumerBySessionArgs = {
  id: Scalars['ID']['input'];
};


export type Query_EntitiesArgs = {
  representations: Array<Scalars['_Any']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Signs a member of staff in. Needs no credential. */
  login: LoginPayload;
  /** Signs a member of staff in at a till: for this place only, for twelve hours at most, and without the rights of an administrator. Needs no credential. */
  loginWithPin: LoginPayload;
  /** Gives the next pair of tokens. A refresh token that was used before ends its session, but for a repetition within ten seconds, which gets the same answer. Needs no credential. */
  refresh: RefreshPayload;
  /** Ends a session. Needs no credential but its refresh token. */
  logout: SignedOut;
  /** Changes the own password: ends all sessions of the person and opens a new one. */
  changePassword: ChangePasswordPayload;
  /** Sets or removes the own PIN, and ends the sessions that the last one opened. */
  setPin: SetPinPayload;
  /** Creates a member of staff; a manager in the own stores and with no right that a manager has not. */
  createStaff: CreateStaffPayload;
  /** Changes what is known of a member of staff. */
  updateStaff: UpdateStaffPayload;
  /** Lets a member of staff sign in no more and ends the open sessions. */
  disableStaff: StaffActionPayload;
  /** Lets a member of staff sign in again. */
  enableStaff: StaffActionPayload;
  /** Gives another member of staff another password, ends the open sessions and lets a locked account in again. */
  resetPassword: StaffActionPayload;
  /** Gives another member of staff another PIN, or takes it away; ends the sessions that a PIN opened. */
  resetPin: StaffActionPayload;
  /** Creates a role out of the seven. */
  createRole: CreateRolePayload;
  /** Changes a role, and with it the rights of all who have it. */
  updateRole: UpdateRolePayload;
  /** Deletes a role that nobody has. */
  deleteRole: DeleteRolePayload;
  /** Creates a consumer, which gets its keys by issueApiKey. */
  createConsumer: CreateConsumerPayload;
  /** Changes a consumer; its keys have the new rights within the time that the gateway remembers them. */
  updateConsumer: UpdateConsumerPayload;
  /** Issues a key; its secret is shown this once. */
  issueApiKey: IssueApiKeyPayload;
  /** Makes a key invalid for good. */
  revokeApiKey: RevokeApiKeyPayload;
};


export type MutationLoginArgs = {
  login: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


export type MutationLoginWithPinArgs = {
  login: Scalars['String']['input'];
  pin: Scalars['String']['input'];
  storeId: Scalars['ID']['input'];
};


export type MutationRefreshArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationLogoutArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


export type MutationSetPinArgs = {
  currentPassword: Scalars['String']['input'];
  pin?: InputMaybe<Scalars['String']['input']>;
};


export type MutationCreateStaffArgs = {
  input: CreateStaffInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateStaffArgs = {
  id: Scalars['ID']['input'];
  input: UpdateStaffInput;
};


export type MutationDisableStaffArgs = {
  id: Scalars['ID']['input'];
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationEnableStaffArgs = {
  id: Scalars['ID']['input'];
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationResetPasswordArgs = {
  id: Scalars['ID']['input'];
  password: Scalars['String']['input'];
};


export type MutationResetPinArgs = {
  id: Scalars['ID']['input'];
  pin?: InputMaybe<Scalars['String']['input']>;
};


export type MutationCreateRoleArgs = {
  input: CreateRoleInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateRoleArgs = {
  id: Scalars['ID']['input'];
  input: UpdateRoleInput;
};


export type MutationDeleteRoleArgs = {
  id: Scalars['ID']['input'];
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationCreateConsumerArgs = {
  input: CreateConsumerInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateConsumerArgs = {
  id: Scalars['ID']['input'];
  input: UpdateConsumerInput;
};


export type MutationIssueApiKeyArgs = {
  input: IssueApiKeyInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationRevokeApiKeyArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Each entry of the audit log as it is kept; for a manager those of the own stores. */
  auditRecorded: AuditEntry;
};


export type SubscriptionAuditRecordedArgs = {
  entityType?: InputMaybe<Scalars['String']['input']>;
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

export type _Entity = Consumer | Place | StaffMember;



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
  Consumer: ResolverTypeWrapper<any>;
  ConsumerLimits: ResolverTypeWrapper<any>;
  Tier: ResolverTypeWrapper<any>;
  TierLimits: ResolverTypeWrapper<any>;
  ApiKey: ResolverTypeWrapper<any>;
  ApiKeyConnection: ResolverTypeWrapper<any>;
  Place: ResolverTypeWrapper<any>;
  StaffMember: ResolverTypeWrapper<any>;
  StaffConnection: ResolverTypeWrapper<any>;
  RoleDefinition: ResolverTypeWrapper<any>;
  AuditEntry: ResolverTypeWrapper<any>;
  AuditChange: ResolverTypeWrapper<any>;
  AuditConnection: ResolverTypeWrapper<any>;
  AuditFilter: ResolverTypeWrapper<any>;
  SignedIn: ResolverTypeWrapper<any>;
  SignInRefused: ResolverTypeWrapper<any>;
  SessionEnded: ResolverTypeWrapper<any>;
  SignedOut: ResolverTypeWrapper<any>;
  AccountChangeRefused: ResolverTypeWrapper<any>;
  AccountRefusal: ResolverTypeWrapper<any>;
  CreateStaffInput: ResolverTypeWrapper<any>;
  UpdateStaffInput: ResolverTypeWrapper<any>;
  CreateRoleInput: ResolverTypeWrapper<any>;
  UpdateRoleInput: ResolverTypeWrapper<any>;
  CreateConsumerInput: ResolverTypeWrapper<any>;
  UpdateConsumerInput: ResolverTypeWrapper<any>;
  IssueApiKeyInput: ResolverTypeWrapper<any>;
  StaffCreated: ResolverTypeWrapper<any>;
  StaffUpdated: ResolverTypeWrapper<any>;
  RoleCreated: ResolverTypeWrapper<any>;
  RoleUpdated: ResolverTypeWrapper<any>;
  RoleDeleted: ResolverTypeWrapper<any>;
  ConsumerCreated: ResolverTypeWrapper<any>;
  ConsumerUpdated: ResolverTypeWrapper<any>;
  ApiKeyIssued: ResolverTypeWrapper<any>;
  ApiKeyRevoked: ResolverTypeWrapper<any>;
  PinSet: ResolverTypeWrapper<any>;
  LoginPayload: ResolverTypeWrapper<any>;
  RefreshPayload: ResolverTypeWrapper<any>;
  ChangePasswordPayload: ResolverTypeWrapper<any>;
  SetPinPayload: ResolverTypeWrapper<any>;
  CreateStaffPayload: ResolverTypeWrapper<any>;
  UpdateStaffPayload: ResolverTypeWrapper<any>;
  StaffActionPayload: ResolverTypeWrapper<any>;
  CreateRolePayload: ResolverTypeWrapper<any>;
  UpdateRolePayload: ResolverTypeWrapper<any>;
  DeleteRolePayload: ResolverTypeWrapper<any>;
  CreateConsumerPayload: ResolverTypeWrapper<any>;
  UpdateConsumerPayload: ResolverTypeWrapper<any>;
  IssueApiKeyPayload: ResolverTypeWrapper<any>;
  RevokeApiKeyPayload: ResolverTypeWrapper<any>;
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
  Consumer: any;
  ConsumerLimits: any;
  TierLimits: any;
  ApiKey: any;
  ApiKeyConnection: any;
  Place: any;
  StaffMember: any;
  StaffConnection: any;
  RoleDefinition: any;
  AuditEntry: any;
  AuditChange: any;
  AuditConnection: any;
  AuditFilter: any;
  SignedIn: any;
  SignInRefused: any;
  SessionEnded: any;
  SignedOut: any;
  AccountChangeRefused: any;
  CreateStaffInput: any;
  UpdateStaffInput: any;
  CreateRoleInput: any;
  UpdateRoleInput: any;
  CreateConsumerInput: any;
  UpdateConsumerInput: any;
  IssueApiKeyInput: any;
  StaffCreated: any;
  StaffUpdated: any;
  RoleCreated: any;
  RoleUpdated: any;
  RoleDeleted: any;
  ConsumerCreated: any;
  ConsumerUpdated: any;
  ApiKeyIssued: any;
  ApiKeyRevoked: any;
  PinSet: any;
  LoginPayload: any;
  RefreshPayload: any;
  ChangePasswordPayload: any;
  SetPinPayload: any;
  CreateStaffPayload: any;
  UpdateStaffPayload: any;
  StaffActionPayload: any;
  CreateRolePayload: any;
  UpdateRolePayload: any;
  DeleteRolePayload: any;
  CreateConsumerPayload: any;
  UpdateConsumerPayload: any;
  IssueApiKeyPayload: any;
  RevokeApiKeyPayload: any;
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
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AlreadyTakenResolvers<ContextType = any, ParentType extends ResolversParentTypes['AlreadyTaken'] = ResolversParentTypes['AlreadyTaken']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsumerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Consumer'] = ResolversParentTypes['Consumer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  stores?: Resolver<Maybe<Array<ResolversTypes['Place']>>, ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['ConsumerLimits'], ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  demo?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staffMember?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsumerLimitsResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsumerLimits'] = ResolversParentTypes['ConsumerLimits']> = {
  perMinute?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  perHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TierLimitsResolvers<ContextType = any, ParentType extends ResolversParentTypes['TierLimits'] = ResolversParentTypes['TierLimits']> = {
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['ConsumerLimits'], ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = any, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  consumer?: Resolver<ResolversTypes['Consumer'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastFour?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PlaceResolvers<ContextType = any, ParentType extends ResolversParentTypes['Place'] = ResolversParentTypes['Place']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StaffMemberResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffMember'] = ResolversParentTypes['StaffMember']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  login?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  badge?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  givenRoles?: Resolver<Array<ResolversTypes['RoleDefinition']>, ParentType, ContextType>;
  stores?: Resolver<Array<ResolversTypes['Place']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPin?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  demo?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StaffConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffConnection'] = ResolversParentTypes['StaffConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RoleDefinitionResolvers<ContextType = any, ParentType extends ResolversParentTypes['RoleDefinition'] = ResolversParentTypes['RoleDefinition']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  grants?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  fixed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['Consumer']>, ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entityType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entityId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entityName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stores?: Resolver<Array<ResolversTypes['Place']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['AuditChange']>, ParentType, ContextType>;
};

export type AuditChangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditChange'] = ResolversParentTypes['AuditChange']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SignedInResolvers<ContextType = any, ParentType extends ResolversParentTypes['SignedIn'] = ResolversParentTypes['SignedIn']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  consumer?: Resolver<ResolversTypes['Consumer'], ParentType, ContextType>;
  staffMember?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignInRefusedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SignInRefused'] = ResolversParentTypes['SignInRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionEndedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SessionEnded'] = ResolversParentTypes['SessionEnded']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignedOutResolvers<ContextType = any, ParentType extends ResolversParentTypes['SignedOut'] = ResolversParentTypes['SignedOut']> = {
  ended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccountChangeRefusedResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccountChangeRefused'] = ResolversParentTypes['AccountChangeRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['AccountRefusal'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StaffCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffCreated'] = ResolversParentTypes['StaffCreated']> = {
  staffMember?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StaffUpdatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffUpdated'] = ResolversParentTypes['StaffUpdated']> = {
  staffMember?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['RoleCreated'] = ResolversParentTypes['RoleCreated']> = {
  role?: Resolver<ResolversTypes['RoleDefinition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleUpdatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['RoleUpdated'] = ResolversParentTypes['RoleUpdated']> = {
  role?: Resolver<ResolversTypes['RoleDefinition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleDeletedResolvers<ContextType = any, ParentType extends ResolversParentTypes['RoleDeleted'] = ResolversParentTypes['RoleDeleted']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsumerCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsumerCreated'] = ResolversParentTypes['ConsumerCreated']> = {
  consumer?: Resolver<ResolversTypes['Consumer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsumerUpdatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsumerUpdated'] = ResolversParentTypes['ConsumerUpdated']> = {
  consumer?: Resolver<ResolversTypes['Consumer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyIssuedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ApiKeyIssued'] = ResolversParentTypes['ApiKeyIssued']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyRevokedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ApiKeyRevoked'] = ResolversParentTypes['ApiKeyRevoked']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PinSetResolvers<ContextType = any, ParentType extends ResolversParentTypes['PinSet'] = ResolversParentTypes['PinSet']> = {
  staffMember?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LoginPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['LoginPayload'] = ResolversParentTypes['LoginPayload']> = {
  __resolveType: TypeResolveFn<'SignedIn' | 'SignInRefused', ParentType, ContextType>;
};

export type RefreshPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['RefreshPayload'] = ResolversParentTypes['RefreshPayload']> = {
  __resolveType: TypeResolveFn<'SignedIn' | 'SessionEnded', ParentType, ContextType>;
};

export type ChangePasswordPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  __resolveType: TypeResolveFn<'SignedIn' | 'AccountChangeRefused' | 'SignInRefused', ParentType, ContextType>;
};

export type SetPinPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['SetPinPayload'] = ResolversParentTypes['SetPinPayload']> = {
  __resolveType: TypeResolveFn<'PinSet' | 'AccountChangeRefused' | 'SignInRefused', ParentType, ContextType>;
};

export type CreateStaffPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateStaffPayload'] = ResolversParentTypes['CreateStaffPayload']> = {
  __resolveType: TypeResolveFn<'StaffCreated' | 'AlreadyTaken' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type UpdateStaffPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['UpdateStaffPayload'] = ResolversParentTypes['UpdateStaffPayload']> = {
  __resolveType: TypeResolveFn<'StaffUpdated' | 'AlreadyTaken' | 'StaleValue' | 'AccountChangeRefused' | 'NotFound', ParentType, ContextType>;
};

export type StaffActionPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffActionPayload'] = ResolversParentTypes['StaffActionPayload']> = {
  __resolveType: TypeResolveFn<'StaffUpdated' | 'StaleValue' | 'AccountChangeRefused' | 'NotFound', ParentType, ContextType>;
};

export type CreateRolePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateRolePayload'] = ResolversParentTypes['CreateRolePayload']> = {
  __resolveType: TypeResolveFn<'RoleCreated' | 'AlreadyTaken' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type UpdateRolePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['UpdateRolePayload'] = ResolversParentTypes['UpdateRolePayload']> = {
  __resolveType: TypeResolveFn<'RoleUpdated' | 'AlreadyTaken' | 'StaleValue' | 'AccountChangeRefused' | 'NotFound', ParentType, ContextType>;
};

export type DeleteRolePayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeleteRolePayload'] = ResolversParentTypes['DeleteRolePayload']> = {
  __resolveType: TypeResolveFn<'RoleDeleted' | 'StaleValue' | 'AccountChangeRefused' | 'NotFound', ParentType, ContextType>;
};

export type CreateConsumerPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateConsumerPayload'] = ResolversParentTypes['CreateConsumerPayload']> = {
  __resolveType: TypeResolveFn<'ConsumerCreated' | 'AlreadyTaken' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type UpdateConsumerPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['UpdateConsumerPayload'] = ResolversParentTypes['UpdateConsumerPayload']> = {
  __resolveType: TypeResolveFn<'ConsumerUpdated' | 'AlreadyTaken' | 'StaleValue' | 'NotFound', ParentType, ContextType>;
};

export type IssueApiKeyPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['IssueApiKeyPayload'] = ResolversParentTypes['IssueApiKeyPayload']> = {
  __resolveType: TypeResolveFn<'ApiKeyIssued' | 'IdempotencyConflict' | 'NotFound', ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  __resolveType: TypeResolveFn<'ApiKeyRevoked' | 'AccountChangeRefused' | 'NotFound', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['Consumer']>, ParentType, ContextType>;
  consumers?: Resolver<Array<ResolversTypes['Consumer']>, ParentType, ContextType>;
  staffMember?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType, RequireFields<QueryStaffMemberArgs, 'id'>>;
  staff?: Resolver<ResolversTypes['StaffConnection'], ParentType, ContextType, RequireFields<QueryStaffArgs, 'first'>>;
  roles?: Resolver<Array<ResolversTypes['RoleDefinition']>, ParentType, ContextType>;
  tiers?: Resolver<Array<ResolversTypes['TierLimits']>, ParentType, ContextType>;
  apiKeys?: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, RequireFields<QueryApiKeysArgs, 'first'>>;
  auditLog?: Resolver<ResolversTypes['AuditConnection'], ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  consumerByApiKey?: Resolver<Maybe<ResolversTypes['Consumer']>, ParentType, ContextType, RequireFields<QueryConsumerByApiKeyArgs, 'key'>>;
  consumerBySession?: Resolver<Maybe<ResolversTypes['Consumer']>, ParentType, ContextType, RequireFields<QueryConsumerBySessionArgs, 'id'>>;
  _entities?: Resolver<Array<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  login?: Resolver<ResolversTypes['LoginPayload'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'login' | 'password'>>;
  loginWithPin?: Resolver<ResolversTypes['LoginPayload'], ParentType, ContextType, RequireFields<MutationLoginWithPinArgs, 'login' | 'pin' | 'storeId'>>;
  refresh?: Resolver<ResolversTypes['RefreshPayload'], ParentType, ContextType, RequireFields<MutationRefreshArgs, 'refreshToken'>>;
  logout?: Resolver<ResolversTypes['SignedOut'], ParentType, ContextType, RequireFields<MutationLogoutArgs, 'refreshToken'>>;
  changePassword?: Resolver<ResolversTypes['ChangePasswordPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'currentPassword' | 'newPassword'>>;
  setPin?: Resolver<ResolversTypes['SetPinPayload'], ParentType, ContextType, RequireFields<MutationSetPinArgs, 'currentPassword'>>;
  createStaff?: Resolver<ResolversTypes['CreateStaffPayload'], ParentType, ContextType, RequireFields<MutationCreateStaffArgs, 'input'>>;
  updateStaff?: Resolver<ResolversTypes['UpdateStaffPayload'], ParentType, ContextType, RequireFields<MutationUpdateStaffArgs, 'id' | 'input'>>;
  disableStaff?: Resolver<ResolversTypes['StaffActionPayload'], ParentType, ContextType, RequireFields<MutationDisableStaffArgs, 'id'>>;
  enableStaff?: Resolver<ResolversTypes['StaffActionPayload'], ParentType, ContextType, RequireFields<MutationEnableStaffArgs, 'id'>>;
  resetPassword?: Resolver<ResolversTypes['StaffActionPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'id' | 'password'>>;
  resetPin?: Resolver<ResolversTypes['StaffActionPayload'], ParentType, ContextType, RequireFields<MutationResetPinArgs, 'id'>>;
  createRole?: Resolver<ResolversTypes['CreateRolePayload'], ParentType, ContextType, RequireFields<MutationCreateRoleArgs, 'input'>>;
  updateRole?: Resolver<ResolversTypes['UpdateRolePayload'], ParentType, ContextType, RequireFields<MutationUpdateRoleArgs, 'id' | 'input'>>;
  deleteRole?: Resolver<ResolversTypes['DeleteRolePayload'], ParentType, ContextType, RequireFields<MutationDeleteRoleArgs, 'id'>>;
  createConsumer?: Resolver<ResolversTypes['CreateConsumerPayload'], ParentType, ContextType, RequireFields<MutationCreateConsumerArgs, 'input'>>;
  updateConsumer?: Resolver<ResolversTypes['UpdateConsumerPayload'], ParentType, ContextType, RequireFields<MutationUpdateConsumerArgs, 'id' | 'input'>>;
  issueApiKey?: Resolver<ResolversTypes['IssueApiKeyPayload'], ParentType, ContextType, RequireFields<MutationIssueApiKeyArgs, 'input'>>;
  revokeApiKey?: Resolver<ResolversTypes['RevokeApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'id'>>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  auditRecorded?: SubscriptionResolver<ResolversTypes['AuditEntry'], "auditRecorded", ParentType, ContextType, Partial<SubscriptionAuditRecordedArgs>>;
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
  __resolveType: TypeResolveFn<'Consumer' | 'Place' | 'StaffMember', ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  StaleValue?: StaleValueResolvers<ContextType>;
  AlreadyTaken?: AlreadyTakenResolvers<ContextType>;
  Consumer?: ConsumerResolvers<ContextType>;
  ConsumerLimits?: ConsumerLimitsResolvers<ContextType>;
  TierLimits?: TierLimitsResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  Place?: PlaceResolvers<ContextType>;
  StaffMember?: StaffMemberResolvers<ContextType>;
  StaffConnection?: StaffConnectionResolvers<ContextType>;
  RoleDefinition?: RoleDefinitionResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditChange?: AuditChangeResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  SignedIn?: SignedInResolvers<ContextType>;
  SignInRefused?: SignInRefusedResolvers<ContextType>;
  SessionEnded?: SessionEndedResolvers<ContextType>;
  SignedOut?: SignedOutResolvers<ContextType>;
  AccountChangeRefused?: AccountChangeRefusedResolvers<ContextType>;
  StaffCreated?: StaffCreatedResolvers<ContextType>;
  StaffUpdated?: StaffUpdatedResolvers<ContextType>;
  RoleCreated?: RoleCreatedResolvers<ContextType>;
  RoleUpdated?: RoleUpdatedResolvers<ContextType>;
  RoleDeleted?: RoleDeletedResolvers<ContextType>;
  ConsumerCreated?: ConsumerCreatedResolvers<ContextType>;
  ConsumerUpdated?: ConsumerUpdatedResolvers<ContextType>;
  ApiKeyIssued?: ApiKeyIssuedResolvers<ContextType>;
  ApiKeyRevoked?: ApiKeyRevokedResolvers<ContextType>;
  PinSet?: PinSetResolvers<ContextType>;
  LoginPayload?: LoginPayloadResolvers<ContextType>;
  RefreshPayload?: RefreshPayloadResolvers<ContextType>;
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  SetPinPayload?: SetPinPayloadResolvers<ContextType>;
  CreateStaffPayload?: CreateStaffPayloadResolvers<ContextType>;
  UpdateStaffPayload?: UpdateStaffPayloadResolvers<ContextType>;
  StaffActionPayload?: StaffActionPayloadResolvers<ContextType>;
  CreateRolePayload?: CreateRolePayloadResolvers<ContextType>;
  UpdateRolePayload?: UpdateRolePayloadResolvers<ContextType>;
  DeleteRolePayload?: DeleteRolePayloadResolvers<ContextType>;
  CreateConsumerPayload?: CreateConsumerPayloadResolvers<ContextType>;
  UpdateConsumerPayload?: UpdateConsumerPayloadResolvers<ContextType>;
  IssueApiKeyPayload?: IssueApiKeyPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
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
