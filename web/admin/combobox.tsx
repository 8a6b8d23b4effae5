import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";

export interface Choice {
  key: string;
  label: string;
  /** Said smaller, behind the label. */
  note: string;
}

interface Props {
  label: string;
  text: string;
  onText: (text: string) => void;
  /** Whether `choices` answer to a text; until then nothing is said. */
  isReady: boolean;
  choices: readonly Choice[];
  /** Said where nothing was found. */
  none: string;
  onChoose: (key: string) => void;
  autoFocus?: boolean;
}

/** A field with the list of what its text finds; walked with the arrow keys, chosen with Enter or a click. */
export function Combobox({ label, text, onText, isReady, choices, none, onChoose, autoFocus = false }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // Opened by a button: whoever pressed it wants to type now.
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const isOpen = open && isReady;
  const at = Math.min(active, choices.length - 1);
  const choose = (key: string) => {
    setOpen(false);
    onChoose(key);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (choices.length > 0) setActive((at + step + choices.length) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = isOpen ? choices[at] : undefined;
      if (choice) choose(choice.key);
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <search
      className="combobox"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <input
        type="text"
        role="combobox"
        className="text-input"
        placeholder={label}
        aria-label={label}
        aria-expanded={isOpen && choices.length > 0}
        aria-controls={isOpen && choices.length > 0 ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && choices[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        ref={field}
        maxLength={100}
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setOpen(true);
          setActive(0);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={press}
      />
      {isOpen && choices.length > 0 && (
        <div className="combobox-list" id={id} role="listbox" aria-label={label}>
          {choices.map((choice, index) => (
            <div
              key={choice.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className="combobox-choice"
              // Before the field loses the focus, or the list would be gone.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(choice.key)}
              onKeyDown={press}
            >
              <span>{choice.label}</span>
              {choice.note && <span className="cell-more">{choice.note}</span>}
            </div>
          ))}
        </div>
      )}
      {isOpen && choices.length === 0 && text.trim() !== "" && (
        <p className="combobox-list combobox-none" role="status">
          {none}
        </p>
      )}
    </search>
  );
}
