// Which rule of the schema a failed statement broke. https://www.postgresql.org/docs/18/errcodes-appendix.html
import { Prisma } from '../../generated/prisma/client';

/** A row with the same unique value exists. */
export function isUniqueViolation(error: unknown): boolean {
  return isKnown(error, 'P2002', '23505');
}

/** The row that this one belongs to is gone. */
export function isForeignKeyViolation(error: unknown): boolean {
  return isKnown(error, 'P2003', '23503');
}

/** Two transactions waited for each other, or could not be ordered; the same command works when it is run again. */
export function isRetryable(error: unknown): boolean {
  return isKnown(error, 'P2034', '40001') || isKnown(error, 'P2034', '40P01');
}

function isKnown(error: unknown, prismaCode: string, sqlState: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === prismaCode) return true;
  // Raw statements fail with P2010; the SQLSTATE is in the adapter's error.
  return error.code === 'P2010' && JSON.stringify(error.meta ?? {}).includes(`"${sqlState}"`);
}
