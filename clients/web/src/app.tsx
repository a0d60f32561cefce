import { MantineProvider } from '@mantine/core';
import { createBrowserRouter, Navigate, Outlet, useLocation } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { AnnouncerProvider } from './frame/announcer.tsx';
import { Crashed, NotFound } from './frame/faults.tsx';
import { Frame } from './frame/frame.tsx';
import { LanguageProvider } from './language/language.tsx';
import { SessionProvider, useSession } from './session/session.tsx';
import { SignIn, Waiting } from './session/sign-in.tsx';
import { cssVariables, theme } from './theme.ts';

/** Whoever has no accepted key stands at the door; the address stays, so that they come in where they wanted to go. */
function Door() {
  const { state } = useSession();
  if (state.phase === 'starting') return <Waiting unreachable={state.unreachable} />;
  if (state.phase === 'signed-out') return <SignIn expired={state.expired} />;
  return <Outlet />;
}

/** An address that is another's: what it asks for goes along. */
function Moved({ to }: { to: string }) {
  return <Navigate to={{ pathname: to, search: useLocation().search }} replace />;
}

const router = createBrowserRouter([
  {
    element: <Door />,
    errorElement: <Crashed />,
    children: [
      {
        element: <Frame />,
        children: [
          {
            errorElement: <Crashed />,
            children: [
              { path: '/app/sagas', lazy: async () => ({ Component: (await import('./sagas/screen.tsx')).SagasScreen }) },
              { path: '/app/sagas/:id', lazy: async () => ({ Component: (await import('./sagas/saga-screen.tsx')).SagaScreen }) },
              { path: '/app/commandes', lazy: async () => ({ Component: (await import('./orders/screen.tsx')).OrdersScreen }) },
              {
                path: '/app/commandes/nouvelle',
                lazy: async () => ({ Component: (await import('./orders/new-order-screen.tsx')).NewOrderScreen }),
              },
              { path: '/app/commandes/:id', lazy: async () => ({ Component: (await import('./orders/order-screen.tsx')).OrderScreen }) },
              { path: '/app/catalogue', lazy: async () => ({ Component: (await import('./catalogue/screen.tsx')).CatalogueScreen }) },
              {
                path: '/app/catalogue/categories',
                lazy: async () => ({ Component: (await import('./catalogue/categories-screen.tsx')).CategoriesScreen }),
              },
              {
                path: '/app/catalogue/fournisseurs',
                lazy: async () => ({ Component: (await import('./catalogue/suppliers-screen.tsx')).SuppliersScreen }),
              },
              {
                path: '/app/catalogue/nouveau',
                lazy: async () => ({ Component: (await import('./catalogue/product-screen.tsx')).NewProductScreen }),
              },
              {
                path: '/app/catalogue/:id',
                lazy: async () => ({ Component: (await import('./catalogue/product-screen.tsx')).ProductScreen }),
              },
              { path: '/app/stock', lazy: async () => ({ Component: (await import('./stock/screen.tsx')).StockScreen }) },
              { path: '/app/stock/:id', lazy: async () => ({ Component: (await import('./stock/ledger-screen.tsx')).LedgerScreen }) },
              { path: '/app/calculs', lazy: async () => ({ Component: (await import('./calculations/screen.tsx')).CalculationsScreen }) },
              {
                path: '/app/exploitation',
                lazy: async () => ({ Component: (await import('./exploitation/screen.tsx')).OperationsScreen }),
              },
              {
                path: '/app/comptes/moi',
                lazy: async () => ({ Component: (await import('./accounts/own/screen.tsx')).OwnAccountScreen }),
              },
              {
                lazy: async () => ({ Component: (await import('./accounts/reserved.tsx')).ForManagers }),
                children: [
                  { path: '/app/comptes', element: <Moved to="/app/comptes/personnel" /> },
                  {
                    path: '/app/comptes/personnel',
                    lazy: async () => ({ Component: (await import('./accounts/staff/screen.tsx')).StaffScreen }),
                  },
                  {
                    path: '/app/comptes/personnel/nouveau',
                    lazy: async () => ({ Component: (await import('./accounts/staff/new-person-screen.tsx')).NewPersonScreen }),
                  },
                  {
                    path: '/app/comptes/personnel/:id',
                    lazy: async () => ({ Component: (await import('./accounts/staff/person-screen.tsx')).PersonScreen }),
                  },
                  {
                    path: '/app/comptes/journal',
                    lazy: async () => ({ Component: (await import('./accounts/journal/screen.tsx')).JournalScreen }),
                  },
                  {
                    path: '/app/comptes/journal/:id',
                    lazy: async () => ({ Component: (await import('./accounts/journal/entry-screen.tsx')).EntryScreen }),
                  },
                ],
              },
              {
                lazy: async () => ({ Component: (await import('./accounts/reserved.tsx')).ForAdministrators }),
                children: [
                  {
                    path: '/app/comptes/roles',
                    lazy: async () => ({ Component: (await import('./accounts/roles/screen.tsx')).RolesScreen }),
                  },
                  {
                    path: '/app/comptes/roles/nouveau',
                    lazy: async () => ({ Component: (await import('./accounts/roles/new-role-screen.tsx')).NewRoleScreen }),
                  },
                  {
                    path: '/app/comptes/roles/:id',
                    lazy: async () => ({ Component: (await import('./accounts/roles/role-screen.tsx')).RoleScreen }),
                  },
                  {
                    path: '/app/comptes/cles',
                    lazy: async () => ({ Component: (await import('./accounts/keys/screen.tsx')).KeysScreen }),
                  },
                  {
                    path: '/app/comptes/cles/nouveau',
                    lazy: async () => ({ Component: (await import('./accounts/keys/new-consumer-screen.tsx')).NewConsumerScreen }),
                  },
                  {
                    path: '/app/comptes/cles/:id',
                    lazy: async () => ({ Component: (await import('./accounts/keys/consumer-screen.tsx')).ConsumerScreen }),
                  },
                ],
              },
              { path: '/', element: <Moved to="/app/calculs" /> },
              { path: '/app', element: <Moved to="/app/calculs" /> },
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ],
    HydrateFallback: () => null,
  },
]);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <LanguageProvider>
        <AnnouncerProvider>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </AnnouncerProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
