import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '../../controls/panel.tsx';
import sheet from '../../controls/sheet.module.css';
import { useLanguage } from '../../language/language.tsx';
import { AccountForm } from './account-form.tsx';
import type { Creation } from './use-creation.ts';

interface CreationSheetProps {
  readonly title: string;
  /** The name of the form. */
  readonly label: string;
  /** Of what is made, as in `role-form` and `save-role`. */
  readonly testName: string;
  readonly creation: Pick<Creation<unknown>, 'faults' | 'whole' | 'busy' | 'create'>;
  readonly children: ReactNode;
}

/** The sheet of what is not there yet, alone on its screen. */
export function CreationSheet({ title, label, testName, creation, children }: CreationSheetProps) {
  const { words } = useLanguage();
  return (
    <div className={sheet.alone}>
      <Panel title={title}>
        <AccountForm
          label={label}
          testId={`${testName}-form`}
          faults={creation.faults}
          whole={creation.whole}
          onSubmit={creation.create}
          actions={
            <Button type="submit" loading={creation.busy} data-testid={`save-${testName}`}>
              {words.app.create}
            </Button>
          }
        >
          {children}
        </AccountForm>
      </Panel>
    </div>
  );
}
