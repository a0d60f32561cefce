import { useRef } from 'react';
import { Confirm } from '../../controls/confirm.tsx';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { type KeyRowFragment, RevokeApiKeyDocument } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import { useConnection } from '../../session/session.tsx';
import form from '../form/form.module.css';
import { useRefusals, useSubmission } from '../form/use-submission.ts';

interface RevokeDialogProps {
  readonly apiKey: KeyRowFragment | null;
  onClose(): void;
  onRevoked(): void;
}

/** Asks before a key is made invalid for good. */
export function RevokeDialog({ apiKey, onClose, onRevoked }: RevokeDialogProps) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const { whole, busy, submit, forget } = useSubmission(words.keys.faults);
  const refusalOf = useRefusals(words.accounts.taken);
  const last = useRef(apiKey);
  if (apiKey !== null) last.current = apiKey;
  const shown = last.current;
  const close = () => {
    forget();
    onClose();
  };
  const revoke = () =>
    submit(async () => {
      if (shown === null) return null;
      const outcome = (await client.mutate({ mutation: RevokeApiKeyDocument, variables: { id: shown.id } })).data?.outcome;
      // However it came to be: the list is to show it.
      onRevoked();
      if (outcome?.__typename !== 'ApiKeyRevoked') return refusalOf(outcome);
      notice(words.keys.revoked);
      close();
      return null;
    });
  return (
    <Confirm
      opened={apiKey !== null}
      title={words.keys.revokeTitle(shown === null ? '' : `${shown.prefix}…${shown.lastFour}`)}
      text={words.keys.revokeText}
      answer={words.keys.revoke}
      grave
      busy={busy}
      onClose={close}
      onAnswer={revoke}
    >
      {whole === null ? undefined : (
        <p role="alert" className={form.fault}>
          {whole}
        </p>
      )}
    </Confirm>
  );
}
