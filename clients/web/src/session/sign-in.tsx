import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { PreferenceChoices } from '../frame/preferences.tsx';
import { TallyIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { type AppConfig, loadAppConfig } from './app-config.ts';
import { KeyForm } from './key-form.tsx';
import classes from './sign-in.module.css';
import { StaffForm } from './staff-form.tsx';

type Way = 'staff' | 'key';
const storageName = 'comptoir.door';

/** The door: people open it with login and password, programs' owners with an access key. */
export function SignIn({ expired }: { expired: boolean }) {
  const { words } = useLanguage();
  const [way, setWay] = useState<Way>(() => (localStorage.getItem(storageName) === 'key' ? 'key' : 'staff'));
  const [config, setConfig] = useState<AppConfig | null>(null);

  useEffect(() => {
    void loadAppConfig().then(setConfig);
  }, []);

  const other = way === 'staff' ? 'key' : 'staff';
  const choose = () => {
    localStorage.setItem(storageName, other);
    setWay(other);
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
        <p className={classes.lead}>{expired ? words.signIn.expired : words.signIn.lead[way]}</p>
        {way === 'staff' ? <StaffForm demo={config?.staff} /> : <KeyForm demoKey={config?.demoKey} />}
        <Button variant="subtle" size="sm" fullWidth className={classes.other} onClick={choose}>
          {words.signIn.use[other]}
        </Button>
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
