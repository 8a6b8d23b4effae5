import { useId } from "react";
import { Icon } from "./icons.tsx";
import "./forms.css";

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly (readonly [value: string, text: string])[];
  disabled?: boolean | undefined;
  /** In a row of conditions the name is said to screen readers only. */
  bare?: boolean;
}

/** One of a few, with its name above. */
export function SelectField({ label, value, onValue, options, disabled, bare = false }: Props) {
  const id = useId();
  return (
    <span className={bare ? "filter-select" : "field"}>
      <label htmlFor={id} className={bare ? "spoken" : "field-label"}>
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
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
        <span className="select-mark">
          <Icon name="chevron_down" size={16} />
        </span>
      </span>
    </span>
  );
}
