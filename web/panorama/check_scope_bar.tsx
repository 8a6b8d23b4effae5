import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { AreaRef } from "../../data/schema/area.ts";
import type { CheckReport } from "../../data/schema/check.ts";
import type { Network } from "../../data/schema/network.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { formatCount, formatTime } from "../../data/vocabulary/format.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import type { Judged } from "../api/checks.ts";
import { areaQuery } from "../api/queries.ts";
import { ChoiceMenu } from "../ui/choice_menu.tsx";
import { Icon } from "../ui/icons.tsx";
import { PlaceName, ShortName } from "../ui/place_name.tsx";
import { useSession } from "../ui/reader.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { ownAreas, showScope, wholeNetwork } from "./check_scope.ts";
import { cameForScope } from "./issue_store.ts";
import { countIssues } from "./list_issues.ts";
import { goTo, useMapStore } from "./map_store.ts";
import { areaOfSelection } from "./selection.ts";
import { nameOf } from "./switches.tsx";
import { useCheck } from "./use_check.ts";
import { useEditionChoice } from "./use_network.ts";

/** What is judged, by name: 「慧泽社区」, or the network. */
export function useScopeName(network: Network, { area }: Judged): string {
  const language = useLanguage();
  const romanise = useRomanise();
  const detail = useScopeDetail(network.code, area);
  if (area === null) return nameOf(network, language);
  return detail ? romanise(detail.short_name) : area;
}

function useScopeDetail(network: string, area: string | null) {
  const when = useEditionChoice(network);
  return useQuery({ ...areaQuery(`${network}:${area ?? ""}`, when), enabled: area !== null }).data;
}

/** Goes to what is judged when the reader chooses it, or came by a link that says nothing of a place. */
export function useScopeFlight(network: Network, { area }: Judged): void {
  const detail = useScopeDetail(network.code, area);
  const map = useMapStore((state) => state.map);
  const seen = useRef(cameForScope ? null : area);
  const code = detail?.code;
  const bbox = detail?.bbox;
  useEffect(() => {
    if (!map || !bbox || code !== area || seen.current === area) return;
    seen.current = area;
    goTo(bbox);
  }, [map, bbox, code, area]);
}

interface Props {
  network: Network;
  judged: Judged;
  report: CheckReport | undefined;
}

/** The head of the checks: what is judged and how to judge something else, the counts, when, the certificate. */
export function CheckScope({ network, judged, report }: Props) {
  const speak = useWords();
  const language = useLanguage();
  const detail = useScopeDetail(network.code, judged.area);
  const { query } = useCheck(network);
  return (
    <header className="check-head">
      <ScopePath network={network} judged={judged} ancestors={detail?.ancestors ?? []} />
      <div className="check-title">
        <h2>
          {judged.area === null ? nameOf(network, language) : <PlaceName text={detail?.short_name ?? judged.area} />}
        </h2>
        {report && <CertificateLink judged={judged} valid={report.summary.valid} />}
        <button
          type="button"
          className="icon-button"
          aria-label={speak(checkWords.again)}
          title={speak(checkWords.again)}
          disabled={query.isFetching}
          onClick={() => void query.refetch()}
        >
          <Icon name="refresh" size={18} />
        </button>
      </div>
      <SelectedArea network={network} judged={judged} />
      {report && <Counts report={report} />}
    </header>
  );
}

/** Areas above the judged one that are the reader's too, and the reader's other areas. */
function ScopePath({ network, judged, ancestors }: { network: Network; judged: Judged; ancestors: AreaRef[] }) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  const { account } = useSession();
  const own = ownAreas(account, network.code);
  const isEverywhere = own.includes(null);
  const first = isEverywhere ? 0 : ancestors.findIndex(({ code }) => own.some((area) => area?.code === code));
  const above = first < 0 ? [] : ancestors.slice(first);
  const areas = own.filter((area) => area !== null);
  const isTop = areas.some(({ code }) => code === judged.area);
  if (isTop && areas.length > 1) {
    return (
      <div className="check-path">
        <ChoiceMenu
          name={speak(checkWords.scope)}
          chosen={judged.area ?? ""}
          choices={areas.map((area) => ({ key: area.code, label: romanise(area.short_name) }))}
          onChoose={showScope}
        />
      </div>
    );
  }
  if (above.length === 0 && !(isEverywhere && judged.area !== null)) return null;
  return (
    <nav className="check-path" aria-label={speak(checkWords.scope)}>
      {isEverywhere && (
        <>
          <button type="button" className="link" onClick={() => showScope(wholeNetwork)}>
            {nameOf(network, language)}
          </button>
          <span aria-hidden="true">›</span>
        </>
      )}
      {above.map((area) => (
        <span key={area.id} className="check-path-step">
          <button type="button" className="link" onClick={() => showScope(area.code)}>
            <ShortName text={area.short_name} />
          </button>
          <span aria-hidden="true">›</span>
        </span>
      ))}
    </nav>
  );
}

/** The area that was clicked on the map since: one press checks it. */
function SelectedArea({ network, judged }: { network: Network; judged: Judged }) {
  const speak = useWords();
  const romanise = useRomanise();
  const sel = areaOfSelection(useView((view) => view.sel));
  const isOther = sel !== null && sel.network === network.code && sel.code !== judged.area;
  const detail = useScopeDetail(network.code, isOther ? sel.code : null);
  if (!isOther || !detail) return null;
  return (
    <button type="button" className="button check-selected" onClick={() => showScope(sel.code)}>
      {speak(checkWords.check_selected, { area: romanise(detail.short_name) })}
    </button>
  );
}

function CertificateLink({ judged, valid }: { judged: Judged; valid: boolean }) {
  const speak = useWords();
  const edition = useView((view) => view.edition);
  const values = new URLSearchParams(
    judged.area === null ? { network: judged.network } : { area: `${judged.network}:${judged.area}` },
  );
  if (edition !== null) values.set("edition", String(edition));
  return (
    <a className="button check-certificate" href={`/certificate?${values}`}>
      <Icon name="certificate" size={16} />
      {speak(valid ? checkWords.certificate : checkWords.report)}
    </a>
  );
}

/** ■错误 3  ▲警告 27  ●提示 1: each leads to its part of the list. */
function Counts({ report }: { report: CheckReport }) {
  const speak = useWords();
  const { faults, warnings, notes } = countIssues(report);
  const { checked_at, edition } = report.summary;
  const parts = [
    ["fault", "■", checkWords.fault, faults],
    ["warning", "▲", findingWords.warning, warnings],
    ["note", "●", checkWords.note, notes],
  ] as const;
  return (
    <div className="check-counts">
      {parts.map(([kind, sign, words, count]) => (
        <button
          key={kind}
          type="button"
          className={`count-chip count-${kind}`}
          disabled={count === 0}
          onClick={() => document.getElementById(`issues-${kind}`)?.scrollIntoView({ block: "start" })}
        >
          <span aria-hidden="true">{sign}</span>
          {speak(checkWords.count_of, { kind: speak(words), count: formatCount(count) })}
        </button>
      ))}
      <p className="check-time">
        <time dateTime={checked_at}>{speak(frameWords.updated_at, { time: formatTime(checked_at) })}</time>
        <span>{speak(panoramaWords.edition_number, { number: edition.number })}</span>
      </p>
    </div>
  );
}
