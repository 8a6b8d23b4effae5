import type { ReactNode } from "react";
import type { AreaRequest } from "./area_picker.tsx";

export interface AccountPanelProps {
  /** Id of the account, or `new`. */
  id: string;
  /** What the map is asked for now, if anything: the row that stays marked. */
  picking: string | null;
  onPickArea: (request: AreaRequest | null) => void;
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
  onCreated: (id: string) => void;
  /** Stands above the form where leaving would lose something. */
  warning: ReactNode;
}
