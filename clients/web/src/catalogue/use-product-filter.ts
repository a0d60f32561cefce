import { useSearchParams } from 'react-router';
import { useAddress } from '../frame/use-address.ts';
import { useAddressText } from '../frame/use-address-text.ts';
import type { ProductFilterInput, ProductOrder } from '../generated/operations.ts';
import { parsePrice } from './parse-price.ts';

const stocks = ['tous', 'en-stock', 'epuises'] as const;
const actives = ['en-vente', 'archives'] as const;
const orders = ['nom', 'moins-chers', 'plus-chers', 'recents'] as const;
const inStockOf = { tous: null, 'en-stock': true, epuises: false } as const;
const orderOf = { nom: 'NAME', 'moins-chers': 'PRICE_ASC', 'plus-chers': 'PRICE_DESC', recents: 'NEWEST' } as const satisfies Record<
  (typeof orders)[number],
  ProductOrder
>;

export type ProductFilter = ReturnType<typeof useProductFilter>;

/** What the list of products is narrowed to; all of it in the address. */
export function useProductFilter() {
  const [address, setAddress] = useSearchParams();
  const search = useAddressText('q');
  const min = useAddressText('min');
  const max = useAddressText('max');
  const [stock, setStock] = useAddress('stock', stocks);
  const [active, setActive] = useAddress('vente', actives);
  const [order, setOrder] = useAddress('tri', orders);
  const category = address.get('categorie');
  const minPrice = min.settled === '' ? null : parsePrice(min.settled);
  const maxPrice = max.settled === '' ? null : parsePrice(max.settled);
  const faults = {
    min: min.settled !== '' && minPrice === null,
    max: max.settled !== '' && maxPrice === null,
    order: minPrice !== null && maxPrice !== null && minPrice > maxPrice,
  };
  const input: ProductFilterInput = {
    search: search.settled === '' ? null : search.settled,
    categoryId: category,
    minPrice,
    maxPrice,
    inStock: inStockOf[stock],
    active: active === 'en-vente',
  };
  return {
    search,
    min,
    max,
    faults,
    stock,
    setStock,
    active,
    setActive,
    order,
    setOrder,
    category,
    setCategory: (id: string | null) =>
      setAddress((before) => {
        const after = new URLSearchParams(before);
        if (id === null) after.delete('categorie');
        else after.set('categorie', id);
        return after;
      }),
    input,
    orderBy: orderOf[order],
    /** How many filters narrow the list, the search left out. */
    narrowed: [category, minPrice, maxPrice, inStockOf[stock], active === 'archives' || null].filter((value) => value !== null).length,
  };
}
