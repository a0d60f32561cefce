import { parseConfig } from '@comptoir/platform/config.ts';
import { runSubgraph } from '@comptoir/platform/run-subgraph.ts';
import { computeConfig, toComputeConfig } from './config.ts';
import { createCompute } from './service.ts';

await runSubgraph('compute', parseConfig(computeConfig, process.env), (env, deps) => createCompute(toComputeConfig(env), deps));
