import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { create } from "zustand";
import type { AreaSummary } from "../../data/schema/area.ts";
import type { Network } from "../../data/schema/network.ts";
import { formatCount, formatLarge } from "../../data/vocabulary/format.ts";
import { type Language, say } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { areaQuery, childAreasQuery } from "../api/queries.ts";
import { Icon } from "../ui/icons.tsx";
import { PlaceName } from "../ui/place_name.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useRomanised } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { goTo, useMapStore } from "./map_store.ts";
import { areaOfSelection } from "./selection.ts";
import { moveInTree } from "./tree_keys.ts";
import { useEditionChoice } from "./use_network.ts";

interface TreeStore {
  /** `network:code` → open or shut by the reader; absent = as it comes. */
  open: Readonly<Record<string, boolean>>;
  /** `network:code` of the item that Tab reaches. */
  active: string | null;
}

const useTree = create<TreeStore>(() => ({ open: {}, active: null }));

function setOpen(key: string, open: boolean): void {
  useTree.setState((state) => ({ open: { ...state.open, [key]: open } }));
}

/**
 * Opens the way down to the selected area, before it is painted.
 *
 * @returns false until it is known where a link leads: a tree that opened itself later would jump under the reader
 */
function useWayToSelection(network: string): boolean {
  const sel = useView((view) => view.sel);
  const area = areaOfSelection(sel);
  const isHere = area?.network === network;
  const when = useEditionChoice(network);
  const { data, isPending } = useQuery({ ...areaQuery(sel?.key ?? "", when), enabled: isHere });
  const isAwaited = isHere && isPending;
  const client = useQueryClient();
  const [begun, begin] = useState(!isAwaited);
  useEffect(() => {
    if (begun || isAwaited) return;
    // All branches on the way come together: one that opened after the other would push rows down twice.
    const way = (data?.ancestors ?? []).map(({ code }) =>
      client.prefetchInfiniteQuery(childAreasQuery(network, code, when)),
    );
    void Promise.all(way).then(() => begin(true));
  }, [begun, isAwaited, data, client, network, when]);
  useLayoutEffect(() => {
    if (data?.network !== network) return;
    const opened = Object.fromEntries(data.ancestors.map(({ code }) => [`${network}:${code}`, true]));
    useTree.setState((state) => ({ open: { ...state.open, ...opened } }));
  }, [data, network]);
  return begun;
}

/** 区域: the areas of the drawn network, children fetched when a branch is opened. */
export function AreaTree({ network }: { network: Network }) {
  const speak = useWords();
  const when = useEditionChoice(network.code);
  const query = useInfiniteQuery(childAreasQuery(network.code, "none", when));
  const begun = useWayToSelection(network.code);
  return (
    <QueryPanel
      query={begun ? query : { ...query, data: undefined }}
      what={panoramaWords.area_tree}
      className="dock-body"
      skeleton={<TreeSkeleton />}
      isEmpty={(data) => data.pages.every((page) => page.areas.length === 0)}
      empty={<p className="note">{speak(panoramaWords.unpublished)}</p>}
    >
      {(data) => (
        <div role="tree" aria-label={speak(panoramaWords.area_tree)} className="tree">
          <Items
            areas={data.pages.flatMap((page) => page.areas)}
            level={1}
            more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          />
        </div>
      )}
    </QueryPanel>
  );
}

interface ItemsProps {
  areas: AreaSummary[];
  level: number;
  more: (() => void) | undefined;
}

function Items({ areas, level, more }: ItemsProps) {
  const speak = useWords();
  return (
    <>
      {areas.map((area, index) => (
        <Item key={area.id} area={area} level={level} isFirst={level === 1 && index === 0} />
      ))}
      {more && (
        <button type="button" role="treeitem" aria-level={level} className="link tree-more" onClick={more}>
          {speak(panoramaWords.tree_more, { count: 200 })}
        </button>
      )}
    </>
  );
}

