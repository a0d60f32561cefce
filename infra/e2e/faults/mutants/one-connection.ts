import type { SourceChange } from '../changes/source-change.ts';

/** Publishing and consuming share a connection: a broker short of memory, which stops reading from those that publish, gets no acknowledgement either. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/broker/link.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
    text: 'const consuming = createLane({ url, name: `${name} consumes`, log, onChange, setUp: restore });',
    replacement: 'const consuming = publishing;',
  },
];
