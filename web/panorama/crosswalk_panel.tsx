import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Checkbox from "antd/es/checkbox";
import { useEffect, useMemo, useState } from "react";
import type { Crosswalk } from "../../data/schema/check.ts";
import type { Network } from "../../data/schema/network.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { AnsweredProblem } from "../api/client.ts";
import { crosswalkQuery, type Judged } from "../api/checks.ts";
import { childAreasQuery } from "../api/queries.ts";
import { ChoiceMenu } from "../ui/choice_menu.tsx";
import { Icon } from "../ui/icons.tsx";
import { PlaceName, ShortName } from "../ui/place_name.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { useNamesSettled } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView } from "../ui/view_store.ts";
import { CheckForbidden, CheckNotOffered } from "./check_forbidden.tsx";
import { mayCheck, showScope } from "./check_scope.ts";
import { useScopeFlight, useScopeName } from "./check_scope_bar.tsx";
import {
  classifyNesting,
  crosswalkCsv,
  type CrosswalkOrder,
  crosswalkOrders,
  isNested,
  orderNames,
  sortRows,
} from "./crosswalk_rows.ts";
import { downloadCsv } from "./csv_file.ts";
import { CrosswalkTable } from "./crosswalk_table.tsx";
import { useMapStore } from "./map_store.ts";
import { nameOf } from "./switches.tsx";
import { useJudged } from "./use_check.ts";
import { useEditionChoice, useNetworks, useOverlay } from "./use_network.ts";
import "./check.css";
import "./crosswalk.css";

/** 多网对照: how the grids of this network lie in those of the overlaid one. */
export default function CrosswalkPanel({ network }: { network: Network }) {
  const speak = useWords();
  const judged = useJudged(network.code);
  const overlay = useOverlay();
  const name = useScopeName(network, judged);
  useScopeFlight(network, judged);
  if (!mayCheck(useSession())) return <CheckNotOffered />;
  return (
    <div className="dock-body check crosswalk">
      <header className="check-head">
        <div className="check-title">
          <h2>
            {speak(findingWords.crosswalk)} · <PlaceName text={name} />
          </h2>
        </div>
        <NetworkChoice network={network} />
      </header>
      {judged.area === null ? (
        <ChooseArea network={network} />
      ) : overlay ? (
        <Compared network={network} area={judged.area} overlay={overlay} judged={judged} />
      ) : (
        <p className="note check-body" data-state="empty">
          {speak(checkWords.crosswalk_choose, { area: name })}
        </p>
      )}
    </div>
  );
}

function NetworkChoice({ network }: { network: Network }) {
  const speak = useWords();
  const language = useLanguage();
  const overlay = useOverlay();
  const others = useNetworks().filter(({ code, area_count }) => code !== network.code && area_count > 0);
  return (
    <ChoiceMenu
      name={speak(checkWords.crosswalk_to)}
      chosen={overlay?.code ?? ""}
      label={overlay ? undefined : speak(panoramaWords.overlay_none)}
      choices={others.map((other) => ({ key: other.code, label: nameOf(other, language), note: other.mark }))}
      onChoose={(code) => changeView({ overlay: code })}
    />
  );
}

/** A whole network is compared part by part. */
function ChooseArea({ network }: { network: Network }) {
  const when = useEditionChoice(network.code);
  const query = useInfiniteQuery(childAreasQuery(network.code, "none", when));
  return (
    <QueryPanel query={query} what={panoramaWords.area_tree} className="check-body" skeleton={null}>
      {(data) => (
        <ul className="check-own">
          {data.pages
            .flatMap((page) => page.areas)
            .map((area) => (
              <li key={area.id}>
                <button type="button" className="button" onClick={() => showScope(area.code)}>
                  <ShortName text={area.short_name} />
                </button>
              </li>
            ))}
        </ul>
      )}
    </QueryPanel>
  );
}

interface ComparedProps {
  network: Network;
  area: string;
  overlay: Network;
  judged: Judged;
}

function Compared({ network, area, overlay, judged }: ComparedProps) {
  const speak = useWords();
  const query = useQuery(crosswalkQuery({ network: network.code, area }, overlay.code));
  const settled = useNamesSettled();
  useNestingOnMap(query.data);
  if (query.error instanceof AnsweredProblem && query.error.problem.status === 403) {
    return <CheckForbidden network={network} judged={judged} />;
  }
  return (
    <QueryPanel
      query={settled ? query : { ...query, data: undefined }}
      what={findingWords.crosswalk}
      className="check-body"
      skeleton={<TableSkeleton />}
      isEmpty={({ rows }) => rows.length === 0}
      empty={<p className="note">{speak(checkWords.crosswalk_empty)}</p>}
    >
      {(crosswalk) => <Comparison crosswalk={crosswalk} />}
    </QueryPanel>
  );
}

function Comparison({ crosswalk }: { crosswalk: Crosswalk }) {
  const speak = useWords();
  const [order, setOrder] = useState<CrosswalkOrder>("code");
  const [tornOnly, setTornOnly] = useState(false);
  const rows = useMemo(
    () => sortRows(tornOnly ? crosswalk.rows.filter((row) => !isNested(row)) : crosswalk.rows, order),
    [crosswalk, order, tornOnly],
  );
  const counts = { nested: formatCount(crosswalk.nested), count: formatCount(crosswalk.rows.length) };
  return (
    <>
      <p className="crosswalk-sum">{speak(checkWords.crosswalk_nested, counts)}</p>
      <div className="crosswalk-tools">
        <ChoiceMenu
          name={speak(checkWords.sort)}
          chosen={order}
          choices={crosswalkOrders.map((key) => ({ key, label: speak(orderNames[key]) }))}
          onChoose={(key) => setOrder(crosswalkOrders.find((known) => known === key) ?? "code")}
        />
        <Checkbox checked={tornOnly} onChange={(event) => setTornOnly(event.target.checked)}>
          {speak(checkWords.crosswalk_torn_only)}
        </Checkbox>
        <button
          type="button"
          className="button"
          onClick={() => downloadCsv(nameFile(crosswalk), crosswalkCsv(crosswalk, speak))}
        >
          <Icon name="download" size={16} />
          {speak(checkWords.crosswalk_csv)}
        </button>
      </div>
      {rows.length > 0 ? (
        <CrosswalkTable rows={rows} />
      ) : (
        <p className="note">{speak(checkWords.crosswalk_all_nest)}</p>
      )}
    </>
  );
}

function nameFile({ from, to, area }: Crosswalk): string {
  return `crosswalk-${from}-${area.code}-${to}.csv`;
}

/** Colours the areas by how whole they lie in one of the other network, while the panel is open. */
function useNestingOnMap(crosswalk: Crosswalk | undefined): void {
  const map = useMapStore((state) => state.map);
  useEffect(() => {
    if (!map || !crosswalk) return;
    map.setMarks({ findings: false, badges: [], reach: null, nesting: classifyNesting(crosswalk.rows) });
    return () => {
      // The map may be gone before we are.
      if (useMapStore.getState().map !== map) return;
      map.setMarks(null);
      map.highlight([]);
    };
  }, [map, crosswalk]);
}

function TableSkeleton() {
  return (
    <div className="check-skeleton">
      {[80, 72, 86, 66, 78].map((width) => (
        <div key={width}>
          <span className="bone" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
