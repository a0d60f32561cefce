import type { Outcome } from './define-route.ts';

/** What a client reads where there is no such thing, by what the graph calls the kind of thing. */
export const missing = {
  cart: 'Panier non trouvé',
  category: 'Catégorie non trouvée',
  customer: 'Client non trouvé',
  order: 'Commande non trouvée',
  place: 'Magasin non trouvé',
  product: 'Produit non trouvé',
  saga: 'Saga non trouvée',
  supplier: 'Fournisseur non trouvé',
} as const;

/** Which of the things that a request names there is not. The document selects `kind` of NotFound. */
export const whatIsMissing = ({ kind }: Outcome): string | undefined => missing[kind as keyof typeof missing];
