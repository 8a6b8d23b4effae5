import { metresPerPixel } from "../../../data/cartography/scale_bar.ts";
import { formatCount } from "../../../data/vocabulary/format.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { Camera, ScaleInfo } from "../../map/map_types.ts";
import { useWords } from "../../ui/use_words.ts";
import type { Planner } from "../planner_types.ts";
import { ListButton } from "../tools/list_button.tsx";

/** m of a CSS px: 96 of them are an inch */
const pixelSize = 0.0254 / 96;

interface Props {
  planner: Planner;
  look: { camera: Camera; scale: ScaleInfo } | null;
  snapping: boolean;
  onSnapping: () => void;
}

/** Scale, position, snapping, selection, steps and the list of features, below the map. */
export function StatusBar({ planner, look, snapping, onSnapping }: Props) {
  const speak = useWords();
  const { selection, plan } = planner;
  return (
    <div className="plan-status">
      {look && <span>{`1:${formatCount(ratioOf(look.camera))}`}</span>}
      {look && <span>{`CGCS2000 ${look.camera.lat.toFixed(5)}, ${look.camera.lng.toFixed(5)}`}</span>}
      <button
        type="button"
        className="plan-status-button"
        aria-pressed={snapping}
        aria-keyshortcuts="S"
        title={`${speak(toolWords.snapping)} S${snapping ? "" : ` · ${speak(handWords.snapping_off)}`}`}
        onClick={onSnapping}
      >
        {speak(toolWords.snapping)} {speak(handWords.snap_targets)}{" "}
        <b data-on={snapping}>{speak(snapping ? toolWords.snap_on : toolWords.snap_off)}</b>
      </button>
      <span>{speak(toolWords.selected, { n: selection.length })}</span>
      <span>{speak(toolWords.can_undo, { n: plan.can_undo })}</span>
      <ListButton />
    </div>
  );
}

/** To two digits: nobody measures on a screen. */
function ratioOf({ zoom, lat }: Camera): number {
  const ratio = metresPerPixel(zoom, lat) / pixelSize;
  const step = 10 ** (Math.floor(Math.log10(ratio)) - 1);
  return Math.round(ratio / step) * step;
}
