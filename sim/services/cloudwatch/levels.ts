// Quantities that stand until they change: how many messages a queue holds at the end of each minute, and how old the oldest is.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html

/** Metrics of an SQS queue that are measured once a minute while the queue is active. */
export const LEVEL_METRICS = {
  visible: 'ApproximateNumberOfMessagesVisible',
  hidden: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
  age: 'ApproximateAgeOfOldestMessage',
  /** Of FIFO queues only. */
  groups: 'ApproximateNumberOfGroupsWithInflightMessages',
} as const;

export type LevelName = keyof typeof LEVEL_METRICS;

export interface LevelMessage {
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  /** Of a FIFO queue's message. */
  groupId?: string;
}

export interface Level {
  /** Changes by minute: visible, hidden, delayed. Those of the future are withdrawn when the message goes first. */
  changes: Map<number, [number, number, number]>;
  /** By group, changes by minute of how many of its messages are in flight. */
  inFlight: Map<string, Map<number, number>>;
  messages: Map<string, LevelMessage>;
  /** From which minute on which message was the oldest: Unix milliseconds, null for none. */
  oldest: [minute: number, sentAt: number | null][];
  firstAt: number;
  lastAt: number;
}

/** SQS stops measuring a queue that nobody has used for six hours and that holds nothing. */
const ACTIVE_MS = 6 * 3_600_000;

export function createLevel(epochMs: number): Level {
  return { changes: new Map(), inFlight: new Map(), messages: new Map(), oldest: [], firstAt: epochMs, lastAt: epochMs };
}

const minuteOf = (epochMs: number) => Math.floor(epochMs / 60_000);

const VISIBLE = 0;
const HIDDEN = 1;
const DELAYED = 2;

function change(level: Level, epochMs: number, index: 0 | 1 | 2, by: number): void {
  const minute = minuteOf(epochMs);
  let entry = level.changes.get(minute);
  if (!entry) {
    entry = [0, 0, 0];
    level.changes.set(minute, entry);
  }
  entry[index] += by;
}

/** Counts a message in (`sign` 1) from a moment on, or takes back what was counted from that moment on (`sign` -1). */
function count(level: Level, { visibleAt, receiveCount, groupId }: LevelMessage, from: number, sign: 1 | -1): void {
  if (visibleAt <= from) change(level, from, VISIBLE, sign);
  else {
    const waiting = receiveCount > 0 ? HIDDEN : DELAYED;
    change(level, from, waiting, sign);
    change(level, visibleAt, waiting, -sign);
    change(level, visibleAt, VISIBLE, sign);
    if (groupId === undefined || waiting !== HIDDEN) return;
    changeGroup(level, groupId, from, sign);
    changeGroup(level, groupId, visibleAt, -sign);
  }
}

function changeGroup({ inFlight }: Level, groupId: string, epochMs: number, by: number): void {
  const changes = inFlight.get(groupId) ?? new Map<number, number>();
  const minute = minuteOf(epochMs);
  changes.set(minute, (changes.get(minute) ?? 0) + by);
  inFlight.set(groupId, changes);
}

/** How many groups have a message in flight at the end of a minute. */
function groupsAt({ inFlight }: Level, minute: number): number {
  let groups = 0;
  for (const changes of inFlight.values()) {
    let messages = 0;
    for (const [at, by] of changes) if (at <= minute) messages += by;
    if (messages > 0) groups++;
  }
  return groups;
}

export function addMessage(level: Level, id: string, message: LevelMessage, epochMs: number): void {
  level.lastAt = epochMs;
  level.messages.set(id, message);
  count(level, message, epochMs, 1);
  noteOldest(level, epochMs);
}

export function hideMessage(level: Level, id: string, visibleAt: number, receiveCount: number | null, epochMs: number): void {
  level.lastAt = epochMs;
  const message = level.messages.get(id);
  if (!message) return;
  count(level, message, epochMs, -1);
  message.visibleAt = visibleAt;
  message.receiveCount = receiveCount ?? message.receiveCount;
  count(level, message, epochMs, 1);
}

export function removeMessage(level: Level, id: string, epochMs: number): void {
  level.lastAt = epochMs;
  const message = level.messages.get(id);
  if (!message) return;
  count(level, message, epochMs, -1);
  level.messages.delete(id);
  noteOldest(level, epochMs);
}

export function removeAll(level: Level, epochMs: number): void {
  for (const id of [...level.messages.keys()]) removeMessage(level, id, epochMs);
}

/** Messages stand in the order in which they came, so the first is the oldest. */
function noteOldest(level: Level, epochMs: number): void {
  const first = level.messages.values().next();
  const sentAt = first.done ? null : first.value.sentAt;
  const minute = minuteOf(epochMs);
  const last = level.oldest[level.oldest.length - 1];
  if (last?.[1] === sentAt) return;
  if (last?.[0] === minute) last[1] = sentAt;
  else level.oldest.push([minute, sentAt]);
}

/** What stood at the end of each full minute in a range of Unix seconds: second of the minute's beginning, and value. */
export function* levelValues(
  level: Level,
  name: LevelName,
  from: number,
  to: number,
  nowMs: number,
): Generator<[second: number, value: number]> {
  const first = Math.max(minuteOf(level.firstAt), Math.ceil(from / 60));
  const activeUntil = level.messages.size > 0 ? Number.POSITIVE_INFINITY : level.lastAt + ACTIVE_MS;
  const last = Math.min(Math.ceil(to / 60) - 1, minuteOf(nowMs) - 1, minuteOf(activeUntil));
  if (last < first) return;
  if (name === 'age') {
    let i = 0;
    for (let minute = first; minute <= last; minute++) {
      while ((level.oldest[i + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= minute) i++;
      const sentAt = (level.oldest[i]?.[0] ?? Number.POSITIVE_INFINITY) <= minute ? (level.oldest[i]?.[1] ?? null) : null;
      yield [minute * 60, sentAt === null ? 0 : Math.max(0, Math.floor(((minute + 1) * 60_000 - sentAt) / 1000))];
    }
    return;
  }
  if (name === 'groups') {
    for (let minute = first; minute <= last; minute++) yield [minute * 60, groupsAt(level, minute)];
    return;
  }
  const index = name === 'visible' ? VISIBLE : name === 'hidden' ? HIDDEN : DELAYED;
  let value = 0;
  for (const [minute, entry] of level.changes) if (minute < first) value += entry[index];
  for (let minute = first; minute <= last; minute++) {
    value += level.changes.get(minute)?.[index] ?? 0;
    yield [minute * 60, value];
  }
}
