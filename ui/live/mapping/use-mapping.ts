// The state of one live queue: the learner's code, messages and settings, the latest run of them, and the cursor.
import { useState } from 'react';
import { runtimeEngine } from '../runtime-engine';
import { type RunView, useRun } from '../use-run';
import { bodiesIn, type MappingSettings, mappingSettingsOf, type QueueAndMappingProps } from './mapping-setup';

export interface MappingState extends RunView {
  files: Record<string, string>;
  setFile(path: string, source: string): void;
  messagesText: string;
  setMessagesText(text: string): void;
  settings: MappingSettings;
  setSettings(settings: MappingSettings): void;
}

/** The same seed every time: a run changes only when the learner changes something. */
const SEED = 7;

function readBodies(text: string): string[] {
  try {
    return bodiesIn(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new Error(`The messages cannot be read (${reason}). Correct them under Messages to send and run again.`);
  }
}

export function useMapping(props: QueueAndMappingProps): MappingState {
  const printed = `[\n${props.messages.map((message) => `  ${JSON.stringify(message)}`).join(',\n')}\n]`;
  const [files, setFiles] = useState(props.files);
  const [messagesText, setMessagesText] = useState(printed);
  const [settings, setSettings] = useState(() => mappingSettingsOf(props));
  const view = useRun({
    engine: runtimeEngine,
    signature: JSON.stringify([files, messagesText, settings]),
    jobOf: () => ({
      ...settings,
      files,
      handler: props.handler,
      queueName: props.queue ?? 'orders',
      bodies: readBodies(messagesText),
      seed: SEED,
    }),
  });
  return {
    ...view,
    files,
    setFile: (path, source) => setFiles({ ...files, [path]: source }),
    messagesText,
    setMessagesText,
    settings,
    setSettings,
    reset: () => {
      view.reset();
      setFiles(props.files);
      setMessagesText(printed);
      setSettings(mappingSettingsOf(props));
    },
  };
}
