import { type ComponentProps, useId } from "react";

interface Props extends Omit<ComponentProps<"textarea">, "onChange" | "id" | "className" | "ref"> {
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** The reader asked for it with the press before: as long as nothing stands in it, it takes the focus. */
  asked?: boolean;
}

/** Lines to type into, with their name above. */
export function TextArea({ label, value, onValue, asked = false, ...area }: Props) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <textarea
        {...area}
        id={id}
        ref={asked ? (box) => void (value === "" && box?.focus({ preventScroll: true })) : undefined}
        className="text-input plan-textarea"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </>
  );
}
