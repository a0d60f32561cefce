import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Confirm } from '../controls/confirm.tsx';
import { Panel } from '../controls/panel.tsx';
import sheet from '../controls/sheet.module.css';
import { useAnnouncer } from '../frame/announcer.tsx';
import { ArchiveProductDocument, type ProductDetailFragment } from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { TrashIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useConnection, useMay } from '../session/session.tsx';
import { LevelsTable } from '../stock/levels-table.tsx';
import classes from './product-screen.module.css';

interface ProductSideProps {
  readonly product: ProductDetailFragment;
  /** In minor units; null where it is not known or not to be seen. */
  readonly cost: string | null;
  onArchived(product: ProductDetailFragment): void;
}

/** What is there of a product, and what is worth knowing about it. */
export function ProductSide({ product, cost, onArchived }: ProductSideProps) {
  const { words, format } = useLanguage();
  const mayArchive = useMay(['ADMIN', 'MANAGER', 'INTEGRATION']);
  // Of the price without tax.
  const net = Number(product.price.minor) / (1 + product.taxPpm / 1_000_000);
  return (
    <>
      <Panel title={words.catalogue.stockPanel} aside={<Link to={`/app/stock/${product.id}`}>{words.catalogue.ledger}</Link>}>
        <LevelsTable productId={product.id} levels={product.stock} />
      </Panel>
      <Panel title={words.catalogue.facts}>
        <dl className={sheet.facts}>
          {cost !== null && net > 0 && (
            <div>
              <dt>{words.catalogue.margin}</dt>
              <dd>{format.percent((net - Number(cost)) / net)}</dd>
            </div>
          )}
          <div>
            <dt>{words.catalogue.changedAt}</dt>
            <dd>{format.dateTime(product.updatedAt)}</dd>
          </div>
          <div>
            <dt>{words.catalogue.createdAt}</dt>
            <dd>{format.dateTime(product.createdAt)}</dd>
          </div>
          <div>
            <dt>{words.catalogue.version}</dt>
            <dd>{product.version}</dd>
          </div>
        </dl>
        {!product.active && <p className={classes.archived}>{words.catalogue.archivedMark}</p>}
        {mayArchive && product.active && <Archive id={product.id} onArchived={onArchived} />}
      </Panel>
    </>
  );
}

function Archive({ id, onArchived }: { id: string; onArchived(product: ProductDetailFragment): void }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const archive = async () => {
    setBusy(true);
    try {
      const { data } = await client.mutate({ mutation: ArchiveProductDocument, variables: { id } });
      if (data?.archiveProduct.__typename === 'ProductArchived') {
        notice(words.catalogue.archived);
        onArchived(data.archiveProduct.product);
      } else notice(words.catalogue.archiveFailed, 'trouble');
      setAsking(false);
    } catch (error) {
      notice(errorCode(error) === 'FORBIDDEN' ? words.catalogue.forbidden : words.catalogue.archiveFailed, 'trouble');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.archive}>
      <Button variant="default" size="xs" leftSection={<TrashIcon />} onClick={() => setAsking(true)} data-testid="archive-product">
        {words.catalogue.archive}
      </Button>
      <Confirm
        opened={asking}
        title={words.catalogue.archiveTitle}
        text={words.catalogue.archiveText}
        answer={words.catalogue.archive}
        grave
        busy={busy}
        onClose={() => setAsking(false)}
        onAnswer={archive}
      />
    </div>
  );
}
