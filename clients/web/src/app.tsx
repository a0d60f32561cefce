import { MantineProvider } from '@mantine/core';
import { createBrowserRouter, Navigate, Outlet } from 'react-router';
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
              { path: '/app/calculs', lazy: async () => ({ Component: (await import('./calculations/screen.tsx')).CalculationsScreen }) },
              {
                path: '/app/exploitation',
                lazy: async () => ({ Component: (await import('./exploitation/screen.tsx')).OperationsScreen }),
              },
              { path: '/', element: <Navigate to="/app/calculs" replace /> },
              { path: '/app', element: <Navigate to="/app/calculs" replace /> },
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
