// Layers: there are none. https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html
// Simplified: a function's own files are all it has; AWS puts up to five layers under /opt. LAM-ENV-X02.
import type { Reply } from '../../kernel/call';
import { invalid } from './function';

export function listLayers(): Reply {
  return { ok: { Layers: [] } };
}

export function listLayerVersions(): Reply {
  return { ok: { LayerVersions: [] } };
}

export function refuseLayers(): Reply {
  return invalid('Layers are not part of this simulator: put the files into the function itself.');
}
