// Collects what the guest does in one slice, within the limits on lines, records and text.
import {
  LOG_CHARS_PER_SLICE_MAX,
  LOG_LINE_CHARS_MAX,
  LOG_LINES_PER_SLICE_MAX,
  OUTPUT_CHARS_PER_SLICE_MAX,
  OUTPUTS_PER_SLICE_MAX,
} from './limits';
import { correctPositions, type PositionSource } from './positions';
import type { LogLevel, SandboxOutput } from './sandbox';

export class SliceOutputs {
  readonly list: SandboxOutput[] = [];
  private logLines = 0;
  private logChars = 0;
  private records = 0;
  private chars = 0;

  log(atMs: number, level: LogLevel, text: string, source: PositionSource): void {
    if (this.logLines > LOG_LINES_PER_SLICE_MAX || this.logChars > LOG_CHARS_PER_SLICE_MAX) return;
    const cut = text.length > LOG_LINE_CHARS_MAX;
    const kept = correctPositions(cut ? text.slice(0, LOG_LINE_CHARS_MAX) : text, source);
    const shown = cut ? `${kept}… (cut after ${LOG_LINE_CHARS_MAX} characters)` : kept;
    this.logLines++;
    this.logChars += shown.length;
    this.list.push({ type: 'log', atMs, level, text: shown });
    if (this.logLines > LOG_LINES_PER_SLICE_MAX || this.logChars > LOG_CHARS_PER_SLICE_MAX) {
      const text = `More than ${LOG_LINES_PER_SLICE_MAX} lines or ${LOG_CHARS_PER_SLICE_MAX} characters were logged without a pause: the rest is left out.`;
      this.list.push({ type: 'log', atMs, level: 'WARN', text });
    }
  }

  /** False when the slice has produced more than it may. */
  add(output: SandboxOutput, chars = 0): boolean {
    this.records++;
    this.chars += chars;
    if (this.records > OUTPUTS_PER_SLICE_MAX || this.chars > OUTPUT_CHARS_PER_SLICE_MAX) {
      const text = `More than ${OUTPUTS_PER_SLICE_MAX} requests and timers, or ${OUTPUT_CHARS_PER_SLICE_MAX} characters in them, without a pause: the process is ended.`;
      this.list.push({ type: 'log', atMs: output.atMs, level: 'ERROR', text });
      return false;
    }
    this.list.push(output);
    return true;
  }
}
