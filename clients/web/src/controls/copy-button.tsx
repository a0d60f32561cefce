import { Button } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CheckIcon, CopyIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';

/** Copies what stands in a field. Where the page may not write to the clipboard, as over plain HTTP, it is selected for the reader to copy. */
export function CopyButton({ field, value }: { field: RefObject<HTMLInputElement | null>; value: string }) {
  const { words } = useLanguage();
  const { notice } = useAnnouncer();
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(value);
      notice(words.accounts.copied);
    } catch {
      // No clipboard here, or it was refused.
      field.current?.focus();
      field.current?.select();
      notice(words.accounts.copyByHand);
    }
  };
  return (
    <Button variant="default" leftSection={copied === value ? <CheckIcon /> : <CopyIcon />} onClick={copy} data-testid="copy">
      {copied === value ? words.accounts.copiedShort : words.accounts.copy}
    </Button>
  );
}
