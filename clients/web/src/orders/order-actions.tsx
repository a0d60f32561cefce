import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../controls/confirm.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CancelOrderDocument, DeliverOrderDocument, RefundOrderDocument, ShipOrderDocument } from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { useLanguage } from '../language/language.tsx';
import { useConnection, useMay } from '../session/session.tsx';
import type { OrderDetail } from './statuses.ts';

const all = ['ship', 'deliver', 'refund', 'cancel'] as const;
type Action = (typeof all)[number];

const doneOf = { ship: 'shipped', deliver: 'delivered', refund: 'refundAsked', cancel: 'cancelled' } as const;

/** What the order's state allows; the subgraph has the last word. */
const isPossible: Readonly<Record<Action, (order: OrderDetail) => boolean>> = {
  ship: ({ nextStatuses }) => nextStatuses.includes('SHIPPED'),
  deliver: ({ nextStatuses }) => nextStatuses.includes('DELIVERED'),
  refund: ({ status, payment, refundSaga }) =>
    (status === 'SHIPPED' || status === 'DELIVERED') && payment?.status === 'CAPTURED' && refundSaga === null,
  cancel: ({ nextStatuses }) => nextStatuses.includes('CANCELLED'),
};

/** What can be done with an order as it stands, by those who may. */
export function OrderActions({ order }: { order: OrderDetail }) {
  const { words } = useLanguage();
  const mayShip = useMay(['ADMIN', 'MANAGER', 'WAREHOUSE', 'INTEGRATION']);
  const mayCancel = useMay(['ADMIN', 'MANAGER', 'CLERK', 'INTEGRATION']);
  const mayRefund = useMay(['ADMIN', 'MANAGER', 'INTEGRATION']);
  const may = { ship: mayShip, deliver: mayShip, refund: mayRefund, cancel: mayCancel };
  const [asking, setAsking] = useState<Action | null>(null);
  const [shown, setShown] = useState<Action>('ship');
  const [tracking, setTracking] = useState('');
  const { act, busy } = useAct(order.id);
  const actions = all.filter((action) => may[action] && isPossible[action](order));
  return (
    <>
      {actions.map((action) => (
        <Button
          key={action}
          size="xs"
          variant={action === 'ship' || action === 'deliver' ? 'filled' : 'default'}
          onClick={() => {
            setAsking(action);
            setShown(action);
          }}
          data-testid={`order-${action}`}
        >
          {words.orders[action]}
        </Button>
      ))}
      <Confirm
        opened={asking !== null}
        title={words.orders[`${shown}Title`]}
        text={words.orders[`${shown}Text`]}
        answer={words.orders[shown]}
        grave={shown === 'cancel'}
        busy={busy}
        onClose={() => setAsking(null)}
        onAnswer={async () => {
          await act(shown, tracking.trim() === '' ? null : tracking.trim());
          setAsking(null);
        }}
      >
        {shown === 'ship' ? (
          <TextInput
            label={words.orders.tracking}
            value={tracking}
            onChange={(event) => setTracking(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        ) : undefined}
      </Confirm>
    </>
  );
}

function useAct(id: string) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const [busy, setBusy] = useState(false);
  const tell = async (action: Action, trackingNumber: string | null): Promise<{ readonly __typename: string } | undefined> => {
    if (action === 'ship') return (await client.mutate({ mutation: ShipOrderDocument, variables: { id, trackingNumber } })).data?.outcome;
    if (action === 'refund') return (await client.mutate({ mutation: RefundOrderDocument, variables: { id } })).data?.outcome;
    const mutation = action === 'deliver' ? DeliverOrderDocument : CancelOrderDocument;
    return (await client.mutate({ mutation, variables: { id } })).data?.outcome;
  };
  const act = async (action: Action, trackingNumber: string | null) => {
    setBusy(true);
    try {
      const outcome = await tell(action, trackingNumber);
      if (outcome?.__typename === 'OrderChanged') notice(words.orders[doneOf[action]]);
      else notice(words.orders.refused, 'trouble');
    } catch (error) {
      notice(errorCode(error) === 'FORBIDDEN' ? words.newOrder.forbidden : words.orders.actionFailed, 'trouble');
    } finally {
      setBusy(false);
    }
  };
  return { act, busy };
}
