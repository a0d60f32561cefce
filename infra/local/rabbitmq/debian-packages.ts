import { unpackedProgram } from '../debian-packages.ts';
import { debianInstallation, type RabbitInstallation } from './installation.ts';

/** RabbitMQ from Debian's or Ubuntu's packages, unpacked into .runtime/; fetched once, about fifteen seconds. */
export function unpackedRabbit(say: (line: string) => void, signal?: AbortSignal): Promise<RabbitInstallation> {
  return unpackedProgram(
    { name: 'RabbitMQ', packageName: 'rabbitmq-server', folder: 'rabbitmq', sizeMb: 40, find: debianInstallation },
    say,
    signal,
  );
}
