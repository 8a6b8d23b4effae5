import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { signInWords } from "../../data/vocabulary/access_words.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./use_words.ts";
import "./forms.css";

interface Props extends Omit<ComponentProps<"input">, "onChange" | "id" | "children"> {
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** Said smaller, below the field. */
  hint?: ReactNode;
  /** What is wrong with what stands there. */
  wrong?: string | undefined;
  /** Stands at the end of the field, inside. */
  inside?: ReactNode;
}

/** A line to type into, with its name above and what is wrong below. */
export function TextField({ label, value, onValue, hint, wrong, inside, ...input }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <span className="field-box">
        <input
          {...input}
          id={id}
          className="text-input"
          value={value}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={described || undefined}
          onChange={(event) => onValue(event.target.value)}
        />
        {inside}
      </span>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong && (
        <p className="field-wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}

/** A password, hidden until its writer wants to see it. */
export function PasswordField(props: Omit<Props, "type" | "inside">) {
  const speak = useWords();
  const [shown, show] = useState(false);
  const name = speak(signInWords.password_show);
  return (
    <TextField
      required
      maxLength={256}
      {...props}
      type={shown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      inside={
        <button
          type="button"
          className="icon-button field-inside"
          aria-label={name}
          title={name}
          aria-pressed={shown}
          onClick={() => show(!shown)}
        >
          <Icon name={shown ? "eye_off" : "eye"} size={18} />
        </button>
      }
    />
  );
}

/** Six digits of an authenticator app; what is no digit is not taken. */
export function CodeField({ onValue, ...props }: Omit<Props, "label" | "type" | "inside">) {
  const speak = useWords();
  return (
    <TextField
      {...props}
      label={speak(signInWords.code)}
      name="code"
      onValue={(text) => onValue(text.replace(/\D/g, "").slice(0, 6))}
      hint={speak(signInWords.code_hint)}
      inputMode="numeric"
      autoComplete="one-time-code"
      required
    />
  );
}
