// A function with versions and an alias in a lesson. The code is rendered with the page; the simulator is fetched when the reader first uses it.
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { tidyVersions } from './tidy-versions';
import { VersionsIsland } from './versions-island';
import type { VersionsAndAliasesProps } from './versions-setup';

export function VersionsAndAliases(props: VersionsAndAliasesProps) {
  const tidied = tidyVersions(props);
  const [path = '', source = ''] = Object.entries(tidied.files)[0] ?? [];
  return (
    <VersionsIsland {...tidied}>
      <CodeView code={source} language={languageOf(path)} />
    </VersionsIsland>
  );
}
