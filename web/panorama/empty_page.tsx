import { useQueryClient } from "@tanstack/react-query";
import type { Wording } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { networksQuery } from "../api/queries.ts";
import { CopyButton } from "../ui/copy_button.tsx";
import { useWords } from "../ui/use_words.ts";

const ways: readonly (readonly [Wording, string])[] = [
  [panoramaWords.empty_demo, "npm run -s cli -- demo --size district"],
  [
    panoramaWords.empty_import,
    "npm run -s cli -- import FILE.geojson --as areas --network NAME --code FIELD --label FIELD",
  ],
  [panoramaWords.empty_town, "npm run -s cli -- town DIR --name NAME"],
];

/** A database without networks: one sentence, and the commands that fill it. */
export function EmptyPage() {
  const speak = useWords();
  const client = useQueryClient();
  return (
    <main className="message-page" data-state="empty">
      <h2>{speak(panoramaWords.empty)}</h2>
      <p>{speak(panoramaWords.empty_why)}</p>
      <dl className="commands">
        {ways.map(([name, command]) => (
          <div key={command}>
            <dt>{speak(name)}</dt>
            <dd>
              <code>{command}</code>
              <CopyButton text={command} />
            </dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        className="button button-primary"
        onClick={() => void client.invalidateQueries(networksQuery())}
      >
        {speak(panoramaWords.empty_check)}
      </button>
    </main>
  );
}
