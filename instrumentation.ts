// Runs once when the web process starts, before the first request. https://nextjs.org/docs/app/guides/instrumentation

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startProcess } = await import('./server/process');
  await startProcess();
}
