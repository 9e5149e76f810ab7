// Lists in pages: `Marker` in, `NextMarker` out. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { invalid } from './function';

/** One page under `member`. A marker is the number of items already given. */
export function pageOf(input: JsonObject, member: string, items: JsonObject[], sizeMax = 50): Reply {
  const size = typeof input.MaxItems === 'number' ? Math.min(input.MaxItems, sizeMax) : sizeMax;
  const marker = input.Marker;
  const start = typeof marker === 'string' && marker !== '' ? Number(marker) : 0;
  if (!Number.isInteger(start) || start < 0) return invalid('Invalid Marker');
  const end = start + size;
  return { ok: { [member]: items.slice(start, end), ...(end < items.length ? { NextMarker: String(end) } : {}) } };
}
