// Keeps the learner's text: on the device with every key stroke, on the server a moment later, with the revision it is based on.
// Two texts that met are both kept until the learner has chosen.
import type { DraftApi, KeptCopy, SaveOutcome, ServerDraft } from './draft-api';
import type { DraftBackup } from './draft-backup';
import { type Files, sameFiles } from './lab-view';

export type DraftStatus = 'loading' | 'untouched' | 'unsaved' | 'saving' | 'saved' | 'offline' | 'failed' | 'conflict';

export interface DraftSnapshot {
  status: DraftStatus;
  files: Files;
  /** Counts texts that came from elsewhere than the editor, so that it knows to show them. */
  replaced: number;
  revision: number;
  savedAt: string | null;
  /** With `failed`: the server's sentence. */
  message: string | null;
  /** The device keeps a copy of what the server does not have yet. */
  backedUp: boolean;
  /** Text of an earlier visit that had not reached the server was brought back. */
  restored: boolean;
  /** The other text, with `conflict`. */
  other: ServerDraft | null;
  kept: KeptCopy[];
}

export interface DraftKeeperOptions {
  starter: Files;
  api: DraftApi;
  backup: DraftBackup;
  /** Returns how to cancel. */
  after(ms: number, act: () => void): () => void;
  now(): number;
}

/** A save waits for a pause in typing this long. */
const PAUSE_MS = 700;
const RETRY_FIRST_MS = 2000;
const RETRY_MAX_MS = 30_000;

export class DraftKeeper {
  private state: DraftSnapshot;
  private readonly listeners = new Set<() => void>();
  /** Null until the server has been read. */
  private base: number | null = null;
  private saving = false;
  private changes = 0;
  private retryMs = RETRY_FIRST_MS;
  private cancelTimer: () => void = () => undefined;
  private readonly deviceCopies = new Set<string>();

