import { sharedSurface } from "../../data/checks/shared_surface.ts";
import { areaOf } from "../../data/measure/area.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import { isId } from "../../data/schema/parameters.ts";
import type { FamilyTree } from "../../data/schema/plan.ts";
import { failed, type KnownProblem, type Outcome, problem } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import { viewerOf, withoutEdition } from "./difference.ts";
import { findLineage } from "./difference_repository.ts";
import { findNetwork } from "./edition_repository.ts";
import { familyOf, findArea, findDays, type KnownArea, readGround } from "./family_repository.ts";
import type { EditionParts } from "./parts.ts";

/** Where areas come from and went. */
export interface Families {
  /** @param key - id or network:code, of an area of any edition that has begun */
  family: (key: string, edition: number | undefined, reader: Reader) => Promise<Outcome<FamilyTree>>;
  /** Why an area that once was is not there any more, and who has its ground; null for what never was, or still is. */
  retired: (key: string) => Promise<KnownProblem | null>;
}

/** Of an area's surface: what two ways of reckoning differ by is no share. */
const leastShare = 0.0005;

export function editionFamilies({ db, today }: Pick<EditionParts, "db" | "today">): Families {
  async function family(key: string, edition: number | undefined, reader: Reader): Promise<Outcome<FamilyTree>> {
    const area = await find(key, edition);
    if (!area) {
      return failed("area.unknown", {
        detail: `没有区域 ${key.slice(0, 80)}${edition === undefined ? "" : `，或它不在第 ${edition} 版中`}。`,
        fix: "请核对编号或编码；它可能属于别的网络。",
      });
    }
    const { id: networkId, latest } = (await findNetwork(db, area.network, today()))!;
    const rows = await findLineage(db, networkId, familyOf(area, latest!), viewerOf(reader, today()));
    const days = await findDays(
      db,
      networkId,
      rows.map((row) => row.edition),
    );
    const editions = [...new Set(rows.map((row) => row.edition))].map((number) => ({
      edition: number,
      from_day: days.get(number)!,
      entries: rows.filter((row) => row.edition === number).map(withoutEdition),
    }));
    return {
      ok: true,
      value: {
        area: refOf(area),
        retired_in: area.retired_in,
        editions,
        today: await todayOf(area, edition !== undefined),
      },
    };
  }

  /** Who has the ground of an area as it was; of one that is still in force, unless an edition is named, itself. */
  async function todayOf(area: KnownArea, wasNamed: boolean): Promise<FamilyTree["today"]> {
    if (area.retired_in === null && !wasNamed) return [{ area: refOf(area), share: 1 }];
    const { polygons, met } = await readGround(db, area, today());
    const whole = areaOf(polygons);
    return met
      .map(({ polygons: other, ...ref }) => ({ area: ref, share: Math.min(1, sharedSurface(polygons, other) / whole) }))
      .filter(({ share }) => share >= leastShare)
      .sort((a, b) => b.share - a.share);
  }

  function find(key: string, edition?: number): Promise<KnownArea | undefined> {
    if (isId(key)) return findArea(db, { id: key }, today(), edition);
    const byCode = /^([a-z0-9_]+):([^\s\0:/?#]{1,64})$/.exec(key);
    if (!byCode) return Promise.resolve(undefined);
    return findArea(db, { network: byCode[1]!, code: byCode[2]! }, today(), edition);
  }

  return {
    family,
    async retired(key) {
      const area = await find(key);
      if (!area || area.retired_in === null) return null;
      const heirs = await todayOf(area, false);
      const names = heirs.slice(0, 5).map(({ area: heir, share }) => `「${heir.name}」${Math.round(share * 100)}%`);
      return problem("area.retired", {
        detail:
          `「${area.name}」（${area.code}）自第 ${area.retired_in} 版起停用。` +
          (names.length > 0 ? `它的地块今天属于：${names.join("、")}。` : "它的地块今天不属于任何区域。"),
        fix: `可查看它的沿革 /api/areas/${area.id}/lineage，或在第 ${area.retired_in - 1} 版及以前的版次中查看它。`,
        at: area.at,
        areas: heirs.map(({ area: heir }) => heir.id),
      });
    },
  };
}

function refOf({ id, network, code, name, short_name, level, role }: KnownArea): AreaRef {
  return { id, network, code, name, short_name, level, role };
}
