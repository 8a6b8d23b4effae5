import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  buildingUses,
  componentKinds,
  facilityKinds,
  keyUnitLevels,
  legalEntityKinds,
  pipeKinds,
  registerNames,
  roadClasses,
  smallPlaceKinds,
} from "../../data/vocabulary/dictionaries.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { type Language, sayCode, type Words } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { areaQuery } from "../api/queries.ts";
import type { Hit } from "../map/map_types.ts";
import { PlaceName } from "../ui/place_name.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { type Speak, useLanguage, useWords } from "../ui/use_words.ts";
import { wordFormer, wordPresent } from "./changes_on_map.ts";
import { formatGround } from "./edition_names.ts";
import { useShownChanges } from "./edition_store.ts";
import { useMapStore } from "./map_store.ts";
import { registerOfKind, selectionOfHit } from "./selection.ts";
import { useEditionChoice } from "./use_network.ts";

/** How long the pointer rests on a thing before it is named, milliseconds. */
const hoverDelay = 150;

/** Names what the pointer rests on; the panel after a click tells the rest. */
export function HoverCard() {
  const { hit, point } = useMapStore((state) => state.hover);
  const key = hit ? `${hit.kind}:${hit.id}` : null;
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    if (!key) return setRested(null);
    const timer = setTimeout(() => setRested(key), hoverDelay);
    return () => clearTimeout(timer);
  }, [key]);
  if (!hit || rested !== key) return null;
  const isArea = hit.kind === "area" || hit.kind === "overlay_area";
  return (
    <div className="hover-card" style={{ translate: `${point[0]}px ${point[1]}px` }} aria-hidden="true">
      <div className="hover-body">
        {hit.kind === "change" ? (
          <ChangeWords hit={hit} />
        ) : isArea ? (
          <AreaWords hit={hit} />
        ) : (
          <ThingWords hit={hit} />
        )}
      </div>
    </div>
  );
}

function AreaWords({ hit }: { hit: Hit }) {
  const speak = useWords();
  const { drawnNetwork, overlay } = useMapStore.getState();
  const { key } = selectionOfHit(hit, drawnNetwork ?? "", overlay);
  const when = useEditionChoice(key.slice(0, key.indexOf(":")));
  const { data } = useQuery(areaQuery(key, when));
  const leader = data?.staff.find((member) => member.duty.code === "leader")?.name;
  const romanise = useRomanise();
  const { name, code, households } = hit.properties;
  return (
    <>
      <strong>
        <PlaceName text={String(data?.short_name ?? name ?? "")} />
      </strong>
      <span className="tabular">{code}</span>
      <span>
        {leader && `${romanise(leader, "person")} · `}
        {formatCount(Number(households ?? 0))} {speak(panoramaWords.households)}
      </span>
    </>
  );
}

/** Whose the ground was and is, and what changed hands with it. */
function ChangeWords({ hit }: { hit: Hit }) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  const change = useShownChanges(({ moved }) => moved[Number(hit.id) - 1]);
  if (!change) return null;
  const { from, to, area_m2, households } = change;
  const homes = households === null ? "" : ` · ${formatCount(households)} ${speak(panoramaWords.households)}`;
  return (
    <>
      <strong>{wordPresent(to, speak, romanise)}</strong>
      <span className="hover-former">{wordFormer(from, speak, romanise)}</span>
      <span>
        {formatGround(area_m2, language)}
        {homes}
      </span>
    </>
  );
}

function ThingWords({ hit }: { hit: Hit }) {
  const speak = useWords();
  const language = useLanguage();
  const register = registerOfKind[hit.kind];
  const { name, number, code } = hit.properties;
  const title = name || number || code;
  return (
    <>
      {title !== undefined && (
        <strong>
          <PlaceName text={String(title)} />
        </strong>
      )}
      <span>{describeThing(hit, language) || (register ? speak(registerNames[register]) : "")}</span>
      {hit.kind === "building" && <span>{describeBuilding(hit, speak)}</span>}
    </>
  );
}

const kindWords: Readonly<Record<string, readonly [attribute: string, words: Words]>> = {
  building: ["use", buildingUses],
  road: ["class", roadClasses],
  facility: ["kind", facilityKinds],
  legal_entity: ["kind", legalEntityKinds],
  small_place: ["kind", smallPlaceKinds],
  component: ["kind", componentKinds],
  pipe: ["kind", pipeKinds],
  key_unit: ["level", keyUnitLevels],
};

function describeThing(hit: Hit, language: Language): string {
  const [attribute, words] = kindWords[hit.kind] ?? [];
  const code = attribute ? hit.properties[attribute] : undefined;
  const kind = words && code !== undefined ? sayCode(words, String(code), language) : "";
  const { diameter_mm, material } = hit.properties;
  return [kind, material, diameter_mm ? `DN${diameter_mm}` : ""].filter(Boolean).join(" · ");
}

function describeBuilding(hit: Hit, speak: Speak): string {
  const { floors, households } = hit.properties;
  const homes = Number(households ?? 0);
  return [floors ? `${floors}F` : "", homes > 0 ? `${formatCount(homes)} ${speak(panoramaWords.households)}` : ""]
    .filter(Boolean)
    .join(" · ");
}
