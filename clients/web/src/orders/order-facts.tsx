import { Link } from 'react-router';
import { Mark } from '../controls/mark.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty } from '../controls/quiet.tsx';
import type { PaymentStatus } from '../generated/operations.ts';
import { useLanguage } from '../language/language.tsx';
import { Reason } from '../sagas/reason.tsx';
import classes from './order-facts.module.css';
import { customerName, type OrderDetail } from './statuses.ts';

const toneOfPayment = { PENDING: 'busy', CAPTURED: 'good', REFUNDED: 'warn', FAILED: 'bad' } as const satisfies Record<
  PaymentStatus,
  string
>;

/** Who ordered, how it is paid, where it is sent. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  const { words, format } = useLanguage();
  const { customer, payment, shipment } = order;
  const name = customerName(order, words.orders.customerN);
  const methodName = (method: string) => {
    const digits = /^card •+ (\d+)$/.exec(method)?.[1];
    return digits === undefined ? (words.orders.methods[method] ?? method) : words.orders.card(digits);
  };
  return (
    <>
      <Panel title={words.orders.customer} testId="order-customer">
        <dl className={classes.facts}>
          <div className={classes.wide}>
            <dt className={classes.spoken}>{words.orders.customer}</dt>
            <dd>
              <Link to={`/app/commandes?client=${order.customerId}`}>{name}</Link>
              {order.customerDeleted && <span className={classes.gone}>{words.orders.deleted}</span>}
              {customer !== null && <span className={classes.note}>{customer.email}</span>}
              {customer !== null && customer.phone !== null && <span className={classes.note}>{customer.phone}</span>}
            </dd>
          </div>
          <div className={classes.wide}>
            <dt>{words.orders.shippingAddress}</dt>
            <dd className={classes.address}>{order.shippingAddress ?? words.orders.noAddress}</dd>
          </div>
          <div className={classes.wide}>
            <dt>{words.orders.billingAddress}</dt>
            <dd className={classes.address}>
              {order.billingAddress === null || order.billingAddress === order.shippingAddress
                ? words.orders.sameAddress
                : order.billingAddress}
            </dd>
          </div>
        </dl>
      </Panel>
      <Panel
        title={words.orders.payment}
        testId="order-payment"
        aside={payment !== null && <Mark tone={toneOfPayment[payment.status]}>{words.orders.paymentStatuses[payment.status]}</Mark>}
      >
        {payment === null && <Empty title={words.orders.noPayment} />}
        {payment !== null && (
          <dl className={classes.facts}>
            <div>
              <dt>{words.orders.amount}</dt>
              <dd>{format.money(payment.amount)}</dd>
            </div>
            {payment.refunded.minor !== '0' && (
              <div>
                <dt>{words.orders.refunded}</dt>
                <dd>{format.money(payment.refunded)}</dd>
              </div>
            )}
            <div>
              <dt>{words.orders.method}</dt>
              <dd>{methodName(payment.method)}</dd>
            </div>
            {payment.providerReference !== null && (
              <div className={classes.wide}>
                <dt>{words.orders.reference}</dt>
                <dd>
                  <code>{payment.providerReference}</code>
                </dd>
              </div>
            )}
            {payment.error !== null && (
              <div className={classes.wide}>
                <dt>{words.orders.reason}</dt>
                <dd className={classes.bad}>
                  <Reason error={payment.error} />
                </dd>
              </div>
            )}
          </dl>
        )}
      </Panel>
      <Panel title={words.orders.shipment} testId="order-shipment">
        {shipment === null && <Empty title={order.status === 'CANCELLED' ? words.orders.neverShipped : words.orders.noShipment} />}
        {shipment !== null && (
          <dl className={classes.facts}>
            <div className={classes.wide}>
              <dt>{words.orders.tracking}</dt>
              <dd>{shipment.trackingNumber === null ? words.orders.noTracking : <code>{shipment.trackingNumber}</code>}</dd>
            </div>
            <div>
              <dt>{words.orders.shippedAt}</dt>
              <dd>{format.dateTime(shipment.shippedAt)}</dd>
            </div>
            {shipment.deliveredAt !== null && (
              <div>
                <dt>{words.orders.deliveredAt}</dt>
                <dd>{format.dateTime(shipment.deliveredAt)}</dd>
              </div>
            )}
          </dl>
        )}
      </Panel>
    </>
  );
}
