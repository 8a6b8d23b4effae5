import { useState } from "react";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./use_words.ts";

/** Copies a text and says so for three seconds. Over plain HTTP browsers give no clipboard: then it is not there. */
export function CopyButton({ text }: { text: string }) {
  const speak = useWords();
  const [copied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 3000);
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={speak(panoramaWords.copy)}
      title={speak(panoramaWords.copy)}
      onClick={() => void copy()}
    >
      <Icon name={copied ? "check" : "copy"} size={16} />
      <span className="spoken" role="status">
        {copied ? speak(panoramaWords.copied) : ""}
      </span>
    </button>
  );
}
