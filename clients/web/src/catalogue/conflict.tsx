import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLanguage } from '../language/language.tsx';
import { changedFields, type FieldName, type ProductFields } from './product-fields.ts';
import classes from './product-form.module.css';

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

/** Somebody else was quicker: both sides, and a choice. */
export function Conflict({ base, mine, theirs, nameOf, busy, onKeep, onTake }: ConflictProps) {
  const { words } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
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
  const both = new Set([...changedFields(base, mine), ...changedFields(base, theirs)]);
  return (
    <div
      ref={box}
      role="alertdialog"
      tabIndex={-1}
      className={classes.conflict}
      aria-label={words.catalogue.staleTitle}
      data-testid="conflict"
    >
      <header>
        <h3>{words.catalogue.staleTitle}</h3>
        <p>{words.catalogue.staleText}</p>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.catalogue.staleField}</th>
            <th scope="col">{words.catalogue.staleTheirs}</th>
            <th scope="col">{words.catalogue.staleMine}</th>
          </tr>
        </thead>
        <tbody>
          {[...both].map((field) => (
            <tr key={field}>
              <th scope="row">{labels[field] ?? field}</th>
              <td>{nameOf(field, theirs[field])}</td>
              <td>{changedFields(base, mine).includes(field) ? nameOf(field, mine[field]) : nameOf(field, theirs[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.answers}>
        <Button size="sm" loading={busy} onClick={onKeep}>
          {words.catalogue.staleKeep}
        </Button>
        <Button size="sm" variant="default" onClick={onTake}>
          {words.catalogue.staleTake}
        </Button>
      </div>
    </div>
  );
}
