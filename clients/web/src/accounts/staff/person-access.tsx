import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { Panel } from '../../controls/panel.tsx';
import { useFocusRescue } from '../../controls/use-focus-rescue.ts';
import type { StaffDetailFragment } from '../../generated/operations.ts';
import { useLanguage } from '../../language/language.tsx';
import parts from '../parts.module.css';
import { useMe } from '../use-me.ts';
import { type AccessAction, AccessDialog } from './access-dialog.tsx';
import { mayManage } from './managing.ts';

interface PersonAccessProps {
  readonly person: StaffDetailFragment;
  onChanged(person: StaffDetailFragment): void;
}

/** The ways in that a person has, to be given and taken by others. The own password is changed where it is asked for. */
export function PersonAccess({ person, onChanged }: PersonAccessProps) {
  const { words } = useLanguage();
  const me = useMe();
  const [asking, setAsking] = useState<AccessAction | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const rescueFocus = useFocusRescue(group);
  const isSelf = me?.staffMember?.id === person.id;
  if (!mayManage(me, person)) return null;
  const actions: readonly AccessAction[] = [
    'resetPassword',
    'resetPin',
    ...(person.hasPin ? (['removePin'] as const) : []),
    person.active ? 'disable' : 'enable',
  ];
  if (isSelf)
    return (
      <Panel title={words.staff.access}>
        <p className={parts.note}>
          {words.staff.self} <Link to="/app/comptes/moi">{words.staff.toOwnAccount}</Link>
        </p>
      </Panel>
    );
  return (
    <Panel title={words.staff.access}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent */}
      <div ref={group} tabIndex={-1} role="group" aria-label={words.staff.access} className={parts.actions}>
        {actions.map((action) => (
          <Button
            key={action}
            size="sm"
            variant={action === 'enable' ? 'filled' : 'default'}
            {...(action === 'disable' ? { c: 'var(--bad)' } : {})}
            onClick={() => setAsking(action)}
            data-testid={`staff-${action}`}
          >
            {words.staff[action]}
          </Button>
        ))}
      </div>
      <AccessDialog
        asking={asking}
        person={person}
        onClose={() => setAsking(null)}
        onChanged={(changed) => {
          onChanged(changed);
          rescueFocus();
        }}
      />
    </Panel>
  );
}
