import Dropdown from "antd/es/dropdown";
import { Icon } from "./icons.tsx";

export interface Choice {
  key: string;
  label: string;
  /** Said smaller, behind the label. */
  note?: string | undefined;
}

interface Props {
  /** What is chosen between, before the chosen one: 「网络」. */
  name: string;
  choices: readonly Choice[];
  chosen: string;
  onChoose: (key: string) => void;
  /** Called when the menu opens: the moment to fetch what it lists. */
  onOpen?: (() => void) | undefined;
  /** What the button says instead of the label of the chosen one. */
  label?: string | undefined;
}

/** A button that shows what is chosen and opens the menu of what could be. */
export function ChoiceMenu({ name, choices, chosen, onChoose, onOpen, label }: Props) {
  const current = label ?? choices.find((choice) => choice.key === chosen)?.label ?? "";
  return (
    <Dropdown
      trigger={["click"]}
      autoFocus
      onOpenChange={(open) => open && onOpen?.()}
      classNames={{ root: "choice-menu" }}
      menu={{
        selectable: true,
        selectedKeys: [chosen],
        onClick: ({ key }) => onChoose(key),
        items: choices.map(({ key, label: text, note }) => ({
          key,
          label: (
            <span className="choice">
              <span>{text}</span>
              {note && <span className="choice-note">{note}</span>}
            </span>
          ),
        })),
      }}
    >
      <button type="button" className="button choice-button" aria-haspopup="menu">
        <span className="choice-name">{name}</span> <span className="choice-current">{current}</span>
        <Icon name="chevron_down" size={16} />
      </button>
    </Dropdown>
  );
}
