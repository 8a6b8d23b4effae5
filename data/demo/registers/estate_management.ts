import type { EstateRow } from "../../schema/city_rows.ts";
import type { Scene } from "./scene.ts";

/** Who runs each estate: houses of works units their owner, old estates mostly the residents, others a company. */
export function manageEstates(scene: Scene): EstateRow["managed"][] {
  return scene.plan.estates.map((estate, index) => {
    if (/(家属院|宿舍)$/.test(estate.name)) return "unit";
    const old = /(新村|小区|里)$/.test(estate.name);
    return scene.random(`estate/${index}`)() < (old ? 0.45 : 0.04) ? "self" : "property";
  });
}
