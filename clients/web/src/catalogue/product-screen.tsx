import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../controls/quiet.tsx';
import sheet from '../controls/sheet.module.css';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useHeading } from '../frame/heading.tsx';
import { CreateProductDocument, OneProductDocument, ProductCostDocument } from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { useAsked } from '../graph/use-asked.ts';
import { CatalogueIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useDraft } from '../session/draft.ts';
import { newIdempotencyKey } from '../session/new-key.ts';
import { useConnection, useMay } from '../session/session.tsx';
import { EditProduct } from './edit-product.tsx';
import { namedFaults } from './named-faults.ts';
import { blankFields, createInput, type FieldFaults, faultsOf, fieldNamed, type ProductFields } from './product-fields.ts';
import { ProductForm } from './product-form.tsx';
import { ProductSide } from './product-side.tsx';

/** One product: its sheet, what is there of it, and the way to its ledger. */
export function ProductScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const seesCost = useMay(['ADMIN', 'MANAGER', 'ANALYST']);
  const asked = useAsked(OneProductDocument, { id });
  const product = asked.data?.product ?? null;
  useHeading(product?.name ?? words.catalogue.product, '/app/catalogue', words.catalogue.back);
  if (asked.failed && product === null) return <Trouble title={words.catalogue.failed} onRetry={asked.reload} />;
  if (asked.data === null) return <Lines count={8} />;
  if (product === null) return <Empty icon={<CatalogueIcon />} title={words.catalogue.missing} />;
  return seesCost ? <WithCost key={id} id={id} product={product} /> : <Sheet key={id} product={product} cost={null} withCost={false} />;
}

type Product = NonNullable<Parameters<typeof EditProduct>[0]['product']>;

function WithCost({ id, product }: { id: string; product: Product }) {
  const asked = useAsked(ProductCostDocument, { id });
  if (asked.data === null && !asked.failed) return <Lines count={8} />;
  return <Sheet product={product} cost={asked.data?.product?.cost?.minor ?? null} withCost={!asked.failed} />;
}

function Sheet({ product: read, cost, withCost }: { product: Product; cost: string | null; withCost: boolean }) {
  const { words } = useLanguage();
  const [product, setProduct] = useState(read);
  const shown = read.version > product.version ? read : product;
  return (
    <div className={sheet.screen} data-testid="product" data-version={shown.version}>
      <div className={sheet.main}>
        <Panel title={words.catalogue.edit}>
          <EditProduct product={shown} cost={cost} withCost={withCost} onSaved={setProduct} />
        </Panel>
      </div>
      <div className={sheet.side}>
        <ProductSide product={shown} cost={withCost ? cost : null} onArchived={setProduct} />
      </div>
    </div>
  );
}

/** A product to be created. */
export function NewProductScreen() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const navigate = useNavigate();
  const withCost = useMay(['ADMIN', 'MANAGER', 'ANALYST']);
  const mayWrite = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']);
  const [fields, keep] = useDraft<ProductFields>('product', blankFields);
  const [faults, setFaults] = useState<FieldFaults>({});
  const [whole, setWhole] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** A submission that failed keeps its key: sent again unchanged, it cannot create two. */
  const [unsent, setUnsent] = useState<{ sign: string; key: string } | null>(null);
  useHeading(words.catalogue.create, '/app/catalogue', words.catalogue.back);

  const create = async () => {
    const wrong = faultsOf(fields, words.catalogue.faults);
    setFaults(wrong);
    setWhole(null);
    if (Object.keys(wrong).length > 0) return;
    const input = createInput(fields);
    if (!withCost) delete input.costMinor;
    const sign = JSON.stringify(input);
    const key = unsent?.sign === sign ? unsent.key : newIdempotencyKey();
    setUnsent({ sign, key });
    setBusy(true);
    try {
      const { data } = await client.mutate({ mutation: CreateProductDocument, variables: { input, idempotencyKey: key } });
      const outcome = data?.createProduct;
      if (outcome?.__typename === 'AlreadyTaken') {
        const field = fieldNamed(outcome.field);
        return field === undefined ? setWhole(words.catalogue.taken) : setFaults({ [field]: words.catalogue.taken });
      }
      if (outcome?.__typename !== 'ProductCreated') return setWhole(words.catalogue.saveFailed);
      setUnsent(null);
      keep(blankFields);
      notice(words.catalogue.created);
      await navigate(`/app/catalogue/${outcome.product.id}`, { replace: true });
    } catch (error) {
      const named = namedFaults(error, words.catalogue.faults);
      if (Object.keys(named).length > 0) setFaults(named);
      else setWhole(errorCode(error) === 'FORBIDDEN' ? words.catalogue.forbidden : words.catalogue.saveFailed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={sheet.alone}>
      <Panel title={words.catalogue.edit}>
        <ProductForm
          fields={fields}
          faults={faults}
          whole={whole}
          isNew
          mayWrite={mayWrite}
          withCost={withCost}
          busy={busy}
          changed
          submit={words.app.create}
          onChange={(next) => {
            keep(next);
            setFaults({});
            setWhole(null);
          }}
          onSubmit={create}
        />
      </Panel>
    </div>
  );
}
