// What a command refused with, for tests: fails when it did not refuse.
import { Refusal } from '../server/refusal';

export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('The command was carried out; a refusal was expected.');
}
