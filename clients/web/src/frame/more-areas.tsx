import { Popover } from '@mantine/core';
import { useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { MoreIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { onPhone, useAreas } from './areas.ts';
import classes from './frame.module.css';

/** The areas that a phone's bar has no room for. */
export function MoreAreas() {
  const { words } = useLanguage();
  const { pathname } = useLocation();
  const [opened, setOpened] = useState(false);
  const rest = useAreas().slice(onPhone);
  const here = rest.find(({ path }) => pathname.startsWith(path));
  const { Icon } = here ?? { Icon: MoreIcon };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-end" trapFocus returnFocus shadow="md" offset={10}>
      <Popover.Target>
        <button
          type="button"
          className={classes.area}
          data-here={here !== undefined}
          onClick={() => setOpened(!opened)}
          aria-label={here === undefined ? words.areas.more : `${words.areas.more} : ${words.areas[here.name]}`}
          data-testid="more-areas"
        >
          <Icon />
          <span aria-hidden>{here === undefined ? words.areas.more : words.areas[here.name]}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.moreDropdown} aria-label={words.areas.more}>
        <ul>
          {rest.map(({ path, name, Icon: Each }) => (
            <li key={path}>
              <NavLink to={path} className={classes.moreArea ?? ''} onClick={() => setOpened(false)}>
                <Each />
                {words.areas[name]}
              </NavLink>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
