/** small: within `npm test`; large: a run of its own. */
export type FaultsSize = 'small' | 'large';

/** Of this run, by FAULTS_SIZE; small where nothing is said. */
export const faultsSize: FaultsSize = process.env.FAULTS_SIZE === 'large' ? 'large' : 'small';

/** What a scenario needs in either size, e.g. `size({ small: 40, large: 300 })`. */
export const size = <Value>(values: Readonly<Record<FaultsSize, Value>>): Value => values[faultsSize];
