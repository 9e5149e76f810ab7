// Handler code for each behaviour of a story's functions. What sends on stops when its event has grown: no story goes round for ever.
import type { Behaviour } from './story';

const SMALL = 'JSON.stringify(event).length < 1200';

export const HANDLERS: Record<Behaviour, string> = {
  returns: `export const handler = async (event) => { console.log('seen', typeof event); return { ok: true, at: Date.now() }; };`,
  throws: `export const handler = async () => { throw new TypeError('always'); };`,
  'throws-sometimes': `let calls = 0;
export const handler = async () => { calls++; if (Math.random() < 0.5) throw new Error('call ' + calls); return calls; };`,
  sleeps: `export const handler = async () => { await new Promise((done) => setTimeout(done, 300 + Math.random() * 2000)); return 'slept'; };`,
  exits: `export const handler = async () => { if (Math.random() < 0.7) process.exit(1); return 'stayed'; };`,
  'fails-init': `if (Math.random() < 0.6) throw new Error('no luck at init');
export const handler = async () => 'ready';`,
  sends: `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
export const handler = async (event) => {
  if (!(${SMALL})) return 'too large';
  const fifo = process.env.QUEUE_URL.endsWith('.fifo') ? { MessageGroupId: 'g', MessageDeduplicationId: String(Math.random()) } : {};
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(event), ...fifo }));
  return MessageId;
};`,
  publishes: `import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async (event) => {
  if (!(${SMALL})) return 'too large';
  const fifo = process.env.TOPIC_ARN.endsWith('.fifo') ? { MessageGroupId: 'g', MessageDeduplicationId: String(Math.random()) } : {};
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: JSON.stringify(event), ...fifo }));
  return MessageId;
};`,
  'puts-events': `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const events = new EventBridgeClient({});
export const handler = async (event) => {
  if (!(${SMALL})) return 'too large';
  const Entries = [{ Source: 'shop', DetailType: 'Handled', Detail: JSON.stringify({ n: 5, event }) }];
  return (await events.send(new PutEventsCommand({ Entries }))).FailedEntryCount;
};`,
};
