import { divideHalfUp, parseAmount, taxWithin } from '@comptoir/platform/money.ts';
import { internalEan13 } from '../domain/ean13.ts';
import { makeSku } from '../domain/sku.ts';
import { departments } from './departments.ts';

/** Rows of the demo, with the ids they get. */
export interface DemoCatalogue {
  readonly places: readonly { id: number; name: string; kind: 'STORE' | 'WAREHOUSE'; town: string }[];
  readonly categories: readonly { id: number; name: string; parentId: number | null }[];
  readonly suppliers: readonly { id: number; name: string; email: string; leadTimeDays: number }[];
  readonly products: readonly DemoProduct[];
  readonly stock: readonly { productId: number; placeId: number; onHand: number }[];
}

export interface DemoProduct {
  readonly id: number;
  readonly sku: string;
  readonly barcode: string;
  readonly name: string;
  readonly description: string;
  readonly priceMinor: number;
  readonly costMinor: number;
  readonly taxPpm: number;
  readonly categoryId: number;
  readonly supplierId: number;
  readonly alertThreshold: number;
}

const seed = 20_261_121;
const warehouseId = 6;
/** The examples of the documentation order from these: they have plenty. */
const showpieces = 10;

const places: DemoCatalogue['places'] = [
  { id: 1, name: 'Comptoir de Lille', kind: 'STORE', town: 'Lille' },
  { id: 2, name: 'Comptoir de Nantes', kind: 'STORE', town: 'Nantes' },
  { id: 3, name: 'Comptoir de Lyon', kind: 'STORE', town: 'Lyon' },
  { id: 4, name: 'Comptoir de Bordeaux', kind: 'STORE', town: 'Bordeaux' },
  { id: 5, name: 'Comptoir de Strasbourg', kind: 'STORE', town: 'Strasbourg' },
  { id: warehouseId, name: 'Entrepôt d’Orléans', kind: 'WAREHOUSE', town: 'Orléans' },
];

/** Numbers from 0 to below 1, the same every time. mulberry32 by Tommy Ettinger, public domain. */
function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same catalogue every time it is made. */
export function makeDemoCatalogue(): DemoCatalogue {
  const random = createRandom(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const categories: { id: number; name: string; parentId: number | null }[] = [];
  const suppliers: { id: number; name: string; email: string; leadTimeDays: number }[] = [];
  const products: DemoProduct[] = [];
  const stock: { productId: number; placeId: number; onHand: number }[] = [];

  for (const { name, supplier, brands, sections } of departments) {
    const departmentId = categories.push({ id: categories.length + 1, name, parentId: null });
    const supplierId = suppliers.length + 1;
    suppliers.push({ id: supplierId, ...supplier, email: `commandes@fournisseur-${supplierId}.example` });
    for (const section of sections) {
      const categoryId = categories.push({ id: categories.length + 1, name: section.name, parentId: departmentId });
      for (const entry of section.products.split('; ')) {
        const comma = entry.lastIndexOf(', ');
        const title = entry.slice(0, comma);
        const priceMinor = parseAmount(entry.slice(comma + 2));
        const id = products.length + 1;
        const brand = brands[(id - 1) % brands.length] as string;
        const net = priceMinor - taxWithin(priceMinor, section.taxPpm);
        products.push({
          id,
          sku: makeSku(title, id),
          barcode: internalEan13(id),
          name: `${title} – ${brand}`,
          description: `${section.name} de la maison ${brand}, livré par ${supplier.name}.`,
          priceMinor: Number(priceMinor),
          costMinor: Number(divideHalfUp(net * BigInt(between(45, 70)), 100n)),
          taxPpm: section.taxPpm,
          categoryId,
          supplierId,
          alertThreshold: id <= showpieces ? 10 : ([5, 10, 10, 10, 15, 20][between(0, 5)] as number),
        });
        for (const place of places) stock.push({ productId: id, placeId: place.id, onHand: firstStock(id, place.kind) });
      }
    }
  }
  return { places, categories, suppliers, products, stock };

  /** Here and there something runs low or is sold out, as in any shop. */
  function firstStock(id: number, kind: 'STORE' | 'WAREHOUSE'): number {
    const fate = random();
    if (kind === 'WAREHOUSE') return id <= showpieces ? between(300, 500) : fate < 0.03 ? between(0, 8) : between(60, 400);
    if (id <= showpieces) return between(25, 45);
    return fate < 0.02 ? 0 : fate < 0.07 ? between(1, 6) : between(20, 60);
  }
}
