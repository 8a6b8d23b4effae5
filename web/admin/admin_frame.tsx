import type { ReactNode } from "react";
import { Link } from "wouter";
import { ErrorBoundary } from "../ui/error_boundary.tsx";
import { OfflineBar } from "../ui/offline_bar.tsx";
import { usePageTitle } from "../ui/page_title.ts";
import { LanguageSwitch, ThemeSwitch } from "../ui/preference_switches.tsx";
import { useSession } from "../ui/reader.ts";
import { SessionBar } from "../ui/session_bar.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import { type AdminPage, administrationWorkspace, openAdminPages } from "../ui/workspaces.ts";

interface Props {
  /** The path of this page. */
  path: AdminPage["path"];
  main: ReactNode;
  /** What is docked at the right; null = nothing. */
  panel: ReactNode;
}

/** The frame of a page of the administration: its pages as tabs in the top bar, a table, and a panel beside it. */
export function AdminFrame({ path, main, panel }: Props) {
  const speak = useWords();
  const pages = openAdminPages(useSession());
  const here = pages.find((page) => page.path === path);
  usePageTitle(here?.name ?? administrationWorkspace.name);
  return (
    <div className="frame">
      <TopBar here={administrationWorkspace}>
        <nav className="admin-tabs" aria-label={speak(administrationWorkspace.name)}>
          {pages.map((page) => (
            <Link key={page.path} href={page.path} className="tab" aria-current={page === here ? "page" : undefined}>
              {speak(page.name)}
            </Link>
          ))}
        </nav>
        <span className="top-bar-gap" />
        <span className="admin-preferences">
          <ThemeSwitch />
          <LanguageSwitch />
        </span>
      </TopBar>
      <OfflineBar />
      <SessionBar />
      <div className={panel ? "admin with-panel" : "admin"}>
        <main className="admin-main" aria-label={here ? speak(here.name) : undefined}>
          <ErrorBoundary>{main}</ErrorBoundary>
        </main>
        {panel}
      </div>
    </div>
  );
}
