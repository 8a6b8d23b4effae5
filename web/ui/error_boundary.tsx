import { Component, type ErrorInfo, type ReactNode } from "react";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { say } from "../../data/vocabulary/language.ts";
import { currentView } from "./view_store.ts";

interface Props {
  children: ReactNode;
  /** Another value mounts the children anew: the key of what a panel shows. */
  about?: string;
}

/** Keeps a mistake of ours inside the part where it happened: never a blank page. */
export class ErrorBoundary extends Component<Props, { error: Error | null; about: string | undefined }> {
  override state = { error: null as Error | null, about: this.props.about };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: { about: string | undefined }) {
    return props.about === state.about ? null : { error: null, about: props.about };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    const { lang } = currentView();
    return (
      <div className="broken" role="alert" data-state="error">
        <h2>{say(frameWords.page_broke, lang)}</h2>
        <p>{say(frameWords.page_broke_why, lang)}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {say(frameWords.reload, lang)}
        </button>
      </div>
    );
  }
}
