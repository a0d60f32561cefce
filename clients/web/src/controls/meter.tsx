import { Changing } from './figure.tsx';
import classes from './meter.module.css';

interface MeterProps {
  readonly used: number;
  readonly of: number;
  /** Both, in words of the reader's language, e.g. 12 / 100. */
  readonly text: string;
  /** For those who do not see where it stands. */
  readonly label: string;
  readonly spoken: string;
  /** Much of it is no trouble. */
  readonly calm?: boolean;
}

/** From here on it is worth a look. */
const nearShare = 0.8;

/** How much of something limited is used: a bar, and the numbers for themselves. */
export function Meter({ used, of, text, label, spoken, calm = false }: MeterProps) {
  const share = of === 0 ? 0 : Math.min(1, used / of);
  const level = calm ? 'calm' : share >= 1 ? 'full' : share >= nearShare ? 'near' : 'calm';
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers do not let a meter be drawn alike
    <span
      className={classes.meter}
      data-level={level}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={Math.min(used, of)}
      aria-valuetext={spoken}
    >
      <span className={classes.text}>
        <Changing value={used}>{text}</Changing>
      </span>
      <span className={classes.track}>
        <span className={classes.bar} style={{ inlineSize: `${share * 100}%` }} />
      </span>
    </span>
  );
}
