import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Network } from "../../data/schema/network.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { findAreasQuery } from "../api/accounts.ts";
import { areaQuery, networksQuery } from "../api/queries.ts";
import { ChoiceMenu } from "../ui/choice_menu.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { Combobox } from "./combobox.tsx";
import { PickerMap } from "./picker_map.tsx";
import { useSettled } from "./use_settled.ts";

/** What the map is asked for. */
export interface AreaRequest {
  /** Of the row that asks. */
  key: string;
  title: string;
  /** What is chosen now. */
  start: AreaRef | null;
  onPick: (area: AreaRef) => void;
}

/** One area of any network and level: clicked on the map, found by name or code, or reached through what it lies in. */
export function AreaPicker({ request, onDone }: { request: AreaRequest; onDone: () => void }) {
  const query = useQuery(networksQuery());
  return (
    <QueryPanel query={query} what={panoramaWords.map} className="picker" skeleton={null}>
      {({ networks }) => <Picker networks={networks} request={request} onDone={onDone} />}
    </QueryPanel>
  );
}

interface PickerProps {
  networks: readonly Network[];
  request: AreaRequest;
  onDone: () => void;
}

function Picker({ networks, request, onDone }: PickerProps) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  const [code, setCode] = useState(request.start?.network ?? networks[0]?.code ?? "");
  const [level, setLevel] = useState<number | null>(null);
  const [text, setText] = useState("");
  /** `network:code`; `go` says that the map should move there. */
  const [chosen, choose] = useState<{ key: string; go: boolean } | null>(
    request.start && { key: `${request.start.network}:${request.start.code}`, go: true },
  );
  const network = networks.find((candidate) => candidate.code === code) ?? networks[0];
  const settled = useSettled(text.trim());
  const found = useQuery(findAreasQuery(network?.code ?? "", settled, level));
  const area = useQuery({ ...areaQuery(chosen?.key ?? "", {}), enabled: chosen !== null }).data;
  const shown = chosen && area && `${area.network}:${area.code}` === chosen.key ? area : null;
  if (!network) return <p className="admin-empty">{speak(panoramaWords.empty)}</p>;
  const nameOf = (named: { name: string; name_en: string }) =>
    language === "en" && named.name_en !== "" ? named.name_en : named.name;
  return (
    <>
      <div className="filter-row picker-head">
        <h2>{request.title}</h2>
        <ChoiceMenu
          name={speak(panoramaWords.network)}
          chosen={network.code}
          choices={networks
            .filter(({ area_count }) => area_count > 0)
            .map((choice) => ({ key: choice.code, label: nameOf(choice) }))}
          onChoose={(next) => {
            setCode(next);
            setLevel(null);
            choose(null);
          }}
        />
        <ChoiceMenu
          name={speak(adminWords.pick_level)}
          chosen={level === null ? "auto" : String(level)}
          choices={[
            { key: "auto", label: speak(adminWords.pick_level_auto) },
            ...network.levels.map((choice) => ({ key: String(choice.ordinal), label: nameOf(choice) })),
          ]}
          onChoose={(key) => setLevel(key === "auto" ? null : Number(key))}
        />
        <Combobox
          label={speak(adminWords.pick_search)}
          text={text}
          onText={setText}
          isReady={settled !== "" && found.data !== undefined && !found.isPlaceholderData}
          none={speak(adminWords.pick_none_found, { q: settled })}
          choices={(found.data?.areas ?? []).map((candidate) => ({
            key: `${candidate.network}:${candidate.code}`,
            label: romanise(candidate.name),
            note: candidate.code,
          }))}
          onChoose={(key) => {
            choose({ key, go: true });
            setText("");
          }}
          autoFocus
        />
      </div>
      <PickerMap
        network={network}
        level={level}
        chosen={shown}
        go={chosen?.go ?? false}
        onChoose={(key) => choose({ key, go: false })}
      />
      <div className="picker-foot">
        <div className="picker-chosen" aria-live="polite">
          {shown ? (
            <>
              <nav className="picker-path" aria-label={speak(adminWords.pick_path)}>
                {shown.ancestors.map((ancestor) => (
                  <span key={ancestor.id}>
                    <button
                      type="button"
                      className="link"
                      onClick={() => choose({ key: `${ancestor.network}:${ancestor.code}`, go: true })}
                    >
                      {romanise(ancestor.short_name)}
                    </button>{" "}
                    <span aria-hidden="true">›</span>{" "}
                  </span>
                ))}
              </nav>
              <strong>{romanise(shown.name)}</strong> <span className="note tabular">{shown.code}</span>
            </>
          ) : (
            <span className="note">{speak(adminWords.pick_hint)}</span>
          )}
        </div>
        <button type="button" className="button" onClick={onDone}>
          {speak(adminWords.cancel)}
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!shown}
          onClick={() => {
            if (shown) request.onPick(shown);
            onDone();
          }}
        >
          {shown ? speak(adminWords.pick_use, { name: romanise(shown.short_name) }) : speak(adminWords.pick_use_none)}
        </button>
      </div>
    </>
  );
}
