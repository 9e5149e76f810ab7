import { handleAccount } from '@/server/session/handle-account';

export { handleAccount as GET, handleAccount as POST };
