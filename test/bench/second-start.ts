// A second `npm start` on a tree in which nothing changed: from the command to the address that it prints. Builds first if it must.
import { createDataFolder, removeDataFolder, startSite } from '../site';

const RUNS = 5;
const data = createDataFolder();
try {
  await (await startSite({ data })).stop();
  const timesMs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now();
    const site = await startSite({ data });
    timesMs.push(performance.now() - from);
    await site.stop();
  }
  timesMs.sort((a, b) => a - b);
  const [median = Number.NaN, slowest = Number.NaN] = [timesMs[Math.floor(RUNS / 2)], timesMs.at(-1)];
  console.log(`second start: median ${(median / 1000).toFixed(2)} s of ${RUNS}, slowest ${(slowest / 1000).toFixed(2)} s`);
} finally {
  removeDataFolder(data);
}
