import type { Role } from '../generated/operations.ts';
import { AccountsIcon, CalculationsIcon, CatalogueIcon, OperationsIcon, OrdersIcon, SagasIcon, StockIcon } from '../icons.tsx';
import { useSession } from '../session/session.tsx';

/** The areas in the order of the day's work; on a phone those after the fourth are behind one button. */
export const areas = [
  { path: '/app/commandes', name: 'orders', Icon: OrdersIcon },
  { path: '/app/sagas', name: 'sagas', Icon: SagasIcon },
  { path: '/app/catalogue', name: 'catalogue', Icon: CatalogueIcon },
  { path: '/app/stock', name: 'stock', Icon: StockIcon },
  { path: '/app/calculs', name: 'calculations', Icon: CalculationsIcon },
  { path: '/app/exploitation', name: 'operations', Icon: OperationsIcon },
  { path: '/app/comptes', name: 'accounts', Icon: AccountsIcon, roles: ['ADMIN', 'MANAGER'] },
] as const satisfies readonly Area[];

interface Area {
  readonly path: string;
  readonly name: string;
  readonly Icon: typeof OrdersIcon;
  /** Whom it serves; left out: everybody. */
  readonly roles?: readonly Role[];
}

/** The areas that serve whoever is signed in; all of them where the gateway runs without authentication. */
export function useAreas() {
  const { state } = useSession();
  const mine = state.phase === 'signed-in' ? (state.me?.roles ?? null) : null;
  return areas.filter((area) => !('roles' in area) || mine === null || area.roles.some((role) => mine.includes(role)));
}

export const onPhone = 4;
