import { gridListWords } from "../../data/vocabulary/grid_list_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { useWords } from "../ui/use_words.ts";
import { type Order, orders } from "./sort_grids.ts";

const names = {
  name: plannerWords.grid,
  limits: gridListWords.limits,
  households: plannerWords.households,
  people: plannerWords.people,
  area_m2: plannerWords.surface,
} as const;

/** Heads of the list of grids: each sorts by its column, a second time the other way round. */
export function SortHead({ order, onOrder }: { order: Order; onOrder: (order: Order) => void }) {
  const speak = useWords();
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="spoken">{speak(gridListWords.selected)}</span>
        </th>
        {orders.map((by) => {
          const isOrder = order.by === by;
          const down = isOrder ? !order.down : by !== "name";
          return (
            <th key={by} scope="col" aria-sort={isOrder ? (order.down ? "descending" : "ascending") : "none"}>
              <button type="button" className="sort-button" onClick={() => onOrder({ by, down })}>
                {speak(names[by])}
                <span aria-hidden="true">{isOrder ? (order.down ? "▾" : "▴") : ""}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
