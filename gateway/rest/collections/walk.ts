/** A request of the walk. In texts `{{name}}` stands for what an earlier answer gave, `{{$guid}}` for something new each time, and a text `{{#name}}` for a number. */
export interface WalkStep {
  /** The operation id of its route. */
  readonly operation: string;
  /** What it shows, where it is not the first request of its route. */
  readonly title?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Variables for later requests, by the field of the answer. */
  readonly captures?: Readonly<Record<string, string>>;
  /** That of the route's success where left out. */
  readonly status?: number;
}

export interface Chapter {
  readonly title: string;
  readonly steps: readonly WalkStep[];
}

const person = (email: string) => ({
  nom: 'Exemple',
  prenom: 'Camille',
  email: `${email}.{{$guid}}@example.org`,
  telephone: '06 39 98 00 00',
});
const line = (product: string) => ({ produit_id: `{{#${product}}}`, quantite: 2 });
const orderLine = (product: string) => ({ ...line(product), prix_unitaire: 8.4 });

/** All routes in an order that works on any installation: what is read, changed and deleted was created before. The Postman collection, the .http file and the tests are made from it. */
export const walk: readonly Chapter[] = [
  {
    title: 'Calculs',
    steps: [
      { operation: 'sendTask', body: { n1: 10, n2: 5, operation: 'add' } },
      { operation: 'sendTask', title: 'Une opération inconnue est refusée', body: { n1: 1, n2: 1, operation: 'pow' }, status: 400 },
      { operation: 'getStats' },
      { operation: 'getQueueStatus' },
      { operation: 'recentResults' },
      { operation: 'webResults' },
      { operation: 'autoResults' },
      { operation: 'clearStats' },
    ],
  },
  {
    title: 'PayeTonKawa',
    steps: [
      { operation: 'createCustomer', body: person('camille'), captures: { customerId: 'id' } },
      { operation: 'listCustomers', query: { q: 'Camille', limit: '10' } },
      { operation: 'getCustomer', params: { id: '{{customerId}}' } },
      { operation: 'updateCustomer', params: { id: '{{customerId}}' }, body: { telephone: null } },
      {
        operation: 'createProduct',
        body: { nom: 'Moka d’exemple', prix: 8.4, stock: 40, sku: 'M-{{$guid}}' },
        captures: { productId: 'id' },
      },
      { operation: 'listProducts', query: { q: 'Moka', prix_max: '10' } },
      { operation: 'getProduct', params: { id: '{{productId}}' } },
      { operation: 'updateProduct', params: { id: '{{productId}}' }, body: { stock: 25 } },
      {
        operation: 'createOrder',
        body: { client_id: '{{#customerId}}', lignes: [orderLine('productId')] },
        captures: { orderId: 'id' },
      },
      { operation: 'listOrders', query: { client_id: '{{customerId}}' } },
      { operation: 'getOrder', params: { id: '{{orderId}}' } },
      { operation: 'updateOrder', params: { id: '{{orderId}}' }, body: { statut: 'expediee' } },
      {
        operation: 'updateOrder',
        title: 'Une commande expédiée ne redevient pas en_attente',
        params: { id: '{{orderId}}' },
        body: { statut: 'en_attente' },
        status: 409,
      },
    ],
  },
  {
    title: 'Plateforme multi-magasins',
    steps: [
      { operation: 'createCategory', body: { nom: 'Exemples {{$guid}}' }, captures: { categoryId: 'id' } },
      { operation: 'listCategories' },
      {
        operation: 'createProductV1',
        body: { nom: 'Arabica d’exemple', prix: 12.5, categorie_id: '{{#categoryId}}', description: 'Grains torréfiés' },
        captures: { productV1Id: 'id' },
      },
      { operation: 'listProductsV1', query: { categorie_id: '{{categoryId}}', prix_min: '1', limit: '10' } },
      { operation: 'getProductV1', params: { id: '{{productV1Id}}' } },
      { operation: 'updateProductV1', params: { id: '{{productV1Id}}' }, body: { prix: 11.9 } },
      { operation: 'countStock', params: { product_id: '{{productV1Id}}' }, body: { magasin_id: 1, quantite: 25 } },
      { operation: 'listStock', query: { produit_id: '{{productV1Id}}' } },
      { operation: 'createCustomerV1', body: person('claude'), captures: { customerV1Id: 'id' } },
      { operation: 'listCustomersV1', query: { page: '1', size: '10' } },
      { operation: 'getCustomerV1', params: { id: '{{customerV1Id}}' } },
      {
        operation: 'createOrderV1',
        body: { client_id: '{{#customerV1Id}}', lignes: [orderLine('productV1Id')] },
        captures: { orderV1Id: 'id' },
      },
      { operation: 'listOrdersV1', query: { limit: '10' } },
      { operation: 'getOrderV1', params: { id: '{{orderV1Id}}' } },
      {
        operation: 'createCart',
        body: { client_id: '{{#customerV1Id}}', lignes: [line('productV1Id')] },
        captures: { cartId: 'id' },
      },
      { operation: 'listCarts', query: { limit: '10' } },
      { operation: 'getCart', params: { cart_id: '{{cartId}}' } },
      { operation: 'updateCart', params: { cart_id: '{{cartId}}' }, body: { lignes: [line('productId')] } },
      {
        operation: 'startOrderProcessing',
        params: { customer_id: '{{customerV1Id}}' },
        body: {
          products: [{ product_id: '{{#productId}}', quantity: 1 }],
          shipping_address: '12 rue des Halles, 45000 Orléans',
          billing_address: '12 rue des Halles, 45000 Orléans',
          payment_method: 'card',
        },
        captures: { sagaId: 'saga_id' },
      },
      { operation: 'getSaga', params: { saga_id: '{{sagaId}}' } },
      { operation: 'listSagas', query: { limit: '10' } },
    ],
  },
  {
    title: 'Supprimer',
    steps: [
      { operation: 'deleteOrder', params: { id: '{{orderV1Id}}' } },
      { operation: 'getOrder', title: 'Une commande supprimée n’existe plus', params: { id: '{{orderV1Id}}' }, status: 404 },
      { operation: 'deleteProductV1', params: { id: '{{productV1Id}}' } },
      { operation: 'getProductV1', title: 'Un produit retiré n’existe plus', params: { id: '{{productV1Id}}' }, status: 404 },
      { operation: 'deleteProduct', params: { id: '{{productId}}' } },
      { operation: 'getProduct', title: 'Un produit retiré n’existe plus', params: { id: '{{productId}}' }, status: 404 },
      { operation: 'deleteCustomer', params: { id: '{{customerId}}' } },
      { operation: 'getCustomer', title: 'Un client supprimé n’existe plus', params: { id: '{{customerId}}' }, status: 404 },
    ],
  },
];
