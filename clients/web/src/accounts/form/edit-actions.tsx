import { Button } from '@mantine/core';
import { useLanguage } from '../../language/language.tsx';
import type { Fields } from './fields.ts';
import type { Editing } from './use-editing.ts';

/** Saves what was changed, or gives it up. */
export function EditActions<F extends Fields>({ editing, testId }: { editing: Editing<F>; testId: string }) {
  const { words } = useLanguage();
  const ready = editing.changed && editing.theirs === null;
  return (
    <>
      <Button type="submit" loading={editing.busy && editing.theirs === null} disabled={!ready} data-testid={testId}>
        {words.accounts.save}
      </Button>
      {ready && (
        <Button variant="default" onClick={editing.undo}>
          {words.accounts.undo}
        </Button>
      )}
    </>
  );
}
