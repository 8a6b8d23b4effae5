import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Icon } from "../ui/icons.tsx";
import { useSettled } from "./use_settled.ts";

/** A field of a filter row that looks for text; what it says goes out when the typing rests. */
export function SearchField({
  label,
  value,
  onValue,
}: {
  label: string;
  value: string;
  onValue: (text: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed.trim());
  const tell = useRef({ sent: value, onValue });
  useEffect(() => {
    tell.current.onValue = onValue;
  });
  useEffect(() => {
    if (settled === tell.current.sent) return;
    tell.current.sent = settled;
    tell.current.onValue(settled);
  }, [settled]);
  return (
    <span className="filter-search">
      <Icon name="search" size={18} />
      <input
        type="search"
        className="text-input"
        placeholder={label}
        aria-label={label}
        value={typed}
        maxLength={100}
        onChange={(event) => setTyped(event.target.value)}
      />
    </span>
  );
}

interface SelectProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  disabled?: boolean;
  /** Shown above the field rather than said to screen readers only. */
  visible?: boolean;
  children: ReactNode;
}

/** One of a few. */
export function SelectField({ label, value, onValue, disabled, visible = false, children }: SelectProps) {
  const id = useId();
  return (
    <span className={visible ? "field" : "filter-select"}>
      <label htmlFor={id} className={visible ? "field-label" : "spoken"}>
        {label}
      </label>
      <span className="field-box">
        <select
          id={id}
          className="select-input"
          value={value}
          disabled={disabled}
          onChange={(event) => onValue(event.target.value)}
        >
          {children}
        </select>
        <span className="select-mark">
          <Icon name="chevron_down" size={16} />
        </span>
      </span>
    </span>
  );
}
