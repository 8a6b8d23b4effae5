import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Edition, Network } from "../../data/schema/network.ts";
import { differenceWords } from "../../data/vocabulary/difference_words.ts";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { ChoiceMenu } from "../ui/choice_menu.tsx";
import { Icon } from "../ui/icons.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { useNamesSettled } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView } from "../ui/view_store.ts";
import { plannerWorkspace } from "../ui/workspaces.ts";
import type { EditionPair } from "./choose_editions.ts";
import { csvText, downloadCsv } from "./csv_file.ts";
import { differenceLines } from "./edition_csv.ts";
import { EditionList } from "./edition_list.tsx";
import { fateNames, formatGround } from "./edition_names.ts";
import type { Comparison } from "./edition_rows.ts";
import { describeEdition } from "./switches.tsx";
import { useDifference, useEditionPair } from "./use_comparison.ts";
import { AllWell } from "./all_well.tsx";
import "./check.css";
import "./editions.css";

/** 版次对比: what two editions of the drawn network differ by. */
export default function EditionPanel({ network }: { network: Network }) {
  const speak = useWords();
  const { query, pair, editions } = useEditionPair(network);
  return (
    <div className="dock-body check editions">
      <header className="check-head">
        <div className="check-title">
          <h2>{speak(editionWords.compare)}</h2>
        </div>
        {editions.length > 1 && <Choices network={network} editions={editions} pair={pair} />}
      </header>
      <QueryPanel query={query} what={editionWords.compare} className="check-body" skeleton={<ListSkeleton />}>
        {() => pair && <Compared network={network} pair={pair} />}
      </QueryPanel>
    </div>
  );
}

/** Shows an edition as the newer side; the older one is kept where it still is older. */
function showEdition(number: number, network: Network, former: number | null): void {
  const edition = number === network.edition?.number ? null : number;
  changeView({ edition, on: null, former: former !== null && former < number ? former : null }, "push");
}

interface ChoicesProps {
  network: Network;
  editions: readonly Edition[];
  pair: EditionPair | null;
}

function Choices({ network, editions, pair }: ChoicesProps) {
  const speak = useWords();
  const current = network.edition;
  if (!current || !pair) return null;
  const to = "to" in pair ? pair.to : null;
  const from = "from" in pair ? pair.from : null;
  const choices = (some: readonly Edition[]) => some.map((edition) => describeEdition(edition, current, speak));
  const label = (edition: Edition | null) =>
    edition ? speak(panoramaWords.edition_number, { number: edition.number }) : speak(differenceWords.choose);
  // The oldest has none before it.
  const later = editions.slice(0, -1);
  const earlier = editions.filter(({ number }) => number < (to?.number ?? Infinity));
  return (
    <div className="edition-choices">
      <div>
        <ChoiceMenu
          name={speak(differenceWords.from)}
          chosen={String(from?.number ?? "")}
          label={label(from)}
          choices={choices(earlier.length > 0 ? earlier : editions)}
          onChoose={(key) => changeView({ former: Number(key) }, "push")}
        />
        {from && <InForce edition={from} />}
      </div>
      <div>
        <ChoiceMenu
          name={speak(differenceWords.to)}
          chosen={String(to?.number ?? "")}
          label={label(to)}
          choices={choices(later)}
          onChoose={(key) => showEdition(Number(key), network, from?.number ?? null)}
        />
        {to && <InForce edition={to} />}
      </div>
    </div>
  );
}

/** The days on which an edition held. */
function InForce({ edition: { from_day, to_day } }: { edition: Edition }) {
  const speak = useWords();
  return (
    <p className="note">
      {to_day
        ? speak(panoramaWords.edition_span, { from: from_day, to: to_day })
        : speak(panoramaWords.edition_from, { day: from_day })}
    </p>
  );
}

function Compared({ network, pair }: { network: Network; pair: EditionPair }) {
  const speak = useWords();
  const { query, comparison } = useDifference(network, pair);
  const settled = useNamesSettled();
  if (pair.kind !== "pair") return <NoPair network={network} pair={pair} />;
  return (
    <QueryPanel
      query={settled ? query : { ...query, data: undefined }}
      what={editionWords.compare}
      skeleton={<ListSkeleton />}
      isEmpty={() => comparison?.groups.length === 0}
      empty={<AllWell title={speak(differenceWords.nothing)} why={speak(differenceWords.nothing_why)} />}
    >
      {() => comparison && <Difference network={network} pair={pair} comparison={comparison} />}
    </QueryPanel>
  );
}

