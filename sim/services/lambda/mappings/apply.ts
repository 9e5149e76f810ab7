// The fold: what facts of event source mappings do to them.
import type { Fact } from '../../../kernel/fact';
import type { LambdaState } from '../state';
import type { MappingFacts } from './facts';
import { type Mapping, startOf } from './mapping';

type Fold<T extends keyof MappingFacts> = (mapping: Mapping, data: MappingFacts[T], fact: Fact, state: LambdaState) => void;

const FOLDS: { [T in keyof MappingFacts]?: Fold<T> } = {
  'lambda:EventSourceMappingUpdated': (mapping, { status }, { at }) => {
    mapping.status = status;
    mapping.modifiedAt = at;
  },
  'lambda:EventSourceMappingSettled': (mapping, { status, configuration }, { at }) => {
    const wasEnabled = mapping.isPolling || mapping.active > 0;
    // Tags may have been set while the change was on its way.
    Object.assign(mapping, configuration, { status, modifiedAt: at, tags: mapping.tags });
    mapping.concurrencyLimit = wasEnabled ? Math.min(mapping.concurrencyLimit, startOf(mapping)) : startOf(mapping);
    if (status === 'Enabled') mapping.isPolling = true;
    if (status === 'Disabled') mapping.isPolling = false;
  },
  'lambda:EventSourceMappingTagsSet': (mapping, { tags }) => {
    mapping.tags = tags;
  },
  'lambda:EventSourceMappingDeleted': (_mapping, { uuid }, _fact, state) => {
    delete state.mappings[uuid];
  },
  'lambda:EventSourcePollFailed': (mapping, { errorCode, errorMessage }) => {
    mapping.pollError = `${errorCode}: ${errorMessage}`;
  },
  'lambda:EventSourcePollRecovered': (mapping) => {
    mapping.pollError = null;
  },
  'lambda:BatchStarted': (mapping, { polls }) => {
    mapping.active++;
    mapping.isPolling = polls;
  },
  'lambda:BatchPutOff': (mapping, { concurrencyLimit }) => {
    mapping.concurrencyLimit = concurrencyLimit;
  },
  'lambda:BatchEnded': (mapping, { concurrencyLimit, polls }) => {
    mapping.active--;
    mapping.concurrencyLimit = concurrencyLimit;
    mapping.isPolling = polls;
  },
  'lambda:EventSourceMappingScaled': (mapping, { to, polls }) => {
    mapping.concurrencyLimit = to;
    mapping.isPolling = polls;
  },
};

export function applyMapping(state: LambdaState, fact: Fact): void {
  if (fact.type === 'lambda:EventSourceMappingCreated') {
    const { isEnabled: _isEnabled, ...configuration } = fact.data as unknown as MappingFacts['lambda:EventSourceMappingCreated'];
    state.mappings[configuration.uuid] = {
      ...configuration,
      arn: fact.resource,
      status: 'Creating',
      modifiedAt: fact.at,
      concurrencyLimit: startOf(configuration),
      active: 0,
      isPolling: false,
      pollError: null,
    };
    return;
  }
  const fold = FOLDS[fact.type as keyof MappingFacts] as Fold<keyof MappingFacts> | undefined;
  if (!fold) return;
  const mapping = state.mappings[uuidOf(fact.resource)];
  if (mapping) fold(mapping, fact.data as never, fact, state);
}

/** `arn:aws:lambda:<region>:<account>:event-source-mapping:<uuid>` */
export function uuidOf(mappingArn: string): string {
  return mappingArn.slice(mappingArn.lastIndexOf(':') + 1);
}
