import { useQuery } from "@tanstack/react-query";
import type { Basemap } from "../../data/schema/basemap.ts";
import { basemapsQuery } from "../api/queries.ts";
import { useView } from "../ui/view_store.ts";
import { useMapStore } from "./map_store.ts";

/**
 * The backdrop that the address names, if this server has it, and since when it fails (ISO time; null while it does
 * not). Another one that failed before says nothing of this one.
 */
export function useBasemap(): { basemap: Basemap | undefined; failedSince: string | null } {
  const base = useView((view) => view.base);
  const { data } = useQuery({ ...basemapsQuery(), enabled: base !== null });
  const failed = useMapStore((state) => state.basemapFailed);
  const basemap = data?.basemaps.find((candidate) => candidate.id === base);
  return { basemap, failedSince: basemap && failed?.id === basemap.id ? failed.since : null };
}
