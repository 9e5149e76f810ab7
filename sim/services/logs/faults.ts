// How CloudWatch Logs refuses. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html
import { clientFault, type Fault } from '../../kernel/call';

type Refusal = { fault: Fault };

export const invalid = (message: string): Refusal => clientFault('InvalidParameterException', message);
export const alreadyExists = (what: string): Refusal =>
  clientFault('ResourceAlreadyExistsException', `The specified ${what} already exists`);
export const notFound = (what: string): Refusal => clientFault('ResourceNotFoundException', `The specified ${what} does not exist.`);
export const limitExceeded = (message = 'Resource limit exceeded.'): Refusal => clientFault('LimitExceededException', message);
