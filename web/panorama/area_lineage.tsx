import { useQuery } from "@tanstack/react-query";
import type { AreaDetail, AreaRef } from "../../data/schema/area.ts";
import type { FamilyTree, LineageEntry } from "../../data/schema/plan.ts";
import { formatShare } from "../../data/vocabulary/format.ts";
import { lineageWords } from "../../data/vocabulary/lineage_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { familyQuery } from "../api/editions.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useWords } from "../ui/use_words.ts";
import { AreaLink, Section } from "./area_links.tsx";
import { Missing, PanelSkeleton } from "./panel_parts.tsx";
import { useEditionChoice, useNetworks } from "./use_network.ts";

/** 沿革: where the area comes from and went; nothing in a network that has had one edition only. */
export function AreaLineage({ area }: { area: AreaDetail }) {
  const speak = useWords();
  const when = useEditionChoice(area.network);
  const network = useNetworks().find(({ code }) => code === area.network);
  const hasPast = (network?.edition?.number ?? 1) > 1;
  const query = useQuery({ ...familyQuery(`${area.network}:${area.code}`, when), enabled: hasPast });
  const tree = query.data;
  if (!tree) return null;
  const isElsewhere = tree.today.some(({ area: heir }) => heir.id !== area.id);
  if (!isElsewhere && tree.editions.length === 0) return null;
  return (
    <Section title={speak(lineageWords.history)}>
      {isElsewhere && <Heirs tree={tree} />}
      <History tree={tree} />
    </Section>
  );
}

/** In place of the facts of an area that is no more. */
export function RetiredArea({ areaKey }: { areaKey: string }) {
  const speak = useWords();
  const query = useQuery(familyQuery(areaKey, {}));
  return (
    <QueryPanel
      query={query}
      what={panoramaWords.panel}
      skeleton={<PanelSkeleton />}
      missing={<Missing wording={panoramaWords.missing_area} name={areaKey.slice(areaKey.indexOf(":") + 1)} />}
    >
      {(tree) => (
        <>
          <div className="panel-head" role="alert">
            <h2 className="panel-title">{speak(lineageWords.retired)}</h2>
            <p>
              {speak(lineageWords.retired_in, {
                name: tree.area.name,
                code: tree.area.code,
                number: tree.retired_in ?? "",
              })}
            </p>
          </div>
          <Section title={speak(lineageWords.history)}>
            <Heirs tree={tree} />
            <History tree={tree} />
          </Section>
        </>
      )}
    </QueryPanel>
  );
}

function Heirs({ tree }: { tree: FamilyTree }) {
  const speak = useWords();
  if (tree.today.length === 0) return <p>{speak(lineageWords.nobody)}</p>;
  return (
    <div className="shares">
      <h4>{speak(lineageWords.today)}</h4>
      <ul>
        {tree.today.map(({ area, share }) => (
          <li key={area.id}>
            <AreaLink area={area} />
            <span className="share-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(2, share * 100)}%` }} />
            </span>
            <span className="share-value">{formatShare(share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function History({ tree }: { tree: FamilyTree }) {
  const speak = useWords();
  return tree.editions.map(({ edition, from_day, entries }) => {
    const told = entries.filter(({ from, area }) => from?.id !== area?.id);
    if (told.length === 0) return null;
    return (
      <div className="shares" key={edition}>
        <h4>{speak(lineageWords.edition, { number: edition, day: from_day })}</h4>
        <ul>
          {told.map((entry) => (
            <li key={`${entry.from?.id} ${entry.area?.id}`}>
              <Step entry={entry} self={tree.area} />
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

/** One line: who gave ground to whom, as seen from the area whose panel it is. */
function Step({
  entry: { kind, from, area, share_of_from, share_of_area },
  self,
}: {
  entry: LineageEntry;
  self: AreaRef;
}) {
  const speak = useWords();
  const share = (value: number | null) => value !== null && <span className="share-value">{formatShare(value)}</span>;
  if (!from) return <span>{speak(lineageWords.new_ground)}</span>;
  if (!area)
    return (
      <span>{speak(from.id === self.id && kind === "retired" ? lineageWords.retired : lineageWords.lost_ground)}</span>
    );
  const word = kind === "split" || kind === "merged" || kind === "kept" ? kind : "reshaped";
  if (area.id === self.id) {
    return (
      <>
        <span>{speak(lineageWords[`${word}_from`])}</span> <AreaLink area={from} /> {share(share_of_area)}
      </>
    );
  }
  if (from.id === self.id) {
    return (
      <>
        <span>{speak(lineageWords[`${word}_to`])}</span> <AreaLink area={area} /> {share(share_of_from)}
      </>
    );
  }
  const others =
    kind === "split"
      ? lineageWords.family_split
      : kind === "merged"
        ? lineageWords.family_merged
        : lineageWords.family_other;
  return (
    <>
      <AreaLink area={from} /> <span>{speak(others)}</span> <AreaLink area={area} />
    </>
  );
}
