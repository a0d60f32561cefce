import { parseConfig } from '@comptoir/platform/config.ts';
import { runSubgraph } from '@comptoir/platform/run-subgraph.ts';
import { sagasConfig, toSagasConfig } from './config.ts';
import { createSagas } from './service.ts';

await runSubgraph('sagas', parseConfig(sagasConfig, process.env), (env, deps) => createSagas(toSagasConfig(env), deps));
