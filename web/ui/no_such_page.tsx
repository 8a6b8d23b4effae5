import { useLocation } from "wouter";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { TopBar } from "./top_bar.tsx";
import { useWords } from "./use_words.ts";

/** An address that leads nowhere says so, and shows the way. */
export function NoSuchPage() {
  const speak = useWords();
  const [path] = useLocation();
  return (
    <div className="frame">
      <TopBar here={null} />
      <main className="message-page" data-state="empty">
        <h1>{speak(frameWords.not_found)}</h1>
        <p>{speak(frameWords.page_not_found, { path })}</p>
        <a className="button button-primary" href="/">
          {speak(frameWords.to_panorama)}
        </a>
      </main>
    </div>
  );
}
