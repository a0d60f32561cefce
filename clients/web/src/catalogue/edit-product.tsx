import { useState } from 'react';
import { useAnnouncer } from '../frame/announcer.tsx';
import {
  CategoriesDocument,
  OneProductDocument,
  ProductCostDocument,
  type ProductDetailFragment,
  SuppliersDocument,
  UpdateProductDocument,
} from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import { errorCode } from '../graph/error-code.ts';
import { useAsked } from '../graph/use-asked.ts';
import { useLanguage } from '../language/language.tsx';
import { useConnection, useMay } from '../session/session.tsx';
import { Conflict } from './conflict.tsx';
import { namedFaults } from './named-faults.ts';
import {
  changedFields,
  type FieldFaults,
  type FieldName,
  faultsOf,
  fieldNamed,
  fieldsOf,
  type ProductFields,
  rebase,
  updateInput,
} from './product-fields.ts';
import { ProductForm } from './product-form.tsx';

interface EditProductProps {
  readonly product: ProductDetailFragment;
  /** In minor units. */
  readonly cost: string | null;
  readonly withCost: boolean;
  onSaved(product: ProductDetailFragment): void;
}

interface Base {
  readonly fields: ProductFields;
  readonly version: number;
}

const nothing = {};

/** Changes a product. What another has changed meanwhile is shown beside what was typed, and nothing is lost. */
export function EditProduct({ product, cost, withCost, onSaved }: EditProductProps) {
  const { words, code } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const decimal = code === 'fr' ? ',' : '.';
  const mayWrite = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']) && product.active;
  const [base, setBase] = useState<Base>(() => ({ fields: fieldsOf(product, cost, decimal), version: product.version }));
  const [fields, setFields] = useState(base.fields);
  const [faults, setFaults] = useState<FieldFaults>({});
  const [whole, setWhole] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Base | null>(null);
  const [busy, setBusy] = useState(false);
  const categories = useAsked(CategoriesDocument, nothing).data?.categories ?? [];
  const suppliers = useAsked(SuppliersDocument, nothing).data?.suppliers ?? [];
  const changed = changedFields(base.fields, fields).length > 0;

  const begin = (next: Base) => {
    setBase(next);
    setFields(next.fields);
    setFaults({});
    setWhole(null);
    setTheirs(null);
  };

  const showTheirs = async () => {
    const now = (await ask(client, OneProductDocument, { id: product.id })).product;
    if (now === null) return setWhole(words.catalogue.missing);
    const itsCost = withCost ? ((await ask(client, ProductCostDocument, { id: product.id })).product?.cost?.minor ?? null) : null;
    setTheirs({ fields: fieldsOf(now, itsCost, decimal), version: now.version });
  };

  const save = async (from: Base, wanted: ProductFields) => {
    const wrong = faultsOf(wanted, words.catalogue.faults);
    setFaults(wrong);
    setWhole(null);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const input = updateInput(from.fields, wanted, from.version);
      const { data } = await client.mutate({ mutation: UpdateProductDocument, variables: { id: product.id, input } });
      const outcome = data?.updateProduct;
      if (outcome?.__typename === 'StaleValue') return await showTheirs();
      if (outcome?.__typename === 'AlreadyTaken') {
        const field = fieldNamed(outcome.field);
        return field === undefined ? setWhole(words.catalogue.taken) : setFaults({ [field]: words.catalogue.taken });
      }
      if (outcome?.__typename !== 'ProductUpdated') return setWhole(words.catalogue.saveFailed);
      const saved = fieldsOf(outcome.product, null, decimal);
      begin({ fields: { ...saved, cost: wanted.cost }, version: outcome.product.version });
      notice(words.catalogue.saved);
      onSaved(outcome.product);
    } catch (error) {
      const named = namedFaults(error, words.catalogue.faults);
      if (Object.keys(named).length > 0) setFaults(named);
      else setWhole(errorCode(error) === 'FORBIDDEN' ? words.catalogue.forbidden : words.catalogue.saveFailed);
    } finally {
      setBusy(false);
    }
  };

  const nameOf = (field: FieldName, value: string) => {
    const named = field === 'category' ? categories : field === 'supplier' ? suppliers : [];
    return named.find(({ id }) => id === value)?.name ?? (value === '' ? words.catalogue.none : value);
  };

  return (
    <ProductForm
      fields={fields}
      faults={faults}
      whole={whole}
      isNew={false}
      mayWrite={mayWrite}
      withCost={withCost}
      busy={busy && theirs === null}
      changed={changed && theirs === null}
      submit={words.catalogue.save}
      onChange={(next) => {
        setFields(next);
        setFaults({});
        setWhole(null);
      }}
      onSubmit={() => changed && theirs === null && save(base, fields)}
      onUndo={() => begin(base)}
    >
      {theirs !== null && (
        <Conflict
          base={base.fields}
          mine={fields}
          theirs={theirs.fields}
          nameOf={nameOf}
          busy={busy}
          onKeep={() => {
            const mine = rebase(base.fields, fields, theirs.fields);
            setBase(theirs);
            setFields(mine);
            setTheirs(null);
            void save(theirs, mine);
          }}
          onTake={() => begin(theirs)}
        />
      )}
    </ProductForm>
  );
}
