import { useSession } from '../session/session.tsx';

/** Who is signed in; null where the gateway runs without authentication. */
export function useMe() {
  const { state } = useSession();
  return state.phase === 'signed-in' ? state.me : null;
}
