import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../language/language.tsx';

interface SecretFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly fault?: string | undefined;
  /** What a password manager is to make of it. */
  readonly kind: 'current-password' | 'new-password' | 'one-time-code';
  readonly numeric?: boolean;
  readonly className?: string | undefined;
  readonly name: string;
  readonly focused?: boolean;
  /** Where given, whoever holds the form decides whether it is shown. */
  readonly visible?: boolean;
  onVisible?(visible: boolean): void;
  onChange(value: string): void;
}

/** A password or PIN, hidden until it is wanted to be seen. */
export function SecretField(props: SecretFieldProps) {
  const { label, description, value, fault, kind, numeric = false, className, name, focused = false, onChange } = props;
  const { words } = useLanguage();
  const [own, setOwn] = useState(false);
  const visible = props.visible ?? own;
  const setVisible = props.onVisible ?? setOwn;
  return (
    <PasswordInput
      label={label}
      {...(description === undefined ? {} : { description })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{ 'aria-label': `${visible ? words.accounts.hide : words.accounts.show} : ${label}`, tabIndex: 0 }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={fault}
      autoComplete={kind}
      name={name}
      spellCheck={false}
      {...(numeric ? { inputMode: 'numeric' } : {})}
      {...(className === undefined ? {} : { className })}
      {...(focused ? { 'data-autofocus': true } : {})}
    />
  );
}
