import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { ExportButton } from '../controls/export-button.tsx';
import { NoMatch } from '../controls/no-match.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../controls/quiet.tsx';
import tables from '../controls/tables.module.css';
import { ViewsButton } from '../controls/views-button.tsx';
import { useFeed } from '../feed/badge.tsx';
import { useHeading } from '../frame/heading.tsx';
import { OneProductDocument } from '../generated/operations.ts';
import { useAsked } from '../graph/use-asked.ts';
import { StockIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';
import { CountDialog, type Counting } from './count-dialog.tsx';
import { ledgerCsv } from './ledger-csv.ts';
import classes from './ledger-screen.module.css';
import { LevelsTable } from './levels-table.tsx';
import { type Movement, type Movements, useMovements } from './use-movements.ts';

/** Every movement of one product, newest first, and what is there of it now. */
export function LedgerScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const placeId = search.get('lieu');
  const mayCount = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']);
  const asked = useAsked(OneProductDocument, { id });
  const product = asked.data?.product ?? null;
  const movements = useMovements(id, placeId);
  const [counting, setCounting] = useState<Counting | null>(null);
  useLookAgain(movements);
  useHeading(product?.name ?? words.stock.title, '/app/stock', words.stock.back);
  if (asked.failed && product === null) return <Trouble title={words.stock.failed} onRetry={asked.reload} />;
  if (asked.data === null) return <Lines count={8} />;
  if (product === null) return <Empty icon={<StockIcon />} title={words.catalogue.missing} />;
  return (
    <div className={classes.screen}>
      <div className={classes.side}>
        <Panel title={words.stock.levels} aside={<Link to={`/app/catalogue/${id}`}>{words.stock.toProduct}</Link>}>
          <LevelsTable
            productId={id}
            levels={product.stock}
            onChanged={movements.look}
            {...(mayCount ? { onCount: (level) => setCounting({ product, place: level.place, level }) } : {})}
          />
        </Panel>
      </div>
      <div className={classes.main}>
        <Panel
          title={words.stock.ledger}
          testId="ledger"
          aside={
            <>
              <NativeSelect
                aria-label={words.stock.ledgerFilter}
                size="xs"
                value={placeId ?? ''}
                onChange={(event) => {
                  const value = event.currentTarget.value;
                  setSearch(value === '' ? {} : { lieu: value }, { replace: true });
                }}
                data={[
                  { value: '', label: words.stock.allPlaces },
                  ...product.stock.map(({ place }) => ({ value: place.id, label: place.name })),
                ]}
              />
              <ViewsButton list="ledger" />
              <ExportButton
                rows={movements.list.rows}
                page={movements.page}
                file={words.stock.ledgerFile(product.sku)}
                csv={(rows, code) => ledgerCsv(id, rows, code)}
              />
            </>
          }
        >
          <Ledger movements={movements} ofPlace={placeId !== null} />
        </Panel>
      </div>
      <CountDialog counting={counting} onClose={() => setCounting(null)} />
    </div>
  );
}

function Ledger({ movements, ofPlace }: { movements: Movements; ofPlace: boolean }) {
  const { words } = useLanguage();
  const { status, list } = movements;
  if (status === 'failed') return <Trouble title={words.stock.ledgerFailed} onRetry={movements.reload} />;
  if (status === 'loading') return <Lines count={8} />;
  if (list.rows.length === 0) {
    const icon = <StockIcon />;
    return ofPlace ? <NoMatch icon={icon} title={words.stock.noMovementsHere} /> : <Empty icon={icon} title={words.stock.noMovements} />;
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={words.stock.movementList}>
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col">{words.stock.kind}</th>
              <th scope="col" className={tables.left}>
                {words.stock.place}
              </th>
              <th scope="col">{words.stock.onHand}</th>
              <th scope="col">{words.stock.reserved}</th>
              <th scope="col" className={`${tables.left} ${classes.spare}`}>
                {words.stock.reference}
              </th>
              <th scope="col" className={`${tables.left} ${classes.spare}`}>
                {words.stock.actor}
              </th>
              <th scope="col" className={classes.at}>
                {words.stock.at}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.rows.map((movement) => (
              <MovementLine key={movement.id} movement={movement} />
            ))}
          </tbody>
        </table>
      </section>
      {list.hasOlder && (
        <Button variant="subtle" size="sm" onClick={movements.loadOlder} className={classes.more ?? ''}>
          {words.stock.more}
        </Button>
      )}
    </>
  );
}

function MovementLine({ movement }: { movement: Movement }) {
  const { words, format } = useLanguage();
  const { kind, place, onHandChange, allocatedChange, reference, actor, reason, at } = movement;
  const changed = (change: number) => (change === 0 ? <span className={classes.none}>—</span> : format.change(change));
  return (
    <tr data-kind={kind} data-testid="movement">
      <th scope="row" className={classes.kind}>
        {words.stock.movements[kind]}
        {reason !== null && <span>{reason}</span>}
        <span className={classes.atShort}>{format.dateTime(at)}</span>
      </th>
      <td className={tables.left} title={place.name}>
        <span className={classes.full}>{place.name}</span>
        <span className={classes.short}>{place.town}</span>
      </td>
      <td className={classes.change} data-sign={Math.sign(onHandChange)}>
        {changed(onHandChange)}
      </td>
      <td>{changed(allocatedChange)}</td>
      <td className={`${tables.left} ${classes.spare}`}>
        <Reference reference={reference} />
      </td>
      <td className={`${tables.left} ${classes.spare}`}>{actor ?? '—'}</td>
      <td className={classes.at}>{format.dateTime(at)}</td>
    </tr>
  );
}

/** A saga leads to its screen. */
function Reference({ reference }: { reference: string | null }) {
  if (reference === null) return <>—</>;
  if (!reference.startsWith('saga_')) return <>{reference}</>;
  return (
    <Link to={`/app/sagas/${reference}`} title={reference}>
      <code>{reference.slice(-8)}</code>
    </Link>
  );
}

/** After an interruption: what moved meanwhile. */
function useLookAgain({ look }: Movements) {
  const { epoch } = useFeed();
  const newest = useRef(look);
  newest.current = look;
  useEffect(() => {
    if (epoch > 1) newest.current();
  }, [epoch]);
}
