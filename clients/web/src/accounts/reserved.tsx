import { Outlet } from 'react-router';
import { Empty } from '../controls/quiet.tsx';
import { KeyIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMay } from '../session/session.tsx';

/** Screens for those who run a store; who comes by an address and may not is told so. */
export function ForManagers() {
  const { words } = useLanguage();
  return useMay(['ADMIN', 'MANAGER']) ? <Outlet /> : <Empty icon={<KeyIcon />} title={words.accounts.reserved} />;
}

/** Screens for administrators. */
export function ForAdministrators() {
  const { words } = useLanguage();
  return useMay(['ADMIN']) ? <Outlet /> : <Empty icon={<KeyIcon />} title={words.accounts.reservedAdmin} />;
}
