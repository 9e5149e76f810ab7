// A queue with a function behind it in a lesson. The code is rendered with the page; the simulator is fetched when the reader first uses it.
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { tidySource } from '../tidy-source';
import { MappingIsland } from './mapping-island';
import type { QueueAndMappingProps } from './mapping-setup';

export function QueueAndMapping(props: QueueAndMappingProps) {
  const files = Object.fromEntries(Object.entries(props.files).map(([path, source]) => [path, tidySource(source)]));
  const [path = '', source = ''] = Object.entries(files)[0] ?? [];
  return (
    <MappingIsland {...props} files={files}>
      <CodeView code={source} language={languageOf(path)} />
    </MappingIsland>
  );
}
