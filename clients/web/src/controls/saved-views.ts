/** What a list is narrowed to and sorted by, under a name; `search` is that of the address, sorted by name of parameter. */
export interface SavedView {
  readonly name: string;
  readonly search: string;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export const mostViews = 20;
export const longestName = 40;

const keyOf = (list: string, whose: string) => `comptoir.views.${whose}.${list}`;

/** The same for addresses that say the same. */
export function viewOf(address: URLSearchParams): string {
  const sorted = new URLSearchParams(address);
  sorted.sort();
  return sorted.toString();
}

/** The views of a list that somebody saved in this browser, by name. What is no view is left out. */
export function readViews(store: Store, list: string, whose: string): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(keyOf(list, whose)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView).slice(0, mostViews) : [];
  } catch {
    // Written by another version of the page: as if nothing had been saved.
    return [];
  }
}

/** Keeps a view; one of the same name, or of the same filters, is replaced. Past the most that are kept nothing is. */
export function saveView(views: readonly SavedView[], { name, search }: SavedView): readonly SavedView[] {
  const trimmed = name.trim().slice(0, longestName);
  const others = views.filter((view) => view.search !== search && view.name.toLowerCase() !== trimmed.toLowerCase());
  if (trimmed === '' || others.length >= mostViews) return views;
  return [...others, { name: trimmed, search }].sort((a, b) => a.name.localeCompare(b.name));
}

export function writeViews(store: Store, list: string, whose: string, views: readonly SavedView[]): void {
  store.setItem(keyOf(list, whose), JSON.stringify(views));
}

function isView(kept: unknown): kept is SavedView {
  const { name, search } = (kept ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && name !== '' && typeof search === 'string';
}
