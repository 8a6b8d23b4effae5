import "./place_name.css";
import type { NameKind } from "./romanise.ts";
import { hasHan, useRomanised } from "./use_romanised.ts";
import { useLanguage } from "./use_words.ts";

interface NameProps {
  text: string;
  kind?: NameKind;
}

/** A name for a row: 「慧泽03」 in Chinese; 「Huize 03 慧泽03」 in English, the Han muted and first to be shortened. */
export function PlaceName({ text, kind }: NameProps) {
  const romanised = useRomanised(text, kind);
  // What 「55幢」 says is said in English already.
  if (romanised === text || countHan(text) < 2) return romanised;
  return (
    <>
      <span key="letters">{romanised}</span>{" "}
      <span key="han" className="name-han" lang="zh-CN">
        {text}
      </span>
    </>
  );
}

/** A name where there is no room for two: in English the letters alone, the Han when pointed at. */
export function ShortName({ text, kind }: NameProps) {
  const romanised = useRomanised(text, kind);
  if (romanised === text) return text;
  return <span title={`${romanised} ${text}`}>{romanised}</span>;
}

/** The heading of a panel; in English the Han has a line of its own below, kept free until the letters are there. */
export function PanelTitle({ text }: { text: string }) {
  const isEnglish = useLanguage() === "en";
  const romanised = useRomanised(text);
  if (!isEnglish || !hasHan(text)) return <h2 className="panel-title">{text}</h2>;
  return (
    <h2 className="panel-title">
      {romanised}
      <span className="panel-title-han" lang="zh-CN">
        {romanised === text ? "\u00a0" : text}
      </span>
    </h2>
  );
}

function countHan(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0;
}
