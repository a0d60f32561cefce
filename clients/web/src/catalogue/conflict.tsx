import { Conflict as BothSides } from '../controls/conflict.tsx';
import { useLanguage } from '../language/language.tsx';
import { changedFields, type FieldName, type ProductFields } from './product-fields.ts';

interface ConflictProps {
  /** What was read before the typing began. */
  readonly base: ProductFields;
  readonly mine: ProductFields;
  readonly theirs: ProductFields;
  /** Ids of categories and suppliers in words. */
  nameOf(field: FieldName, value: string): string;
  readonly busy: boolean;
  onKeep(): void;
  onTake(): void;
}

/** Somebody else has changed the product meanwhile. */
export function Conflict({ base, mine, theirs, nameOf, busy, onKeep, onTake }: ConflictProps) {
  const { words } = useLanguage();
  const labels: Partial<Record<FieldName, string>> = {
    name: words.catalogue.name,
    price: words.catalogue.priceField,
    cost: words.catalogue.cost,
    tax: words.catalogue.tax,
    category: words.catalogue.category,
    supplier: words.catalogue.supplier,
    sku: words.catalogue.sku,
    barcode: words.catalogue.barcode,
    threshold: words.catalogue.threshold,
    description: words.catalogue.description,
  };
  const typed = changedFields(base, mine);
  const rows = [...new Set([...typed, ...changedFields(base, theirs)])].map((field) => ({
    field,
    label: labels[field] ?? field,
    theirs: nameOf(field, theirs[field]),
    mine: nameOf(field, typed.includes(field) ? mine[field] : theirs[field]),
  }));
  return <BothSides title={words.catalogue.staleTitle} rows={rows} busy={busy} onKeep={onKeep} onTake={onTake} />;
}
