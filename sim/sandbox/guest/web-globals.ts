// Globals of the web platform that Node.js has and QuickJS has not.
import { GuestAbortController, GuestAbortSignal, GuestDOMException, GuestEvent, GuestEventTarget } from './abort';
import { BufferClass, fromBytes, toBytes } from './buffer';
import { wrongArgument } from './errors';
import { fetch, GuestRequest, GuestResponse } from './fetch';
import { GuestHeaders } from './headers';
import { defineGlobal } from './host';
import { installIntl } from './intl';
import { uncaught } from './lambda-runtime';
import { structuredClone } from './structured-clone';
import { GuestTextDecoder, GuestTextEncoder } from './text-coding';
import { GuestURL, GuestURLSearchParams } from './url';
import { webCrypto } from './web-crypto';

/** Classes show up under the names that the platform gives them. */
const CLASSES: Record<string, object> = {
  AbortController: GuestAbortController,
  AbortSignal: GuestAbortSignal,
  DOMException: GuestDOMException,
  Event: GuestEvent,
  EventTarget: GuestEventTarget,
  Headers: GuestHeaders,
  Request: GuestRequest,
  Response: GuestResponse,
  TextDecoder: GuestTextDecoder,
  TextEncoder: GuestTextEncoder,
  URL: GuestURL,
  URLSearchParams: GuestURLSearchParams,
  Buffer: BufferClass,
};

function atob(text: unknown): string {
  const clean = String(text).replace(/[\t\n\f\r ]/g, '');
  if (clean.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) {
    throw new GuestDOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  return fromBytes(toBytes(clean, 'base64'), 'latin1');
}

function btoa(text: unknown): string {
  const given = String(text);
  if ([...given].some((character) => character.charCodeAt(0) > 0xff))
    throw new GuestDOMException('Invalid character', 'InvalidCharacterError');
  return fromBytes(toBytes(given, 'latin1'), 'base64');
}

function queueMicrotask(callback: unknown): void {
  if (typeof callback !== 'function') throw wrongArgument('callback', 'of type function', callback);
  Promise.resolve().then(() => {
    try {
      callback();
    } catch (error) {
      uncaught(error);
    }
  });
}

export function installWebGlobals(): void {
  for (const [name, made] of Object.entries(CLASSES)) {
    Object.defineProperty(made, 'name', { value: name, configurable: true });
    defineGlobal(name, made);
  }
  for (const [name, value] of Object.entries({ atob, btoa, queueMicrotask, structuredClone, fetch, crypto: webCrypto }))
    defineGlobal(name, value);
  installIntl();
}
