import { describe, expect, it } from 'vitest';
import type { DraftApi, SaveOutcome, ServerDraft } from './draft-api';
import type { Backup, DraftBackup } from './draft-backup';
import { DraftKeeper } from './draft-keeper';
import type { Files } from './lab-view';

const STARTER = { 'a.mjs': 'start', 't.yaml': 'T' };

/** A server that behaves as app/api does, a device, and a clock that is wound by hand. */
function createDesk(options: { draft?: ServerDraft | null; backups?: Record<string, Backup> } = {}) {
  const desk = {
    draft: options.draft ?? null,
    online: true,
    backups: { ...options.backups } as Record<string, Backup>,
    storage: true,
    saves: [] as Files[],
    kept: 0,
    loseNextAnswer: false,
    refuseNext: null as SaveOutcome | null,
    timers: [] as { at: number; act: () => void }[],
    now: 0,
  };
  const api: DraftApi = {
    read: async () => (desk.online ? { draft: desk.draft, conflicts: [] } : null),
    save: async (files, baseRevision) => {
      if (!desk.online) return { outcome: 'offline' };
      if (desk.refuseNext) {
        const refusal = desk.refuseNext;
        desk.refuseNext = null;
        return refusal;
      }
      desk.saves.push(files);
      if (desk.draft && desk.draft.revision !== baseRevision)
        return { outcome: 'stale', current: desk.draft, keptId: `kept-${++desk.kept}` };
      desk.draft = { files, revision: baseRevision + 1, savedAt: '2026-11-02T10:00:00.000Z' };
      if (!desk.loseNextAnswer) return { outcome: 'saved', revision: desk.draft.revision, savedAt: desk.draft.savedAt };
      desk.loseNextAnswer = false;
      return { outcome: 'offline' };
    },
    discard: async () => desk.online,
  };
  const backup: DraftBackup = {
    write: (text) => {
      if (desk.storage) desk.backups.own = text;
      return desk.storage;
    },
    clear: () => {
      delete desk.backups.own;
    },
    orphans: async () =>
      Object.entries(desk.backups)
        .map(([key, text]) => ({ key, backup: text }))
        .sort((a, b) => b.backup.changedAt - a.backup.changedAt),
    remove: (key) => {
      delete desk.backups[key];
    },
  };
  const after = (ms: number, act: () => void) => {
    const timer = { at: desk.now + ms, act };
    desk.timers.push(timer);
    return () => {
      desk.timers = desk.timers.filter((other) => other !== timer);
    };
  };
  const keeper = new DraftKeeper({ starter: STARTER, api, backup, after, now: () => desk.now });
  const wind = async (ms: number) => {
    desk.now += ms;
    for (;;) {
      const due = desk.timers.filter((timer) => timer.at <= desk.now);
      desk.timers = desk.timers.filter((timer) => timer.at > desk.now);
      if (due.length === 0) break;
      for (const timer of due) timer.act();
      await settle();
    }
  };
  return { desk, keeper, wind, state: () => keeper.snapshot() };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function serverDraft(text: string, revision: number): ServerDraft {
  return { files: { ...STARTER, 'a.mjs': text }, revision, savedAt: '2026-11-01T08:00:00.000Z' };
}

describe('a draft', () => {
  it('starts with the starter and saves nothing by itself', async () => {
    const { desk, keeper, wind, state } = createDesk();
    await keeper.start();
    await wind(60_000);
    expect([state().status, state().files, desk.saves]).toEqual(['untouched', STARTER, []]);
  });

  it('is saved once, after a pause in typing, on top of what was read', async () => {
    const { desk, keeper, wind, state } = createDesk({ draft: serverDraft('server', 4) });
    await keeper.start();
    expect([state().status, state().revision, state().files['a.mjs']]).toEqual(['saved', 4, 'server']);
    for (const text of ['s1', 's12', 's123']) {
      keeper.edit('a.mjs', text);
      await wind(100);
    }
    expect([state().status, desk.saves.length]).toEqual(['unsaved', 0]);
    await wind(700);
    expect([state().status, state().revision, desk.draft?.files['a.mjs'], desk.saves.length]).toEqual(['saved', 5, 's123', 1]);
  });

  it('saves again what was typed during a save', async () => {
    const { desk, keeper, wind, state } = createDesk();
    await keeper.start();
    keeper.edit('a.mjs', 'one');
    const winding = wind(700);
    keeper.edit('a.mjs', 'two');
    await winding;
    await wind(1400);
    expect([state().status, desk.draft?.files['a.mjs'], desk.draft?.revision]).toEqual(['saved', 'two', 2]);
  });

  it('is kept on the device until the server has it', async () => {
    const { desk, keeper, wind } = createDesk();
    await keeper.start();
    keeper.edit('a.mjs', 'typed');
    expect(desk.backups.own?.files['a.mjs']).toBe('typed');
    await wind(700);
    expect(desk.backups).toEqual({});
  });

  it('says when the device keeps no copy', async () => {
    const { desk, keeper, state } = createDesk();
    desk.storage = false;
    await keeper.start();
    keeper.edit('a.mjs', 'typed');
    expect(state().backedUp).toBe(false);
  });
});

describe('without a connection', () => {
  it('tries again until it comes back', async () => {
    const { desk, keeper, wind, state } = createDesk();
    await keeper.start();
    desk.online = false;
    keeper.edit('a.mjs', 'typed');
    await wind(700);
    expect(state().status).toBe('offline');
    keeper.edit('a.mjs', 'typed more');
    expect(state().status).toBe('offline');
    desk.online = true;
    await wind(30_000);
    expect([state().status, desk.draft?.files['a.mjs']]).toEqual(['saved', 'typed more']);
  });

  it('takes the answer to a save that was lost on the way for what it is', async () => {
    const { desk, keeper, wind, state } = createDesk();
    await keeper.start();
    desk.loseNextAnswer = true;
    keeper.edit('a.mjs', 'typed');
    await wind(700);
    await wind(2000);
    expect([state().status, state().revision, state().other]).toEqual(['saved', 1, null]);
  });

  it('from the start, shows the starter, then what the server has', async () => {
    const { desk, keeper, wind, state } = createDesk({ draft: serverDraft('server', 2) });
    desk.online = false;
    await keeper.start();
    expect([state().status, state().files]).toEqual(['offline', STARTER]);
    desk.online = true;
    await wind(2000);
    expect([state().status, state().files['a.mjs'], desk.saves]).toEqual(['saved', 'server', []]);
  });

  it('from the start, does not lay what is typed over what the server has', async () => {
    const { desk, keeper, wind, state } = createDesk({ draft: serverDraft('server', 2) });
    desk.online = false;
    await keeper.start();
    keeper.edit('a.mjs', 'typed');
    desk.online = true;
    await wind(60_000);
    expect([state().status, state().files['a.mjs'], state().other?.files['a.mjs'], desk.saves]).toEqual([
      'conflict',
      'typed',
      'server',
      [],
    ]);
  });
});

describe('two texts', () => {
  it('are both kept when another window saved first, and nothing more is sent', async () => {
    const { desk, keeper, wind, state } = createDesk({ draft: serverDraft('server', 1) });
    await keeper.start();
    desk.draft = serverDraft('other window', 2);
    keeper.edit('a.mjs', 'mine');
    await wind(700);
    expect([state().status, state().files['a.mjs'], state().other?.files['a.mjs']]).toEqual(['conflict', 'mine', 'other window']);
    expect(state().kept).toMatchObject([{ id: 'kept-1', files: { 'a.mjs': 'mine' } }]);
    keeper.edit('a.mjs', 'mine, longer');
    await wind(60_000);
    expect([desk.saves.length, desk.backups.own?.files['a.mjs']]).toEqual([1, 'mine, longer']);
  });

  it('become one on top of the other when the learner has chosen', async () => {
    const { desk, keeper, wind, state } = createDesk({ draft: serverDraft('server', 1) });
    await keeper.start();
    desk.draft = serverDraft('other window', 2);
    keeper.edit('a.mjs', 'mine');
    await wind(700);
    keeper.resolve({ 'a.mjs': 'mine and other' });
    await wind(0);
    expect([state().status, state().revision, desk.draft?.files['a.mjs']]).toEqual(['saved', 3, 'mine and other']);
  });
});

describe('a text that an earlier visit left on the device', () => {
  const left = (text: string, baseRevision: number | null, changedAt = 1): Backup => ({
    files: { ...STARTER, 'a.mjs': text },
    baseRevision,
    changedAt,
  });

  it('is brought back and saved when the server still has what it was based on', async () => {
    const { desk, keeper, wind, state } = createDesk({ draft: serverDraft('server', 3), backups: { tab1: left('unsaved', 3) } });
    await keeper.start();
    expect([state().status, state().restored, state().files['a.mjs']]).toEqual(['unsaved', true, 'unsaved']);
    await wind(0);
    expect([state().status, desk.draft?.files['a.mjs'], desk.backups]).toEqual(['saved', 'unsaved', {}]);
  });

  it('meets what was saved elsewhere since', async () => {
    const { keeper, state } = createDesk({ draft: serverDraft('server', 5), backups: { tab1: left('unsaved', 3) } });
    await keeper.start();
    expect([state().status, state().files['a.mjs'], state().other?.files['a.mjs']]).toEqual(['conflict', 'unsaved', 'server']);
  });

  it('is dropped when the server has it already', async () => {
    const { desk, keeper, state } = createDesk({ draft: serverDraft('server', 5), backups: { tab1: left('server', 4) } });
    await keeper.start();
    expect([state().status, desk.backups]).toEqual(['saved', {}]);
  });

  it('stands beside a newer one until it is thrown away', async () => {
    const { desk, keeper, state } = createDesk({
      draft: serverDraft('server', 3),
      backups: { tab1: left('newer', 3, 9), tab2: left('older', 3, 1) },
    });
    await keeper.start();
    expect(state().kept.map((copy) => copy.files['a.mjs'])).toEqual(['older']);
    await keeper.discardKept('tab2');
    expect([state().kept, Object.keys(desk.backups)]).toEqual([[], ['own']]);
  });
});

describe('a save that the server refuses', () => {
  it('shows the sentence and is tried again when that makes sense', async () => {
    const { desk, keeper, wind, state } = createDesk();
    await keeper.start();
    desk.refuseNext = { outcome: 'refused', message: 'Too many saves. Wait a minute.', retryMs: 10_000 };
    keeper.edit('a.mjs', 'typed');
    await wind(700);
    expect([state().status, state().message]).toEqual(['failed', 'Too many saves. Wait a minute.']);
    await wind(10_000);
    expect(state().status).toBe('saved');
  });

  it('is tried again after the next change when trying alone would not help', async () => {
    const { desk, keeper, wind, state } = createDesk();
    await keeper.start();
    desk.refuseNext = { outcome: 'refused', message: 'The text is too large.', retryMs: null };
    keeper.edit('a.mjs', 'typed');
    await wind(60_000);
    expect([state().status, desk.saves.length]).toEqual(['failed', 0]);
    keeper.edit('a.mjs', 'shorter');
    await wind(700);
    expect(state().status).toBe('saved');
  });
});
