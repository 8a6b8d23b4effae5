import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Edition, Network } from "../../data/schema/network.ts";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { editionsQuery } from "../api/queries.ts";
import { ChoiceMenu } from "../ui/choice_menu.tsx";
import { type Speak, useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { openEditions } from "./sheet_store.ts";
import { useNetwork, useNetworks, useOldEdition } from "./use_network.ts";

/** The name of a network or level in the language of the view. */
export function nameOf(named: { name: string; name_en: string }, language: string): string {
  return language === "en" && named.name_en !== "" ? named.name_en : named.name;
}

/** Draws another network: level, edition and an area selected in the former one do not carry over. */
export function showNetwork(code: string, networks: readonly Network[]): void {
  const isDefault = networks[0]?.code === code;
  changeView(
    { network: isDefault ? null : code, level: null, edition: null, on: null, overlay: null, former: null },
    "push",
  );
}

export function NetworkSwitch() {
  const speak = useWords();
  const language = useLanguage();
  const networks = useNetworks();
  const network = useNetwork();
  if (!network) return null;
  return (
    <ChoiceMenu
      name={speak(panoramaWords.network)}
      chosen={network.code}
      choices={networks.map((choice) => ({ key: choice.code, label: nameOf(choice, language), note: choice.prefix }))}
      onChoose={(code) => showNetwork(code, networks)}
    />
  );
}

export function LevelSwitch() {
  const speak = useWords();
  const language = useLanguage();
  const network = useNetwork();
  const level = useView((view) => view.level);
  if (!network) return null;
  const pinned = network.levels.some((choice) => choice.ordinal === level);
  return (
    <ChoiceMenu
      name={speak(panoramaWords.level)}
      chosen={pinned ? String(level) : "auto"}
      choices={[
        { key: "auto", label: speak(panoramaWords.level_auto), note: speak(panoramaWords.level_auto_hint) },
        ...network.levels.map((choice) => ({
          key: String(choice.ordinal),
          label: nameOf(choice, language),
          note: String(choice.ordinal),
        })),
      ]}
      onChoose={(key) => changeView({ level: key === "auto" ? null : Number(key) })}
    />
  );
}

export function EditionSwitch() {
  const speak = useWords();
  const network = useNetwork();
  const [wanted, setWanted] = useState(false);
  const { old } = useOldEdition();
  const { data } = useQuery({ ...editionsQuery(network?.code ?? ""), enabled: wanted && network !== undefined });
  const current = network?.edition;
  if (!network || !current) return null;
  const shown = old ?? current;
  return (
    <ChoiceMenu
      name={speak(panoramaWords.edition)}
      label={String(shown.number)}
      chosen={String(shown.number)}
      choices={[
        ...(data?.editions ?? [current]).map((edition) => describeEdition(edition, current, speak)),
        { key: "compare", label: `${speak(editionWords.compare)}…`, note: "E" },
      ]}
      onOpen={() => setWanted(true)}
      onChoose={(key) => (key === "compare" ? openEditions() : showEdition(Number(key), current))}
    />
  );
}

function showEdition(number: number, current: Edition): void {
  changeView({ edition: number === current.number ? null : number, on: null, former: null }, "push");
}

/** An edition as one of those to choose from. */
export function describeEdition(edition: Edition, current: Edition, speak: Speak) {
  const span = edition.to_day
    ? speak(panoramaWords.edition_span, { from: edition.from_day, to: edition.to_day })
    : speak(panoramaWords.edition_from, { day: edition.from_day });
  const isCurrent = edition.number === current.number;
  return {
    key: String(edition.number),
    label: speak(panoramaWords.edition_number, { number: edition.number }),
    note: isCurrent ? `${span} · ${speak(panoramaWords.edition_in_force)}` : span,
  };
}
