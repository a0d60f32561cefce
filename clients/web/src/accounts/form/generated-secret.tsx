import { Button } from '@mantine/core';
import { useState } from 'react';
import { DiceIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import classes from './form.module.css';
import { newPassword } from './new-password.ts';
import { SecretField } from './secret-field.tsx';

interface GeneratedSecretProps {
  readonly label: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly focused?: boolean;
  onChange(value: string): void;
}

/** A password for somebody else: typed, or proposed by the page, which then shows it to be handed on. */
export function GeneratedSecret({ label, value, fault, focused = false, onChange }: GeneratedSecretProps) {
  const { words } = useLanguage();
  const [visible, setVisible] = useState(false);
  return (
    <div className={classes.secret}>
      <SecretField
        label={label}
        description={words.staff.passwordHint}
        value={value}
        fault={fault}
        kind="new-password"
        name="password"
        focused={focused}
        visible={visible}
        onVisible={setVisible}
        onChange={onChange}
      />
      <Button
        variant="default"
        leftSection={<DiceIcon />}
        className={classes.propose ?? ''}
        onClick={() => {
          onChange(newPassword());
          setVisible(true);
        }}
        data-testid="generate-password"
      >
        {words.staff.generate}
      </Button>
    </div>
  );
}
