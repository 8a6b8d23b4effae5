import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { compareWords } from "../../../data/vocabulary/compare_words.ts";
import { readerTag } from "../../api/session.ts";
import { usePageTitle } from "../../ui/page_title.ts";
import { QueryPanel } from "../../ui/query_panel.tsx";
import { useSession } from "../../ui/reader.ts";
import { TopBar } from "../../ui/top_bar.tsx";
import { useWords } from "../../ui/use_words.ts";
import { ChangeSheet } from "./change_sheet.tsx";
import { sheetQuery } from "./read_sheet.ts";
import "./change_sheet.css";

/** 变更单: what a plan changes, as a sheet to be printed, signed and filed. */
export function ChangeSheetPage({ id }: { id: string }) {
  const speak = useWords();
  const query = useQuery(sheetQuery(id, readerTag(useSession())));
  usePageTitle(compareWords.sheet);
  usePageHeads(query.data ? `${speak(compareWords.sheet_title)} · ${query.data.plan.name}` : "");
  return (
    <div className="change-sheet-frame-page">
      <TopBar here={null}>
        <h1 className="top-bar-title">{speak(compareWords.sheet)}</h1>
        <span className="top-bar-gap" />
        <span className="change-sheet-acts">
          <Link className="button" href={`/planner/${id}`}>
            {speak(compareWords.sheet_back)}
          </Link>
          {query.data && (
            <button type="button" className="button button-primary" onClick={() => print()}>
              {speak(compareWords.sheet_print)}
            </button>
          )}
        </span>
      </TopBar>
      <main className="change-sheet-desk">
        <QueryPanel
          query={query}
          what={compareWords.sheet}
          className="change-sheet-panel"
          skeleton={<div className="change-sheet change-sheet-waiting" />}
        >
          {(facts) => <ChangeSheet facts={facts} />}
        </QueryPanel>
      </main>
    </div>
  );
}

/** The name on each printed page stands in its margin: that is said in a style sheet, not in the page. */
function usePageHeads(head: string): void {
  useEffect(() => {
    if (head === "") return;
    const sheet = new CSSStyleSheet();
    const text = JSON.stringify(head).replaceAll("<", "\\3c ");
    const type = 'font: 8pt "Noto Sans SC", sans-serif; color: #000';
    sheet.replaceSync(`@page {
      size: A4 portrait;
      margin: 18mm 16mm 16mm;
      @top-left { content: ${text}; ${type}; }
      @top-right { content: "网格图谱 Grid Atlas"; ${type}; }
      @bottom-right { content: counter(page) " / " counter(pages); ${type}; }
    }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [head]);
}
