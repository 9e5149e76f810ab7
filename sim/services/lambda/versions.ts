// Published versions: code and configuration that no longer change. LAM-VER-01 to LAM-VER-04, LAM-VER-X02.
// https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { checkRevision, configurationKey, invalid } from './function';
import { configurationView, listItem, stateView } from './function-view';
import { pageOf } from './paging';
import { LATEST, locateUnqualified } from './qualifier';
import { refuseWhileBusy } from './readiness';
import type { FunctionState, FunctionVersion, LambdaState } from './state';

/** A new version of $LATEST as it is; the last one when nothing changed since. */
export function publishFrom(fn: FunctionState, description: string, port: Port): FunctionVersion {
  const last = fn.versions[String(fn.nextVersion - 1)];
  if (last && fn.lastPublished === configurationKey(fn)) return last;
  const version = String(fn.nextVersion);
  emitLambda(port, 'lambda:VersionPublished', fn.arn, { version, description, revisionId: port.uuid() });
  return fn.versions[version] as FunctionVersion;
}

export function publishVersion(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  const { CodeSha256: codeSha256, Description: description, RevisionId: revisionId } = call.input;
  const refused = refuseWhileBusy(fn, port) ?? checkRevision(revisionId, fn.revisionId);
  if (refused) return refused;
  if (typeof codeSha256 === 'string' && codeSha256 !== '' && codeSha256 !== fn.codeSha256) {
    return invalid(
      `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${fn.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  if (typeof call.input.PublishTo === 'string') {
    return invalid('$LATEST.PUBLISHED is for functions with a capacity provider, which are not part of this simulator.');
  }
  const code = publishFrom(fn, typeof description === 'string' ? description : fn.description, port);
  return { ok: { ...configurationView(code, code.version), ...stateView(code, { now: port.now, lastInvokedAt: fn.lastInvokedAt }) } };
}

export function listVersionsByFunction(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  const published = Object.values(fn.versions).sort((a, b) => Number(a.version) - Number(b.version));
  return pageOf(call.input, 'Versions', [listItem(fn, LATEST), ...published.map((code) => listItem(code, code.version))]);
}
