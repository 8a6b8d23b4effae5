import { useState } from "react";
import type { AreaDetail } from "../../data/schema/area.ts";
import { formatShare } from "../../data/vocabulary/format.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView } from "../ui/view_store.ts";
import { AreaLink, Section } from "./area_links.tsx";
import { nameOf } from "./switches.tsx";
import { useNetwork, useNetworks, useOverlay } from "./use_network.ts";

/** A network that is not laid over the map shows only this many shares. */
const fewShares = 3;

/** 多网合一: the areas of every other network that lie here, with their share of this area's surface. */
export function AreaElsewhere({ area }: { area: AreaDetail }) {
  const speak = useWords();
  const networks = useNetworks().filter((network) => area.elsewhere.some((other) => other.network === network.code));
  if (networks.length === 0) return null;
  return (
    <Section title={speak(panoramaWords.elsewhere)} aside={speak(panoramaWords.elsewhere_hint)}>
      {networks.map((network) => (
        <NetworkShares key={network.code} area={area} code={network.code} />
      ))}
    </Section>
  );
}

function NetworkShares({ area, code }: { area: AreaDetail; code: string }) {
  const speak = useWords();
  const language = useLanguage();
  const drawn = useNetwork();
  const overlay = useOverlay();
  const network = useNetworks().find((candidate) => candidate.code === code);
  const [all, setAll] = useState(false);
  const shares = area.elsewhere.filter((other) => other.network === code).sort((a, b) => b.share - a.share);
  const isOverlaid = overlay?.code === code;
  const shown = all || isOverlaid ? shares.slice(0, 100) : shares.slice(0, fewShares);
  const rest = shares.length - shown.length;
  if (!network) return null;
  return (
    <div className="shares" data-overlaid={isOverlaid}>
      <h4>
        <span className={`mark mark-${code}`} aria-hidden="true">
          {network.mark}
        </span>
        {nameOf(network, language)}
        {code !== drawn?.code && (
          <button
            type="button"
            className="link link-quiet"
            aria-pressed={isOverlaid}
            onClick={() => changeView({ overlay: isOverlaid ? null : code })}
          >
            {speak(isOverlaid ? panoramaWords.overlay_off : panoramaWords.overlay_on)}
          </button>
        )}
      </h4>
      <ul>
        {shown.map((other) => (
          <li key={other.id}>
            <AreaLink area={other} />
            <span className="share-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(2, other.share * 100)}%` }} />
            </span>
            <span className="share-value">{formatShare(other.share)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="link link-quiet" onClick={() => setAll(true)}>
          {speak(panoramaWords.show_all, { count: shares.length })}
        </button>
      )}
    </div>
  );
}
