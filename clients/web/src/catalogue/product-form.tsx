import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { CategoriesDocument, SuppliersDocument } from '../generated/operations.ts';
import { useAsked } from '../graph/use-asked.ts';
import { useLanguage } from '../language/language.tsx';
import { categoryOptions } from './category-tree.ts';
import type { FieldFaults, FieldName, ProductFields } from './product-fields.ts';
import classes from './product-form.module.css';

interface ProductFormProps {
  readonly fields: ProductFields;
  readonly faults: FieldFaults;
  /** What is wrong with all of it. */
  readonly whole: string | null;
  readonly isNew: boolean;
  readonly mayWrite: boolean;
  /** Whether the cost may be seen. */
  readonly withCost: boolean;
  readonly busy: boolean;
  readonly changed: boolean;
  readonly submit: string;
  readonly children?: ReactNode;
  onChange(fields: ProductFields): void;
  onSubmit(): void;
  onUndo?(): void;
}

const nothing = {};

/** A product's sheet to be read and changed; each fault stands at its field. */
export function ProductForm(props: ProductFormProps) {
  const { fields, faults, whole, isNew, mayWrite, withCost, busy, changed, submit, children, onChange, onSubmit, onUndo } = props;
  const { words } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const categories = useAsked(CategoriesDocument, nothing).data?.categories ?? [];
  const suppliers = useAsked(SuppliersDocument, nothing).data?.suppliers ?? [];
  const field = (name: FieldName) => ({
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...fields, [name]: event.currentTarget.value }),
    error: faults[name],
    readOnly: !mayWrite,
    autoComplete: 'off',
    name,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
    // The first fault is where the work goes on.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form ref={form} onSubmit={send} noValidate className={classes.form} aria-label={words.catalogue.edit} data-testid="product-form">
      <TextInput label={words.catalogue.name} {...field('name')} className={classes.wide ?? ''} />
      <TextInput label={words.catalogue.priceField} rightSection="€" inputMode="decimal" {...field('price')} />
      {withCost && <TextInput label={words.catalogue.cost} rightSection="€" inputMode="decimal" {...field('cost')} />}
      <TextInput label={words.catalogue.tax} rightSection="%" inputMode="decimal" {...field('tax')} />
      <NativeSelect
        label={words.catalogue.category}
        {...field('category')}
        disabled={!mayWrite}
        data={[{ value: '', label: words.catalogue.none }, ...categoryOptions(categories)]}
      />
      <NativeSelect
        label={words.catalogue.supplier}
        {...field('supplier')}
        disabled={!mayWrite}
        data={[{ value: '', label: words.catalogue.none }, ...suppliers.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <TextInput label={words.catalogue.sku} {...field('sku')} {...(isNew ? { placeholder: words.catalogue.skuHint } : {})} />
      <TextInput label={words.catalogue.barcode} inputMode="numeric" {...field('barcode')} />
      <TextInput
        label={words.catalogue.threshold}
        description={words.catalogue.thresholdHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="numeric"
        {...field('threshold')}
      />
      {isNew && <TextInput label={words.catalogue.initialStock} inputMode="numeric" {...field('initialStock')} />}
      <Textarea label={words.catalogue.description} rows={4} {...field('description')} className={classes.wide ?? ''} />
      {whole !== null && (
        <p role="alert" className={classes.fault}>
          {whole}
        </p>
      )}
      {children}
      <div className={classes.actions}>
        {mayWrite ? (
          <>
            <Button type="submit" loading={busy} disabled={!changed} data-testid="save-product">
              {submit}
            </Button>
            {onUndo !== undefined && changed && (
              <Button variant="default" onClick={onUndo}>
                {words.catalogue.undo}
              </Button>
            )}
          </>
        ) : (
          <p className={classes.note}>{words.catalogue.readOnly}</p>
        )}
      </div>
    </form>
  );
}
