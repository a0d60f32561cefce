import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import type { DemoStaff } from './app-config.ts';
import { DemoHint } from './demo-hint.tsx';
import { useSession } from './session.tsx';
import classes from './sign-in.module.css';
import { useDoor } from './use-door.ts';

/** For people who work here. */
export function StaffForm({ demo }: { demo: DemoStaff | undefined }) {
  const { words } = useLanguage();
  const { signInAsStaff } = useSession();
  const { fault, setFault, busy, attempt } = useDoor(words.signIn.wrongPassword);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [keep, setKeep] = useState(false);
  const [visible, setVisible] = useState(false);
  const [missing, setMissing] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFault(null);
    const noLogin = login.trim() === '';
    setMissing(noLogin || password === '');
    if (noLogin) return loginField.current?.focus();
    if (password === '') return passwordField.current?.focus();
    if (await attempt(() => signInAsStaff(login.trim(), password, keep))) return;
    // The login is more often right than the password.
    passwordField.current?.select();
  };
  return (
    <>
      <form onSubmit={submit} noValidate className={classes.form}>
        <TextInput
          ref={loginField}
          label={words.signIn.login}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          error={missing && login.trim() === '' ? words.signIn.missingLogin : null}
          autoComplete="username"
          autoCapitalize="none"
          name="login"
          size="md"
          autoFocus
          spellCheck={false}
        />
        <PasswordInput
          ref={passwordField}
          label={words.signIn.password}
          visible={visible}
          onVisibilityChange={setVisible}
          visibilityToggleButtonProps={{ 'aria-label': visible ? words.signIn.hidePassword : words.signIn.showPassword }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={fault ?? (missing && password === '' ? words.signIn.missingPassword : null)}
          autoComplete="current-password"
          name="password"
          size="md"
        />
        <Checkbox label={words.signIn.keep} checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        <Button type="submit" size="md" loading={busy} fullWidth>
          {words.signIn.submit}
        </Button>
      </form>
      {demo !== undefined && (
        <DemoHint
          use={words.signIn.useDemoStaff}
          onUse={() => {
            setLogin(demo.login);
            setPassword(demo.password);
            setFault(null);
            setMissing(false);
            passwordField.current?.focus();
          }}
        >
          <code>{demo.login}</code>, <code>{demo.password}</code>
        </DemoHint>
      )}
    </>
  );
}
