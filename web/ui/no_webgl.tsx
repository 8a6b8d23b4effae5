import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useWords } from "./use_words.ts";

/** True where the browser can draw our map at all. Asked once: the answer does not change. */
export const hasWebgl2: boolean = (() => {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
})();

/** Stands where the map would be; the area tree beside it and the details go on working. */
export function NoWebgl() {
  const speak = useWords();
  return (
    <div className="message-page" data-state="error" role="alert">
      <h2>{speak(panoramaWords.no_webgl)}</h2>
      <p>{speak(panoramaWords.no_webgl_why)}</p>
    </div>
  );
}
