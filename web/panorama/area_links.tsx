import { type ReactNode, useState } from "react";
import type { AreaRef } from "../../data/schema/area.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import { changeView } from "../ui/view_store.ts";
import { useMapStore } from "./map_store.ts";
import { useNetwork, useNetworks } from "./use_network.ts";

/** A part of a panel under its own heading. */
export function Section({ title, aside, children }: { title: string; aside?: string; children: ReactNode }) {
  return (
    <section className="panel-section">
      <h3>
        {title}
        {aside && <span className="section-aside">{aside}</span>}
      </h3>
      {children}
    </section>
  );
}

/** The name of an area as a way to it; pointing at it outlines it on the map. */
export function AreaLink({ area }: { area: AreaRef }) {
  const network = useNetwork();
  const networks = useNetworks();
  const outline = (on: boolean) => {
    const kind = area.network === network?.code ? "area" : "overlay_area";
    useMapStore.getState().map?.hover(on ? { kind, id: area.id } : null);
  };
  const go = () => {
    outline(false);
    // An area of a network that is not drawn would be selected unseen: its network is laid over the map.
    const isDrawn = area.network === network?.code || !networks.some(({ code }) => code === area.network);
    const sel = { kind: "area", key: `${area.network}:${area.code}` };
    changeView(isDrawn ? { sel } : { sel, overlay: area.network }, "push");
  };
  return (
    <button
      type="button"
      className="link"
      onClick={go}
      onPointerEnter={() => outline(true)}
      onPointerLeave={() => outline(false)}
      onFocus={() => outline(true)}
      onBlur={() => outline(false)}
    >
      <ShortName text={area.short_name} />
    </button>
  );
}

/** How many links are shown before the reader asks for all. */
const fewLinks = 12;

/** Areas as links, side by side. */
export function AreaLinks({ areas }: { areas: readonly AreaRef[] }) {
  const speak = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? areas : areas.slice(0, fewLinks);
  return (
    <ul className="area-links">
      {shown.map((area) => (
        <li key={area.id}>
          <AreaLink area={area} />
        </li>
      ))}
      {areas.length > fewLinks && (
        <li>
          <button type="button" className="link link-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? speak(panoramaWords.show_fewer) : speak(panoramaWords.show_all, { count: areas.length })}
          </button>
        </li>
      )}
    </ul>
  );
}
