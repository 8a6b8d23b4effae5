import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../ui/use_words.ts";
import type { Selection } from "../ui/view_address.ts";
import { changeView } from "../ui/view_store.ts";
import { AreaPanel } from "./area_panel.tsx";
import { Missing } from "./panel_parts.tsx";
import { RecordPanel } from "./record_panel.tsx";
import { areaOfSelection, registerOfKind } from "./selection.ts";
import "../ui/forms.css";
import "./area_details.css";
import "./details.css";

/** The panel at the right: what is known of the selected thing, as soon as networks and edition are (`ready`). */
export function DetailsPanel({ sel, ready }: { sel: Selection; ready: boolean }) {
  const speak = useWords();
  const about = `${sel.kind}:${sel.key}`;
  return (
    <aside className="details" aria-label={speak(panoramaWords.panel)}>
      <button
        type="button"
        className="icon-button details-close"
        aria-label={speak(panoramaWords.panel_close)}
        title={`${speak(frameWords.close)} (Esc)`}
        onClick={() => changeView({ sel: null }, "push")}
      >
        <Icon name="close" size={18} />
      </button>
      <ErrorBoundary about={about}>
        {ready ? <SelectedThing key={about} sel={sel} /> : <div className="panel-body" data-state="loading" />}
      </ErrorBoundary>
    </aside>
  );
}

function SelectedThing({ sel }: { sel: Selection }) {
  const register = registerOfKind[sel.kind];
  if (register) return <RecordPanel register={register} id={sel.key} />;
  if (areaOfSelection(sel)) return <AreaPanel areaKey={sel.key} />;
  return (
    <div className="panel-body" data-state="empty">
      <Missing wording={panoramaWords.missing_record} name={`${sel.kind}:${sel.key}`} />
    </div>
  );
}
