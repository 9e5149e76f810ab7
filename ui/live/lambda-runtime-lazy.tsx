// A live Lambda runtime in a lesson. The code is rendered with the page; the simulator is fetched when the reader first uses it.
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { LambdaRuntimeIsland } from './lambda-runtime-island';
import type { LambdaRuntimeProps } from './runtime-setup';
import { tidySource } from './tidy-source';

export function LambdaRuntime(props: LambdaRuntimeProps) {
  const files = Object.fromEntries(Object.entries(props.files).map(([path, source]) => [path, tidySource(source)]));
  const [path = '', source = ''] = Object.entries(files)[0] ?? [];
  return (
    <LambdaRuntimeIsland {...props} files={files}>
      <CodeView code={source} language={languageOf(path)} />
    </LambdaRuntimeIsland>
  );
}
