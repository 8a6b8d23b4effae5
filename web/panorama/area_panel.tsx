import { useQuery } from "@tanstack/react-query";
import type { AreaDetail } from "../../data/schema/area.ts";
import type { Network } from "../../data/schema/network.ts";
import { areaKinds } from "../../data/vocabulary/dictionaries.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { formatCount, formatSurface } from "../../data/vocabulary/format.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { problemCode } from "../api/client.ts";
import { areaQuery } from "../api/queries.ts";
import { CopyButton } from "../ui/copy_button.tsx";
import { PanelTitle } from "../ui/place_name.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { useNamesSettled } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView } from "../ui/view_store.ts";
import { AreaLink, AreaLinks, Section } from "./area_links.tsx";
import { AreaPeople } from "./area_people.tsx";
import { AreaProfile } from "./area_profile.tsx";
import { AreaElsewhere } from "./area_elsewhere.tsx";
import { AreaLineage, RetiredArea } from "./area_lineage.tsx";
import { mayCheck, openOn } from "./check_scope.ts";
import { HiddenFacts, Missing, PanelSkeleton, UpdatedAt } from "./panel_parts.tsx";
import { openSheet } from "./sheet_store.ts";
import { nameOf } from "./switches.tsx";
import { useEditionChoice, useNetwork, useNetworks } from "./use_network.ts";

/** What is known of one area, by `network:code`. */
export function AreaPanel({ areaKey }: { areaKey: string }) {
  const network = areaKey.slice(0, areaKey.indexOf(":"));
  const when = useEditionChoice(network);
  const query = useQuery(areaQuery(areaKey, when));
  const settled = useNamesSettled();
  if (problemCode(query.error) === "area.retired") {
    return (
      <div className="panel-body">
        <RetiredArea areaKey={areaKey} />
      </div>
    );
  }
  return (
    <QueryPanel
      query={settled ? query : { ...query, data: undefined }}
      what={panoramaWords.panel}
      className="panel-body"
      skeleton={<PanelSkeleton />}
      missing={<Missing wording={panoramaWords.missing_area} name={areaKey.slice(areaKey.indexOf(":") + 1)} />}
    >
      {(area) => <Facts area={area} />}
    </QueryPanel>
  );
}

function Facts({ area }: { area: AreaDetail }) {
  const speak = useWords();
  const language = useLanguage();
  const network = useNetworks().find((candidate) => candidate.code === area.network);
  return (
    <>
      <AreaHead area={area} network={network} />
      <Figures area={area} />
      <AreaActs area={area} />
      <AreaPeople area={area} />
      <AreaProfile area={area} />
      {area.neighbours.length > 0 && (
        <Section title={neighbourTitle(area, network, speak, language)}>
          <AreaLinks areas={area.neighbours} />
        </Section>
      )}
      <AreaElsewhere area={area} />
      <AreaLineage area={area} />
      {area.children.length > 0 && (
        <Section title={speak(panoramaWords.children_count, { count: area.children.length })}>
          <AreaLinks areas={area.children} />
        </Section>
      )}
      <UpdatedAt time={area.updated_at} note={speak(panoramaWords.edition_number, { number: area.edition })} />
    </>
  );
}

function AreaHead({ area, network }: { area: AreaDetail; network: Network | undefined }) {
  const speak = useWords();
  const language = useLanguage();
  const level = network?.levels.find((candidate) => candidate.ordinal === area.level);
  return (
    <div className="panel-head">
      <PanelTitle text={area.short_name} />
      <p className="panel-code">
        <span className="tabular">{area.code}</span>
        <CopyButton text={area.code} />
      </p>
      <p className="panel-path">
        {area.ancestors.map((ancestor) => (
          <span key={ancestor.id}>
            <AreaLink area={ancestor} /> <span aria-hidden="true">›</span>{" "}
          </span>
        ))}
        <span>
          {level ? nameOf(level, language) : ""}
          {area.kind === "special" && ` · ${speak(areaKinds.special)}`}
          {area.pieces > 1 && ` · ${speak(panoramaWords.pieces, { count: area.pieces })}`}
        </span>
      </p>
    </div>
  );
}

/** What can be done with the area, for those who may. */
function AreaActs({ area }: { area: AreaDetail }) {
  const speak = useWords();
  const drawn = useNetwork();
  const checks = mayCheck(useSession());
  if (!checks || area.network !== drawn?.code) return null;
  return (
    <div className="form-buttons area-acts">
      <button type="button" className="button" onClick={() => openChecks("check", area.network)}>
        {speak(findingWords.check_area)}
      </button>
      <button type="button" className="button" onClick={() => openChecks("crosswalk", area.network)}>
        {speak(findingWords.crosswalk)}
      </button>
    </div>
  );
}

function openChecks(panel: "check" | "crosswalk", network: string): void {
  changeView(openOn(panel, network), "push");
  openSheet(panel);
}

/** The row of large figures, and the smaller ones under it. */
function Figures({ area }: { area: AreaDetail }) {
  const speak = useWords();
  const language = useLanguage();
  const surface = formatSurface(area.area_m2, area.role, language);
  const { counts } = area;
  const figures = [
    [formatCount(counts.households), speak(panoramaWords.households)],
    [formatCount(counts.people), speak(panoramaWords.people)],
    [formatCount(counts.buildings), speak(panoramaWords.buildings)],
    [surface.value, surface.unit],
  ] as const;
  const more = [
    [speak(panoramaWords.registered), counts.registered],
    [speak(panoramaWords.floating), counts.floating],
    [speak(panoramaWords.let_homes), counts.let_homes],
    [speak(panoramaWords.homes), counts.homes],
  ] as const;
  return (
    <div className="figures">
      <dl className="figures-row">
        {figures.map(([value, unit]) => (
          <div key={unit}>
            <dt>{unit}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <dl className="figures-more">
        {more.map(
          ([name, count]) =>
            count !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{formatCount(count)}</dd>
              </div>
            ),
        )}
      </dl>
      <HiddenFacts names={more.filter(([, count]) => count === null).map(([name]) => name)} />
    </div>
  );
}

function neighbourTitle(
  area: AreaDetail,
  network: Network | undefined,
  speak: ReturnType<typeof useWords>,
  language: string,
): string {
  const level = network?.levels.find((candidate) => candidate.ordinal === area.level);
  if (area.role === "grid" || !level) return speak(panoramaWords.neighbours);
  return speak(panoramaWords.neighbours_of_level, { level: nameOf(level, language) });
}
