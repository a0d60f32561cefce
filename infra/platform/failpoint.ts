let armed: { readonly name: string; left: number } | null = null;

/** Arms a failpoint, `name` or `name:n`: the process dies like by kill -9 the nth time that it comes by there. For fault tests only. */
export function armFailpoint(spec: string | undefined): void {
  const [name = '', times = '1'] = spec?.split(':') ?? [];
  armed = name === '' ? null : { name, left: Number(times) };
}

/** A place, named `service.what.when`, at which a crash has to do no harm. Does nothing unless it is armed. */
export function failpoint(name: string): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}
