import { queryClient } from "./first_questions.ts";
import "./ui/frame.css";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import ConfigProvider from "antd/es/config-provider";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import { lazy, StrictMode, Suspense, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { Redirect, Route, Switch, useLocation } from "wouter";
import type { Session } from "../data/schema/session.ts";
import { readerWords } from "../data/vocabulary/access_words.ts";
import { keepSession, readerTag, sessionQuery, useSessionEnded } from "./api/session.ts";
import { Panorama } from "./panorama/panorama.tsx";
import { ErrorBoundary } from "./ui/error_boundary.tsx";
import { useStillness } from "./ui/media.ts";
import { NoSuchPage } from "./ui/no_such_page.tsx";
import { QueryPanel } from "./ui/query_panel.tsx";
import { SessionContext } from "./ui/reader.ts";
import { takeSecret } from "./ui/secret_fragment.ts";
import { signInAddress } from "./ui/sign_in_address.ts";
import { antdTheme, applyTheme } from "./ui/theme.ts";
import { TopBar } from "./ui/top_bar.tsx";
import { loadRomaniser } from "./ui/use_romanised.ts";
import { isPlanPage } from "./ui/view_address.ts";
import { currentView, followAddress, noteArrival, useView } from "./ui/view_store.ts";

const SignInPage = lazy(() => import("./sign_in/sign_in_page.tsx"));
const AccountPage = lazy(() => import("./account/account_page.tsx"));
const CertificatePage = lazy(() => import("./certificate/certificate_page.tsx"));
const PlannerPages = lazy(() => import("./planner/planner_pages.tsx"));
const AdminPages = lazy(() => import("./admin/admin_pages.tsx"));

function App() {
  const { lang, theme } = { lang: useView((view) => view.lang), theme: useView((view) => view.theme) };
  const still = useStillness();
  const look = useMemo(() => antdTheme(theme, still), [theme, still]);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => {
    if (lang === "en") loadRomaniser();
  }, [lang]);
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  return (
    <ConfigProvider theme={look} locale={lang === "en" ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <ErrorBoundary>
        <Reader />
      </ErrorBoundary>
    </ConfigProvider>
  );
}

/** Nothing is shown before it is known to whom; another reader gets pages of which nothing is left from the former one. */
function Reader() {
  const query = useQuery(sessionQuery());
  const session = useHeldSession(query.data);
  if (!session) {
    return (
      <div className="frame">
        <TopBar here={null} />
        <QueryPanel query={query} what={readerWords.session} className="message-page" skeleton={null}>
          {() => null}
        </QueryPanel>
      </div>
    );
  }
  return (
    <SessionContext value={session} key={readerTag(session)}>
      <Pages session={session} />
    </SessionContext>
  );
}

/**
 * A plan stays open when the session ends in the middle: what was drawn is not lost, the server takes nothing more until
 * somebody signs in again, and the bar says so. Everywhere else the page begins anew.
 */
function useHeldSession(session: Session | undefined): Session | undefined {
  const [path] = useLocation();
  const { ended } = useSessionEnded();
  const [former, setFormer] = useState(session);
  const isHeld = ended && session?.account === null && former?.account && isPlanPage(path);
  if (!isHeld && former !== session) setFormer(session);
  return isHeld ? former : session;
}

function Pages({ session }: { session: Session }) {
  const [path] = useLocation();
  useEffect(() => noteArrival(path), [path]);
  if (session.pending && path !== "/account" && path !== "/sign-in") return <Redirect to="/account" replace />;
  // Without public access there is nothing to see but the way in.
  if (!session.account && !session.public_access && path !== "/sign-in")
    return <Redirect to={signInAddress()} replace />;
  return (
    <Suspense>
      <Switch>
        <Route path="/" component={Panorama} />
        <Route path="/sign-in" component={SignInPage} />
        <Route path="/account" component={AccountPage} />
        <Route path="/certificate" component={CertificatePage} />
        <Route path="/planner/*?" component={PlannerPages} />
        <Route path="/admin/*?" component={AdminPages} />
        <Route component={NoSuchPage} />
      </Switch>
    </Suspense>
  );
}

// Before anything else reads or writes the address: what stands in the fragment is nobody else's business.
takeSecret();
followAddress();
// Before the first drawing, or a dark page would flash white and an English one change its widths.
applyTheme(currentView().theme);
document.documentElement.lang = currentView().lang;
keepSession(queryClient);
createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
