import { Suspense, useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { Lines } from '../controls/quiet.tsx';
import { FeedBadge } from '../feed/badge.tsx';
import { BackIcon, TallyIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { areas, onPhone, useAreas } from './areas.ts';
import classes from './frame.module.css';
import { HeadingProvider, useHeadingShown } from './heading.tsx';
import { MoreAreas } from './more-areas.tsx';
import { Preferences } from './preferences.tsx';

/** What stays the same on every screen: the way around, the state of the feed, the account. */
export function Frame() {
  return (
    <HeadingProvider>
      <FrameParts />
    </HeadingProvider>
  );
}

function FrameParts() {
  const { words } = useLanguage();
  const { pathname, state } = useLocation();
  const own = useHeadingShown();
  const mine = useAreas();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(pathname);
  const area = areas.find(({ path }) => pathname.startsWith(path));
  const title = own?.title ?? (area === undefined ? words.app.name : words.areas[area.name]);
  // A list is come back to as it was left.
  const from = typeof state?.from === 'string' ? state.from : '';

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
          {mine.map(({ path, name, Icon }, index) => (
            <li key={path} data-spare={index >= onPhone}>
              <NavLink to={path} className={classes.area ?? ''}>
                <Icon />
                {words.areas[name]}
              </NavLink>
            </li>
          ))}
          <li className={classes.more}>
            <MoreAreas />
          </li>
        </ul>
      </nav>
      <header className={classes.top}>
        <div className={classes.heading}>
          {own?.back && (
            <Link to={own.back.to + from} className={classes.back} aria-label={own.back.label} title={own.back.label} data-testid="back">
              <BackIcon />
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </h1>
        </div>
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
