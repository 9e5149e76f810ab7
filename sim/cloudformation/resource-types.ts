// The resource types that a template may hold. Events and functions of SAM are expanded into these first.
import type { ResourceType } from './resource-type';
import { DYNAMODB_TYPES } from './types/dynamodb';
import { EVENTS_TYPES } from './types/events';
import { IAM_TYPES } from './types/iam';
import { KMS_TYPES } from './types/kms';
import { LAMBDA_TYPES } from './types/lambda';
import { LOGS_TYPES } from './types/logs';
import { SNS_TYPES } from './types/sns';
import { SQS_TYPES } from './types/sqs';

export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  ...IAM_TYPES,
  ...LAMBDA_TYPES,
  ...SQS_TYPES,
  ...SNS_TYPES,
  ...EVENTS_TYPES,
  ...DYNAMODB_TYPES,
  ...KMS_TYPES,
  ...LOGS_TYPES,
};
