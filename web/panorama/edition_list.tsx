import { useQueryClient } from "@tanstack/react-query";
import { Fragment, useMemo, useState } from "react";
import type { AreaRef } from "../../data/schema/area.ts";
import { differenceWords } from "../../data/vocabulary/difference_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { areaQuery } from "../api/queries.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, useView } from "../ui/view_store.ts";
import { useChosenLine, walkLines } from "../ui/walk_lines.ts";
import { boxOfPieces } from "./changes_on_map.ts";
import { fateNames, fateSigns, formatGround } from "./edition_names.ts";
import { type Amount, type Change, type ChangedArea, type Comparison, orderRows, wordCodes } from "./edition_rows.ts";
import { withSurroundings } from "./findings_on_map.ts";
import { goTo } from "./map_store.ts";
import { useEditionChoice, useNetwork } from "./use_network.ts";

/** Lines that a group shows at first, and how many more at a time. */
const page = 60;
/** Further in a strip of a few metres would fill the screen and say nothing of where it is. */
const closest = 18;

interface Ids {
  news: ReadonlySet<string>;
  gone: ReadonlySet<string>;
}

/** Changed grids, grouped by what happened to them. */
export function EditionList({ comparison }: { comparison: Comparison }) {
  const ids = useMemo((): Ids => {
    const rows = orderRows(comparison);
    const of = (some: readonly ChangedArea[]) => new Set(some.map(({ is, was }) => (is ?? was)?.id ?? ""));
    return {
      news: of(rows.filter(({ fate }) => fate === "new")),
      gone: of(rows.filter(({ fate }) => fate === "retired")),
    };
  }, [comparison]);
  return comparison.groups.map(({ fate, rows }) => <Group key={fate} fate={fate} rows={rows} ids={ids} />);
}

interface GroupProps {
  fate: ChangedArea["fate"];
  rows: readonly ChangedArea[];
  ids: Ids;
}

