import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import classes from './announcer.module.css';

interface Announcer {
  /** Spoken at the next quiet moment; of many only the newest. */
  say(text: string): void;
  /** Spoken and shown for a few seconds. */
  notice(text: string, tone?: 'calm' | 'trouble'): void;
}

interface Notice {
  readonly text: string;
  readonly tone: 'calm' | 'trouble';
}

const AnnouncerContext = createContext<Announcer | null>(null);
const speakEveryMs = 4_000;
const shownMs = 6_000;

/** The one polite live region of the page, and the notices that are shown as well. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState('');
  const [notice, setNotice] = useState<Notice | null>(null);
  const waiting = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = useRef<ReturnType<typeof setTimeout>>(undefined);

  const say = useCallback((text: string) => {
    waiting.current = text;
    const speak = () => {
      timer.current = undefined;
      if (waiting.current === null) return;
      setSpoken(waiting.current);
      waiting.current = null;
      timer.current = setTimeout(speak, speakEveryMs);
    };
    timer.current ??= setTimeout(speak, 0);
  }, []);

  const announcer = useMemo<Announcer>(
    () => ({
      say,
      notice: (text, tone = 'calm') => {
        setNotice({ text, tone });
        say(text);
        clearTimeout(hide.current);
        hide.current = setTimeout(() => setNotice(null), shownMs);
      },
    }),
    [say],
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      clearTimeout(hide.current);
    },
    [],
  );

  return (
    <AnnouncerContext value={announcer}>
      {children}
      <div role="status" aria-live="polite" className={classes.spoken} data-testid="live-region">
        {spoken}
      </div>
      {notice !== null && (
        <div aria-hidden className={classes.notice} data-tone={notice.tone} key={notice.text} data-testid="notice">
          {notice.text}
        </div>
      )}
    </AnnouncerContext>
  );
}

export function useAnnouncer(): Announcer {
  const announcer = use(AnnouncerContext);
  if (announcer === null) throw new Error('useAnnouncer needs an AnnouncerProvider around it');
  return announcer;
}
