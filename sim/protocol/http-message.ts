// Requests and answers as the AWS SDK hands them to its HTTP handler.
// https://smithy.io/2.0/spec/http-bindings.html

export interface HttpRequest {
  method: string;
  hostname: string;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
  body?: unknown;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** A header by its name in lower case. */
export function headerOf(request: HttpRequest, name: string): string | null {
  for (const [key, value] of Object.entries(request.headers)) if (key.toLowerCase() === name) return value;
  return null;
}

/** Which API a request is for, where, and by whose access key: from the signature, else from the host. */
export interface Destination {
  signedAs: string | null;
  host: string | null;
  region: string | null;
  accessKeyId: string | null;
}

const SCOPE = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;

export function destinationOf(request: HttpRequest): Destination {
  const scope = SCOPE.exec(headerOf(request, 'authorization') ?? '');
  const labels = request.hostname.split('.');
  const inHost = labels.find((label) => REGION.test(label)) ?? null;
  return {
    signedAs: scope?.[3] ?? null,
    host: request.hostname.endsWith('.amazonaws.com') || request.hostname.endsWith('.api.aws') ? (labels[0] ?? null) : null,
    region: scope?.[2] ?? inHost,
    accessKeyId: scope?.[1] ?? null,
  };
}
