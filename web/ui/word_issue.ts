import type { AreaRef } from "../../data/schema/area.ts";
import type { CheckFault, CheckWarning } from "../../data/schema/check.ts";
import {
  checkedThingNames,
  checkWords,
  faultKindNames,
  invalidReasons,
  warningKindNames,
} from "../../data/vocabulary/check_words.ts";
import { formatCount, formatDecimal, formatDistance } from "../../data/vocabulary/format.ts";
import type { Language, Wording } from "../../data/vocabulary/language.ts";
import type { Speak } from "./use_words.ts";

/** How a page says things: its language, and names in its letters. */
export interface Voice {
  speak: Speak;
  name: (text: string) => string;
  language: Language;
  /** Code of the judged area, which need not be named with each issue; null = a whole network. */
  scope: string | null;
}

/** What a row of the list says of a fault or a warning. */
export interface IssueWords {
  /** Kind and figure: 「空隙 1,240 m²」. */
  title: string;
  /** Whom it is about. */
  where: string;
  /** What happened and where, as a sentence. */
  sentence: string;
  /** What the map writes on its chip. */
  chip: string;
}

/** 0.0042 m² is 「<0.01 m²」, 3.14 「3.1 m²」, 1240 「1,240 m²」, a million and more km². */
export function formatPlace(areaM2: number): string {
  if (areaM2 >= 1_000_000) return `${formatDecimal(areaM2 / 1_000_000, 2)} km²`;
  if (areaM2 >= 10) return `${formatCount(areaM2)} m²`;
  if (areaM2 >= 1) return `${formatDecimal(areaM2, 1)} m²`;
  return areaM2 < 0.01 ? "<0.01 m²" : `${formatDecimal(areaM2, 2)} m²`;
}

/** Without a space between two Han characters, where a name without digits was put in. */
function tidy(text: string): string {
  return text.replace(/(?<=[\p{Script=Han}」]) (?=[\p{Script=Han}「])/gu, "").trim();
}

/** 「慧泽02 与 慧泽03」; of more than `most` the first and how many there are. */
function joinAreas(areas: readonly AreaRef[], most: number, { speak, name }: Voice): string {
  const names = areas.map((area) => name(area.short_name));
  const last = names.at(-1) ?? "";
  if (names.length > most) return speak(checkWords.and_more, { first: names[0] ?? "", count: names.length });
  if (names.length < 2) return last;
  const first = names.slice(0, -1).join(speak(["、", ", "]));
  return speak(checkWords.and, { first, last });
}

function nameThing(thing: { kind: string; id: string; name: string }, { speak, name }: Voice): string {
  const kind = speak(checkedThingNames[thing.kind] ?? [thing.kind, thing.kind]);
  return thing.name === "" ? `${kind} ${thing.id}` : speak(checkWords.named_thing, { kind, name: name(thing.name) });
}

/** @param isFreeWater - a gap of nothing but water, which the rules allow */
export function wordFault(fault: CheckFault, voice: Voice, isFreeWater = false): IssueWords {
  const { speak, name } = voice;
  const size = fault.length_m === null ? formatPlace(fault.area_m2) : formatDistance(fault.length_m);
  const areas = joinAreas(fault.areas, 3, voice);
  const below =
    fault.parent && fault.parent.code !== voice.scope
      ? speak(checkWords.below, { parent: name(fault.parent.short_name) })
      : "";
  const thing = fault.thing && nameThing(fault.thing, voice);
  const { title, chip } = titleFault(fault, size, voice, isFreeWater);
  const where = [thing, areas, below].filter((part) => part !== null && part !== "").join(" · ");
  return {
    title,
    chip,
    where: tidy(where),
    sentence: tidy(sentenceOf(fault, { size, areas: joinAreas(fault.areas, 8, voice), thing }, voice, isFreeWater)),
  };
}