  constructor(private readonly options: DraftKeeperOptions) {
    this.state = {
      status: 'loading',
      files: options.starter,
      replaced: 0,
      revision: 0,
      savedAt: null,
      message: null,
      backedUp: true,
      restored: false,
      other: null,
      kept: [],
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): DraftSnapshot => this.state;

  async start(): Promise<void> {
    const [answer, orphans] = await Promise.all([this.options.api.read(), this.options.backup.orphans()]);
    const [newest, ...older] = orphans;
    this.adoptServer(answer);
    const others = older.filter(({ backup }) => !sameFiles(backup.files, this.state.files));
    for (const { key, backup } of others) {
      this.deviceCopies.add(key);
      this.set({ kept: [...this.state.kept, { id: key, files: backup.files, savedAt: new Date(backup.changedAt).toISOString() }] });
    }
    for (const { key } of older.filter(({ key }) => !this.deviceCopies.has(key))) this.options.backup.remove(key);
    if (!newest) return;
    const serverFiles = this.state.files;
    this.options.backup.remove(newest.key);
    if (sameFiles(newest.backup.files, serverFiles)) return;
    const server = answer?.draft ?? null;
    this.changes++;
    this.set({
      files: { ...this.options.starter, ...newest.backup.files },
      replaced: this.state.replaced + 1,
      restored: true,
      status: 'unsaved',
    });
    this.write();
    if (server && server.revision !== newest.backup.baseRevision) this.meet(server);
    else this.schedule(0);
  }

  edit(path: string, text: string): void {
    if (this.state.files[path] === text) return;
    this.changes++;
    this.set({ files: { ...this.state.files, [path]: text } });
    this.changed();
  }

  /** Takes whole texts from elsewhere: a reset, a kept copy, a submission. */
  replace(files: Files): void {
    this.changes++;
    this.set({ files: { ...this.state.files, ...files }, replaced: this.state.replaced + 1 });
    this.changed();
  }

  /** Ends a conflict: this text goes on top of the other. */
  resolve(files: Files): void {
    const { other } = this.state;
    if (!other) return;
    this.base = other.revision;
    this.changes++;
    this.set({
      files: { ...this.state.files, ...files },
      replaced: this.state.replaced + 1,
      other: null,
      revision: other.revision,
      status: 'unsaved',
    });
    this.write();
    this.schedule(0);
  }

  async discardKept(id: string): Promise<void> {
    if (this.deviceCopies.has(id)) this.options.backup.remove(id);
    else if (!(await this.options.api.discard(id))) return;
    this.set({ kept: this.state.kept.filter((copy) => copy.id !== id) });
  }

  /** Saves now what waits for a pause or for a connection. */
  saveNow(): void {
    if (this.isDirty()) this.schedule(0);
  }

  /** The page is being left: one last attempt that the browser may finish on its own. */
  leave(): void {
    if (!this.isDirty() || this.base === null || this.saving || this.state.status === 'conflict') return;
    void this.options.api.save(this.state.files, this.base, true);
  }

  stop(): void {
    this.cancelTimer();
    this.listeners.clear();
  }

  private isDirty(): boolean {
    return !['loading', 'untouched', 'saved', 'conflict'].includes(this.state.status);
  }

  private changed(): void {
    this.write();
    if (this.state.status === 'conflict') return;
    if (!this.saving) this.set({ status: this.state.status === 'offline' ? 'offline' : 'unsaved', message: null });
    this.schedule(PAUSE_MS);
  }

  private write(): void {
    const backedUp = this.options.backup.write({ files: this.state.files, baseRevision: this.base, changedAt: this.options.now() });
    this.set({ backedUp });
  }

  private schedule(ms: number): void {
    this.cancelTimer();
    this.cancelTimer = this.options.after(ms, () => void this.save());
  }

  private adoptServer(answer: Awaited<ReturnType<DraftApi['read']>>): void {
    if (!answer) {
      this.set({ status: 'offline' });
      this.schedule(RETRY_FIRST_MS);
      return;
    }
    const { draft, conflicts } = answer;
    this.base = draft?.revision ?? 0;
    const files = draft ? { ...this.options.starter, ...draft.files } : this.state.files;
    const replaced = sameFiles(files, this.state.files) ? this.state.replaced : this.state.replaced + 1;
    this.set({
      status: draft ? 'saved' : 'untouched',
      files,
      replaced,
      revision: this.base,
      savedAt: draft?.savedAt ?? null,
      kept: conflicts,
    });
  }

  private async save(): Promise<void> {
    if (this.saving || this.state.status === 'conflict') return;
    if (this.base === null && !(await this.readLate())) return;
    const { files } = this.state;
    const changes = this.changes;
    this.saving = true;
    this.set({ status: 'saving' });
    const result = await this.options.api.save(files, this.base ?? 0);
    this.saving = false;
    this.take(result, files, changes);
  }

  /** The server could not be read at the start. True when there is something to save. */
  private async readLate(): Promise<boolean> {
    const answer = await this.options.api.read();
    if (!answer) {
      this.goOffline();
      return false;
    }
    const mine = this.state.files;
    const isMine = this.changes > 0;
    if (!isMine || !answer.draft || sameFiles({ ...this.options.starter, ...answer.draft.files }, mine)) {
      if (!isMine) this.adoptServer(answer);
      else this.base = answer.draft?.revision ?? 0;
      return isMine;
    }
    this.set({ kept: answer.conflicts });
    this.meet(answer.draft);
    return false;
  }

  private take(result: SaveOutcome, sent: Files, changes: number): void {
    const isLatest = changes === this.changes;
    switch (result.outcome) {
      case 'saved':
        this.saved(result.revision, result.savedAt, isLatest);
        return;
      case 'stale':
        // The answer to an earlier save was lost on the way: what the server has is what was sent.
        if (sameFiles(result.current.files, sent)) {
          if (result.keptId !== null) void this.options.api.discard(result.keptId);
          this.saved(result.current.revision, result.current.savedAt, isLatest);
          return;
        }
        if (result.keptId !== null && !this.state.kept.some((copy) => copy.id === result.keptId)) {
          this.set({ kept: [{ id: result.keptId, files: sent, savedAt: new Date(this.options.now()).toISOString() }, ...this.state.kept] });
        }
        this.meet(result.current);
        return;
      case 'offline':
        this.goOffline();
        return;
      case 'refused':
        this.set({ status: 'failed', message: result.message });
        if (result.retryMs !== null) this.schedule(result.retryMs);
        return;
    }
  }

  private saved(revision: number, savedAt: string, isLatest: boolean): void {
    this.base = revision;
    this.retryMs = RETRY_FIRST_MS;
    this.set({
      status: isLatest ? 'saved' : 'unsaved',
      revision,
      savedAt,
      message: null,
      restored: isLatest ? false : this.state.restored,
    });
    if (isLatest) this.options.backup.clear();
    else this.schedule(PAUSE_MS);
  }

  private goOffline(): void {
    this.set({ status: 'offline' });
    this.schedule(this.retryMs);
    this.retryMs = Math.min(RETRY_MAX_MS, this.retryMs * 2);
  }

  private meet(other: ServerDraft): void {
    this.cancelTimer();
    const files = { ...this.options.starter, ...other.files };
    this.set({ status: 'conflict', other: { ...other, files }, message: null });
  }

  private set(change: Partial<DraftSnapshot>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
