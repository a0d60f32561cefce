import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';

interface Heading {
  readonly title: string;
  /** Where the list is that this is one of. */
  readonly back: { readonly to: string; readonly label: string } | null;
}

interface HeadingStore {
  readonly heading: Heading | null;
  set(heading: Heading | null): void;
}

const HeadingContext = createContext<HeadingStore | null>(null);

export function HeadingProvider({ children }: { children: ReactNode }) {
  const [heading, set] = useState<Heading | null>(null);
  const store = useMemo(() => ({ heading, set }), [heading]);
  return <HeadingContext value={store}>{children}</HeadingContext>;
}

/** What the screen calls itself; null where the name of its area says enough. */
export function useHeadingShown(): Heading | null {
  return useStore().heading;
}

/** Names the screen for as long as it is shown, with the way back where there is one. */
export function useHeading(title: string, to?: string, label?: string): void {
  const { set } = useStore();
  useEffect(() => {
    set({ title, back: to === undefined || label === undefined ? null : { to, label } });
    return () => set(null);
  }, [set, title, to, label]);
}

function useStore(): HeadingStore {
  const store = use(HeadingContext);
  if (store === null) throw new Error('useHeading needs a HeadingProvider around it');
  return store;
}
