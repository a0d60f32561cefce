// Chooses light or dark and the language before anything is painted. A file of its own, so that no inline script is needed.
{
  const chosen = localStorage.getItem('mantine-color-scheme-value');
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  document.documentElement.lang = localStorage.getItem('comptoir.language') === 'en' ? 'en' : 'fr';
}
