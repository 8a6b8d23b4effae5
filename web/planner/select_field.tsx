import { useId } from "react";
import { Icon } from "../ui/icons.tsx";

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly (readonly [value: string, text: string])[];
  disabled?: boolean;
}

/** One of a few, with its name above. */
export function SelectField({ label, value, onValue, options, disabled = false }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
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
    </div>
  );
}
