import { Button } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../controls/confirm.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import {
  CancelSagaDocument,
  PauseSagaDocument,
  ResumeSagaDocument,
  RetrySagaDocument,
  type SagaAction,
  type SagaActionOutcomeFragment,
} from '../generated/operations.ts';
import { errorCode } from '../graph/error-code.ts';
import { CloseIcon, PauseIcon, PlayIcon, ReplayIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useConnection, useMay } from '../session/session.tsx';
import type { SagaDetail } from './states.ts';

const documents = { RETRY: RetrySagaDocument, CANCEL: CancelSagaDocument, PAUSE: PauseSagaDocument, RESUME: ResumeSagaDocument };
const icons = { RETRY: ReplayIcon, CANCEL: CloseIcon, PAUSE: PauseIcon, RESUME: PlayIcon };

/** What an operator can do with a saga as it stands; each is asked about before it is done. */
export function SagaActions({ saga }: { saga: SagaDetail }) {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const may = useMay(['ADMIN', 'MANAGER']);
  const [asking, setAsking] = useState<SagaAction | null>(null);
  /** Stays while the dialog closes, so that its words do not vanish before it does. */
  const [shown, setShown] = useState<SagaAction>('RETRY');
  const [busy, setBusy] = useState(false);

  const act = async () => {
    if (asking === null) return;
    setBusy(true);
    try {
      const { data } = await client.mutate({ mutation: documents[asking], variables: { id: saga.id } });
      const outcome: SagaActionOutcomeFragment | undefined = data?.outcome;
      if (outcome?.__typename === 'SagaActionAccepted') notice(words.sagas.actionDone[asking]);
      else notice(words.sagas.actionRefused, 'trouble');
    } catch (error) {
      notice(errorCode(error) === 'FORBIDDEN' ? words.sagas.managersOnly : words.sagas.actionFailed, 'trouble');
    } finally {
      setBusy(false);
      setAsking(null);
    }
  };

  if (saga.actions.length > 0 && !may) return <span>{words.sagas.managersOnly}</span>;
  return (
    <>
      {saga.actions.map((action) => {
        const Icon = icons[action];
        return (
          <Button
            key={action}
            size="xs"
            variant={action === 'RETRY' || action === 'RESUME' ? 'filled' : 'default'}
            leftSection={<Icon />}
            onClick={() => {
              setAsking(action);
              setShown(action);
            }}
            data-testid={`saga-${action.toLowerCase()}`}
          >
            {words.sagas.actionNames[action]}
          </Button>
        );
      })}
      <Confirm
        opened={asking !== null}
        title={words.sagas.actionTitles[shown]}
        text={words.sagas.actionTexts[shown]}
        answer={words.sagas.actionNames[shown]}
        grave={shown === 'CANCEL'}
        busy={busy}
        onClose={() => setAsking(null)}
        onAnswer={act}
      />
    </>
  );
}
