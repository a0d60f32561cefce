import type { ReactNode } from 'react';
import { PartsBar } from '../controls/parts.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';

/** The way between the parts of the accounts; `children`: what can be begun here. */
export function Parts({ children }: { children?: ReactNode }) {
  const { words } = useLanguage();
  const administers = useMay(['ADMIN']);
  return (
    <PartsBar
      label={words.accounts.parts}
      parts={[
        { to: '/app/comptes/personnel', name: words.accounts.staff },
        ...(administers
          ? [
              { to: '/app/comptes/roles', name: words.accounts.roles },
              { to: '/app/comptes/cles', name: words.accounts.keys },
            ]
          : []),
        { to: '/app/comptes/journal', name: words.accounts.journal },
      ]}
    >
      {children}
    </PartsBar>
  );
}