/** Why nothing is compared, and what can be done about it. */
function NoPair({ network, pair }: { network: Network; pair: Exclude<EditionPair, { kind: "pair" }> }) {
  const speak = useWords();
  if (pair.kind === "none" || pair.kind === "single") return <OneEdition pair={pair} />;
  if (pair.kind === "first") {
    const { to, next } = pair;
    return (
      <Message sentence={speak(differenceWords.first, { number: to.number })}>
        <button type="button" className="button" onClick={() => showEdition(next.number, network, to.number)}>
          {speak(differenceWords.see_next, { from: to.number, to: next.number })}
        </button>
      </Message>
    );
  }
  if (pair.kind === "reversed") {
    const { from, to } = pair;
    return (
      <Message sentence={speak(differenceWords.reversed, { from: from.number, to: to.number })}>
        <button type="button" className="button" onClick={() => showEdition(from.number, network, to.number)}>
          {speak(differenceWords.swap)}
        </button>
      </Message>
    );
  }
  const sentence =
    pair.kind === "same"
      ? speak(differenceWords.same, { number: pair.to.number })
      : speak(differenceWords.unknown, { number: pair.number });
  return (
    <Message sentence={sentence}>
      <button
        type="button"
        className="button"
        onClick={() =>
          changeView(pair.kind === "same" ? { former: null } : { former: null, edition: null, on: null }, "push")
        }
      >
        {speak(differenceWords.use_default)}
      </button>
    </Message>
  );
}

function Message({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <div className="check-message" data-state="empty" role="status">
      <p>{sentence}</p>
      {children}
    </div>
  );
}

function OneEdition({ pair }: { pair: Extract<EditionPair, { kind: "none" | "single" }> }) {
  const speak = useWords();
  const { actions } = useSession();
  const sentence =
    pair.kind === "none"
      ? speak(differenceWords.none_published)
      : speak(differenceWords.single, { number: pair.only.number, day: pair.only.from_day });
  return (
    <Message sentence={sentence}>
      {pair.kind === "single" && <p className="note">{speak(differenceWords.single_next)}</p>}
      {actions.includes("read_plans") && (
        <Link className="button" href={plannerWorkspace.path}>
          {speak(differenceWords.to_planner)}
        </Link>
      )}
    </Message>
  );
}

interface DifferenceProps {
  network: Network;
  pair: Extract<EditionPair, { kind: "pair" }>;
  comparison: Comparison;
}

function Difference({ network, pair, comparison }: DifferenceProps) {
  const speak = useWords();
  const save = () => {
    const lines = differenceLines(comparison, speak);
    downloadCsv(`editions-${network.code}-${pair.from.number}-${pair.to.number}.csv`, csvText(lines));
  };
  return (
    <>
      <Summary comparison={comparison} />
      <div className="edition-tools">
        <button type="button" className="button" onClick={save}>
          <Icon name="download" size={16} />
          {speak(differenceWords.csv)}
        </button>
      </div>
      <EditionList comparison={comparison} />
    </>
  );
}

const summed = ["kept", "reshaped", "split", "merged", "new", "retired"] as const;

/** How many grids fared how, and how many households are in another one. */
function Summary({ comparison }: Pick<DifferenceProps, "comparison">) {
  const speak = useWords();
  const { counts, households, hidden, area_m2 } = comparison;
  const before = counts.kept + counts.reshaped + counts.split + counts.merged + counts.retired;
  const after = before - counts.retired + counts.new;
  const size = formatGround(area_m2, useLanguage());
  return (
    <div className="edition-summary">
      <dl className="edition-counts">
        {summed.map((fate) => (
          <div key={fate} data-fate={fate} className={counts[fate] === 0 ? "edition-count-none" : undefined}>
            <dt>{speak(fateNames[fate])}</dt>
            <dd>{formatCount(counts[fate])}</dd>
          </div>
        ))}
      </dl>
      <p className="edition-sentence">
        {speak(before === after ? differenceWords.summary_same : differenceWords.summary, {
          from: formatCount(before),
          to: formatCount(after),
        })}
        {speak(["", " "])}
        {area_m2 > 0 &&
          (households === null
            ? speak(differenceWords.moved_ground, { size })
            : speak(differenceWords.moved_households, { count: formatCount(households), size }))}
      </p>
      {area_m2 > 0 && (
        <p className="note">
          {speak(
            hidden === "all"
              ? differenceWords.hidden
              : hidden === "part"
                ? differenceWords.hidden_part
                : differenceWords.today,
          )}
        </p>
      )}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="check-skeleton">
      {[64, 52, 70, 58, 61].map((width) => (
        <div key={width}>
          <span className="bone" style={{ width: `${width}%` }} />
          <span className="bone" style={{ width: `${width - 22}%` }} />
        </div>
      ))}
    </div>
  );
}
