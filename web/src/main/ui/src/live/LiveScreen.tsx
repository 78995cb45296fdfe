// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  ClipboardCopy,
  FormGroup,
  InputGroup,
  InputGroupItem,
  Label,
  Spinner,
  TextArea,
  TextInput,
  Tooltip,
} from "@patternfly/react-core";
import ArrowLeftIcon from "@patternfly/react-icons/dist/esm/icons/arrow-left-icon";
import ArrowRightIcon from "@patternfly/react-icons/dist/esm/icons/arrow-right-icon";
import CompressIcon from "@patternfly/react-icons/dist/esm/icons/compress-icon";
import CopyIcon from "@patternfly/react-icons/dist/esm/icons/copy-icon";
import ExpandIcon from "@patternfly/react-icons/dist/esm/icons/expand-icon";
import HandPointerIcon from "@patternfly/react-icons/dist/esm/icons/hand-pointer-icon";
import KeyboardIcon from "@patternfly/react-icons/dist/esm/icons/keyboard-icon";
import PasteIcon from "@patternfly/react-icons/dist/esm/icons/paste-icon";
import SyncAltIcon from "@patternfly/react-icons/dist/esm/icons/sync-alt-icon";
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { ActionDialog } from "../app/ActionDialog";
import { copy } from "../app/clipboard";
import { plural } from "../app/format";
import { ConnectionLabel } from "../event/ConnectionLabel";
import { listen } from "./input";
import { addressOf, LONGEST_TEXT, type Said } from "./protocol";
import { type LivePage, useLivePage } from "./useLivePage";

interface Props {
  /** WebSocket of the page: an address, or a path of this server. */
  url: string;
  /** Where the address does not carry what opens it. */
  token?: string;
  /** Whether the viewer may go elsewhere, or only use the page that there is. */
  canNavigate?: boolean;
  /** Nothing more will come. */
  onEnded?: () => void;
}

/** A page that runs on a server, to look at and, for one viewer at a time, to use with mouse, keyboard and fingers. */
export function LiveScreen({ url, token, canNavigate = true, onEnded }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const keyboard = useRef<HTMLTextAreaElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const [note, setNote] = useState("");
  const [uncopied, setUncopied] = useState<string>();
  const [isPasting, setPasting] = useState(false);

  const take = (text: string) => {
    setUncopied(undefined);
    if (text === "") {
      setNote("Nothing is selected in the page.");
      return;
    }
    copy(text).then(
      () => setNote(`Copied ${plural(text.length, "character")}.`),
      () => {
        setNote("");
        setUncopied(text);
      },
    );
  };
  const { page, say } = useLivePage(url, token, canvas, { onClipboard: take, onError: setNote });
  const { connection, isInControl = false } = page;
  const isOver = connection.state === "ended";

  const state = useRef(page);
  state.current = page;
  const type = useCallback(
    (text: string) => {
      if (text.length > LONGEST_TEXT) {
        setNote(`The text is too long: ${LONGEST_TEXT.toLocaleString()} characters can be pasted at once.`);
      } else {
        say({ type: "text", text });
      }
    },
    [say],
  );
  useEffect(
    () =>
      listen({
        canvas: canvas.current!,
        keyboard: keyboard.current!,
        isInControl: () => state.current.isInControl ?? false,
        pageSize: () => state.current.size,
        say,
        paste: type,
        onLeave: () => foot.current?.focus(),
      }),
    [say, type],
  );

  const ended = useRef(onEnded);
  ended.current = onEnded;
  useEffect(() => {
    if (isOver) {
      ended.current?.();
    }
  }, [isOver]);

  useEffect(() => {
    if (note) {
      const timer = setTimeout(() => setNote(""), 6_000);
      return () => clearTimeout(timer);
    }
  }, [note]);

  const askToPaste = async () => {
    try {
      type(await navigator.clipboard.readText());
      keyboard.current?.focus();
    } catch {
      // Not allowed, or not there: it exists on https and localhost only. A dialog does not show over a full screen.
      if (document.fullscreenElement) {
        await document.exitFullscreen();
      }
      setPasting(true);
    }
  };

  const isQuiet = isOver || !isInControl;
  return (
    <div
      className="drover-live"
      ref={frame}
      data-testid="live"
      data-state={connection.state}
      data-control={isInControl}
    >
      <div className="drover-live__bar" role="toolbar" aria-label="Live view">
        {canNavigate && <Address page={page} isDisabled={isQuiet} say={say} />}
        <div className="drover-live__tools">
          {!isOver &&
            (isInControl ? (
              <Label color="green" data-testid="in-control">
                You are in control
              </Label>
            ) : (
              <Button
                size="sm"
                icon={<HandPointerIcon />}
                isDisabled={connection.state !== "open"}
                onClick={() => {
                  say({ type: "take_control" });
                  keyboard.current?.focus({ preventScroll: true });
                }}
              >
                Take control
              </Button>
            ))}
          <ConnectionLabel connection={connection} />
          <span className="drover-live__space" />
          <Tool label="Copy what is selected in the page" isDisabled={isQuiet} onClick={() => say({ type: "copy" })}>
            <CopyIcon />
          </Tool>
          <Tool label="Paste into the page" isDisabled={isQuiet} onClick={() => void askToPaste()}>
            <PasteIcon />
          </Tool>
          <span className="drover-live__touch">
            <Tool label="Open the keyboard" isDisabled={isQuiet} onClick={() => keyboard.current?.focus()}>
              <KeyboardIcon />
            </Tool>
          </span>
          <FullScreen of={() => frame.current} />
        </div>
      </div>
      <div className="drover-live__stage" data-focused={hasKeyboard} data-control={isInControl}>
        <canvas
          ref={canvas}
          className="drover-live__canvas"
          width={1280}
          height={720}
          data-testid="live-canvas"
          data-drawn={page.hasPicture}
          role="img"
          aria-label={page.title ? `The page: ${page.title}` : "The page"}
        />
        <textarea
          ref={keyboard}
          className="drover-live__keyboard"
          aria-label="The page takes what you type here. Press Escape twice to leave."
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          readOnly={isQuiet}
          onFocus={() => setHasKeyboard(true)}
          onBlur={() => setHasKeyboard(false)}
        />
        <Curtain page={page} />
      </div>
      <div ref={foot} className="drover-live__foot" tabIndex={-1}>
        {hasKeyboard && !isQuiet && (
          <Button variant="link" isInline size="sm" onClick={() => foot.current?.focus()}>
            Release the keyboard
          </Button>
        )}
        <span className="drover-subtle drover-small" role="status">
          {note || hint(page, hasKeyboard)}
        </span>
      </div>
      {uncopied !== undefined && (
        <ClipboardCopy isReadOnly isBlock hoverTip="Copy" clickTip="Copied" onCopy={() => void copy(uncopied)}>
          {uncopied}
        </ClipboardCopy>
      )}
      {isPasting && <PasteDialog onClose={() => setPasting(false)} onText={type} />}
    </div>
  );
}

