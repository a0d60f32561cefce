import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { DemoHint } from './demo-hint.tsx';
import { useSession } from './session.tsx';
import classes from './sign-in.module.css';
import { useDoor } from './use-door.ts';

/** For the owner of a program's key. */
export function KeyForm({ demoKey }: { demoKey: string | undefined }) {
  const { words } = useLanguage();
  const { signInWithKey } = useSession();
  const { fault, setFault, busy, attempt } = useDoor(words.signIn.wrongKey);
  const [key, setKey] = useState('');
  const [keep, setKeep] = useState(false);
  const [visible, setVisible] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() === '') setFault(words.signIn.missingKey);
    else if (await attempt(() => signInWithKey(key.trim(), keep))) return;
    field.current?.focus();
  };
  return (
    <>
      <form onSubmit={submit} noValidate className={classes.form}>
        <PasswordInput
          ref={field}
          label={words.signIn.key}
          visible={visible}
          onVisibilityChange={setVisible}
          visibilityToggleButtonProps={{ 'aria-label': visible ? words.signIn.hideKey : words.signIn.showKey }}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={fault}
          autoComplete="current-password"
          name="key"
          size="md"
          autoFocus
          spellCheck={false}
        />
        <Checkbox label={words.signIn.keep} checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {words.signIn.submit}
        </Button>
      </form>
      {demoKey !== undefined && (
        <DemoHint
          use={words.signIn.useDemoKey}
          onUse={() => {
            setKey(demoKey);
            setFault(null);
            field.current?.focus();
          }}
        >
          <code>{demoKey}</code>
        </DemoHint>
      )}
    </>
  );
}
