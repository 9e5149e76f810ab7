// The sources of a live function with versions without the indentation of the lesson's markup, the earlier ones too.
import { tidySource } from '../tidy-source';
import type { VersionsAndAliasesProps } from './versions-setup';

export function tidyVersions(props: VersionsAndAliasesProps): VersionsAndAliasesProps {
  const tidy = (files: Record<string, string>) => Object.fromEntries(Object.entries(files).map(([path, text]) => [path, tidySource(text)]));
  const before = (props.before ?? []).map((step) => (step.do === 'update' ? { ...step, files: tidy(step.files) } : step));
  return { ...props, files: tidy(props.files), before };
}
