// Generated from schema/sdl/orders.graphql by schema/generate.ts.
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

/** Where an order stands. */
export type OrderStatus =
  /** Created; not yet confirmed. */
  | 'PENDING'
  /** Paid and confirmed. */
  | 'CONFIRMED'
  /** On its way. */
  | 'SHIPPED'
  /** With the customer. */
  | 'DELIVERED'
  /** Cancelled. */
  | 'CANCELLED';

/** One line of an order. */
export type OrderLine = {
  __typename?: 'OrderLine';
  /** Its number in the order, from 1. */
  number: Scalars['Int']['output'];
  /** The product; null where the catalogue does not have it. */
  product?: Maybe<Product>;
  /** The product's id, kept whatever becomes of the product. */
  productId: Scalars['ID']['output'];
  /** How many. */
  quantity: Scalars['Int']['output'];
  /** Price of one, tax included, when it was ordered. */
  unitPrice: Money;
  /** Price of all, tax included. */
  total: Money;
  /** True once the product was taken out of the catalogue while the order was open. */
  productDeleted: Scalars['Boolean']['output'];
};

/** An order. */
export type Order = {
  __typename?: 'Order';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** The customer; null for one that does not exist any more. */
  customer?: Maybe<Customer>;
  /** The customer's id, kept whatever becomes of the customer. */
  customerId: Scalars['ID']['output'];
  /** True once the customer was deleted. */
  customerDeleted: Scalars['Boolean']['output'];
  /** Where it stands. */
  status: OrderStatus;
  /** The states it can go to now. */
  nextStatuses: Array<OrderStatus>;
  /** Its lines. */
  lines: Array<OrderLine>;
  /** What it comes to, tax included. */
  total: Money;
  /** Where it is sent. */
  shippingAddress?: Maybe<Scalars['String']['output']>;
  /** Where the bill is sent. */
  billingAddress?: Maybe<Scalars['String']['output']>;
  /** Its payment, if any. */
  payment?: Maybe<Payment>;
  /** Its shipment, if any. */
  shipment?: Maybe<Shipment>;
  /** The saga that processes it, if any. */
  saga?: Maybe<Saga>;
  /** The saga that cancels it after it was paid, if any. */
  cancellationSaga?: Maybe<Saga>;
  /** The saga that gives its payment back after it has left, if any. */
  refundSaga?: Maybe<Saga>;
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** How a payment stands. */
export type PaymentStatus =
  /** Asked of the provider; no answer yet. */
  | 'PENDING'
  /** Taken. */
  | 'CAPTURED'
  /** Given back. */
  | 'REFUNDED'
  /** Refused, or it failed. */
  | 'FAILED';

/** A payment. */
export type Payment = {
  __typename?: 'Payment';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** The order it is for. */
  order?: Maybe<Order>;
  /** How much. */
  amount: Money;
  /** Given back so far. */
  refunded: Money;
  /** How it stands. */
  status: PaymentStatus;
  /** How it is paid; of a card the last four digits. */
  method: Scalars['String']['output'];
  /** The provider's reference. */
  providerReference?: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  error?: Maybe<Scalars['String']['output']>;
  /** When it was asked for. */
  createdAt: Scalars['DateTime']['output'];
};

/** A shipment. */
export type Shipment = {
  __typename?: 'Shipment';
  /** Opaque. */
  id: Scalars['ID']['output'];
  /** The order. */
  order: Order;
  /** The carrier's number. */
  trackingNumber?: Maybe<Scalars['String']['output']>;
  /** When it was handed over. */
  shippedAt: Scalars['DateTime']['output'];
  /** When it arrived. */
  deliveredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** One line of a cart. */
export type CartLine = {
  __typename?: 'CartLine';
  /** The product; null where the catalogue does not have it. */
  product?: Maybe<Product>;
  /** The product's id, kept whatever becomes of the product. */
  productId: Scalars['ID']['output'];
  /** How many. */
  quantity: Scalars['Int']['output'];
  /** True once the product was taken out of the catalogue. */
  productDeleted: Scalars['Boolean']['output'];
};

/** What a customer is about to buy. */
export type Cart = {
  __typename?: 'Cart';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** The customer, once known. */
  customer?: Maybe<Customer>;
  /** The customer's id, once known. */
  customerId?: Maybe<Scalars['ID']['output']>;
  /** Its lines. */
  lines: Array<CartLine>;
  /** True once it was checked out. */
  checkedOut: Scalars['Boolean']['output'];
  /** The saga its check-out started. */
  saga?: Maybe<Saga>;
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

export type Product = {
  __typename?: 'Product';
  /** A whole number. */
  id: Scalars['ID']['output'];
};

export type Saga = {
  __typename?: 'Saga';
  /** E.g. saga_01hx… */
  id: Scalars['ID']['output'];
};

export type Customer = {
  __typename?: 'Customer';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** The customer's orders, newest first. */
  orders: OrderConnection;
};


export type CustomerOrdersArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of orders, newest first. */
export type OrderConnection = {
  __typename?: 'OrderConnection';
  /** The orders. */
  nodes: Array<Order>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A page of carts, newest first. */
export type CartConnection = {
  __typename?: 'CartConnection';
  /** The carts. */
  nodes: Array<Cart>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A line of an order or a cart. */
export type OrderLineInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** How many, 1 to 10,000. */
  quantity: Scalars['Int']['input'];
  /** Price of one in minor units, tax included. */
  unitPriceMinor: Scalars['Int']['input'];
};

/** An order as another system hands it over: no stock is reserved, nothing is paid. startOrderProcessing does both. */
export type CreateOrderInput = {
  /** The customer. */
  customerId: Scalars['ID']['input'];
  /** The lines, 1 to 100. */
  lines: Array<OrderLineInput>;
  /** Where it is sent. */
  shippingAddress?: InputMaybe<Scalars['String']['input']>;
  /** Where the bill is sent. */
  billingAddress?: InputMaybe<Scalars['String']['input']>;
};

/** A line of a cart. */
export type CartLineInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** How many, 1 to 10,000. */
  quantity: Scalars['Int']['input'];
};

/** Where to send an order, and how it is paid. */
export type CheckOutInput = {
  /** Where to send it. */
  shippingAddress: Scalars['String']['input'];
  /** Where to send the bill; the shipping address where it is left out. */
  billingAddress?: InputMaybe<Scalars['String']['input']>;
  /** How to pay, as in startOrderProcessing. */
  paymentMethod: Scalars['String']['input'];
};

/** The cart has no line, or no customer. */
export type CartIncomplete = {
  __typename?: 'CartIncomplete';
  /** What is missing, for a person. */
  message: Scalars['String']['output'];
  /** The cart. */
  cart: Cart;
};

/** Outcome of checkOutCart. */
export type CheckOutCartPayload = CartChanged | CartCheckedOut | CartIncomplete | NotFound | IdempotencyConflict;

/** The order was created. */
export type OrderCreated = {
  __typename?: 'OrderCreated';
  /** The order. */
  order: Order;
};

/** The order was changed. */
export type OrderChanged = {
  __typename?: 'OrderChanged';
  /** The order as it is now. */
  order: Order;
};

/** The order cannot go there from where it stands. */
export type OrderTransitionRefused = {
  __typename?: 'OrderTransitionRefused';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The order as it stands. */
  order: Order;
};

/** The payment cannot be given back. */
export type RefundRefused = {
  __typename?: 'RefundRefused';
  /** Why, for a person. */
  message: Scalars['String']['output'];
  /** The order as it stands. */
  order: Order;
};

/** The cart was changed. */
export type CartChanged = {
  __typename?: 'CartChanged';
  /** The cart as it is now. */
  cart: Cart;
};

/** The cart was checked out already. */
export type CartCheckedOut = {
  __typename?: 'CartCheckedOut';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The cart. */
  cart: Cart;
};

/** Outcome of createOrder. */
export type CreateOrderPayload = OrderCreated | IdempotencyConflict;

/** Outcome of what is done with an order. */
export type ChangeOrderPayload = OrderChanged | OrderTransitionRefused | NotFound | IdempotencyConflict;

/** Outcome of refundOrder. */
export type RefundOrderPayload = OrderChanged | RefundRefused | NotFound | IdempotencyConflict;

/** Outcome of what is done with a cart. */
export type ChangeCartPayload = CartChanged | CartCheckedOut | StaleValue | NotFound | IdempotencyConflict;

export type Query = {
  __typename?: 'Query';
  /** One order; null if there is none. */
  order?: Maybe<Order>;
  /** Orders, newest first. */
  orders: OrderConnection;
  /** One payment; null if there is none. */
  payment?: Maybe<Payment>;
  /** One shipment; null if there is none. */
  shipment?: Maybe<Shipment>;
  /** One cart; null if there is none. */
  cart?: Maybe<Cart>;
  /** Carts, newest first. */
  carts: CartConnection;
  _entities: Array<Maybe<_Entity>>;
  _service: _Service;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrdersArgs = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
  statuses?: InputMaybe<Array<OrderStatus>>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  offset?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryShipmentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCartArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCartsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  offset?: InputMaybe<Scalars['Int']['input']>;
};


export type Query_EntitiesArgs = {
  representations: Array<Scalars['_Any']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Takes an order from another system. */
  createOrder: CreateOrderPayload;
  /** Cancels an order; one that was paid is refunded and restocked by a saga. */
  cancelOrder: ChangeOrderPayload;
  /** Gives the payment of an order that has left back in full, by a saga; the order stays as it is. One that has not left is cancelled instead. */
  refundOrder: RefundOrderPayload;
  /** Hands an order to the carrier. */
  shipOrder: ChangeOrderPayload;
  /** The order has arrived. */
  deliverOrder: ChangeOrderPayload;
  /** Deletes an order that was never paid. */
  deleteOrder: ChangeOrderPayload;
  /** Opens a cart. */
  createCart: ChangeCartPayload;
  /** Starts the processing of what is in a cart; its outcome comes by `sagaUpdated` of the cart's saga. */
  checkOutCart: CheckOutCartPayload;
  /** Sets the lines of a cart, and its customer where one is given. */
  setCartLines: ChangeCartPayload;
};


export type MutationCreateOrderArgs = {
  input: CreateOrderInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationCancelOrderArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationRefundOrderArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationShipOrderArgs = {
  id: Scalars['ID']['input'];
  trackingNumber?: InputMaybe<Scalars['String']['input']>;
};


export type MutationDeliverOrderArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDeleteOrderArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateCartArgs = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
  lines?: Array<CartLineInput>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationCheckOutCartArgs = {
  id: Scalars['ID']['input'];
  input: CheckOutInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationSetCartLinesArgs = {
  id: Scalars['ID']['input'];
  lines: Array<CartLineInput>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** An order as it changes. Starts with the order as it stands. */
  orderUpdated: Order;
  /** Each order of a customer, or of all, as it is created or changes. */
  orders: Order;
};


export type SubscriptionOrderUpdatedArgs = {
  id: Scalars['ID']['input'];
};


export type SubscriptionOrdersArgs = {
  customerId?: InputMaybe<Scalars['ID']['input']>;
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

export type _Entity = Cart | Customer | Order | Payment | Product | Saga | Shipment;



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
  OrderStatus: ResolverTypeWrapper<any>;
  OrderLine: ResolverTypeWrapper<any>;
  Order: ResolverTypeWrapper<any>;
  PaymentStatus: ResolverTypeWrapper<any>;
  Payment: ResolverTypeWrapper<any>;
  Shipment: ResolverTypeWrapper<any>;
  CartLine: ResolverTypeWrapper<any>;
  Cart: ResolverTypeWrapper<any>;
  Product: ResolverTypeWrapper<any>;
  Saga: ResolverTypeWrapper<any>;
  Customer: ResolverTypeWrapper<any>;
  OrderConnection: ResolverTypeWrapper<any>;
  CartConnection: ResolverTypeWrapper<any>;
  OrderLineInput: ResolverTypeWrapper<any>;
  CreateOrderInput: ResolverTypeWrapper<any>;
  CartLineInput: ResolverTypeWrapper<any>;
  CheckOutInput: ResolverTypeWrapper<any>;
  CartIncomplete: ResolverTypeWrapper<any>;
  CheckOutCartPayload: ResolverTypeWrapper<any>;
  OrderCreated: ResolverTypeWrapper<any>;
  OrderChanged: ResolverTypeWrapper<any>;
  OrderTransitionRefused: ResolverTypeWrapper<any>;
  RefundRefused: ResolverTypeWrapper<any>;
  CartChanged: ResolverTypeWrapper<any>;
  CartCheckedOut: ResolverTypeWrapper<any>;
  CreateOrderPayload: ResolverTypeWrapper<any>;
  ChangeOrderPayload: ResolverTypeWrapper<any>;
  RefundOrderPayload: ResolverTypeWrapper<any>;
  ChangeCartPayload: ResolverTypeWrapper<any>;
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
  OrderLine: any;
  Order: any;
  Payment: any;
  Shipment: any;
  CartLine: any;
  Cart: any;
  Product: any;
  Saga: any;
  Customer: any;
  OrderConnection: any;
  CartConnection: any;
  OrderLineInput: any;
  CreateOrderInput: any;
  CartLineInput: any;
  CheckOutInput: any;
  CartIncomplete: any;
  CheckOutCartPayload: any;
  OrderCreated: any;
  OrderChanged: any;
  OrderTransitionRefused: any;
  RefundRefused: any;
  CartChanged: any;
  CartCheckedOut: any;
  CreateOrderPayload: any;
  ChangeOrderPayload: any;
  RefundOrderPayload: any;
  ChangeCartPayload: any;
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
};

export type OrderLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  productDeleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = any, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customerDeleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  nextStatuses?: Resolver<Array<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  shipment?: Resolver<Maybe<ResolversTypes['Shipment']>, ParentType, ContextType>;
  saga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType>;
  cancellationSaga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType>;
  refundSaga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = any, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerReference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = any, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  shippedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productDeleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CartResolvers<ContextType = any, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  customerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['CartLine']>, ParentType, ContextType>;
  checkedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  saga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductResolvers<ContextType = any, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SagaResolvers<ContextType = any, ParentType extends ResolversParentTypes['Saga'] = ResolversParentTypes['Saga']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, RequireFields<CustomerOrdersArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CartConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['CartConnection'] = ResolversParentTypes['CartConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Cart']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CartIncompleteResolvers<ContextType = any, ParentType extends ResolversParentTypes['CartIncomplete'] = ResolversParentTypes['CartIncomplete']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckOutCartPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CheckOutCartPayload'] = ResolversParentTypes['CheckOutCartPayload']> = {
  __resolveType: TypeResolveFn<'CartChanged' | 'CartCheckedOut' | 'CartIncomplete' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type OrderCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['OrderCreated'] = ResolversParentTypes['OrderCreated']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderChangedResolvers<ContextType = any, ParentType extends ResolversParentTypes['OrderChanged'] = ResolversParentTypes['OrderChanged']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderTransitionRefusedResolvers<ContextType = any, ParentType extends ResolversParentTypes['OrderTransitionRefused'] = ResolversParentTypes['OrderTransitionRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundRefusedResolvers<ContextType = any, ParentType extends ResolversParentTypes['RefundRefused'] = ResolversParentTypes['RefundRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartChangedResolvers<ContextType = any, ParentType extends ResolversParentTypes['CartChanged'] = ResolversParentTypes['CartChanged']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartCheckedOutResolvers<ContextType = any, ParentType extends ResolversParentTypes['CartCheckedOut'] = ResolversParentTypes['CartCheckedOut']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateOrderPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateOrderPayload'] = ResolversParentTypes['CreateOrderPayload']> = {
  __resolveType: TypeResolveFn<'OrderCreated' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type ChangeOrderPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChangeOrderPayload'] = ResolversParentTypes['ChangeOrderPayload']> = {
  __resolveType: TypeResolveFn<'OrderChanged' | 'OrderTransitionRefused' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type RefundOrderPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['RefundOrderPayload'] = ResolversParentTypes['RefundOrderPayload']> = {
  __resolveType: TypeResolveFn<'OrderChanged' | 'RefundRefused' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type ChangeCartPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChangeCartPayload'] = ResolversParentTypes['ChangeCartPayload']> = {
  __resolveType: TypeResolveFn<'CartChanged' | 'CartCheckedOut' | 'StaleValue' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  shipment?: Resolver<Maybe<ResolversTypes['Shipment']>, ParentType, ContextType, RequireFields<QueryShipmentArgs, 'id'>>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, RequireFields<QueryCartArgs, 'id'>>;
  carts?: Resolver<ResolversTypes['CartConnection'], ParentType, ContextType, RequireFields<QueryCartsArgs, 'first'>>;
  _entities?: Resolver<Array<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createOrder?: Resolver<ResolversTypes['CreateOrderPayload'], ParentType, ContextType, RequireFields<MutationCreateOrderArgs, 'input'>>;
  cancelOrder?: Resolver<ResolversTypes['ChangeOrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'id'>>;
  refundOrder?: Resolver<ResolversTypes['RefundOrderPayload'], ParentType, ContextType, RequireFields<MutationRefundOrderArgs, 'id'>>;
  shipOrder?: Resolver<ResolversTypes['ChangeOrderPayload'], ParentType, ContextType, RequireFields<MutationShipOrderArgs, 'id'>>;
  deliverOrder?: Resolver<ResolversTypes['ChangeOrderPayload'], ParentType, ContextType, RequireFields<MutationDeliverOrderArgs, 'id'>>;
  deleteOrder?: Resolver<ResolversTypes['ChangeOrderPayload'], ParentType, ContextType, RequireFields<MutationDeleteOrderArgs, 'id'>>;
  createCart?: Resolver<ResolversTypes['ChangeCartPayload'], ParentType, ContextType, RequireFields<MutationCreateCartArgs, 'lines'>>;
  checkOutCart?: Resolver<ResolversTypes['CheckOutCartPayload'], ParentType, ContextType, RequireFields<MutationCheckOutCartArgs, 'id' | 'input'>>;
  setCartLines?: Resolver<ResolversTypes['ChangeCartPayload'], ParentType, ContextType, RequireFields<MutationSetCartLinesArgs, 'id' | 'lines'>>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  orderUpdated?: SubscriptionResolver<ResolversTypes['Order'], "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
  orders?: SubscriptionResolver<ResolversTypes['Order'], "orders", ParentType, ContextType, Partial<SubscriptionOrdersArgs>>;
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
  __resolveType: TypeResolveFn<'Cart' | 'Customer' | 'Order' | 'Payment' | 'Product' | 'Saga' | 'Shipment', ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  StaleValue?: StaleValueResolvers<ContextType>;
  AlreadyTaken?: AlreadyTakenResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Saga?: SagaResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  CartConnection?: CartConnectionResolvers<ContextType>;
  CartIncomplete?: CartIncompleteResolvers<ContextType>;
  CheckOutCartPayload?: CheckOutCartPayloadResolvers<ContextType>;
  OrderCreated?: OrderCreatedResolvers<ContextType>;
  OrderChanged?: OrderChangedResolvers<ContextType>;
  OrderTransitionRefused?: OrderTransitionRefusedResolvers<ContextType>;
  RefundRefused?: RefundRefusedResolvers<ContextType>;
  CartChanged?: CartChangedResolvers<ContextType>;
  CartCheckedOut?: CartCheckedOutResolvers<ContextType>;
  CreateOrderPayload?: CreateOrderPayloadResolvers<ContextType>;
  ChangeOrderPayload?: ChangeOrderPayloadResolvers<ContextType>;
  RefundOrderPayload?: RefundOrderPayloadResolvers<ContextType>;
  ChangeCartPayload?: ChangeCartPayloadResolvers<ContextType>;
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
