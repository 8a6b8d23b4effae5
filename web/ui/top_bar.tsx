import Dropdown from "antd/es/dropdown";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { AccountMenu } from "./account_menu.tsx";
import { Icon, Logo } from "./icons.tsx";
import { useKeys } from "./keys.ts";
import { useSessionIfKnown } from "./reader.ts";
import { useWords } from "./use_words.ts";
import { openWorkspaces, type Workspace } from "./workspaces.ts";

/** The 48 px bar of every workspace: sign, workspace, what the workspace puts into it, and who reads. */
export function TopBar({ here, children }: { here: Workspace | null; children?: ReactNode }) {
  const speak = useWords();
  const [, navigate] = useLocation();
  const session = useSessionIfKnown();
  useKeys(
    openWorkspaces(session)
      .filter(({ digit }) => digit !== null)
      .map(({ path, digit }) => ({
        code: `Digit${digit}`,
        alt: true,
        run: () => here?.path !== path && navigate(path),
      })),
  );
  return (
    <header className="top-bar">
      <a className="top-bar-home" href="/" aria-label={speak(frameWords.product)}>
        <Logo />
      </a>
      {here && <WorkspaceName here={here} />}
      {children}
      <AccountMenu />
    </header>
  );
}

/** The name of the workspace; where there are several, the menu of them. */
function WorkspaceName({ here }: { here: Workspace }) {
  const speak = useWords();
  const [, navigate] = useLocation();
  const workspaces = openWorkspaces(useSessionIfKnown());
  if (workspaces.length < 2) return <h1 className="top-bar-title">{speak(here.name)}</h1>;
  return (
    <h1 className="top-bar-title">
      <Dropdown
        trigger={["click"]}
        autoFocus
        menu={{
          selectable: true,
          selectedKeys: [here.path],
          onClick: ({ key }) => navigate(key),
          items: workspaces.map(({ path, name, digit }) => ({
            key: path,
            label: speak(name),
            ...(digit === null ? {} : { extra: `Alt+${digit}` }),
          })),
        }}
      >
        <button type="button" className="top-bar-switch" aria-haspopup="menu" title={speak(frameWords.workspaces)}>
          {speak(here.name)}
          <Icon name="chevron_down" size={16} />
        </button>
      </Dropdown>
    </h1>
  );
}
