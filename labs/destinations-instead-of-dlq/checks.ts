// The claims of the brief: each price is told of once, to the one who waits for it, with what that one needs.
import type { Fact } from '../../sim/kernel/fact';
import { lambdaData } from '../../sim/services/lambda/facts';
import type { Check, CheckResult, RunView } from '../lab';
import { clock, countOf, fail, parseObject, pass, shorten } from '../wording';
import { entriesOf, lastAttempt, pricesOf, refusedRecord, type SentPrice, type Told, toldTo } from './evidence';

const FRESH_MS = 120_000;

/** Why nobody was told: the handler says that all is well, Lambda was refused, or nothing is configured. */
function whyNotTold(run: RunView, price: SentPrice, queue: string): { text: string; facts: Fact[] } {
  const refused = refusedRecord(run, price);
  if (refused) return { text: `Lambda could not send the record: ${shorten(String(refused.data.errorMessage))}`, facts: [refused] };
  const ended = lastAttempt(run, price);
  if (!ended) return { text: 'its attempts did not end', facts: [price.queued] };
  const { status, attempt } = lambdaData(ended, 'lambda:InvocationEnded');
  if (queue === 'ReviewQueue' && status === 'success') {
    return { text: `attempt ${attempt} ended without an error, so Lambda counts the price as done`, facts: [ended] };
  }
  const outcome = queue === 'ReviewQueue' ? 'OnFailure' : 'OnSuccess';
  return { text: `the last attempt, ${attempt}, ended with ${status}, and no ${outcome} destination leads to ${queue}`, facts: [ended] };
}

export function websiteHearsOfWrittenPrices(run: RunView): CheckResult {
  const told = toldTo(run, 'WebsiteQueue');
  const written = entriesOf(run, 'written');
  for (const price of pricesOf(run)) {
    const entry = written.find((candidate) => candidate.priceId === price.priceId);
    const own = told.filter((candidate) => candidate.priceId === price.priceId);
    const [first, second] = own;
    if (!entry) {
      if (first) return toldOfUnwritten(price, first);
      // A refused price is the buyer's, who is judged elsewhere.
      if (entriesOf(run, 'refused').some((refusal) => refusal.priceId === price.priceId)) continue;
      const givenUp = run.ofType('lambda:EventDiscarded').find((fact) => fact.data.requestId === price.requestId);
      const attempts = givenUp ? ` after ${countOf(Number(givenUp.data.attempts), 'attempt')}` : '';
      const ended = lastAttempt(run, price);
      return fail(`Price ${price.priceId} of ${price.sku} was never written; its event was done with${attempts}.`, ended ? [ended] : []);
    }
    if (!first) {
      const why = whyNotTold(run, price, 'WebsiteQueue');
      return fail(`Price ${price.priceId} was written at ${clock(entry.fact.at)} and the website never heard of it: ${why.text}.`, [
        entry.fact,
        ...why.facts,
      ]);
    }
    if (second) return fail(`The website heard of price ${price.priceId} ${own.length} times.`, [first.fact, second.fact]);
    const said = parseObject(JSON.stringify(first.record.responsePayload ?? null));
    const missing = (['priceId', 'sku', 'cents'] as const).find((name) => said?.[name] !== price[name]);
    if (missing) {
      return fail(
        `The website was told of price ${price.priceId}, but responsePayload is ${shorten(JSON.stringify(first.record.responsePayload ?? null))}: ` +
          `${missing} should be ${JSON.stringify(price[missing])}. It holds what the handler returns.`,
        [first.fact],
      );
    }
  }
  const stray = told.find((message) => message.priceId === null);
  if (stray)
    return fail(`The website got a message that is no record of an invocation: ${shorten(String(stray.fact.data.body))}`, [stray.fact]);
  return pass(
    `The website heard once of each of ${countOf(written.length, 'written price')}.`,
    told.map(({ fact }) => fact),
  );
}

function toldOfUnwritten(price: SentPrice, told: Told): CheckResult {
  return fail(
    `The website was told at ${clock(told.fact.at)} that price ${price.priceId} is done, but the catalogue never wrote it. ` +
      'Lambda counts an attempt as a success when the handler does not throw.',
    [told.fact],
  );
}

/** Prices that the catalogue did not write, each in the buyer's queue with the reason. */
export function buyerHearsOfGivenUpPrices(run: RunView): CheckResult {
  const told = toldTo(run, 'ReviewQueue');
  const written = entriesOf(run, 'written');
  const lost = pricesOf(run).filter((price) => !written.some((entry) => entry.priceId === price.priceId));
  const tickets = entriesOf(run, 'refused');
  for (const price of lost) {
    const own = told.filter((candidate) => candidate.priceId === price.priceId || candidate.fact.data.body === price.queued.data.payload);
    const [first, second] = own;
    if (!first) {
      const why = whyNotTold(run, price, 'ReviewQueue');
      return fail(`Price ${price.priceId} was not written and the buyer never heard of it: ${why.text}.`, why.facts);
    }
    if (second) {
      const letter = own.find((candidate) => candidate.priceId === null);
      const because = letter ? ': a destination sends the record and a dead-letter queue sends the bare event' : '';
      return fail(`The buyer got ${own.length} messages for price ${price.priceId}${because}.`, [first.fact, second.fact]);
    }
    if (first.priceId === null) {
      return fail(`The buyer got the bare event of price ${price.priceId}, as a dead-letter queue holds it. OnFailure sends a record.`, [
        first.fact,
      ]);
    }
    const refusals = tickets.filter((ticket) => ticket.priceId === price.priceId);
    const said = String((first.record.responsePayload as { errorMessage?: unknown } | null)?.errorMessage ?? '');
    if (refusals.length > 0 && !refusals.some(({ ticket }) => said.includes(ticket))) {
      return fail(
        `The buyer heard of price ${price.priceId}, but errorMessage is “${shorten(said)}” and the catalogue gave it ticket ${refusals.at(-1)?.ticket}.`,
        [first.fact, ...refusals.map(({ fact }) => fact)],
      );
    }
  }
  const done = told.find(({ priceId }) => written.some((entry) => entry.priceId === priceId));
  if (done) return fail(`The buyer was asked to look at price ${done.priceId}, which was written.`, [done.fact]);
  if (lost.length === 0) return fail('No price was given up in this run.');
  return pass(
    `The buyer heard once of ${lost.map(({ priceId }) => priceId).join(', ')}, with the reason.`,
    told.map(({ fact }) => fact),
  );
}

export function noStalePriceIsWritten(run: RunView): CheckResult {
  for (const price of pricesOf(run)) {
    const late = entriesOf(run, 'written').find((entry) => entry.priceId === price.priceId && entry.fact.at - price.queued.at > FRESH_MS);
    if (!late) continue;
    const seconds = Math.round((late.fact.at - price.queued.at) / 1000);
    return fail(`Price ${price.priceId} was written ${seconds} s after its event, when it was more than 2 minutes old.`, [
      price.queued,
      late.fact,
    ]);
  }
  return buyerHearsOfGivenUpPrices(run);
}

export const checks: Check[] = [
  {
    id: 'website-hears-of-each-written-price',
    points: 30,
    scenarios: ['quiet-night', 'catalogue-restarts'],
    judge: websiteHearsOfWrittenPrices,
  },
  { id: 'buyer-hears-of-each-price-given-up', points: 30, scenarios: ['mistyped-price'], judge: buyerHearsOfGivenUpPrices },
];
