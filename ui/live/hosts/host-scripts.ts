// The hosts that a lesson can name, by what it calls them.
import type { HostScript } from '@/sim/services/internet/host';
import type { HostWish } from '../runtime-setup';
import { createPayments, PAYMENTS_ADDRESS } from './payments';

/** Scripts by address. An unknown name is the author's mistake and says so. */
export function hostScripts(wishes: readonly HostWish[]): Record<string, HostScript> {
  const scripts: Record<string, HostScript> = {};
  for (const wish of wishes) {
    const { name, ...weather } = typeof wish === 'string' ? { name: wish } : wish;
    if (name !== 'payments') throw new Error(`There is no host named ${name}. Hosts: payments.`);
    scripts[PAYMENTS_ADDRESS] = createPayments(weather) as unknown as HostScript;
  }
  return scripts;
}
