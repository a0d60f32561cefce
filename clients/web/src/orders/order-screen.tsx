import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { Detail } from '../controls/detail.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines } from '../controls/quiet.tsx';
import tables from '../controls/tables.module.css';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useHeading } from '../frame/heading.tsx';
import { OrderUpdatedDocument, SagaUpdatedDocument, type SagaUpdatedSubscription } from '../generated/operations.ts';
import { useFollow } from '../graph/use-follow.ts';
import { OrdersIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useSagaClock } from '../sagas/saga-clock.ts';
import { hasEnded, shortId } from '../sagas/states.ts';
import { Timeline } from '../sagas/timeline.tsx';
import { Life } from './life.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderFacts } from './order-facts.tsx';
import classes from './order-screen.module.css';
import type { OrderDetail } from './statuses.ts';

/** The order tells of a refund or a cancellation when it promises the saga, which starts a little later. */
const promisedSaga = { endsWhen: ({ sagaUpdated }: SagaUpdatedSubscription) => hasEnded(sagaUpdated), promised: true };

/** One order's life: where it stands, what is in it, how it is paid and sent, and the saga that processes it. */
export function OrderScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const { data, missing } = useFollow(OrderUpdatedDocument, { id });
  const order = data?.orderUpdated ?? null;
  useHeading(words.orders.one(id), '/app/commandes', words.orders.back);
  useTellStatus(order);
  if (missing) return <Empty icon={<OrdersIcon />} title={words.orders.missing} />;
  if (order === null) return <Lines count={8} />;
  return (
    <Detail
      testId="order"
      state={order.status}
      top={
        <Panel title={words.orders.life} aside={<OrderActions order={order} />}>
          <Life order={order} />
        </Panel>
      }
      main={
        <>
          <LinesPanel order={order} />
          {order.refundSaga !== null && <SagaPanel title={words.orders.refundSaga} id={order.refundSaga.id} />}
          {order.cancellationSaga !== null && <SagaPanel title={words.orders.cancellationSaga} id={order.cancellationSaga.id} />}
          <SagaPanel title={words.orders.saga} id={order.saga?.id ?? null} />
        </>
      }
      side={<OrderFacts order={order} />}
    />
  );
}

function LinesPanel({ order }: { order: OrderDetail }) {
  const { words, format } = useLanguage();
  return (
    <Panel title={words.orders.lines} testId="order-lines">
      <div>
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col">{words.orders.product}</th>
              <th scope="col">{words.orders.quantity}</th>
              <th scope="col" className={classes.wide}>
                {words.orders.unitPrice}
              </th>
              <th scope="col">{words.orders.lineTotal}</th>
            </tr>
          </thead>
          <tbody>
            {order.lines.map(({ number, quantity, product, productId, productDeleted, unitPrice, total }) => (
              <tr key={number}>
                <th scope="row" className={classes.product}>
                  {product ? <Link to={`/app/catalogue/${product.id}`}>{product.name}</Link> : `№ ${productId}`}
                  <span className={classes.sku}>{productDeleted ? words.orders.archived : product?.sku}</span>
                </th>
                <td>{format.count(quantity)}</td>
                <td className={classes.wide}>{format.money(unitPrice)}</td>
                <td>{format.money(total)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className={classes.total}>
              <th scope="row">{words.orders.total}</th>
              <td />
              <td className={classes.wide} />
              <td data-testid="order-total">{format.money(order.total)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}

/** A saga of the order, live, where it has one. */
function SagaPanel({ title, id }: { title: string; id: string | null }) {
  const { words } = useLanguage();
  const { data } = useFollow(SagaUpdatedDocument, id === null ? null : { id }, promisedSaga);
  const saga = data?.sagaUpdated ?? null;
  const now = useSagaClock(saga);
  return (
    <Panel
      title={title}
      testId="order-saga"
      aside={id === null ? undefined : <Link to={`/app/sagas/${id}`}>{words.sagas.one(shortId(id))}</Link>}
    >
      {id === null && <Empty title={words.orders.noSaga} />}
      {id !== null && saga === null && <Lines count={5} />}
      {saga !== null && <Timeline saga={saga} now={now} />}
    </Panel>
  );
}

/** A change of state while the order is looked at is told. */
function useTellStatus(order: OrderDetail | null) {
  const { words } = useLanguage();
  const { say } = useAnnouncer();
  const before = useRef<OrderDetail['status'] | null>(null);
  useEffect(() => {
    if (order === null) return;
    if (before.current !== null && before.current !== order.status) say(words.orders.becomes(words.orders.statuses[order.status]));
    before.current = order.status;
  }, [order, say, words]);
}
