const name = 'comptoir.key';

/** The key of an earlier sign-in, on this device or in this tab. */
export function storedKey(): string | null {
  return sessionStorage.getItem(name) ?? localStorage.getItem(name);
}

/** @param keep on this device rather than for this tab only. */
export function storeKey(key: string, keep: boolean): void {
  forgetKey();
  (keep ? localStorage : sessionStorage).setItem(name, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(name);
  localStorage.removeItem(name);
}
