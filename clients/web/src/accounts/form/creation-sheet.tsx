import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '../../controls/panel.tsx';
import sheet from '../../controls/sheet.module.css';
import { AccountForm } from './account-form.tsx';
import type { Creation } from './use-creation.ts';

interface CreationSheetProps {
  readonly title: string;
  /** On the button, and the name of the form. */
  readonly label: string;
  /** Of what is made, as in `role-form` and `save-role`. */
  readonly testName: string;
  readonly creation: Pick<Creation<unknown>, 'faults' | 'whole' | 'busy' | 'create'>;
  readonly children: ReactNode;
}

/** The sheet of what is not there yet, alone on its screen. */
export function CreationSheet({ title, label, testName, creation, children }: CreationSheetProps) {
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
              {label}
            </Button>
          }
        >
          {children}
        </AccountForm>
      </Panel>
    </div>
  );
}
