// What the web process does besides answering: it notes where requests come from, grades, and stops in order.
import { stateFolder } from './database/connection';
import { parseProxies, recordClientAddresses } from './http/address';
import { siteOrigin } from './http/origin';
import { readSecret } from './session/secret';
import { endStreams } from './submission/streams';

const stopMaxMs = 4_000;

export async function startProcess(): Promise<void> {
  try {
    // Wrong settings are told when the site starts, not with the first request.
    siteOrigin(process.env);
    readSecret(stateFolder(), process.env);
    recordClientAddresses(parseProxies(process.env.TRUST_PROXY));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const stopGrader = process.env.GRADER === 'off' ? null : await startGraderOfSite();
  beforeStop(async () => {
    endStreams();
    await stopGrader?.();
  });
}

/** Returns the function that stops it, or null when there is no grader. */
async function startGraderOfSite(): Promise<(() => Promise<void>) | null> {
  const { startGrader } = await import('./grading/start');
  try {
    const grader = await startGrader((line) => console.log(line));
    return () => grader.stop();
  } catch (error) {
    // The site still teaches and stores; submissions wait in the queue until a grader runs.
    console.error(`Submissions wait: no grader runs in this process. ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/**
 * Next closes its server on these signals and then ends the process at once, so what must be done before goes before Next's handlers:
 * streams that would hold the server open are ended, and submissions in work go back to the queue.
 */
function beforeStop(work: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const others = process.listeners(signal);
    process.removeAllListeners(signal);
    process.once(signal, () => {
      const timeout = new Promise<void>((resolve) => setTimeout(resolve, stopMaxMs).unref());
      void Promise.race([work().catch((error: unknown) => console.error(error)), timeout]).then(() => {
        for (const handler of others) handler(signal);
        if (others.length === 0) process.exit(signal === 'SIGTERM' ? 143 : 130);
      });
    });
  }
}
