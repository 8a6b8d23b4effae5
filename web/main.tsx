import "./ui/frame.css";
import { QueryClientProvider } from "@tanstack/react-query";
import ConfigProvider from "antd/es/config-provider";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import { StrictMode, useEffect, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { Route, Switch } from "wouter";
import { frameWords } from "../data/vocabulary/frame_words.ts";
import { makeQueryClient } from "./api/queries.ts";
import { Panorama } from "./panorama/panorama.tsx";
import { ErrorBoundary } from "./ui/error_boundary.tsx";
import { useStillness } from "./ui/media.ts";
import { NoSuchPage } from "./ui/no_such_page.tsx";
import { antdTheme, applyTheme } from "./ui/theme.ts";
import { loadRomaniser } from "./ui/use_romanised.ts";
import { useWords } from "./ui/use_words.ts";
import { currentView, followAddress, useView } from "./ui/view_store.ts";

const queryClient = makeQueryClient();

function App() {
  const speak = useWords();
  const { lang, theme } = { lang: useView((view) => view.lang), theme: useView((view) => view.theme) };
  const still = useStillness();
  const look = useMemo(() => antdTheme(theme, still), [theme, still]);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => {
    if (lang === "en") loadRomaniser();
  }, [lang]);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = `${speak(frameWords.panorama)} · ${speak(frameWords.product)}`;
  }, [lang, speak]);
  return (
    <ConfigProvider theme={look} locale={lang === "en" ? enUS : zhCN}>
      <ErrorBoundary>
        <Switch>
          <Route path="/" component={Panorama} />
          <Route component={NoSuchPage} />
        </Switch>
      </ErrorBoundary>
    </ConfigProvider>
  );
}

followAddress();
// Before the first drawing, or a dark page would flash white and an English one change its widths.
applyTheme(currentView().theme);
document.documentElement.lang = currentView().lang;
createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
