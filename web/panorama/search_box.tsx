import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import type { SearchHit } from "../../data/schema/search.ts";
import { searchKindNames } from "../../data/vocabulary/dictionaries.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { searchQuery } from "../api/queries.ts";
import { Icon } from "../ui/icons.tsx";
import { PlaceName, ShortName } from "../ui/place_name.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useWords } from "../ui/use_words.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { goTo } from "./map_store.ts";

/** Between the last letter and the question to the server, milliseconds: typing Chinese comes in bursts. */
const typingPause = 120;

/** The search of the top bar: a combobox whose list groups what was found by kind. */
export function SearchBox({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const speak = useWords();
  const listId = useId();
  const typed = useView((view) => view.q);
  const asked = useSettled(typed.trim());
  // A link with a search but no selection shows what the search finds.
  const [open, setOpen] = useState(() => currentView().q !== "" && currentView().sel === null);
  const [active, setActive] = useState(-1);
  const client = useQueryClient();
  const query = useQuery(searchQuery(asked));
  const hits = groupHits(query.data?.hits ?? []);
  const isOpen = open && asked !== "";

  const choose = (hit: SearchHit) => {
    setOpen(false);
    input.current?.focus();
    changeView({ sel: { kind: hit.kind, key: hit.key } }, "push");
    goTo(hit.bbox ?? hit.at);
  };
  const chooseFirst = async (q: string) => {
    const result = await client.fetchQuery(searchQuery(q)).catch(() => null);
    const first = result ? groupHits(result.hits)[0] : undefined;
    if (first && currentView().q.trim() === q) choose(first);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setActive((at) => stepThrough(at, hits.length, event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && typed.trim() !== "") {
      const hit = isOpen ? hits[active] : undefined;
      if (hit) choose(hit);
      else void chooseFirst(typed.trim());
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOpen) setOpen(false);
      else if (typed !== "") changeView({ q: "" });
      else event.currentTarget.blur();
    }
  };

  return (
    <search
      className="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Icon name="search" size={18} />
      <input
        ref={input}
        type="text"
        role="combobox"
        className="search-input"
        placeholder={speak(panoramaWords.search_placeholder)}
        aria-label={speak(panoramaWords.search_placeholder)}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && hits[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={typed}
        onChange={(event) => {
          changeView({ q: event.target.value });
          setOpen(true);
          setActive(-1);
        }}
        onFocus={() => typed !== "" && currentView().sel === null && setOpen(true)}
        onKeyDown={press}
      />
      {typed === "" ? (
        <span className="key-cap" aria-hidden="true">
          /
        </span>
      ) : (
        <button
          type="button"
          className="icon-button"
          aria-label={speak(panoramaWords.search_clear)}
          onClick={() => {
            changeView({ q: "" });
            input.current?.focus();
          }}
        >
          <Icon name="close" size={16} />
        </button>
      )}
      <span className="spoken" role="status">
        {isOpen && query.data ? speak(panoramaWords.search_count, { count: hits.length }) : ""}
      </span>
      {isOpen && (
        <div className="search-results" tabIndex={-1}>
          <QueryPanel
            query={query}
            what={panoramaWords.search_results}
            skeleton={<SearchSkeleton />}
            isEmpty={(data) => data.hits.length === 0}
            empty={<p className="note">{speak(panoramaWords.search_nothing, { q: asked })}</p>}
          >
            {() => <Results id={listId} hits={hits} active={active} onChoose={choose} onKey={press} />}
          </QueryPanel>
        </div>
      )}
    </search>
  );
}

interface ResultsProps {
  id: string;
  hits: SearchHit[];
  active: number;
  onChoose: (hit: SearchHit) => void;
  onKey: (event: KeyboardEvent<HTMLElement>) => void;
}

function Results({ id, hits, active, onChoose, onKey }: ResultsProps) {
  const speak = useWords();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  const kinds = [...new Set(hits.map((hit) => hit.kind))];
  return (
    <div id={id} ref={list} role="listbox" aria-label={speak(panoramaWords.search_results)}>
      {kinds.map((kind) => (
        <fieldset key={kind} className="search-group" aria-labelledby={`${id}-${kind}`}>
          <div className="search-kind" id={`${id}-${kind}`}>
            {speak(searchKindNames[kind])}
          </div>
          {hits.map((hit, index) =>
            hit.kind === kind ? (
              <div
                key={`${hit.kind}:${hit.key}`}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                tabIndex={-1}
                className="search-hit"
                onKeyDown={onKey}
                onClick={() => onChoose(hit)}
              >
                <span className="search-title">
                  <PlaceName text={hit.title} />
                </span>
                <span className="search-where">
                  <ShortName text={hit.subtitle} />
                </span>
              </div>
            ) : null,
          )}
        </fieldset>
      ))}
    </div>
  );
}

function SearchSkeleton() {
  return (
    <div className="search-skeleton">
      <span className="bone" style={{ width: "40%" }} />
      <span className="bone" style={{ width: "65%" }} />
      <span className="bone" style={{ width: "52%" }} />
    </div>
  );
}

/** Hits of one kind stand together, kinds in the order of their best hit; so the keys walk as the eye does. */
function groupHits(hits: readonly SearchHit[]): SearchHit[] {
  const kinds = [...new Set(hits.map((hit) => hit.kind))];
  return kinds.flatMap((kind) => hits.filter((hit) => hit.kind === kind));
}

/** −1 is the field itself: the step after the last and before the first. */
function stepThrough(at: number, count: number, step: 1 | -1): number {
  if (count === 0) return -1;
  const next = at + step;
  if (next >= count) return -1;
  return next < -1 ? count - 1 : next;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingPause);
    return () => clearTimeout(timer);
  }, [text]);
  return text === "" ? "" : settled;
}
