// The mark: an environment on a lane, cold init first, warm after.

export function Mark({ width = 24 }: { width?: number }) {
  return (
    <svg aria-hidden="true" focusable="false" width={width} height={(width * 11) / 24} viewBox="0 0 24 11">
      <path d="M5.5.75H9v9.5H5.5a4.75 4.75 0 0 1 0-9.5Z" fill="var(--cold-soft)" stroke="var(--cold)" strokeWidth="1.5" />
      <path d="M9 0h9.5a5.5 5.5 0 0 1 0 11H9Z" fill="var(--warm-fill)" />
    </svg>
  );
}
