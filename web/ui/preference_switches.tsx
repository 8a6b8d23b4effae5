import Segmented from "antd/es/segmented";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { languages } from "../../data/vocabulary/language.ts";
import { useWords } from "./use_words.ts";
import { changeView, useView } from "./view_store.ts";
import { themes } from "./view_address.ts";

/** 亮 | 暗 */
export function ThemeSwitch() {
  const speak = useWords();
  const theme = useView((view) => view.theme);
  return (
    <Segmented
      size="small"
      aria-label={speak(frameWords.theme)}
      value={theme}
      options={themes.map((value) => ({ value, label: speak(frameWords[value]) }))}
      onChange={(value) => changeView({ theme: value })}
    />
  );
}

/** 中 | EN: each language by its own name, so that nobody is stuck in the other one. */
export function LanguageSwitch() {
  const speak = useWords();
  const lang = useView((view) => view.lang);
  return (
    <Segmented
      size="small"
      aria-label={speak(frameWords.language)}
      value={lang}
      options={languages.map((value) => ({ value, label: value === "en" ? "EN" : "中" }))}
      onChange={(value) => changeView({ lang: value })}
    />
  );
}
