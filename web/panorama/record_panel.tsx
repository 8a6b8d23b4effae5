import { useQuery } from "@tanstack/react-query";
import type { RecordDetail, Register } from "../../data/schema/record.ts";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { factDictionaries, registerNames } from "../../data/vocabulary/dictionaries.ts";
import { factUnits, factWords, plainNumbers } from "../../data/vocabulary/fact_words.ts";
import { formatCount, formatDecimal } from "../../data/vocabulary/format.ts";
import { say, sayCode } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { recordQuery } from "../api/queries.ts";
import { PanelTitle } from "../ui/place_name.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useNamesSettled } from "../ui/use_romanised.ts";
import { type Speak, useLanguage, useWords } from "../ui/use_words.ts";
import { useSession } from "../ui/reader.ts";
import { AreaLink, Section } from "./area_links.tsx";
import { ContactLines } from "./contact_lines.tsx";
import { isOfOwnAreas, isShut } from "./guarded_layers.ts";
import { goTo } from "./map_store.ts";
import { Forbidden, HiddenFacts, Missing, PanelSkeleton, UpdatedAt } from "./panel_parts.tsx";
import { nameOf } from "./switches.tsx";
import { useNetworks } from "./use_network.ts";

/** What is known of one building, road, pipe, hydrant, key unit … */
export function RecordPanel({ register, id }: { register: Register; id: string }) {
  const shut = isShut(useSession(), register);
  const query = useQuery({ ...recordQuery(register, id), enabled: !shut });
  const settled = useNamesSettled();
  if (shut) {
    return (
      <div className="panel-body" data-state="forbidden">
        <Forbidden register={register} />
      </div>
    );
  }
  const missing = isOfOwnAreas(register) ? readerWords.outside_or_unknown : panoramaWords.missing_record;
  return (
    <QueryPanel
      query={settled ? query : { ...query, data: undefined }}
      what={panoramaWords.panel}
      className="panel-body"
      skeleton={<PanelSkeleton />}
      missing={<Missing wording={missing} name={id} />}
    >
      {(record) => <Record record={record} />}
    </QueryPanel>
  );
}

function Record({ record }: { record: RecordDetail }) {
  const speak = useWords();
  const language = useLanguage();
  const facts = Object.entries(record.facts).filter(([, value]) => value !== null && value !== "");
  return (
    <>
      <div className="panel-head">
        <PanelTitle text={record.title || speak(registerNames[record.register])} />
        <p className="panel-path">
          {speak(registerNames[record.register])}
          <button type="button" className="link" onClick={() => goTo(record.at)}>
            {speak(panoramaWords.zoom_to)}
          </button>
        </p>
      </div>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{sayCode(factWords, name, language)}</dt>
            <dd>{describeValue(record.register, name, value, language, speak)}</dd>
          </div>
        ))}
      </dl>
      <HiddenFacts names={record.hidden.map((name) => sayCode(factWords, name, language))} />
      {record.contacts.length > 0 && (
        <Section title={speak(readerWords.contacts)}>
          <ContactLines contacts={record.contacts} owner={record.title} />
        </Section>
      )}
      <LocatedIn record={record} />
      <UpdatedAt time={record.updated_at} note={`${speak(panoramaWords.source)} ${record.source}`} />
    </>
  );
}

function LocatedIn({ record }: { record: RecordDetail }) {
  const speak = useWords();
  const language = useLanguage();
  const networks = useNetworks();
  if (record.areas.length === 0) return null;
  return (
    <Section title={speak(panoramaWords.located_in)}>
      <ul className="located-in">
        {record.areas.map((area) => {
          const network = networks.find((candidate) => candidate.code === area.network);
          return (
            <li key={area.id}>
              <span className={`mark mark-${area.network}`} aria-hidden="true">
                {network?.mark}
              </span>
              <span>{network ? nameOf(network, language) : area.network}</span>
              <AreaLink area={area} />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

type FactValue = RecordDetail["facts"][string];

/** Codes in words, amounts with their unit, yes and no; years and numbers of things as they are. */
function describeValue(
  register: Register,
  name: string,
  value: FactValue,
  language: "zh-CN" | "en",
  speak: Speak,
): string {
  if (value === null) return speak(panoramaWords.unknown_value);
  if (typeof value === "boolean") return speak(value ? panoramaWords.yes : panoramaWords.no);
  const dictionary = factDictionaries[`${register}.${name}`];
  if (dictionary) return sayCode(dictionary, String(value), language);
  if (typeof value === "string") return value;
  const unit = factUnits[name] ? say(factUnits[name], language) : "";
  const number = plainNumbers.has(name) ? String(value) : formatAmount(value);
  return unit ? `${number} ${unit}` : number;
}

function formatAmount(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatDecimal(value, value < 10 ? 2 : 1);
}
