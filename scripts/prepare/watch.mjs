// While an author works: lessons, labs and the grader's code are generated and bundled anew when they are saved.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../server/database/problem.mjs';
import { bundleGrader } from './built.mjs';
import { ensureGenerated } from './generate.mjs';

const watched = ['content', 'labs', 'grading', 'sim', 'server'];
/** Editors write a file in several steps. */
const quietMs = 200;

/**
 * @param {string} root
 * @param {(sentence: string) => void} say
 * @returns {() => void} ends the watching
 */
export function watchSources(root, say) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** Runs follow each other. @type {Promise<void>} */
  let last = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(() => refresh(root, say));
    }, quietMs);
  };
  const watchers = watched.map((folder) => watch(join(root, folder), { recursive: true }, changed));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** @param {string} root @param {(sentence: string) => void} say */
async function refresh(root, say) {
  try {
    await ensureGenerated(root, say);
    await bundleGrader(root);
  } catch (error) {
    // The author corrects the file and saves again; the site goes on with what it had.
    console.error(error instanceof Problem ? error.message : error);
  }
}
