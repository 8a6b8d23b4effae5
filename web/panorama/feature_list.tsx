import { type KeyboardEvent, useEffect, useState } from "react";
import type { Network } from "../../data/schema/network.ts";
import { levelRoleNames, registerNames } from "../../data/vocabulary/dictionaries.ts";
import { formatDistance } from "../../data/vocabulary/format.ts";
import { sayCode } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import type { HitKind } from "../map/map_types.ts";
import { PlaceName } from "../ui/place_name.tsx";
import { useRomanised } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { type ListedFeature, listFeatures } from "./list_features.ts";
import { useMapStore } from "./map_store.ts";
import { registerOfKind } from "./selection.ts";

/** 要素列表: what the map shows, for readers without a pointer. It follows the map when that rests. */
export function FeatureList({ network }: { network: Network }) {
  const speak = useWords();
  const features = useFeatures(network.code);
  return (
    <div className="dock-body" data-state={features.length > 0 ? "ready" : "empty"}>
      <p className="note list-hint">
        {speak(features.length > 0 ? panoramaWords.list_hint : panoramaWords.list_empty)}
      </p>
      <ul className="feature-list" aria-label={speak(panoramaWords.list)}>
        {features.map((feature) => (
          <Line key={`${feature.sel.kind}:${feature.sel.key}`} feature={feature} />
        ))}
      </ul>
    </div>
  );
}

/** What the map shows, read again each time it comes to rest. */
function useFeatures(network: string): ListedFeature[] {
  const map = useMapStore((state) => state.map);
  const [features, setFeatures] = useState<ListedFeature[]>([]);
  useEffect(() => {
    if (!map) return;
    const read = () => {
      const { lng, lat } = map.camera();
      setFeatures(listFeatures(map.renderedFeatures(), [lng, lat], network));
    };
    read();
    return map.on("idle", read);
  }, [map, network]);
  return features;
}

/** Arrow keys walk through the lines. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const lines = [...(event.currentTarget.closest("ul")?.querySelectorAll("button") ?? [])];
  lines[lines.indexOf(event.currentTarget) + by]?.focus();
}

function Line({ feature }: { feature: ListedFeature }) {
  const speak = useWords();
  const { sel, title, role, id, metres } = feature;
  const language = useLanguage();
  const romanised = useRomanised(title);
  const isSelected = useView((view) => view.sel?.kind === sel.kind && view.sel.key === sel.key);
  const register = registerOfKind[sel.kind];
  const outline = (on: boolean) => useMapStore.getState().map?.hover(on ? { kind: sel.kind as HitKind, id } : null);
  return (
    <li>
      <button
        type="button"
        className="feature"
        data-key={sel.key}
        data-kind={sel.kind}
        aria-current={isSelected}
        onClick={() => changeView({ sel }, "push")}
        onKeyDown={walk}
        onFocus={() => outline(true)}
        onBlur={() => outline(false)}
        onPointerEnter={() => outline(true)}
        onPointerLeave={() => outline(false)}
      >
        <span className="feature-title" title={romanised === title ? undefined : `${romanised} ${title}`}>
          <PlaceName text={title} />
        </span>
        <span className="feature-kind">
          {register ? speak(registerNames[register]) : sayCode(levelRoleNames, role ?? "", language)}
        </span>
        <span className="feature-distance">{formatDistance(metres)}</span>
      </button>
    </li>
  );
}
