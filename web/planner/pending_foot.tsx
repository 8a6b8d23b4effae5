import { formatCount } from "../../data/vocabulary/format.ts";
import { handWords } from "../../data/vocabulary/hand_words.ts";
import { operationNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import { toolWords } from "../../data/vocabulary/tool_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { MergedStaff } from "./merged_staff.tsx";
import type { PendingOperation } from "./planner_types.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { profileOf, sideOf } from "./profile_of.ts";
import { RangeBar, sideSign } from "./range_bar.tsx";
import { useHand } from "./tools/hand_store.ts";
import { otherFigures } from "./tools/live_figures.ts";
import { keepsLarger } from "./tools/split_tool.ts";

const noLimits: [null, null] = [null, null];
/** Areas that the foot has room for. */
const mostRows = 6;

/** What waits for Enter: each area that it touches before and after, on one bar with its limits. */
export function PendingFoot() {
  const pending = usePlanner((state) => state.pending);
  return pending && pending.figures.length > 0 ? <Before pending={pending} /> : null;
}

function Before({ pending }: { pending: PendingOperation }) {
  const speak = useWords();
  const draft = usePlanner((state) => state.draft);
  const profiles = usePlanner((state) => state.profiles);
  const rows = pending.figures.slice(0, mostRows).map(({ id, before, after }) => {
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
  const { operation } = pending;
  return (
    <section className="pending-foot" aria-label={speak(operationNames[operation.op])}>
      <div className="pending-head">
        <h3>{speak(operationNames[operation.op])}</h3>
        <CodeChoice pending={pending} />
      </div>
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
          {rows.map((row) => (
            <Row key={row.id} {...row} most={most} />
          ))}
        </tbody>
      </table>
      {operation.op === "merge" && <MergedStaff keep={operation.keep} areas={operation.areas} />}
    </section>
  );
}

interface RowProps extends Pick<PendingOperation["figures"][number], "id" | "before" | "after"> {
  limits: Parameters<typeof RangeBar>[0]["limits"];
  name: string;
  most: number;
}

function Row({ id, before, after, limits, name, most }: RowProps) {
  const speak = useWords();
  const share = useHand((hand) => hand.road_shares.get(id));
  const side = after ? sideOf(after.households, limits) : null;
  const word = after === null ? toolWords.gone : before === null ? toolWords.new : null;
  return (
    <>
      <tr className="pending-row">
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
          {before && before.people !== after?.people && (
            <span className="spoken">{`${speak(plannerWords.before)} ${formatCount(before.people)} `}</span>
          )}
          {after ? formatCount(after.people) : "—"}
        </td>
      </tr>
      {after && (
        <tr className="pending-more">
          <td colSpan={4}>{otherFigures(before, after, share, speak)}</td>
        </tr>
      )}
    </>
  );
}

/** 「编码归 户数多的一侧」: who keeps the code of what is cut or joined. */
function CodeChoice({ pending: { operation, figures } }: { pending: PendingOperation }) {
  const speak = useWords();
  const name = useRomanise();
  const store = usePlannerStore();
  const draft = usePlanner((state) => state.draft);
  const { propose } = store.getState();
  if (operation.op === "split" && operation.by.kind === "line") {
    const { by } = operation;
    const turn = () => propose({ ...operation, by: { ...by, new_side: by.new_side === "left" ? "right" : "left" } });
    return (
      <label className="code-choice">
        {speak(handWords.code_goes)}
        <select value={keepsLarger({ figures }) ? "more" : "fewer"} onChange={turn}>
          <option value="more">{speak(handWords.code_more)}</option>
          <option value="fewer">{speak(handWords.code_fewer)}</option>
        </select>
      </label>
    );
  }
  if (operation.op !== "merge") return null;
  const all = [operation.keep, ...operation.areas];
  return (
    <label className="code-choice">
      {speak(handWords.code_goes)}
      <select
        value={operation.keep}
        onChange={({ target: { value: keep } }) =>
          propose({ op: "merge", keep, areas: all.filter((id) => id !== keep) })
        }
      >
        {all.map((id) => (
          <option key={id} value={id}>
            {name(draft.area(id)?.short_name ?? id)}
          </option>
        ))}
      </select>
    </label>
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
