// What IAM's names, paths and documents may look like. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
import { Arguments as CallArguments, type TextRule } from '../../kernel/arguments';
import type { Tag } from './state';

export const NAME: TextRule = { min: 1, max: 64, pattern: '[\\w+=,.@-]+' };
export const LONG_NAME: TextRule = { min: 1, max: 128, pattern: '[\\w+=,.@-]+' };
export const PATH: TextRule = { min: 1, max: 512, pattern: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)' };
export const DOCUMENT: TextRule = { min: 1, max: 131_072 };
export const ARN: TextRule = { min: 20, max: 2048 };
export const DESCRIPTION: TextRule = { max: 1000 };
/** IAM and STS quotas: at most 50 tags an identity. */
const TAGS_MAX = 50;

export class Arguments extends CallArguments {
  tags(): Tag[] {
    const value = this.input.Tags;
    if (!Array.isArray(value)) return [];
    if (value.length > TAGS_MAX) this.refuse(`'${value.length} tags'`, 'tags', `Member must have length less than or equal to ${TAGS_MAX}`);
    return value.map((tag) => {
      const { Key = '', Value = '' } = tag as unknown as Partial<Tag>;
      return { Key: String(Key), Value: String(Value) };
    });
  }
}
