import type { ReactNode } from "react";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../ui/use_words.ts";

interface Props {
  title: string;
  /** Another value mounts the content anew after a failure. */
  about: string;
  onClose: () => void;
  children: ReactNode;
}

/** The panel docked at the right of a table. */
export function Panel({ title, about, onClose, children }: Props) {
  const speak = useWords();
  return (
    <aside className="admin-panel" aria-label={title}>
      <header className="admin-panel-head">
        <h2>{title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={speak(adminWords.close_panel)}
          title={`${speak(adminWords.close_panel)} (Esc)`}
          onClick={onClose}
        >
          <Icon name="close" size={18} />
        </button>
      </header>
      <ErrorBoundary about={about}>{children}</ErrorBoundary>
    </aside>
  );
}