function Group({ fate, rows, ids }: GroupProps) {
  const speak = useWords();
  const [wanted, setWanted] = useState(page);
  const chosen = useView((view) => rows.findIndex(({ key }) => view.sel?.kind === "area" && view.sel.key === key));
  const shown = rows.slice(0, Math.max(wanted, chosen + 1));
  const rest = rows.length - shown.length;
  return (
    <section className="edition-group" data-fate={fate} aria-labelledby={`fate-${fate}`}>
      <h3 id={`fate-${fate}`} className="issue-part-title">
        <span className="edition-sign" aria-hidden="true">
          {fateSigns[fate]}
        </span>
        {speak(fateNames[fate])}
        <span className="issue-part-count">{formatCount(rows.length)}</span>
      </h3>
      <ul className="issue-list">
        {shown.map((row) => (
          <Row key={row.key} row={row} ids={ids} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="link issue-more" onClick={() => setWanted(shown.length + page)}>
          {speak(differenceWords.more, { count: Math.min(rest, page) })}
        </button>
      )}
    </section>
  );
}

const lines = ".editions [data-key]";
const walk = walkLines(lines);

function Row({ row, ids }: { row: ChangedArea; ids: Ids }) {
  const { key, fate, was, is } = row;
  const isChosen = useView((view) => view.sel?.kind === "area" && view.sel.key === key);
  const look = useLook();
  const line = useChosenLine(isChosen, lines);
  const area = is ?? was;
  if (!area) return null;
  return (
    <li className={isChosen ? "issue issue-chosen" : "issue"}>
      <button
        ref={line}
        type="button"
        className="issue-line edition-line"
        data-key={key}
        aria-expanded={row.pieces.length > 0 ? isChosen : undefined}
        aria-current={isChosen}
        onClick={() => look(row)}
        onKeyDown={walk}
      >
        <span className="issue-words">
          <span className="issue-title">
            <ShortName text={area.short_name} />
          </span>
          <Codes row={row} ids={ids} />
          <Others row={row} />
        </span>
        {fate !== "renamed" && fate !== "upper" && (
          <span className="edition-figures">
            <Gain sign="+" amount={row.gained} />
            <Gain sign="−" amount={row.lost} />
          </span>
        )}
      </button>
      {isChosen && row.pieces.length > 0 && <Pieces pieces={row.pieces} />}
    </li>
  );
}

/** Chooses the area of a row and goes to its ground. */
function useLook(): (row: ChangedArea) => void {
  const client = useQueryClient();
  const when = useEditionChoice(useNetwork()?.code);
  return ({ key, pieces, is, was }) => {
    changeView({ sel: { kind: "area", key } }, "push");
    const box = boxOfPieces(pieces);
    if (box) return goTo(withSurroundings(box), closest);
    // What kept its ground, or lies above it, has no pieces to go to.
    const area = is ?? was;
    if (!area) return;
    void client.fetchQuery(areaQuery(key, is ? when : {})).then(
      ({ bbox }) => goTo(bbox),
      () => undefined,
    );
  };
}

function Codes({ row, ids }: { row: ChangedArea; ids: Ids }) {
  const { before, after } = wordCodes(row, ids.news, ids.gone);
  const full = [row.was?.code, row.is?.code].filter((code) => code !== undefined);
  return (
    <span className="edition-codes tabular" title={[...new Set(full)].join(" → ")}>
      <CodeSum codes={before} />
      {after.length > 0 && before.length > 0 && " → "}
      <CodeSum codes={after} />
    </span>
  );
}

/** Codes with a plus between them; a line breaks between two, never inside one. */
function CodeSum({ codes }: { codes: readonly string[] }) {
  return codes.map((code, index) => (
    <Fragment key={code}>
      {index > 0 && " + "}
      <span className="edition-code">{code}</span>
    </Fragment>
  ));
}

/** 「得自 慧泽10 · 划给 慧泽12」 */
function Others({ row }: { row: ChangedArea }) {
  const speak = useWords();
  const name = useRomanise();
  const { fate, was, is, from, to } = row;
  const join = (areas: readonly (AreaRef | null)[], nobody: string) => {
    const names = areas.slice(0, 4).map((area) => (area ? name(area.short_name) : nobody));
    const joined = names.join(speak(["、", ", "]));
    return areas.length > 4 ? speak(differenceWords.and_more, { names: joined, count: areas.length }) : joined;
  };
  const parts: string[] = [];
  const isCalledOtherwise = was && is && (was.short_name !== is.short_name || was.name !== is.name);
  if (isCalledOtherwise) {
    const former = was.short_name === is.short_name ? was.name : was.short_name;
    parts.push(speak(differenceWords.was_called, { name: name(former) }));
  } else if (fate === "renamed" && was?.code === is?.code) parts.push(speak(differenceWords.changed_otherwise));
  if (from.length > 0)
    parts.push(speak(differenceWords.got_from, { names: join(from, speak(differenceWords.new_ground)) }));
  if (to.length > 0) parts.push(speak(differenceWords.went_to, { names: join(to, speak(differenceWords.no_area)) }));
  return parts.length > 0 && <span className="issue-where">{parts.join(" · ")}</span>;
}

function Gain({ sign, amount }: { sign: "+" | "−"; amount: Amount }) {
  const speak = useWords();
  const language = useLanguage();
  if (amount.area_m2 === 0) return null;
  return (
    <span className={sign === "+" ? "edition-gain" : "edition-gain edition-loss"}>
      <span className="spoken">{speak(sign === "+" ? differenceWords.gained : differenceWords.lost)}</span>
      <span>
        {sign}
        {formatGround(amount.area_m2, language)}
      </span>
      {amount.households !== null && (
        <span className="edition-households">
          {amount.households > 0 && sign}
          {speak(differenceWords.households, { count: formatCount(amount.households) })}
        </span>
      )}
    </span>
  );
}

/** Piece by piece: whose it was, whose it is, and what stands there. */
function Pieces({ pieces }: { pieces: readonly Change[] }) {
  const speak = useWords();
  const language = useLanguage();
  const side = (area: AreaRef | null) => (area ? <ShortName text={area.short_name} /> : speak(differenceWords.no_area));
  const count = (value: number | null) => (value === null ? "–" : formatCount(value));
  return (
    <div className="issue-body edition-body">
      <table className="mend-table">
        <thead>
          <tr>
            <th scope="col">{speak(differenceWords.pieces)}</th>
            <th scope="col">{speak(differenceWords.piece_size)}</th>
            <th scope="col">{speak(differenceWords.piece_households)}</th>
            <th scope="col">{speak(differenceWords.piece_people)}</th>
          </tr>
        </thead>
        <tbody>
          {pieces.map((piece) => (
            <tr key={`${piece.from?.id} ${piece.to?.id} ${piece.at.join(" ")}`}>
              <th scope="row">
                <button type="button" className="link" onClick={() => flyTo(piece)}>
                  {side(piece.from)} → {side(piece.to)}
                </button>
              </th>
              <td>{formatGround(piece.area_m2, language)}</td>
              <td>{count(piece.households)}</td>
              <td>{count(piece.people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function flyTo(piece: Change): void {
  const box = boxOfPieces([piece]);
  if (box) goTo(withSurroundings(box), closest);
}
