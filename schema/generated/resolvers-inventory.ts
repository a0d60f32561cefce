// Generated from schema/sdl/inventory.graphql by schema/generate.ts.
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

/** Something that is sold. */
export type Product = {
  __typename?: 'Product';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** Stock keeping unit, unique. */
  sku: Scalars['String']['output'];
  /** EAN-13 with its check digit, unique; null where it has none. */
  barcode?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** More about it. */
  description?: Maybe<Scalars['String']['output']>;
  /** Selling price, tax included. */
  price: Money;
  /** What it costs us; only for those who may see margins. */
  cost?: Maybe<Money>;
  /** Tax rate in parts per million, e.g. 200000 for 20 %. */
  taxPpm: Scalars['Int']['output'];
  /** Its category. */
  category?: Maybe<Category>;
  /** Who delivers it. */
  supplier?: Maybe<Supplier>;
  /** Available at a place, or over all places that the caller may see: on hand less allocated. */
  available: Scalars['Int']['output'];
  /** Its stock, by place, at those the caller may see. */
  stock: Array<StockLevel>;
  /** Below so many available at a place a warning is raised. */
  alertThreshold: Scalars['Int']['output'];
  /** False once it was archived: no longer sold, kept for the history. */
  active: Scalars['Boolean']['output'];
  /** Counts up with every change. */
  version: Scalars['Int']['output'];
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** Something that is sold. */
export type ProductAvailableArgs = {
  placeId?: InputMaybe<Scalars['ID']['input']>;
};

/** A department or a part of one. */
export type Category = {
  __typename?: 'Category';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** The category above it; null at the top. */
  parent?: Maybe<Category>;
  /** The categories below it. */
  children: Array<Category>;
  /** Products in it and below it. */
  productCount: Scalars['Int']['output'];
  /** False once it was archived: in no list, nothing is put into it. */
  active: Scalars['Boolean']['output'];
};

/** Who delivers products. */
export type Supplier = {
  __typename?: 'Supplier';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** Its e-mail address. */
  email?: Maybe<Scalars['String']['output']>;
  /** Days from an order to its delivery. */
  leadTimeDays: Scalars['Int']['output'];
  /** False once it was archived: in no list, given to no product. */
  active: Scalars['Boolean']['output'];
};

/** What kind of place holds stock. */
export type PlaceKind =
  /** A store with tills. */
  | 'STORE'
  /** A warehouse; online orders are taken from here. */
  | 'WAREHOUSE';

/** A place that holds stock. */
export type Place = {
  __typename?: 'Place';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** What it is. */
  kind: PlaceKind;
  /** Its town. */
  town: Scalars['String']['output'];
};

/** The stock of one product at one place. */
export type StockLevel = {
  __typename?: 'StockLevel';
  /** The product. */
  product: Product;
  /** The place. */
  place: Place;
  /** Physically there. */
  onHand: Scalars['Int']['output'];
  /** Of these, promised to somebody. */
  allocated: Scalars['Int']['output'];
  /** On hand less allocated. */
  available: Scalars['Int']['output'];
  /** Whether it is below the threshold. */
  low: Scalars['Boolean']['output'];
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** Why stock moved. */
export type MovementKind =
  /** First stock. */
  | 'INITIAL'
  /** Counted: the quantity was set. */
  | 'COUNT'
  /** Corrected by hand. */
  | 'ADJUSTMENT'
  /** Promised to somebody. */
  | 'RESERVATION'
  /** A promise was given up. */
  | 'RELEASE'
  /** A promise ran out. */
  | 'EXPIRY'
  /** Sold. */
  | 'SALE'
  /** Came back. */
  | 'RETURN';

/** One line of the ledger of stock; never changed. */
export type StockMovement = {
  __typename?: 'StockMovement';
  /** A whole number. */
  id: Scalars['ID']['output'];
  /** The product. */
  product: Product;
  /** The place. */
  place: Place;
  /** Why. */
  kind: MovementKind;
  /** Change of what is on hand. */
  onHandChange: Scalars['Int']['output'];
  /** Change of what is allocated. */
  allocatedChange: Scalars['Int']['output'];
  /** What it is about, e.g. a saga's id. */
  reference?: Maybe<Scalars['String']['output']>;
  /** Who did it. */
  actor?: Maybe<Scalars['String']['output']>;
  /** Why, in words. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When. */
  at: Scalars['DateTime']['output'];
};

/** A page of products. */
export type ProductConnection = {
  __typename?: 'ProductConnection';
  /** The products. */
  nodes: Array<Product>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A page of stock. */
export type StockLevelConnection = {
  __typename?: 'StockLevelConnection';
  /** The stock. */
  nodes: Array<StockLevel>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** A page of the ledger, newest first. */
export type StockMovementConnection = {
  __typename?: 'StockMovementConnection';
  /** The movements. */
  nodes: Array<StockMovement>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** All that match; counted only when selected. */
  totalCount: Scalars['Int']['output'];
};

/** In which order products are listed. */
export type ProductOrder =
  /** By name; a search lists the best match first. */
  | 'NAME'
  /** Cheapest first. */
  | 'PRICE_ASC'
  /** Dearest first. */
  | 'PRICE_DESC'
  /** Newest first. */
  | 'NEWEST';

/** Which products to list. What is left out does not restrict. */
export type ProductFilterInput = {
  /** Words of the name, a SKU or a barcode; forgives typing errors and accents. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only in this category or below it. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** At least this price, in minor units. */
  minPrice?: InputMaybe<Scalars['Int']['input']>;
  /** At most this price, in minor units. */
  maxPrice?: InputMaybe<Scalars['Int']['input']>;
  /** Only what is available somewhere, or nowhere. */
  inStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only active ones, or archived ones; active ones where it is left out. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A product to create. */
export type CreateProductInput = {
  /** Its name, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Selling price in minor units, tax included. */
  priceMinor: Scalars['Int']['input'];
  /** Stock keeping unit; made up where it is left out. */
  sku?: InputMaybe<Scalars['String']['input']>;
  /** EAN-13. */
  barcode?: InputMaybe<Scalars['String']['input']>;
  /** More about it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** What it costs us, in minor units. */
  costMinor?: InputMaybe<Scalars['Int']['input']>;
  /** Tax rate in parts per million. */
  taxPpm?: Scalars['Int']['input'];
  /** Its category. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Who delivers it. */
  supplierId?: InputMaybe<Scalars['ID']['input']>;
  /** Below so many available a warning is raised. */
  alertThreshold?: Scalars['Int']['input'];
  /** First stock at the warehouse. */
  initialStock?: Scalars['Int']['input'];
};

/** What to change; what is left out stays. */
export type UpdateProductInput = {
  /** Its name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Selling price in minor units. */
  priceMinor?: InputMaybe<Scalars['Int']['input']>;
  /** Stock keeping unit. */
  sku?: InputMaybe<Scalars['String']['input']>;
  /** EAN-13. */
  barcode?: InputMaybe<Scalars['String']['input']>;
  /** More about it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** What it costs us, in minor units. */
  costMinor?: InputMaybe<Scalars['Int']['input']>;
  /** Tax rate in parts per million. */
  taxPpm?: InputMaybe<Scalars['Int']['input']>;
  /** Its category. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Who delivers it. */
  supplierId?: InputMaybe<Scalars['ID']['input']>;
  /** Below so many available a warning is raised. */
  alertThreshold?: InputMaybe<Scalars['Int']['input']>;
  /** What is to be available over all places: the difference is booked at the warehouse, and at the stores where the warehouse has too little. For clients that know one stock figure only; raises one warning at most. */
  totalStock?: InputMaybe<Scalars['Int']['input']>;
  /** Refuse where the product's version is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

/** A category to create. */
export type CreateCategoryInput = {
  /** Its name. */
  name: Scalars['String']['input'];
  /** The category above it. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
};

/** What to change; what is left out stays. */
export type UpdateCategoryInput = {
  /** Its name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The category above it, null for none; neither itself nor one below it. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
};

/** A supplier to create. */
export type CreateSupplierInput = {
  /** Its name, 1 to 100 characters, unique whatever its case and accents. */
  name: Scalars['String']['input'];
  /** Its e-mail address. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Days from an order to its delivery, 0 to 365. */
  leadTimeDays?: Scalars['Int']['input'];
};

/** What to change; what is left out stays. */
export type UpdateSupplierInput = {
  /** Its name, 1 to 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Its e-mail address; null removes it. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Days from an order to its delivery, 0 to 365. */
  leadTimeDays?: InputMaybe<Scalars['Int']['input']>;
};

/** The product was created. */
export type ProductCreated = {
  __typename?: 'ProductCreated';
  /** The product. */
  product: Product;
};

/** The product was changed. */
export type ProductUpdated = {
  __typename?: 'ProductUpdated';
  /** The product as it is now. */
  product: Product;
};

/** The product was archived. */
export type ProductArchived = {
  __typename?: 'ProductArchived';
  /** The product as it is now. */
  product: Product;
  /** Whether it was in sale until now; false where it had been archived before, which changes nothing. */
  changed: Scalars['Boolean']['output'];
};

/** The category was created. */
export type CategoryCreated = {
  __typename?: 'CategoryCreated';
  /** The category. */
  category: Category;
};

/** The category was changed. */
export type CategoryUpdated = {
  __typename?: 'CategoryUpdated';
  /** The category as it is now. */
  category: Category;
};

/** The category was archived. */
export type CategoryArchived = {
  __typename?: 'CategoryArchived';
  /** The category as it is now. */
  category: Category;
};

/** Something is in the category: it cannot be archived. */
export type CategoryInUse = {
  __typename?: 'CategoryInUse';
  /** What is in it, for a person. */
  message: Scalars['String']['output'];
  /** The category. */
  category: Category;
};

/** The supplier was created. */
export type SupplierCreated = {
  __typename?: 'SupplierCreated';
  /** The supplier. */
  supplier: Supplier;
};

/** The supplier was changed. */
export type SupplierUpdated = {
  __typename?: 'SupplierUpdated';
  /** The supplier as it is now. */
  supplier: Supplier;
};

/** The supplier was archived. */
export type SupplierArchived = {
  __typename?: 'SupplierArchived';
  /** The supplier as it is now. */
  supplier: Supplier;
};

/** The product was archived: only its stock can still be changed. */
export type ProductOutOfSale = {
  __typename?: 'ProductOutOfSale';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The product. */
  product: Product;
};

/** The stock was changed. */
export type StockChanged = {
  __typename?: 'StockChanged';
  /** The stock as it is now. */
  level: StockLevel;
};

/** The stock was another than expected: count anew. */
export type StaleStock = {
  __typename?: 'StaleStock';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The stock as it is. */
  level: StockLevel;
};

/** There is less than asked for. */
export type InsufficientStock = {
  __typename?: 'InsufficientStock';
  /** What happened, for a person. */
  message: Scalars['String']['output'];
  /** The product. */
  product: Product;
  /** Asked for. */
  requested: Scalars['Int']['output'];
  /** There. */
  available: Scalars['Int']['output'];
};

/** Outcome of createProduct. */
export type CreateProductPayload = ProductCreated | AlreadyTaken | NotFound | IdempotencyConflict;

/** Outcome of updateProduct. */
export type UpdateProductPayload = ProductUpdated | ProductOutOfSale | AlreadyTaken | StaleValue | NotFound | IdempotencyConflict;

/** Outcome of archiveProduct. */
export type ArchiveProductPayload = ProductArchived | NotFound;

/** Outcome of createCategory. */
export type CreateCategoryPayload = CategoryCreated | AlreadyTaken | NotFound | IdempotencyConflict;

/** Outcome of updateCategory. */
export type UpdateCategoryPayload = CategoryUpdated | AlreadyTaken | NotFound;

/** Outcome of archiveCategory. */
export type ArchiveCategoryPayload = CategoryArchived | CategoryInUse | NotFound;

/** Outcome of createSupplier. */
export type CreateSupplierPayload = SupplierCreated | AlreadyTaken | IdempotencyConflict;

/** Outcome of updateSupplier. */
export type UpdateSupplierPayload = SupplierUpdated | AlreadyTaken | NotFound;

/** Outcome of archiveSupplier. */
export type ArchiveSupplierPayload = SupplierArchived | NotFound;

/** Outcome of countStock and adjustStock. */
export type ChangeStockPayload = StockChanged | StaleStock | InsufficientStock | NotFound | IdempotencyConflict;

export type Query = {
  __typename?: 'Query';
  /** One product by its id, SKU or barcode, exactly one of which is given; null if there is none. */
  product?: Maybe<Product>;
  /** Products. */
  products: ProductConnection;
  /** The categories at the top; each leads to those below it. */
  categories: Array<Category>;
  /** The suppliers, by name. */
  suppliers: Array<Supplier>;
  /** Stores and warehouses, by id. */
  places: Array<Place>;
  /** Stock, by product and place. */
  stock: StockLevelConnection;
  /** Stock below its threshold, by product and place. */
  lowStock: StockLevelConnection;
  /** The ledger, newest first. */
  stockMovements: StockMovementConnection;
  _entities: Array<Maybe<_Entity>>;
  _service: _Service;
};


export type QueryProductArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['String']['input']>;
  barcode?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductsArgs = {
  filter?: InputMaybe<ProductFilterInput>;
  orderBy?: ProductOrder;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  offset?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCategoriesArgs = {
  all?: Scalars['Boolean']['input'];
};


export type QueryStockArgs = {
  productId?: InputMaybe<Scalars['ID']['input']>;
  placeId?: InputMaybe<Scalars['ID']['input']>;
  low?: InputMaybe<Scalars['Boolean']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  offset?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryLowStockArgs = {
  placeId?: InputMaybe<Scalars['ID']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryStockMovementsArgs = {
  productId?: InputMaybe<Scalars['ID']['input']>;
  placeId?: InputMaybe<Scalars['ID']['input']>;
  reference?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type Query_EntitiesArgs = {
  representations: Array<Scalars['_Any']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Creates a product. */
  createProduct: CreateProductPayload;
  /** Changes a product. */
  updateProduct: UpdateProductPayload;
  /** Takes a product out of sale; it is kept for the history. */
  archiveProduct: ArchiveProductPayload;
  /** Creates a category. */
  createCategory: CreateCategoryPayload;
  /** Changes a category. */
  updateCategory: UpdateCategoryPayload;
  /** Takes a category out of use, once neither a category nor a product that is sold is in it. */
  archiveCategory: ArchiveCategoryPayload;
  /** Creates a supplier. */
  createSupplier: CreateSupplierPayload;
  /** Changes a supplier. */
  updateSupplier: UpdateSupplierPayload;
  /** Takes a supplier out of use; the products it delivered keep it. */
  archiveSupplier: ArchiveSupplierPayload;
  /** Sets the counted quantity on hand; with an expected value that is stale it is refused with the current one. */
  countStock: ChangeStockPayload;
  /** Adds to what is on hand, or takes away. */
  adjustStock: ChangeStockPayload;
};


export type MutationCreateProductArgs = {
  input: CreateProductInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateProductArgs = {
  id: Scalars['ID']['input'];
  input: UpdateProductInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationArchiveProductArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateCategoryArgs = {
  input: CreateCategoryInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateCategoryArgs = {
  id: Scalars['ID']['input'];
  input: UpdateCategoryInput;
};


export type MutationArchiveCategoryArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateSupplierArgs = {
  input: CreateSupplierInput;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationUpdateSupplierArgs = {
  id: Scalars['ID']['input'];
  input: UpdateSupplierInput;
};


export type MutationArchiveSupplierArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCountStockArgs = {
  productId: Scalars['ID']['input'];
  placeId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
  expectedOnHand?: InputMaybe<Scalars['Int']['input']>;
  reason?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};


export type MutationAdjustStockArgs = {
  productId: Scalars['ID']['input'];
  placeId: Scalars['ID']['input'];
  change: Scalars['Int']['input'];
  reason: Scalars['String']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Stock as it changes. */
  stockChanged: StockLevel;
  /** Stock that falls below its threshold. */
  lowStock: StockLevel;
};


export type SubscriptionStockChangedArgs = {
  productId?: InputMaybe<Scalars['ID']['input']>;
  placeId?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionLowStockArgs = {
  placeId?: InputMaybe<Scalars['ID']['input']>;
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

export type _Entity = Category | Place | Product | Supplier;



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
  Product: ResolverTypeWrapper<any>;
  Category: ResolverTypeWrapper<any>;
  Supplier: ResolverTypeWrapper<any>;
  PlaceKind: ResolverTypeWrapper<any>;
  Place: ResolverTypeWrapper<any>;
  StockLevel: ResolverTypeWrapper<any>;
  MovementKind: ResolverTypeWrapper<any>;
  StockMovement: ResolverTypeWrapper<any>;
  ProductConnection: ResolverTypeWrapper<any>;
  StockLevelConnection: ResolverTypeWrapper<any>;
  StockMovementConnection: ResolverTypeWrapper<any>;
  ProductOrder: ResolverTypeWrapper<any>;
  ProductFilterInput: ResolverTypeWrapper<any>;
  CreateProductInput: ResolverTypeWrapper<any>;
  UpdateProductInput: ResolverTypeWrapper<any>;
  CreateCategoryInput: ResolverTypeWrapper<any>;
  UpdateCategoryInput: ResolverTypeWrapper<any>;
  CreateSupplierInput: ResolverTypeWrapper<any>;
  UpdateSupplierInput: ResolverTypeWrapper<any>;
  ProductCreated: ResolverTypeWrapper<any>;
  ProductUpdated: ResolverTypeWrapper<any>;
  ProductArchived: ResolverTypeWrapper<any>;
  CategoryCreated: ResolverTypeWrapper<any>;
  CategoryUpdated: ResolverTypeWrapper<any>;
  CategoryArchived: ResolverTypeWrapper<any>;
  CategoryInUse: ResolverTypeWrapper<any>;
  SupplierCreated: ResolverTypeWrapper<any>;
  SupplierUpdated: ResolverTypeWrapper<any>;
  SupplierArchived: ResolverTypeWrapper<any>;
  ProductOutOfSale: ResolverTypeWrapper<any>;
  StockChanged: ResolverTypeWrapper<any>;
  StaleStock: ResolverTypeWrapper<any>;
  InsufficientStock: ResolverTypeWrapper<any>;
  CreateProductPayload: ResolverTypeWrapper<any>;
  UpdateProductPayload: ResolverTypeWrapper<any>;
  ArchiveProductPayload: ResolverTypeWrapper<any>;
  CreateCategoryPayload: ResolverTypeWrapper<any>;
  UpdateCategoryPayload: ResolverTypeWrapper<any>;
  ArchiveCategoryPayload: ResolverTypeWrapper<any>;
  CreateSupplierPayload: ResolverTypeWrapper<any>;
  UpdateSupplierPayload: ResolverTypeWrapper<any>;
  ArchiveSupplierPayload: ResolverTypeWrapper<any>;
  ChangeStockPayload: ResolverTypeWrapper<any>;
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
  Product: any;
  Category: any;
  Supplier: any;
  Place: any;
  StockLevel: any;
  StockMovement: any;
  ProductConnection: any;
  StockLevelConnection: any;
  StockMovementConnection: any;
  ProductFilterInput: any;
  CreateProductInput: any;
  UpdateProductInput: any;
  CreateCategoryInput: any;
  UpdateCategoryInput: any;
  CreateSupplierInput: any;
  UpdateSupplierInput: any;
  ProductCreated: any;
  ProductUpdated: any;
  ProductArchived: any;
  CategoryCreated: any;
  CategoryUpdated: any;
  CategoryArchived: any;
  CategoryInUse: any;
  SupplierCreated: any;
  SupplierUpdated: any;
  SupplierArchived: any;
  ProductOutOfSale: any;
  StockChanged: any;
  StaleStock: any;
  InsufficientStock: any;
  CreateProductPayload: any;
  UpdateProductPayload: any;
  ArchiveProductPayload: any;
  CreateCategoryPayload: any;
  UpdateCategoryPayload: any;
  ArchiveCategoryPayload: any;
  CreateSupplierPayload: any;
  UpdateSupplierPayload: any;
  ArchiveSupplierPayload: any;
  ChangeStockPayload: any;
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

export type ProductResolvers<ContextType = any, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  barcode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  cost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  taxPpm?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  supplier?: Resolver<Maybe<ResolversTypes['Supplier']>, ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType, Partial<ProductAvailableArgs>>;
  stock?: Resolver<Array<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  alertThreshold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  productCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SupplierResolvers<ContextType = any, ParentType extends ResolversParentTypes['Supplier'] = ResolversParentTypes['Supplier']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  leadTimeDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlaceResolvers<ContextType = any, ParentType extends ResolversParentTypes['Place'] = ResolversParentTypes['Place']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PlaceKind'], ParentType, ContextType>;
  town?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockLevelResolvers<ContextType = any, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['Place'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  allocated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = any, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['Place'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MovementKind'], ParentType, ContextType>;
  onHandChange?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  allocatedChange?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockLevelConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['StockLevelConnection'] = ResolversParentTypes['StockLevelConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProductCreated'] = ResolversParentTypes['ProductCreated']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductUpdatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProductUpdated'] = ResolversParentTypes['ProductUpdated']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductArchivedResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProductArchived'] = ResolversParentTypes['ProductArchived']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['CategoryCreated'] = ResolversParentTypes['CategoryCreated']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryUpdatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['CategoryUpdated'] = ResolversParentTypes['CategoryUpdated']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryArchivedResolvers<ContextType = any, ParentType extends ResolversParentTypes['CategoryArchived'] = ResolversParentTypes['CategoryArchived']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryInUseResolvers<ContextType = any, ParentType extends ResolversParentTypes['CategoryInUse'] = ResolversParentTypes['CategoryInUse']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SupplierCreatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SupplierCreated'] = ResolversParentTypes['SupplierCreated']> = {
  supplier?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SupplierUpdatedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SupplierUpdated'] = ResolversParentTypes['SupplierUpdated']> = {
  supplier?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SupplierArchivedResolvers<ContextType = any, ParentType extends ResolversParentTypes['SupplierArchived'] = ResolversParentTypes['SupplierArchived']> = {
  supplier?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductOutOfSaleResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProductOutOfSale'] = ResolversParentTypes['ProductOutOfSale']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockChangedResolvers<ContextType = any, ParentType extends ResolversParentTypes['StockChanged'] = ResolversParentTypes['StockChanged']> = {
  level?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StaleStockResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaleStock'] = ResolversParentTypes['StaleStock']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InsufficientStockResolvers<ContextType = any, ParentType extends ResolversParentTypes['InsufficientStock'] = ResolversParentTypes['InsufficientStock']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateProductPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateProductPayload'] = ResolversParentTypes['CreateProductPayload']> = {
  __resolveType: TypeResolveFn<'ProductCreated' | 'AlreadyTaken' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type UpdateProductPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['UpdateProductPayload'] = ResolversParentTypes['UpdateProductPayload']> = {
  __resolveType: TypeResolveFn<'ProductUpdated' | 'ProductOutOfSale' | 'AlreadyTaken' | 'StaleValue' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type ArchiveProductPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ArchiveProductPayload'] = ResolversParentTypes['ArchiveProductPayload']> = {
  __resolveType: TypeResolveFn<'ProductArchived' | 'NotFound', ParentType, ContextType>;
};

export type CreateCategoryPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateCategoryPayload'] = ResolversParentTypes['CreateCategoryPayload']> = {
  __resolveType: TypeResolveFn<'CategoryCreated' | 'AlreadyTaken' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type UpdateCategoryPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['UpdateCategoryPayload'] = ResolversParentTypes['UpdateCategoryPayload']> = {
  __resolveType: TypeResolveFn<'CategoryUpdated' | 'AlreadyTaken' | 'NotFound', ParentType, ContextType>;
};

export type ArchiveCategoryPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ArchiveCategoryPayload'] = ResolversParentTypes['ArchiveCategoryPayload']> = {
  __resolveType: TypeResolveFn<'CategoryArchived' | 'CategoryInUse' | 'NotFound', ParentType, ContextType>;
};

export type CreateSupplierPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['CreateSupplierPayload'] = ResolversParentTypes['CreateSupplierPayload']> = {
  __resolveType: TypeResolveFn<'SupplierCreated' | 'AlreadyTaken' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type UpdateSupplierPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['UpdateSupplierPayload'] = ResolversParentTypes['UpdateSupplierPayload']> = {
  __resolveType: TypeResolveFn<'SupplierUpdated' | 'AlreadyTaken' | 'NotFound', ParentType, ContextType>;
};

export type ArchiveSupplierPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ArchiveSupplierPayload'] = ResolversParentTypes['ArchiveSupplierPayload']> = {
  __resolveType: TypeResolveFn<'SupplierArchived' | 'NotFound', ParentType, ContextType>;
};

export type ChangeStockPayloadResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChangeStockPayload'] = ResolversParentTypes['ChangeStockPayload']> = {
  __resolveType: TypeResolveFn<'StockChanged' | 'StaleStock' | 'InsufficientStock' | 'NotFound' | 'IdempotencyConflict', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, Partial<QueryProductArgs>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, RequireFields<QueryProductsArgs, 'orderBy' | 'first'>>;
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoriesArgs, 'all'>>;
  suppliers?: Resolver<Array<ResolversTypes['Supplier']>, ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Place']>, ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['StockLevelConnection'], ParentType, ContextType, RequireFields<QueryStockArgs, 'first'>>;
  lowStock?: Resolver<ResolversTypes['StockLevelConnection'], ParentType, ContextType, RequireFields<QueryLowStockArgs, 'first'>>;
  stockMovements?: Resolver<ResolversTypes['StockMovementConnection'], ParentType, ContextType, RequireFields<QueryStockMovementsArgs, 'first'>>;
  _entities?: Resolver<Array<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createProduct?: Resolver<ResolversTypes['CreateProductPayload'], ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  updateProduct?: Resolver<ResolversTypes['UpdateProductPayload'], ParentType, ContextType, RequireFields<MutationUpdateProductArgs, 'id' | 'input'>>;
  archiveProduct?: Resolver<ResolversTypes['ArchiveProductPayload'], ParentType, ContextType, RequireFields<MutationArchiveProductArgs, 'id'>>;
  createCategory?: Resolver<ResolversTypes['CreateCategoryPayload'], ParentType, ContextType, RequireFields<MutationCreateCategoryArgs, 'input'>>;
  updateCategory?: Resolver<ResolversTypes['UpdateCategoryPayload'], ParentType, ContextType, RequireFields<MutationUpdateCategoryArgs, 'id' | 'input'>>;
  archiveCategory?: Resolver<ResolversTypes['ArchiveCategoryPayload'], ParentType, ContextType, RequireFields<MutationArchiveCategoryArgs, 'id'>>;
  createSupplier?: Resolver<ResolversTypes['CreateSupplierPayload'], ParentType, ContextType, RequireFields<MutationCreateSupplierArgs, 'input'>>;
  updateSupplier?: Resolver<ResolversTypes['UpdateSupplierPayload'], ParentType, ContextType, RequireFields<MutationUpdateSupplierArgs, 'id' | 'input'>>;
  archiveSupplier?: Resolver<ResolversTypes['ArchiveSupplierPayload'], ParentType, ContextType, RequireFields<MutationArchiveSupplierArgs, 'id'>>;
  countStock?: Resolver<ResolversTypes['ChangeStockPayload'], ParentType, ContextType, RequireFields<MutationCountStockArgs, 'productId' | 'placeId' | 'quantity'>>;
  adjustStock?: Resolver<ResolversTypes['ChangeStockPayload'], ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'productId' | 'placeId' | 'change' | 'reason'>>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  stockChanged?: SubscriptionResolver<ResolversTypes['StockLevel'], "stockChanged", ParentType, ContextType, Partial<SubscriptionStockChangedArgs>>;
  lowStock?: SubscriptionResolver<ResolversTypes['StockLevel'], "lowStock", ParentType, ContextType, Partial<SubscriptionLowStockArgs>>;
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
  __resolveType: TypeResolveFn<'Category' | 'Place' | 'Product' | 'Supplier', ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  StaleValue?: StaleValueResolvers<ContextType>;
  AlreadyTaken?: AlreadyTakenResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  Supplier?: SupplierResolvers<ContextType>;
  Place?: PlaceResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  StockLevelConnection?: StockLevelConnectionResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  ProductCreated?: ProductCreatedResolvers<ContextType>;
  ProductUpdated?: ProductUpdatedResolvers<ContextType>;
  ProductArchived?: ProductArchivedResolvers<ContextType>;
  CategoryCreated?: CategoryCreatedResolvers<ContextType>;
  CategoryUpdated?: CategoryUpdatedResolvers<ContextType>;
  CategoryArchived?: CategoryArchivedResolvers<ContextType>;
  CategoryInUse?: CategoryInUseResolvers<ContextType>;
  SupplierCreated?: SupplierCreatedResolvers<ContextType>;
  SupplierUpdated?: SupplierUpdatedResolvers<ContextType>;
  SupplierArchived?: SupplierArchivedResolvers<ContextType>;
  ProductOutOfSale?: ProductOutOfSaleResolvers<ContextType>;
  StockChanged?: StockChangedResolvers<ContextType>;
  StaleStock?: StaleStockResolvers<ContextType>;
  InsufficientStock?: InsufficientStockResolvers<ContextType>;
  CreateProductPayload?: CreateProductPayloadResolvers<ContextType>;
  UpdateProductPayload?: UpdateProductPayloadResolvers<ContextType>;
  ArchiveProductPayload?: ArchiveProductPayloadResolvers<ContextType>;
  CreateCategoryPayload?: CreateCategoryPayloadResolvers<ContextType>;
  UpdateCategoryPayload?: UpdateCategoryPayloadResolvers<ContextType>;
  ArchiveCategoryPayload?: ArchiveCategoryPayloadResolvers<ContextType>;
  CreateSupplierPayload?: CreateSupplierPayloadResolvers<ContextType>;
  UpdateSupplierPayload?: UpdateSupplierPayloadResolvers<ContextType>;
  ArchiveSupplierPayload?: ArchiveSupplierPayloadResolvers<ContextType>;
  ChangeStockPayload?: ChangeStockPayloadResolvers<ContextType>;
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
