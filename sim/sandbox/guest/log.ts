// Log lines leave here, whatever wrote them.
import { host, stringify } from './host';

export function writeLog(level: string, text: string): void {
  host.log(level, stringify(text));
}
