import { useSearchParams } from 'react-router';
import { useAddress } from '../../frame/use-address.ts';
import { useAddressText } from '../../frame/use-address-text.ts';
import type { Role } from '../../generated/operations.ts';
import { allRights } from '../say-role.ts';

export const staffStates = ['actifs', 'desactives', 'tous'] as const;
const activeOf = { actifs: true, desactives: false, tous: null } as const;

export type StaffFilter = ReturnType<typeof useStaffFilter>;

/** What the list of staff is narrowed to; all of it in the address. */
export function useStaffFilter() {
  const [address, setAddress] = useSearchParams();
  const search = useAddressText('q');
  const [state, setState] = useAddress('etat', staffStates);
  const storeId = address.get('lieu');
  const role: Role | null = allRights.find((right) => right === address.get('droit')) ?? null;
  const set = (name: string) => (value: string) =>
    setAddress(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return {
    search,
    state,
    setState,
    storeId,
    setStore: set('lieu'),
    role,
    setRole: set('droit'),
    variables: { search: search.settled === '' ? null : search.settled, storeId, role, active: activeOf[state] },
    /** How many filters narrow the list, the search left out. */
    narrowed: [storeId, role, state === 'actifs' ? null : state].filter((value) => value !== null).length,
  };
}
