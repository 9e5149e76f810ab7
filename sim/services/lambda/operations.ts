// Lambda's operations that need nothing but its state. https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
import type { Service } from '../../kernel/service';
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases';
import { deleteFunctionConcurrency, getAccountSettings, getFunctionConcurrency, putFunctionConcurrency } from './concurrency-settings';
import { deleteFunctionEventInvokeConfig, getFunctionEventInvokeConfig, listFunctionEventInvokeConfigs } from './event-invoke-config';
import {
  createFunctionUrlConfig,
  deleteFunctionUrlConfig,
  getFunctionUrlConfig,
  listFunctionUrlConfigs,
  updateFunctionUrlConfig,
} from './function-urls';
import { getFunction, getFunctionConfiguration, listFunctions } from './functions';
import { addLayerVersionPermission, getLayerVersionPolicy, removeLayerVersionPermission } from './layer-permissions';
import { deleteLayerVersion, getLayerVersion, listLayers, listLayerVersions, publishLayerVersion } from './layers';
import { orOfMapping } from './mappings/tags';
import { addPermission, getPolicy, removePermission } from './permissions';
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from './provisioned';
import { getFunctionRecursionConfig, putFunctionRecursionConfig } from './recursion';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './resource-policy';
import type { LambdaState } from './state';
import { listTags, tagResource, untagResource } from './tags';
import { listVersionsByFunction, publishVersion } from './versions';

export const OPERATIONS: Service<LambdaState>['actions'] = {
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  ListFunctions: listFunctions,
  PublishVersion: publishVersion,
  ListVersionsByFunction: listVersionsByFunction,
  CreateAlias: createAlias,
  UpdateAlias: updateAlias,
  GetAlias: getAlias,
  ListAliases: listAliases,
  DeleteAlias: deleteAlias,
  GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
  ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
  DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
  AddPermission: addPermission,
  RemovePermission: removePermission,
  GetPolicy: getPolicy,
  PutResourcePolicy: putResourcePolicy,
  GetResourcePolicy: getResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
  PutFunctionConcurrency: putFunctionConcurrency,
  GetFunctionConcurrency: getFunctionConcurrency,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
  GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
  ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
  DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
  CreateFunctionUrlConfig: createFunctionUrlConfig,
  UpdateFunctionUrlConfig: updateFunctionUrlConfig,
  GetFunctionUrlConfig: getFunctionUrlConfig,
  ListFunctionUrlConfigs: listFunctionUrlConfigs,
  DeleteFunctionUrlConfig: deleteFunctionUrlConfig,
  PutFunctionRecursionConfig: putFunctionRecursionConfig,
  GetFunctionRecursionConfig: getFunctionRecursionConfig,
  GetAccountSettings: getAccountSettings,
  TagResource: orOfMapping('TagResource', tagResource),
  UntagResource: orOfMapping('UntagResource', untagResource),
  ListTags: orOfMapping('ListTags', listTags),
  ListLayers: listLayers,
  ListLayerVersions: listLayerVersions,
  PublishLayerVersion: publishLayerVersion,
  GetLayerVersion: getLayerVersion,
  DeleteLayerVersion: deleteLayerVersion,
  AddLayerVersionPermission: addLayerVersionPermission,
  RemoveLayerVersionPermission: removeLayerVersionPermission,
  GetLayerVersionPolicy: getLayerVersionPolicy,
};