function titleFault(fault: CheckFault, size: string, { speak }: Voice, isFreeWater: boolean) {
  const kind = speak(isFreeWater ? checkWords.free_water : faultKindNames[fault.kind]);
  if (fault.kind === "uncovered") {
    const what = speak(checkedThingNames[fault.thing?.kind ?? ""] ?? ["", ""]);
    const words = speak(checkWords.uncovered_thing, { kind: what });
    const isLine = fault.length_m !== null;
    return {
      title: isLine ? speak(checkWords.title_size, { kind: words, size }) : words,
      chip: isLine ? speak(checkWords.title_size, { kind, size }) : kind,
    };
  }
  if (fault.kind === "duplicate_code" || fault.kind === "invalid_geometry") return { title: kind, chip: kind };
  const title = speak(checkWords.title_size, { kind, size });
  if (fault.kind !== "overlap" || fault.areas.length !== 2) return { title, chip: title };
  // 01∩02: on the map the numbers are enough.
  const numbers = fault.areas.map(({ short_name }) => /\d+$/.exec(short_name)?.[0] ?? short_name).join("∩");
  return { title, chip: `${numbers} ${title}` };
}

interface FaultParts {
  size: string;
  areas: string;
  thing: string | null;
}

function sentenceOf(fault: CheckFault, parts: FaultParts, voice: Voice, isFreeWater: boolean): string {
  const { speak, name } = voice;
  const { size, areas, thing } = parts;
  const inside = wordInside(fault.inside, voice);
  const gap = [checkWords.gap_alone, checkWords.gap_beside][fault.areas.length] ?? checkWords.gap_between;
  const water = fault.areas.length === 0 ? checkWords.free_water_alone : checkWords.free_water_of;
  switch (fault.kind) {
    case "gap":
      return isFreeWater ? speak(water, { size, areas }) : `${speak(gap, { size, areas })}${inside}`;
    case "overlap":
      return `${speak(checkWords.overlap_of, { size, areas })}${inside}`;
    case "outside": {
      const parent = fault.parent ? name(fault.parent.short_name) : null;
      const said = parent === null ? checkWords.outside_of_all : checkWords.outside_of;
      return `${speak(said, { size, areas, parent: parent ?? "" })}${inside}`;
    }
    case "invalid_geometry":
      return speak(checkWords.invalid_of, { areas, reason: speak(invalidReasons[fault.reason ?? "collapsed"]) });
    case "uncovered":
      return speak(fault.length_m === null ? checkWords.uncovered_of : checkWords.uncovered_length, {
        thing: thing ?? "",
        size,
      });
    case "duplicate_code":
      return speak(checkWords.duplicate_of, { areas, code: fault.areas[0]?.code ?? "" });
  }
}

/** 「内有 3 幢楼、42 户、130 人。」; nothing where nothing lies inside. */
function wordInside(inside: CheckFault["inside"], { speak }: Voice): string {
  if (!inside || inside.buildings === 0) return "";
  const parts = [
    speak(checkWords.count_buildings, { count: formatCount(inside.buildings) }),
    ...(inside.households > 0
      ? [
          speak(checkWords.count_households, { count: formatCount(inside.households) }),
          speak(checkWords.count_people, { count: formatCount(inside.people) }),
        ]
      : []),
  ];
  return speak(["", " "]) + speak(checkWords.inside_of, { parts: parts.join(speak(["、", ", "])) });
}

type Figure = CheckWarning["figures"][number];

/** How the value of a figure and its limits are written. */
const figureForms: Readonly<
  Record<string, { value: (value: number, speak: Speak) => string; limit: (value: number) => string }>
> = {
  households: {
    value: (value, speak) => speak(checkWords.household_value, { count: formatCount(value) }),
    limit: formatCount,
  },
  people: {
    value: (value, speak) => speak(checkWords.people_value, { count: formatCount(value) }),
    limit: formatCount,
  },
  area_m2: {
    value: (value) => `${formatDecimal(value / 10_000, 1)} ha`,
    limit: (value) => formatDecimal(value / 10_000, 1),
  },
  holders: { value: (value) => formatCount(value), limit: formatCount },
  pieces: { value: (value) => formatCount(value), limit: formatCount },
  compactness: { value: (value) => formatDecimal(value, 2), limit: (value) => formatDecimal(value, 2) },
  border_on_roads: {
    value: (value) => `${Math.round(value * 100)}%`,
    limit: (value) => `${Math.round(value * 100)}%`,
  },
  balance: { value: (value) => formatDecimal(value, 1), limit: (value) => formatDecimal(value, 1) },
};

function rangeOf({ what, limits: [least, most] }: Figure): string {
  const write = figureForms[what]?.limit ?? String;
  if (least !== null && most !== null) return least === most ? write(least) : `${write(least)}–${write(most)}`;
  if (least !== null) return `≥ ${write(least)}`;
  return most === null ? "" : `≤ ${write(most)}`;
}

