// A whole number in a form of settings, kept within its limits while it is typed.

export interface WholeProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange(value: number): void;
}

export function Whole({ label, value, min, max, onChange }: WholeProps) {
  const within = (text: string) => Math.min(max, Math.max(min, Math.round(Number(text)) || min));
  return (
    <label>
      {label}
      <input type="number" min={min} max={max} value={value} onChange={(event) => onChange(within(event.target.value))} />
    </label>
  );
}
