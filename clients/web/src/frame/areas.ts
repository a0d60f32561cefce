import { CalculationsIcon, CatalogueIcon, OperationsIcon, OrdersIcon, SagasIcon, StockIcon } from '../icons.tsx';

/** The areas in the order of the day's work; on a phone those after the fourth are behind one button. */
export const areas = [
  { path: '/app/commandes', name: 'orders', Icon: OrdersIcon },
  { path: '/app/sagas', name: 'sagas', Icon: SagasIcon },
  { path: '/app/catalogue', name: 'catalogue', Icon: CatalogueIcon },
  { path: '/app/stock', name: 'stock', Icon: StockIcon },
  { path: '/app/calculs', name: 'calculations', Icon: CalculationsIcon },
  { path: '/app/exploitation', name: 'operations', Icon: OperationsIcon },
] as const;

export const onPhone = 4;
