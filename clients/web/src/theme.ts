import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const jacket: MantineColorsTuple = [
  '#eef2fb',
  '#dbe3f5',
  '#b7c9ff',
  '#9db6ff',
  '#6f8dd8',
  '#4564ba',
  '#27479b',
  '#1d3880',
  '#162c66',
  '#0e1630',
];

/** Filled controls take the page's colours, which are readable on both grounds. */
const variantColors: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return resolved;
  if (input.color === 'red') return { ...resolved, background: 'var(--bad)', hover: 'var(--bad)', color: 'var(--on-bad)' };
  return { ...resolved, background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)' };
};

const zincByNight: MantineColorsTuple = [
  '#e9edf1',
  '#b6c0ca',
  '#929da9',
  '#6f7a86',
  '#2b323a',
  '#21272d',
  '#101418',
  '#15191d',
  '#0d1013',
  '#090b0d',
];

export const theme = createTheme({
  primaryColor: 'jacket',
  primaryShade: { light: 6, dark: 3 },
  colors: { jacket, dark: zincByNight },
  variantColorResolver: variantColors,
  fontFamily: "'IBM Plex Sans Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'sm',
  radius: { xs: '0.125rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's own controls take the page's colours. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-control)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  };
  return { variables: {}, light: shared, dark: shared };
};