function hint({ connection, isInControl, hasPicture }: LivePage, hasKeyboard: boolean): string {
  if (connection.state !== "open" || !hasPicture) {
    return "";
  }
  if (!isInControl) {
    return "You are watching. Take control to use the page.";
  }
  return hasKeyboard ? "The page has your keyboard, Tab too. Esc twice leaves it." : "Click into the page to use it.";
}

interface AddressProps {
  page: LivePage;
  isDisabled: boolean;
  say: (said: Said) => void;
}

function Address({ page, isDisabled, say }: AddressProps) {
  const [draft, setDraft] = useState<string>();
  const go = (event: FormEvent) => {
    event.preventDefault();
    const text = draft ?? page.url;
    if (text.trim() !== "") {
      say({ type: "goto", url: addressOf(text) });
      setDraft(undefined);
    }
  };
  return (
    <form className="drover-live__address" onSubmit={go} aria-label="Address">
      <Tool label="Back" isDisabled={isDisabled} onClick={() => say({ type: "back" })}>
        <ArrowLeftIcon />
      </Tool>
      <Tool label="Forward" isDisabled={isDisabled} onClick={() => say({ type: "forward" })}>
        <ArrowRightIcon />
      </Tool>
      <Tool label="Reload the page" isDisabled={isDisabled} onClick={() => say({ type: "reload" })}>
        <SyncAltIcon />
      </Tool>
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            aria-label="Address of the page"
            value={draft ?? page.url}
            onChange={(_event, value) => setDraft(value)}
            onBlur={() => setDraft((old) => (old === page.url ? undefined : old))}
            onKeyDown={(event) => event.key === "Escape" && setDraft(undefined)}
            onFocus={(event) => event.target.select()}
            isDisabled={isDisabled}
            placeholder="https://"
            spellCheck={false}
            autoComplete="off"
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button type="submit" variant="control" isDisabled={isDisabled}>
            Go
          </Button>
        </InputGroupItem>
      </InputGroup>
    </form>
  );
}

interface ToolProps {
  label: string;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, isDisabled, onClick, children }: ToolProps) {
  return (
    <Tooltip content={label}>
      <Button variant="plain" size="sm" icon={children} aria-label={label} isDisabled={isDisabled} onClick={onClick} />
    </Tooltip>
  );
}

function FullScreen({ of }: { of: () => HTMLElement | null }) {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) {
    return null;
  }
  return (
    <Tool
      label={isFull ? "Leave full screen" : "Full screen"}
      onClick={() => void (isFull ? document.exitFullscreen() : of()?.requestFullscreen())}
    >
      {isFull ? <CompressIcon /> : <ExpandIcon />}
    </Tool>
  );
}

/** Over the picture while it is not live. */
function Curtain({ page: { connection, hasPicture } }: { page: LivePage }) {
  if (connection.state === "ended") {
    return (
      <div className="drover-live__curtain" data-testid="live-ended">
        <p className="drover-live__words">{connection.reason ?? "There is nothing to see any more."}</p>
      </div>
    );
  }
  if (connection.state === "lost") {
    return (
      <div className="drover-live__curtain">
        <p className="drover-live__words">The connection was lost. It comes back by itself.</p>
      </div>
    );
  }
  return hasPicture ? null : (
    <div className="drover-live__curtain">
      <Spinner aria-label="Waiting for the first picture" />
    </div>
  );
}

function PasteDialog({ onClose, onText }: { onClose: () => void; onText: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <ActionDialog
      title="Paste into the page"
      description="Your browser keeps its clipboard to itself here. Paste into this field instead."
      confirm="Type it into the page"
      isDisabled={text === ""}
      act={async () => onText(text)}
      onClose={onClose}
    >
      <FormGroup label="Text" fieldId="live-paste">
        <TextArea id="live-paste" value={text} onChange={(_event, value) => setText(value)} rows={4} autoFocus />
      </FormGroup>
    </ActionDialog>
  );
}
