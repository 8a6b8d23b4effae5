import { useEffect, useRef, useState } from "react";
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
