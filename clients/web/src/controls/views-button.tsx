import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useAnnouncer } from '../frame/announcer.tsx';
import { BookmarkIcon, CloseIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useSession } from '../session/session.tsx';
import { longestName, mostViews, readViews, type SavedView, saveView, viewOf, writeViews } from './saved-views.ts';
import classes from './views-button.module.css';

/** What a list can be narrowed to at once: views that were saved in this browser, and a name for the one that is shown. */
export function ViewsButton({ list }: { list: string }) {
  const { words } = useLanguage();
  const { notice } = useAnnouncer();
  const { state } = useSession();
  const whose = (state.phase === 'signed-in' && state.me?.id) || 'nobody';
  const { pathname } = useLocation();
  const [address] = useSearchParams();
  const [opened, setOpened] = useState(false);
  const [views, setViews] = useState(() => readViews(localStorage, list, whose));
  const [name, setName] = useState('');
  const shown = viewOf(address);
  const keep = (next: readonly SavedView[]) => {
    try {
      writeViews(localStorage, list, whose, next);
      setViews(next);
    } catch {
      // The browser's storage is full, or closed to the page.
      notice(words.views.failed, 'trouble');
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    keep(saveView(views, { name, search: shown }));
    setName('');
  };
  const full = views.length >= mostViews;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width="19rem" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words.views.title}
          title={words.views.title}
          onClick={() => setOpened(!opened)}
          data-testid="views"
        >
          <BookmarkIcon />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={words.views.title}>
        {views.length === 0 && <p className={classes.none}>{words.views.none}</p>}
        {views.length > 0 && (
          <ul className={classes.views}>
            {views.map((view) => (
              <li key={view.name}>
                <Link
                  to={{ pathname, search: view.search }}
                  aria-current={view.search === shown ? 'true' : undefined}
                  onClick={() => setOpened(false)}
                >
                  {view.name}
                </Link>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={words.views.forget(view.name)}
                  title={words.views.forget(view.name)}
                  onClick={() => keep(views.filter((each) => each !== view))}
                >
                  <CloseIcon />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        {shown === '' ? (
          <p className={classes.none}>{words.views.narrowFirst}</p>
        ) : (
          <form className={classes.form} onSubmit={save}>
            <TextInput
              label={words.views.name}
              value={name}
              maxLength={longestName}
              onChange={(event) => setName(event.currentTarget.value)}
              disabled={full}
              autoComplete="off"
              data-testid="view-name"
            />
            <Button type="submit" disabled={full || name.trim() === ''} data-testid="save-view">
              {words.views.save}
            </Button>
          </form>
        )}
        {full && <p className={classes.none}>{words.views.full}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
