// Mornings at the packing desk. The order of parcels in the queue comes from the seed.
import { parseArn } from '../../sim/kernel/arn';
import type { Scenario, Stage } from '../lab';
import { createPrinter, LABELS_ADDRESS, type PrinterWeather } from './labels';
import { createPackingDesk } from './parcels';

const SECOND = 1000;

export function openDesk(stage: Stage, weather: PrinterWeather = {}) {
  stage.host(LABELS_ADDRESS, createPrinter(weather));
  const { region, account, resource } = parseArn(stage.arnOf('ParcelsQueue')) ?? { region: '', account: '', resource: '' };
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
  return {
    desk: createPackingDesk(() => stage.random()),
    send: (body: object | string, atMs = 0) => {
      stage.call('sqs', 'SendMessage', { QueueUrl, MessageBody: typeof body === 'string' ? body : JSON.stringify(body) }, { atMs });
    },
  };
}

export const scenarios: Scenario[] = [
  {
    id: 'heavy-parcel',
    title: 'One of eight parcels is too heavy',
    play: (stage) => {
      const { desk, send } = openDesk(stage);
      const good = Array.from({ length: 7 }, () => desk.good());
      desk.shuffled([...good, desk.heavy()]).forEach((parcel, i) => {
        send(parcel, 100 * i);
      });
      stage.runUntilIdle();
    },
  },
  {
    id: 'slow-printer',
    title: 'Six good parcels, and a label takes 3 s',
    play: (stage) => {
      const { desk, send } = openDesk(stage, { labelMs: 3 * SECOND });
      for (let i = 0; i < 6; i++) send(desk.good(), 100 * i);
      stage.runUntilIdle();
    },
  },
];
