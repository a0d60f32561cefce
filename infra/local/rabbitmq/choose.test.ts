import { expect, test } from 'vitest';
import { type BrokerLook, chooseBroker } from './choose.ts';
import type { BrokerProbe } from './probe.ts';

const own = {
  url: 'amqp://guest:guest@127.0.0.1:5673/',
  managementUrl: 'http://guest:guest@127.0.0.1:15673',
  cluster: 'comptoir-1@localhost',
};
const rabbit: BrokerProbe = { usable: true, product: 'RabbitMQ', version: '3.10.8', cluster: 'rabbit@host' };

function look(answer: BrokerProbe, ports: readonly number[] = [5_672]): BrokerLook {
  return { probe: async () => answer, listens: async (port) => ports.includes(port) };
}

test('without a broker anywhere the development broker is used', async () => {
  expect(await chooseBroker({}, null, look(rabbit, []))).toEqual({ kind: 'embedded' });
});

test('an unusable AMQP_URL is an error with its cause and the way out, never another broker', async () => {
  const choice = chooseBroker({ AMQP_URL: 'amqp://rabbit/' }, null, look({ usable: false, cause: 'user or password refused' }));
  await expect(choice).rejects.toThrow(
    /AMQP_URL is set but cannot be used: user or password refused.*unset it to use the development broker/s,
  );
});

test('the RabbitMQ of npm run rabbitmq is used while it runs', async () => {
  expect(await chooseBroker({}, own, look({ ...rabbit, cluster: 'comptoir-1@localhost.localdomain' }, []))).toMatchObject({
    kind: 'own',
    url: own.url,
    name: 'RabbitMQ 3.10.8',
  });
  expect(await chooseBroker({}, own, look({ usable: false, cause: 'nothing listens there' }, []))).toEqual({ kind: 'embedded' });
});

test('another broker that has taken its port since is not mistaken for it', async () => {
  expect(await chooseBroker({}, own, look(rabbit, []))).toEqual({ kind: 'embedded' });
});

test('a RabbitMQ on the standard port is used, with its management where that is on', async () => {
  expect(await chooseBroker({}, null, look(rabbit))).toEqual({
    kind: 'found',
    url: 'amqp://guest:guest@127.0.0.1:5672/',
    managementUrl: undefined,
    name: 'RabbitMQ 3.10.8',
  });
  expect(await chooseBroker({}, null, look(rabbit, [5_672, 15_672]))).toMatchObject({
    managementUrl: 'http://guest:guest@127.0.0.1:15672',
  });
});

test.each<[BrokerProbe, string]>([
  [{ usable: false, cause: 'user or password refused' }, 'user or password refused'],
  [{ ...rabbit, product: 'LavinMQ' }, 'it is LavinMQ'],
  [{ ...rabbit, cluster: 'comptoir-2@localhost' }, 'another clone of Comptoir runs it'],
])('what cannot be used on the standard port is passed over and the reason given: %j', async (answer, cause) => {
  expect(await chooseBroker({}, null, look(answer))).toEqual({
    kind: 'embedded',
    notUsed: `Broker on 5672 not used (${cause}); set AMQP_URL to use it`,
  });
});
