import { formatCount } from "../../data/vocabulary/format.ts";
import { operationNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import { toolWords } from "../../data/vocabulary/tool_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import type { PendingOperation } from "./planner_types.ts";
import { usePlanner } from "./planner_store.ts";
import { profileOf, sideOf } from "./profile_of.ts";
import { RangeBar, sideSign } from "./range_bar.tsx";

const noLimits: [null, null] = [null, null];

/** What waits for Enter: each area that it touches before and after, on one bar with its limits. */
export function PendingFoot() {
  const pending = usePlanner((state) => state.pending);
  return pending && pending.figures.length > 0 ? <Before pending={pending} /> : null;
}

function Before({ pending }: { pending: PendingOperation }) {
  const speak = useWords();
  const draft = usePlanner((state) => state.draft);
  const profiles = usePlanner((state) => state.profiles);
  const rows = pending.figures.slice(0, 6).map(({ id, before, after }) => {
    const area = pending.changed.find((each) => each.id === id) ?? draft.area(id);
    const limits = area ? (profileOf(draft, profiles, area)?.households ?? noLimits) : noLimits;
    return { id, before, after, limits, name: area?.short_name ?? id };
  });
  const most =
    1.2 *
    Math.max(
      1,
      ...rows.flatMap(({ before, after, limits }) => [before?.households ?? 0, after?.households ?? 0, limits[1] ?? 0]),
    );
  return (
    <section className="pending-foot" aria-label={speak(operationNames[pending.operation.op])}>
      <h3>{speak(operationNames[pending.operation.op])}</h3>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{speak(plannerWords.grid)}</th>
            <th scope="col">
              <span className="spoken">{speak(plannerWords.tab_rules)}</span>
            </th>
            <th scope="col">{speak(plannerWords.households)}</th>
            <th scope="col">{speak(plannerWords.people)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, before, after, limits, name }) => {
            const side = after ? sideOf(after.households, limits) : null;
            const word = after === null ? toolWords.gone : before === null ? toolWords.new : null;
            return (
              <tr key={id}>
                <th scope="row">{word ? speak(word, { name }) : <ShortName text={name} />}</th>
                <td>
                  {after && (
                    <RangeBar
                      value={after.households}
                      before={before?.households ?? null}
                      limits={limits}
                      most={most}
                      look={before ? "kept" : "new"}
                    />
                  )}
                </td>
                <td className={side ? "figure figure-out" : "figure"}>
                  <Pair before={before?.households} after={after?.households} sign={sideSign(side)} />
                </td>
                <td className="figure">
                  <Pair before={before?.people} after={after?.people} sign="" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** 「612 → ▲ 318」 */
function Pair({ before, after, sign }: { before: number | undefined; after: number | undefined; sign: string }) {
  const speak = useWords();
  return (
    <>
      {before !== undefined && before !== after && (
        <>
          <span className="spoken">{speak(plannerWords.before)} </span>
          <span className="figure-before">{formatCount(before)}</span>
          <span aria-hidden="true"> → </span>
          <span className="spoken">{speak(plannerWords.after)} </span>
        </>
      )}
      {sign} {after === undefined ? "—" : formatCount(after)}
    </>
  );
}