function verdictOf(figure: Figure, { speak }: Voice): string {
  const range = rangeOf(figure);
  if (figure.fits) return speak(checkWords.within, { range });
  // 「超出 3,000」, not 「超出 ≤ 3,000」: the word says the side already.
  const bare = range.replace(/^[≥≤] /, "");
  return speak(isUnder(figure) ? checkWords.under : checkWords.over, { range: bare });
}

function writeValue(figure: Figure, { speak }: Voice): string {
  return figureForms[figure.what]?.value(figure.value, speak) ?? formatDecimal(figure.value, 2);
}

/** True for a figure below its least limit. */
function isUnder({ value, limits: [least] }: Figure): boolean {
  return least !== null && value < least;
}

export function wordWarning(warning: CheckWarning, voice: Voice): IssueWords {
  const { speak, name } = voice;
  const area = name(warning.area.short_name);
  if (warning.cut) return wordCut(warning, warning.cut, voice);
  const wrong = warning.figures.filter(({ fits }) => !fits);
  const [figure] = wrong.length > 0 ? wrong : warning.figures;
  if (!figure) return { title: area, where: "", sentence: area, chip: "▲" };
  const written = { value: writeValue(figure, voice), verdict: verdictOf(figure, voice), range: rangeOf(figure) };
  const where = warning.profile ? speak(checkWords.rule_name, { name: warning.profile.name }) : "";
  const arrow = isUnder(figure) ? "▼" : "▲";
  const kind = speak(warningKindNames[warning.kind]);
  if (warning.kind === "population") {
    const figures = (list: readonly Figure[]) =>
      list
        .map((each) =>
          speak(checkWords.figure_with_verdict, { value: writeValue(each, voice), verdict: verdictOf(each, voice) }),
        )
        .join(speak(["；", "; "]));
    return {
      title: tidy(speak(checkWords.title_population, { area, figures: figures(wrong) })),
      where,
      sentence: tidy(speak(checkWords.population_of, { area, figures: figures(warning.figures) })),
      chip: `${arrow}${speak(figure.what === "people" ? checkWords.people_short : checkWords.household_short, {
        count: formatCount(figure.value),
      })}`,
    };
  }
  if (warning.kind === "staffing") {
    const duty = dutyName(warning, voice);
    const isVacant = figure.value === 0;
    const said = isVacant ? checkWords.staffing_vacant : checkWords.staffing_of;
    const titled = isVacant ? checkWords.title_vacant : checkWords.title_figure;
    return {
      title: tidy(speak(titled, { area, duty, name: duty, ...written })),
      where,
      sentence: tidy(speak(said, { area, duty, ...written })),
      chip: isVacant
        ? `▲${duty}${speak(["", " "])}${speak(checkWords.vacant_short)}`
        : `${arrow}${duty} ${written.value}`,
    };
  }
  return {
    title: tidy(speak(checkWords.title_figure, { area, name: kind, ...written })),
    where,
    sentence: tidy(speak(sentences[warning.kind] ?? checkWords.surface_of, { area, ...written })),
    chip: `${arrow}${kind} ${written.value}`,
  };
}

const sentences: Partial<Record<CheckWarning["kind"], Wording>> = {
  surface: checkWords.surface_of,
  pieces: checkWords.pieces_of,
  compactness: checkWords.compactness_of,
  border_on_roads: checkWords.border_on_roads_of,
  balance: checkWords.balance_of,
};

function dutyName({ duty }: CheckWarning, { language }: Voice): string {
  if (!duty) return "";
  return language === "en" && duty.name_en !== "" ? duty.name_en : duty.name;
}

function wordCut(warning: CheckWarning, cut: NonNullable<CheckWarning["cut"]>, voice: Voice): IssueWords {
  const { speak, name } = voice;
  const thing = nameThing(cut.thing, voice);
  const where = cut.shares
    .map(({ area, share }) => `${area ? name(area.short_name) : speak(checkWords.in_no_area)} ${percent(share)}`)
    .join(" · ");
  return {
    title: tidy(speak(checkWords.title_cut, { thing })),
    where,
    sentence: tidy(speak(checkWords.cut_of, { thing })),
    chip: speak(warningKindNames[warning.kind]),
  };
}

/** 0.024 → 「2.4%」 below ten, whole percents above. */
export function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 9.95 ? `${formatDecimal(value, 1)}%` : `${Math.round(value)}%`;
}
