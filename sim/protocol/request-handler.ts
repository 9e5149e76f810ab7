// An HTTP handler for the AWS SDK for JavaScript v3 whose network is a world: give it to any client as `requestHandler`.
// https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/configuring-http-request-handler.html
import type { Arn } from '../kernel/arn';
import type { NetworkOrigin } from '../kernel/call';
import type { Json, JsonObject } from '../kernel/json';
import { createRandom, seedFor, uuidFrom } from '../kernel/random';
import type { Ms } from '../kernel/time';
import type { Answer, World } from '../kernel/world';
import { type Caller, callerOf, principalNamed } from './caller';
import { writeFault } from './error-response';
import { type Destination, destinationOf, type HttpRequest, type HttpResponse } from './http-message';
import { modelOf, validate } from './models';
import { unpackPackage } from './package-files';
import { type Incoming, prefixOf, protocolOf, readRequest } from './read-request';
import { WireError } from './wire-error';
import { writeReply } from './write-reply';

export interface RequestHandlerOptions {
  /** How far the world goes for a request: to its answer, or until nothing but housekeeping is left. Default: to its answer. */
  advance?: 'reply' | 'idle';
  /** Where in the network the client is. Default: the internet. */
  origin?: NetworkOrigin;
  /** How long in virtual time the client waits for an answer that may never come. Default: longer than any invocation takes. */
  patienceMs?: Ms;
  /**
   * Awaited before the world moves, so that requests which a program sends together arrive together. The default lets every
   * promise that is ready go first; a host whose signing needs the event loop gives a turn of it here.
   */
  gather?: () => Promise<void>;
}

/** An invocation ends within 900 s, and its environment is made within 130 s. LAM-ENV-01, LAM-CLD-X01. */
const PATIENCE_MS = 1_100_000;

/** How many times the default of `gather` lets other promises go: a request of the SDK passes about a hundred before it leaves. */
const TURNS = 400;

async function letOthersArrive(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await undefined;
}

export interface WorldRequestHandler {
  metadata: { handlerProtocol: string };
  handle(request: HttpRequest, options?: { abortSignal?: unknown }): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** `by`: a principal, the ARN of one, or a say on each key. Default: the root of the world's own account. */
export function createRequestHandler(world: World, by?: Caller | Arn, options: RequestHandlerOptions = {}): WorldRequestHandler {
  const caller = by === undefined || typeof by === 'string' ? principalNamed(by ?? `arn:aws:iam::${world.home.account}:root`) : by;
  const { advance = 'reply', origin = { from: 'internet' }, patienceMs = PATIENCE_MS, gather = letOthersArrive } = options;
  // Ids of requests have a source of their own: asking over HTTP leaves the same trace as asking directly.
  const chance = createRandom(seedFor(world.startAtEpochMs, typeof caller === 'function' ? 'callers' : caller.id));

  /** The answer to a request that was read; throws where a network would fail. */
  async function ask(incoming: Incoming, destination: Destination): Promise<Answer> {
    const identity = callerOf(world, caller, destination.accessKeyId);
    if ('fault' in identity) return identity;
    const { principal } = identity;
    const { model, operation, input } = incoming;
    const broken = validate(model.text.prefix, operation.name, input);
    if (broken) return { fault: broken };
    const { prefix } = model.text;
    if (!world.hasService(prefix)) throw new WireError('UnknownOperationException', `This world has no service ${prefix}.`, 404);
    const where = { account: principal.account, region: destination.region ?? world.home.region };
    const route = world.route(prefix, operation.name, input, where);
    if (!route) throw new WireError('UnknownOperationException', `${operation.name} of ${prefix} is not part of this simulator.`, 404);
    if (prefix === 'lambda') await unpackPackage(operation.name, input);
    const ticket = world.begin({ ...route, input, principal, origin });
    await gather();
    const answer = world.finish(ticket, patienceMs);
    if (advance === 'idle') world.runUntilIdle();
    if (answer) return answer;
    const limit = world.trace.at(-1);
    if (limit?.type === 'kernel:LimitReached') throw new Error(`The world stopped at its limit ${limit.data.limit}, ${limit.data.max}.`);
    throw Object.assign(new Error(`${operation.name} of ${prefix} was not answered.`), { name: 'TimeoutError' });
  }

  async function handle(request: HttpRequest): Promise<HttpResponse> {
    const destination = destinationOf(request);
    const prefix = prefixOf(request, destination);
    const model = prefix === null ? null : modelOf(prefix);
    if (!model) throw new Error(`No service of this simulator answers at ${request.hostname}.`);
    const protocol = protocolOf(request);
    let requestId = uuidFrom(chance);
    let response: HttpResponse;
    try {
      const incoming = await readRequest(model, protocol, request);
      const answer = await ask(incoming, destination);
      if ('ok' in answer) {
        requestId = requestIdIn(answer.ok) ?? requestId;
        response = writeReply(protocol, incoming, answer.ok, requestId);
      } else response = writeFault(model, protocol, answer.fault, requestId);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      response = writeFault(model, protocol, error.fault, requestId);
    }
    response.headers['x-amzn-requestid'] = requestId;
    response.headers['content-length'] = String(response.body.length);
    return response;
  }

  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request, { abortSignal } = {}) => {
      if ((abortSignal as AbortSignal | undefined)?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
      return { response: await handle(request) };
    },
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

/** A service that names its request, as Lambda does in logs and records, says so beside its output: `$metadata.requestId`. */
function requestIdIn(reply: Json): string | null {
  const metadata = (reply as JsonObject | null)?.$metadata as JsonObject | undefined;
  return typeof metadata?.requestId === 'string' ? metadata.requestId : null;
}
