import type { LevelRole } from "../schema/network.ts";
import type { Language } from "./language.ts";

/** 12345 → 「12,345」. Whole numbers only; fractions are rounded. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number with a fixed count of decimals and thousands commas: 1234.56, 1 → 「1,234.6」. */
export function formatDecimal(value: number, decimals: number): string {
  const [whole = "0", fraction] = value.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Large counts in lists: 12,345 → 「1.2万」 in Chinese, 「12.3k」 in English; below ten thousand in full. */
export function formatLarge(count: number, language: Language): string {
  if (count < 10_000) return formatCount(count);
  return language === "zh-CN" ? `${formatDecimal(count / 10_000, 1)}万` : `${formatDecimal(count / 1000, 1)}k`;
}

const rolesInHectares: readonly LevelRole[] = ["grid", "sub"];

/**
 * An area's surface the way its level is spoken of: grids in hectares (公顷), from communities up in km².
 *
 * @param areaM2 - authalic, m²
 */
export function formatSurface(areaM2: number, role: LevelRole, language: Language): { value: string; unit: string } {
  if (rolesInHectares.includes(role)) {
    return { value: formatDecimal(areaM2 / 10_000, 1), unit: language === "zh-CN" ? "公顷" : "ha" };
  }
  return { value: formatDecimal(areaM2 / 1_000_000, 2), unit: "km²" };
}

/** Metres below a kilometre, then kilometres with one decimal: 「320 m」, 「1.2 km」. */
export function formatDistance(metres: number): string {
  return metres < 1000 ? `${formatCount(metres)} m` : `${formatDecimal(metres / 1000, 1)} km`;
}

/** 0.034 → 「3%」; less than one in a hundred is 「<1%」, never 0. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100);
  return percent < 1 ? "<1%" : `${percent}%`;
}

/**
 * A range of limits: 「300–500」, 「≥ 300」, 「≤ 500」; undefined where there is no limit at all.
 */
export function formatRange(least: number | null, most: number | null): string | undefined {
  if (least !== null && most !== null) return `${formatCount(least)}–${formatCount(most)}`;
  if (least !== null) return `≥ ${formatCount(least)}`;
  if (most !== null) return `≤ ${formatCount(most)}`;
  return undefined;
}

/**
 * Wall-clock time 「14:03:22」 of an instant, in the clock of the machine that shows it.
 *
 * @param instant - ISO 8601 with offset
 */
export function formatTime(instant: string): string {
  const moment = new Date(instant);
  const two = (part: number) => part.toString().padStart(2, "0");
  return `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}

/** 「2026-11-22 14:03:22」 of an instant, in the clock of the machine that shows it. */
export function formatMoment(instant: string): string {
  const moment = new Date(instant);
  const two = (part: number) => part.toString().padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${formatTime(instant)}`;
}
