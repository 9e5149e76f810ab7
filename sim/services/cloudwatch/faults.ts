// How CloudWatch refuses. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html
import { clientFault, type Fault } from '../../kernel/call';

type Refusal = { fault: Fault };

export const missing = (name: string): Refusal => clientFault('MissingParameter', `The parameter ${name} is required.`);
export const invalidValue = (message: string): Refusal => clientFault('InvalidParameterValue', message);
export const invalidCombination = (message: string): Refusal => clientFault('InvalidParameterCombination', message);
export const validationError = (message: string): Refusal => clientFault('ValidationError', message);
export const notFound = (message: string): Refusal => clientFault('ResourceNotFound', message, 404);
