// Update expressions as they will be carried out. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
import type { AttributeValue } from '../attribute-value';
import type { DocumentPath } from './document-path';

export type Operand =
  | { path: DocumentPath }
  | { value: AttributeValue }
  | { ifNotExists: DocumentPath; otherwise: Operand }
  | { append: [Operand, Operand] };

export type Assigned = Operand | { operator: '+' | '-'; left: Operand; right: Operand };

export type UpdateAction =
  | { kind: 'SET'; path: DocumentPath; to: Assigned }
  | { kind: 'REMOVE'; path: DocumentPath }
  | { kind: 'ADD' | 'DELETE'; path: DocumentPath; value: AttributeValue };
