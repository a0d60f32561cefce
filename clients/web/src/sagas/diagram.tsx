import type { SagaDefinitionsQuery, SagaState, SagaStepStatus } from '../generated/operations.ts';
import { useLanguage } from '../language/language.tsx';
import classes from './diagram.module.css';
import type { SagaDetail } from './states.ts';

type Definition = SagaDefinitionsQuery['sagaDefinitions'][number];

/** Units of the drawing; it takes the width it is given. */
const width = 360;
const box = { height: 40, forward: { x: 10, width: 184 }, back: { x: 226, width: 124 } };
const rowHeight = 72;
const firstRow = 46;

interface DiagramProps {
  readonly definition: Definition;
  readonly saga: SagaDetail | null;
  readonly states: readonly { readonly state: SagaState; readonly count: number }[];
}

/** Steps from above to below, each with what undoes it beside it; the states between. A saga's place is lit. */
export function Diagram({ definition, saga, states }: DiagramProps) {
  const { words } = useLanguage();
  const stepName = (step: string) => words.sagas.stepNames[step] ?? step;
  const { steps } = definition;
  const height = firstRow + steps.length * rowHeight + 12;
  const topOf = (index: number) => firstRow + index * rowHeight;
  const undoing = steps.flatMap(({ compensation }, index) => (compensation === null ? [] : [index]));
  const countOf = (state: SagaState) => (saga === null ? (states.find((each) => each.state === state)?.count ?? 0) : 0);
  const statusOf = (step: string, direction: 'steps' | 'compensations'): SagaStepStatus | undefined =>
    saga?.[direction].find((each) => each.step === step)?.status;
  const forwardX = box.forward.x + box.forward.width / 2;
  const backX = box.back.x + box.back.width / 2;
  const last = topOf(steps.length - 1) + box.height;

  return (
    <figure className={classes.figure} data-lit={saga !== null}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.sagas.diagramOf(definition.name)} data-testid="diagram">
        <Arrows />
        <StateLabel x={forwardX} y={18} state="PENDING" count={countOf('PENDING')} here={saga?.state === 'PENDING'} />
        <path d={`M${forwardX} 26V${firstRow - 3}`} className={classes.arrow} markerEnd="url(#ahead)" />
        {steps.map(({ step, participant, compensation, doneState, pivot }, index) => {
          const top = topOf(index);
          const reached = index === steps.length - 1 ? 'COMPLETED' : doneState;
          return (
            <g key={step}>
              <g className={classes.node} data-status={statusOf(step, 'steps')} data-step={step}>
                <title>{step}</title>
                <rect x={box.forward.x} y={top} width={box.forward.width} height={box.height} rx="6" />
                <text x={box.forward.x + 12} y={top + 17}>
                  {stepName(step)}
                </text>
                <text x={box.forward.x + 12} y={top + 32} className={classes.small}>
                  {words.sagas.participants[participant] ?? participant}
                </text>
              </g>
              <path d={`M${forwardX} ${top + box.height + 1}V${top + rowHeight - 3}`} className={classes.arrow} markerEnd="url(#ahead)" />
              <StateLabel
                x={forwardX + 7}
                y={top + box.height + 19}
                state={reached}
                count={countOf(reached)}
                here={saga?.state === reached}
                beside
              />
              {compensation !== null && (
                <>
                  <path
                    d={`M${box.forward.x + box.forward.width + 1} ${top + box.height / 2}H${box.back.x - 3}`}
                    className={classes.turn}
                    markerEnd="url(#back)"
                  />
                  <g className={classes.node} data-back data-status={statusOf(compensation, 'compensations')} data-step={compensation}>
                    <title>{compensation}</title>
                    <rect x={box.back.x} y={top} width={box.back.width} height={box.height} rx="6" />
                    <Wrapped text={stepName(compensation)} x={box.back.x + 10} y={top} />
                  </g>
                </>
              )}
              {pivot && index < steps.length - 1 && (
                <g className={classes.pivot}>
                  <title>{words.sagas.pivotHint}</title>
                  <path d={`M${box.back.x} ${top + box.height + 16}H${width - 10}`} />
                  <text x={width - 10} y={top + box.height + 29} textAnchor="end">
                    {words.sagas.pivot}
                  </text>
                </g>
              )}
            </g>
          );
        })}
        {undoing.map((index, place) => {
          const above = undoing[place - 1];
          const to = above === undefined ? 26 : topOf(above) + box.height;
          return <path key={index} d={`M${backX} ${topOf(index) - 1}V${to + 4}`} className={classes.arrowBack} markerEnd="url(#up)" />;
        })}
        {undoing.length > 0 && (
          <StateLabel x={backX} y={18} state="COMPENSATED" count={countOf('COMPENSATED')} here={saga?.state === 'COMPENSATED'} back />
        )}
        <circle
          cx={forwardX}
          cy={last + rowHeight - box.height + 3}
          r="4"
          className={classes.end}
          data-here={saga?.state === 'COMPLETED'}
        />
      </svg>
      <figcaption className={classes.spoken}>
        {steps
          .map(({ step, compensation }) =>
            compensation === null ? stepName(step) : `${stepName(step)} (${stepName(compensation).toLocaleLowerCase()})`,
          )
          .join(' → ')}
      </figcaption>
    </figure>
  );
}

interface StateLabelProps {
  readonly x: number;
  readonly y: number;
  readonly state: SagaState;
  readonly count: number;
  readonly here: boolean;
  readonly beside?: boolean;
  readonly back?: boolean;
}

function StateLabel({ x, y, state, count, here, beside = false, back = false }: StateLabelProps) {
  const { words, format } = useLanguage();
  return (
    <text x={x} y={y} textAnchor={beside ? 'start' : 'middle'} className={classes.state} data-here={here} data-back={back}>
      <title>{state}</title>
      {words.sagas.states[state]}
      {count > 0 && (
        <tspan dx="5" className={classes.count}>
          {format.count(count)}
        </tspan>
      )}
    </text>
  );
}

/** At most two lines. */
function Wrapped({ text, x, y }: { text: string; x: number; y: number }) {
  const words = text.split(' ');
  const first = words.length > 2 ? words.slice(0, -1).join(' ') : text;
  const rest = words.length > 2 ? words.at(-1) : undefined;
  const [one, two] = first.length > 17 ? [words[0], words.slice(1).join(' ')] : [first, rest];
  return (
    <text x={x} y={y + (two === undefined ? 25 : 17)}>
      {one}
      {two !== undefined && (
        <tspan x={x} dy="15">
          {two}
        </tspan>
      )}
    </text>
  );
}

function Arrows() {
  return (
    <defs>
      {(['ahead', 'back', 'up'] as const).map((name) => (
        <marker key={name} id={name} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 6.5 4 1 7" className={name === 'ahead' ? classes.tip : classes.tipBack} />
        </marker>
      ))}
    </defs>
  );
}
