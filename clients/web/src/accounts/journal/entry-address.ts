/** Where one entry is shown: its moment finds it again. */
export function entryAddress({ id, at }: { readonly id: string; readonly at: string }): string {
  return `/app/comptes/journal/${encodeURIComponent(id)}?le=${encodeURIComponent(at)}`;
}
