import Checkbox from "antd/es/checkbox";
import Modal from "antd/es/modal";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { useKeysEnabled } from "./keys.ts";
import { useWords } from "./use_words.ts";

type Row = readonly [keys: readonly string[], what: Wording];

const groups: readonly (readonly [Wording, readonly Row[]])[] = [
  [
    frameWords.keys_everywhere,
    [
      [["/"], frameWords.key_search],
      [["?"], frameWords.key_shortcuts],
      [["L"], frameWords.key_list],
      [["[", "]"], frameWords.key_previous_next],
      [["Esc"], frameWords.key_escape],
      [["Alt+1"], frameWords.panorama],
    ],
  ],
  [
    frameWords.keys_map,
    [
      [["←", "↑", "→", "↓"], frameWords.key_pan],
      [["+", "−"], frameWords.key_zoom],
      [["0"], frameWords.key_north],
      [["Enter"], frameWords.key_crosshair],
    ],
  ],
  [
    frameWords.keys_panorama,
    [
      [["N"], frameWords.key_network],
      [["T"], frameWords.key_tree],
      [["Y"], frameWords.key_layers],
      [["K"], findingWords.key_check],
      [["M"], findingWords.crosswalk],
      [["E"], editionWords.compare],
      [["H"], frameWords.key_theme],
      [["1", "–", "6"], frameWords.key_level],
    ],
  ],
];

/** Every key of this page, and the switch that turns them off. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const speak = useWords();
  const { enabled, setEnabled } = useKeysEnabled();
  return (
    <Modal open title={speak(frameWords.shortcuts)} footer={null} onCancel={onClose} width={640}>
      <div className="shortcuts">
        {groups.map(([title, rows]) => (
          <section key={title[1]}>
            <h3>{speak(title)}</h3>
            <dl>
              {rows.map(([keys, what]) => (
                <div key={what[1]}>
                  <dt>{keys.map((key) => (key === "–" ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}</dt>
                  <dd>{speak(what)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox checked={enabled} onChange={(event) => setEnabled(event.target.checked)}>
        {speak(frameWords.keys_enabled)}
      </Checkbox>
    </Modal>
  );
}
