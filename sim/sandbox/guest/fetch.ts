// `fetch` to the hosts that a scenario scripts. https://fetch.spec.whatwg.org/
import type { GuestAbortSignal } from './abort';
import { fromBytes } from './buffer';
import { GuestHeaders, type HeadersSource, membersOf } from './headers';
import { parse, stringify } from './host';
import { type HostFault, sendFetch } from './requests';
import { GuestURL, GuestURLSearchParams, plainHref } from './url';
import { encodeUtf8, wellFormed } from './utf8';

/** The body of an answer: text that gives no content type of its own. */
class ReceivedText {
  constructor(readonly text: string) {}
}

type BodySource = string | Uint8Array | ArrayBuffer | GuestURLSearchParams | ReceivedText | null | undefined;

interface RequestInit {
  method?: string;
  headers?: HeadersSource;
  body?: BodySource;
  signal?: GuestAbortSignal;
}

/** What the world answers a fetch with. */
interface HostResponse {
  status: number;
  statusText?: string;
  headers?: Record<string, string>;
  body?: string;
}

const STATUS_TEXTS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function textOf(body: BodySource): string {
  if (body === null || body === undefined) return '';
  if (body instanceof ReceivedText) return body.text;
  if (body instanceof Uint8Array) return fromBytes(body);
  if (body instanceof ArrayBuffer) return fromBytes(new Uint8Array(body));
  return String(body);
}

function defaultContentType(body: BodySource): string | null {
  if (typeof body === 'string') return 'text/plain;charset=UTF-8';
  return body instanceof GuestURLSearchParams ? 'application/x-www-form-urlencoded;charset=UTF-8' : null;
}

/** What requests and responses have in common: a body that can be read once. */
class Body {
  bodyUsed = false;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  async text(): Promise<string> {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return this.#text;
  }
  async json(): Promise<unknown> {
    return parse(await this.text());
  }
  async bytes(): Promise<Uint8Array> {
    return encodeUtf8(await this.text());
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer as ArrayBuffer;
  }
  protected peek(): string {
    return this.#text;
  }
}

export class GuestRequest extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: GuestHeaders;
  readonly signal: GuestAbortSignal | undefined;
  constructor(input: string | GuestURL | GuestRequest, init: RequestInit = {}) {
    const from = input instanceof GuestRequest ? input : undefined;
    const body = init.body ?? from?.peek();
    super(textOf(body));
    this.url = from ? from.url : (plainHref(String(input)) ?? parseUrl(String(input)).href);
    this.method = (init.method ?? from?.method ?? 'GET').toUpperCase();
    this.headers = new GuestHeaders(init.headers ?? from?.headers);
    this.signal = init.signal ?? from?.signal;
    if (body !== undefined && body !== null && (this.method === 'GET' || this.method === 'HEAD') && textOf(body) !== '') {
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    }
    const type = defaultContentType(init.body);
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
  }
  clone(): GuestRequest {
    return new GuestRequest(this);
  }
}

export class GuestResponse extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly headers: GuestHeaders;
  readonly type = 'basic';
  url = '';
  redirected = false;
  constructor(body?: BodySource, init: { status?: number; statusText?: string; headers?: HeadersSource } = {}) {
    super(textOf(body));
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.headers = new GuestHeaders(init.headers);
    const type = defaultContentType(body);
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
  }
  static json(data: unknown, init: { status?: number; headers?: HeadersSource } = {}): GuestResponse {
    const headers = new GuestHeaders(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new GuestResponse(stringify(data), { ...init, headers });
  }
  static error(): GuestResponse {
    return new GuestResponse(null, { status: 0 });
  }
  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }
  get body(): null {
    return null; // Simplified: bodies are read whole, not as streams.
  }
  clone(): GuestResponse {
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    const copy = new GuestResponse(this.peek(), this);
    copy.url = this.url;
    return copy;
  }
}

function parseUrl(text: string): GuestURL {
  try {
    return new GuestURL(text);
  } catch (error) {
    throw Object.assign(new TypeError(`Failed to parse URL from ${text}`), { cause: error });
  }
}

export function fetch(input: string | GuestURL | GuestRequest, init?: RequestInit): Promise<GuestResponse> {
  return new Promise((resolve, reject) => {
    const request = new GuestRequest(input, init);
    const { signal } = request;
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
    send(request).then(resolve, reject);
  });
}

async function send(request: GuestRequest): Promise<GuestResponse> {
  const headers = membersOf(request.headers);
  const body = await request.text();
  let answer: string;
  try {
    answer = await sendFetch(stringify({ url: request.url, method: request.method, headers, body }));
  } catch (error) {
    const fault = error as HostFault;
    if (typeof fault?.message !== 'string' || error instanceof Error) throw error;
    const cause = Object.assign(new Error(fault.message), { code: fault.name });
    throw Object.assign(new TypeError('fetch failed'), { cause });
  }
  const { status, statusText = STATUS_TEXTS[status] ?? '', headers: given, body: text = '' } = parse(answer) as HostResponse;
  const response = new GuestResponse(new ReceivedText(wellFormed(text)), { status, statusText, headers: given });
  response.url = request.url;
  return response;
}
