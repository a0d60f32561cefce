/**
 * Whether what npm has installed (its hidden lock file node_modules/.package-lock.json) is what the lock asks for on this machine.
 * `set` is 'all' or 'production'. Lets a clone that was installed by hand, or brought up to date by `npm install`, be used as it is.
 */
export function satisfies(lock, hidden, set, { platform, arch } = process) {
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (place === '' || wanted.link || !place.includes('node_modules/')) return true;
    if (set === 'production' && (wanted.dev || wanted.devOptional)) return true;
    const found = hidden.packages[place];
    // Of what is optional, only what names this machine is sure to be wanted here: the rest may belong to something left out.
    if (found === undefined && (wanted.optional || wanted.devOptional) && !isFor(wanted, platform, arch)) return true;
    return found !== undefined && found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function isFor({ os, cpu, libc }, platform, arch) {
  return os !== undefined && cpu !== undefined && libc === undefined && allows(os, platform) && allows(cpu, arch);
}

function allows(list, value) {
  const names = [list].flat();
  if (names.includes(`!${value}`)) return false;
  const positive = names.filter((name) => !name.startsWith('!'));
  return positive.length === 0 || positive.includes(value);
}