function Item({ area, level, isFirst }: { area: AreaSummary; level: number; isFirst: boolean }) {
  const key = `${area.network}:${area.code}`;
  const language = useLanguage();
  const romanised = useRomanised(area.short_name);
  const isSelected = useView((view) => view.sel?.kind === "area" && view.sel.key === key);
  const isActive = useTree((tree) => (tree.active === null ? isFirst : tree.active === key));
  const hasChildren = area.child_count > 0;
  // The first branch comes open: a tree that shows nothing but its roots tells too little.
  const isOpen = useTree((tree) => tree.open[key] ?? isFirst) && hasChildren;
  const press = (event: MouseEvent<HTMLElement>) => {
    useTree.setState({ active: key });
    const onToggle = event.target instanceof Element && event.target.closest(".tree-toggle") !== null;
    if (hasChildren && (onToggle || !isOpen)) setOpen(key, !isOpen);
    if (onToggle && hasChildren) return;
    changeView({ sel: { kind: "area", key } }, "push");
    goTo(area.bbox);
  };
  // An area chosen on the map or by a link may lie below the fold.
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <>
      <div
        ref={row}
        role="treeitem"
        aria-level={level}
        aria-selected={isSelected}
        aria-expanded={hasChildren ? isOpen : undefined}
        tabIndex={isActive ? 0 : -1}
        data-key={key}
        className="tree-row"
        style={{ paddingInlineStart: 8 + (level - 1) * 18 }}
        onClick={press}
        onKeyDown={steer}
        onFocus={() => useTree.setState({ active: key })}
        onPointerEnter={() => useMapStore.getState().map?.hover({ kind: "area", id: area.id })}
        onPointerLeave={() => useMapStore.getState().map?.hover(null)}
      >
        <span className={isOpen ? "tree-toggle tree-toggle-open" : "tree-toggle"}>
          {hasChildren && <Icon name="chevron_right" size={14} />}
        </span>
        <span
          className="tree-name"
          title={romanised === area.short_name ? undefined : `${romanised} ${area.short_name}`}
        >
          <PlaceName text={area.short_name} />
        </span>
        <span className="tree-count">{describeSize(area, language)}</span>
      </div>
      {isOpen && <Branch parent={area} level={level + 1} />}
    </>
  );
}

/** The children of an open area. They follow it as equals in the page: `aria-level` says what lies below what. */
function Branch({ parent, level }: { parent: AreaSummary; level: number }) {
  const when = useEditionChoice(parent.network);
  const query = useInfiniteQuery(childAreasQuery(parent.network, parent.code, when));
  // The rows to come keep their place, so that nothing below moves twice.
  const room = <div className="tree-room" style={{ "--rows": Math.min(parent.child_count, 200) } as CSSProperties} />;
  return (
    <QueryPanel query={query} what={panoramaWords.area_tree} skeleton={room}>
      {(data) => (
        <Items
          areas={data.pages.flatMap((page) => page.areas)}
          level={level}
          more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        />
      )}
    </QueryPanel>
  );
}

/** 「27格」 for a community, 「137户」 for what has none below, 「1.2万户」 for the levels above. */
function describeSize(area: AreaSummary, language: Language): string {
  const household = say(panoramaWords.unit_households, language);
  const grid = say(panoramaWords.unit_grids, language);
  const ofGrids = (area.role === "community" || area.role === "zone") && area.child_count > 0;
  if (ofGrids) return `${formatCount(area.leaf_count)}${grid}`;
  return `${formatLarge(area.households, language)}${household}`;
}

/** Arrow keys and Enter, as the WAI-ARIA tree pattern has them. */
function steer(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const item = event.currentTarget;
  const move = moveInTree(event.key, item);
  if (!move) return;
  event.preventDefault();
  if (move.kind === "focus") move.item.focus();
  else if (move.kind === "choose") item.click();
  else setOpen(item.dataset.key ?? "", move.kind === "open");
}

/** Grey bars of the height of rows. */
function TreeSkeleton() {
  return (
    <div className="tree">
      {[62, 48, 54, 47, 70, 53, 46, 61, 55].map((width) => (
        <div key={width} className="tree-row">
          <span className="bone" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
