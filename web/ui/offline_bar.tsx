import { useQuery } from "@tanstack/react-query";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { formatTime } from "../../data/vocabulary/format.ts";
import { healthQuery } from "../api/queries.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./use_words.ts";

/** Says that the server does not answer, and of when the data are. Gone as soon as it answers again. */
export function OfflineBar() {
  const speak = useWords();
  const { data: health, dataUpdatedAt } = useQuery(healthQuery());
  if (!health || health.answers) return null;
  const last = health.lastAnswer ?? new Date(dataUpdatedAt).toISOString();
  return (
    <div className="offline-bar" role="status" data-state="offline">
      <Icon name="offline" size={18} />
      <span>{speak(frameWords.offline, { time: formatTime(last).slice(0, 5) })}</span>
    </div>
  );
}
