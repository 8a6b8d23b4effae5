import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AreaRef } from "../../data/schema/area.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { areaQuery } from "../api/queries.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import { type CrosswalkRow, hasRest, isNested } from "./crosswalk_rows.ts";
import { goTo, useMapStore } from "./map_store.ts";
import { useEditionChoice } from "./use_network.ts";
import { percent } from "../ui/word_issue.ts";
import { TableHead } from "../ui/table_head.tsx";

/** Areas that the table shows at first, and how many more at a time. */
const page = 80;

/** Each area with the areas of the other network that it lies in, and what share of it. */
export function CrosswalkTable({ rows }: { rows: readonly CrosswalkRow[] }) {
  const speak = useWords();
  const [wanted, setWanted] = useState(page);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = rows.slice(0, wanted);
  const rest = rows.length - shown.length;
  return (
    <>
      <table className="crosswalk-table">
        <TableHead
          columns={[
            speak(checkWords.column_area),
            speak(checkWords.crosswalk_to_column),
            { name: speak(checkWords.crosswalk_share), className: "crosswalk-number", colSpan: 2 },
            { name: speak(checkWords.crosswalk_households), className: "crosswalk-number" },
            { name: speak(checkWords.crosswalk_entities), className: "crosswalk-number" },
          ]}
        />
        {shown.map((row) => (
          <AreaRows key={row.area.id} row={row} chosen={chosen} onChoose={setChosen} />
        ))}
      </table>
      {rest > 0 && (
        <button type="button" className="link issue-more" onClick={() => setWanted(wanted + page)}>
          {speak(checkWords.more, { count: Math.min(rest, page) })}
        </button>
      )}
    </>
  );
}

interface AreaRowsProps {
  row: CrosswalkRow;
  /** `id of the area/id of the part`; the latter empty for the area as a whole. */
  chosen: string | null;
  onChoose: (key: string) => void;
}

function AreaRows({ row, chosen, onChoose }: AreaRowsProps) {
  const speak = useWords();
  const show = useShowOnMap();
  const { area, total, parts, rest } = row;
  const withRest = hasRest({ total, rest });
  const count = Math.max(1, parts.length + (withRest ? 1 : 0));
  const go = (part: AreaRef | null) => {
    onChoose(`${area.id}/${part?.id ?? ""}`);
    show(area, part ? [part] : parts.map((each) => each.area));
  };
  const heading = (
    <th scope="rowgroup" rowSpan={count}>
      <button type="button" className="link" data-key={area.code} onClick={() => go(null)}>
        <ShortName text={area.short_name} />
      </button>
      {isNested(row) && (
        <span className="crosswalk-nested" role="img" aria-label={speak(checkWords.nests)}>
          ✓
        </span>
      )}
    </th>
  );
  const lines = [
    ...parts.map((part) => ({ key: part.area.id, area: part.area, share: part.share, ...sharesOf(part) })),
    ...(withRest || parts.length === 0 ? [{ key: "rest", area: null, ...restShares(row) }] : []),
  ];
  return (
    <tbody className={chosen?.startsWith(`${area.id}/`) ? "crosswalk-chosen" : undefined}>
      {lines.map((line, index) => (
        <tr key={line.key} aria-current={chosen === `${area.id}/${line.area?.id}` ? "true" : undefined}>
          {index === 0 && heading}
          <td>
            {line.area ? (
              <button type="button" className="link" onClick={() => go(line.area)}>
                <ShortName text={line.area.short_name} />
              </button>
            ) : (
              speak(checkWords.crosswalk_rest)
            )}
          </td>
          <td className="crosswalk-bar">
            <span className="share-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(2, line.share * 100)}%` }} />
            </span>
          </td>
          <td className="crosswalk-number">{percent(line.share)}</td>
          <td className="crosswalk-number">{line.households === null ? "–" : percent(line.households)}</td>
          <td className="crosswalk-number">{line.entities === null ? "–" : percent(line.entities)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function sharesOf(part: CrosswalkRow["parts"][number]) {
  return { households: part.households_share, entities: part.legal_entities_share };
}

function restShares({ total, rest }: CrosswalkRow) {
  const of = (some: number, all: number) => (all > 0 ? some / all : null);
  return {
    share: of(rest.area_m2, total.area_m2) ?? 0,
    households: of(rest.households, total.households),
    entities: of(rest.legal_entities, total.legal_entities),
  };
}

/** Goes to an area and outlines it together with areas of the overlaid network. */
function useShowOnMap(): (area: AreaRef, others: readonly AreaRef[]) => void {
  const client = useQueryClient();
  const map = useMapStore((state) => state.map);
  const when = useEditionChoice(undefined);
  return (area, others) => {
    map?.highlight([{ kind: "area", id: area.id }, ...others.map(({ id }) => ({ kind: "overlay_area" as const, id }))]);
    void client.fetchQuery(areaQuery(`${area.network}:${area.code}`, when)).then(
      ({ bbox }) => goTo(bbox),
      () => undefined,
    );
  };
}
