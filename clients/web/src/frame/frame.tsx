import { Suspense, useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { Lines } from '../controls/quiet.tsx';
import { FeedBadge } from '../feed/badge.tsx';
import { CalculationsIcon, OperationsIcon, TallyIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './frame.module.css';
import { Preferences } from './preferences.tsx';

const areas = [
  { path: '/app/calculs', name: 'calculations', Icon: CalculationsIcon },
  { path: '/app/exploitation', name: 'operations', Icon: OperationsIcon },
] as const;

/** What stays the same on every screen: the way around, the state of the feed, the account. */
export function Frame() {
  const { words } = useLanguage();
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(pathname);
  const area = areas.find(({ path }) => pathname.startsWith(path));
  const title = area === undefined ? words.app.name : words.areas[area.name];

  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, [pathname]);

  return (
    <div className={classes.frame}>
      <title>{`${title} — ${words.app.name}`}</title>
      <a href="#content" className={classes.skip}>
        {words.app.skip}
      </a>
      <nav aria-label={words.app.navigation} className={classes.navigation}>
        <span className={classes.mark}>
          <TallyIcon />
          <span className={classes.brand}>{words.app.name}</span>
        </span>
        <ul className={classes.areas}>
          {areas.map(({ path, name, Icon }) => (
            <li key={path}>
              <NavLink to={path} className={classes.area ?? ''}>
                <Icon />
                {words.areas[name]}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <header className={classes.top}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        <div className={classes.tools}>
          <FeedBadge />
          <Preferences />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.content}>
        <Suspense fallback={<Lines count={6} />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
