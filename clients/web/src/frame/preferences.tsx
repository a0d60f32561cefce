import { Button, Popover, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Choice } from '../controls/choice.tsx';
import { AccountIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useSession } from '../session/session.tsx';
import classes from './preferences.module.css';

/** Language and theme, for whoever is in front of the page. */
export function PreferenceChoices() {
  const { words, code, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Choice
        label={words.app.language}
        options={[
          { value: 'fr', label: 'Français' },
          { value: 'en', label: 'English' },
        ]}
        value={code}
        onChange={choose}
        wide
      />
      <Choice
        label={words.app.theme}
        options={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: words.app.themes[value] }))}
        value={colorScheme}
        onChange={setColorScheme}
        wide
      />
    </>
  );
}

/** Who is signed in, how the page looks, and the way out. */
export function Preferences() {
  const { words } = useLanguage();
  const { state, signOut } = useSession();
  const [opened, setOpened] = useState(false);
  const me = state.phase === 'signed-in' ? state.me : null;
  const name = me?.name ?? words.app.noKey;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width="17rem" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button
          type="button"
          className={classes.account}
          onClick={() => setOpened(!opened)}
          aria-label={`${words.app.settings} : ${name}`}
          data-testid="account"
        >
          <AccountIcon />
          <span className={classes.name}>{name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={words.app.settings}>
        <div className={classes.who}>
          <strong>{name}</strong>
          {me !== null && <span>{me.roles.map((role) => words.roles[role]).join(', ')}</span>}
        </div>
        <PreferenceChoices />
        {me !== null && (
          <Button
            component={Link}
            to="/app/comptes/moi"
            variant="default"
            fullWidth
            onClick={() => setOpened(false)}
            data-testid="own-account-link"
          >
            {words.own.link}
          </Button>
        )}
        {me !== null && (
          <Button variant="default" fullWidth onClick={signOut}>
            {words.app.signOut}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
