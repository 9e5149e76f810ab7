// Reads a JSON body, and stops reading as soon as it is larger than allowed.
import { Refusal } from '../refusal';

export async function readJson(request: Request, bytesMax: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refusal('wrong-content-type', 'Send JSON, with the header "content-type: application/json".');
  const tooLarge = () =>
    new Refusal('too-large', `This request is larger than ${Math.floor(bytesMax / 1024)} KB. Shorten it and try again.`);
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new Refusal('invalid-input', 'The body is not JSON text in UTF-8.');
  }
}
