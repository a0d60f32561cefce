import { ConsumerNamesDocument, StaffNameDocument } from '../../generated/operations.ts';
import { useAsked } from '../../graph/use-asked.ts';
import { useLanguage } from '../../language/language.tsx';
import { useMay } from '../../session/session.tsx';

const staffPrefix = 'staff:';
const nothing = {};

/** As whom a refused sign-in is kept. */
export const nobody = 'nobody';

/** The number of the member of staff that an actor is; null where it is none. */
export const staffIdOf = (actorId: string): string | null => (actorId.startsWith(staffPrefix) ? actorId.slice(staffPrefix.length) : null);

/** Who an actor is, by name; calls `children` with the id while the name is not known, or where it is not to be known. */
export function ActorName({ id, children }: { id: string; children(name: string): React.ReactNode }) {
  const { words } = useLanguage();
  const administers = useMay(['ADMIN']);
  const staffId = staffIdOf(id);
  if (id === nobody) return children(words.journal.nobody);
  if (staffId !== null) return <StaffName id={staffId}>{(name) => children(name ?? id)}</StaffName>;
  return administers ? <ConsumerName id={id}>{(name) => children(name ?? id)}</ConsumerName> : children(id);
}

function StaffName({ id, children }: { id: string; children(name: string | undefined): React.ReactNode }) {
  return children(useAsked(StaffNameDocument, { id }).data?.staffMember?.name);
}

function ConsumerName({ id, children }: { id: string; children(name: string | undefined): React.ReactNode }) {
  return children(useAsked(ConsumerNamesDocument, nothing).data?.consumers.find((consumer) => consumer.id === id)?.name);
}
