import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { PreferenceChoices } from '../frame/preferences.tsx';
import { TallyIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { type AppConfig, loadAppConfig } from './app-config.ts';
import { useSession } from './session.tsx';
import classes from './sign-in.module.css';

type Fault = 'missing' | 'wrong' | 'unreachable' | 'limited';
const faultOf = { refused: 'wrong', limited: 'limited', unreachable: 'unreachable' } as const;

/** The door: an access key opens it. */
export function SignIn({ expired }: { expired: boolean }) {
  const { words } = useLanguage();
  const { signIn } = useSession();
  const [key, setKey] = useState('');
  const [keep, setKeep] = useState(false);
  const [visible, setVisible] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const [config, setConfig] = useState<AppConfig>({ demo: false });
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void loadAppConfig().then(setConfig);
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const trimmed = key.trim();
    if (trimmed === '') return refuse('missing');
    setBusy(true);
    setFault(null);
    const kind = await signIn(trimmed, keep);
    if (kind === 'accepted') return;
    setBusy(false);
    refuse(faultOf[kind]);
  };
  const refuse = (why: Fault) => {
    setFault(why);
    field.current?.focus();
  };

  return (
    <main className={classes.door}>
      <title>{`${words.signIn.title} — ${words.app.name}`}</title>
      <div className={classes.card}>
        <div className={classes.brand}>
          <TallyIcon />
          <span>{words.app.name}</span>
        </div>
        <h1 className={classes.title}>{words.signIn.title}</h1>
        <p className={classes.lead}>{expired ? words.signIn.expired : words.signIn.lead}</p>
        <form onSubmit={submit} noValidate className={classes.form}>
          <PasswordInput
            ref={field}
            label={words.signIn.key}
            visible={visible}
            onVisibilityChange={setVisible}
            visibilityToggleButtonProps={{ 'aria-label': visible ? words.signIn.hideKey : words.signIn.showKey }}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={fault === null ? null : words.signIn[fault]}
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
        {config.demo && (
          <aside className={classes.demo} aria-label={words.signIn.demo}>
            <p>
              {words.signIn.demoHint} {config.demoKey !== undefined && <code>{config.demoKey}</code>}
            </p>
            {config.demoKey !== undefined && (
              <Button
                variant="default"
                size="xs"
                onClick={() => {
                  setKey(config.demoKey ?? '');
                  setFault(null);
                  field.current?.focus();
                }}
              >
                {words.signIn.useDemo}
              </Button>
            )}
          </aside>
        )}
      </div>
      <div className={classes.preferences}>
        <PreferenceChoices />
      </div>
    </main>
  );
}

/** Before anything is known: the server is being asked, or does not answer and is asked again. */
export function Waiting({ unreachable }: { unreachable: boolean }) {
  const { words } = useLanguage();
  return (
    <main className={classes.door}>
      <title>{words.app.name}</title>
      <div className={classes.waiting} role="status">
        <TallyIcon />
        <p>{unreachable ? words.signIn.unreachable : words.app.loading}</p>
      </div>
    </main>
  );
}
