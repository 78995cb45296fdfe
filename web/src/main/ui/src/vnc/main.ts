// SPDX-License-Identifier: Apache-2.0
import RFB from "@novnc/novnc";
import { screenAddress } from "./address";
import "./vnc.css";

const state = element("state", HTMLElement);
const screen = element("screen", HTMLElement);
const again = element("again", HTMLButtonElement);
const login = element("login", HTMLDialogElement);
const loginHelp = element("login-help", HTMLElement);
const password = element("password", HTMLInputElement);
const clipboard = element("clipboard", HTMLFormElement);
const clipboardButton = element("clipboard-button", HTMLButtonElement);
const clipboardText = element("clipboard-text", HTMLTextAreaElement);

let rfb: RFB | undefined;

again.addEventListener("click", connect);
login.addEventListener("close", () => {
  rfb?.sendCredentials({ password: password.value });
  password.value = "";
});
login.addEventListener("cancel", (event) => event.preventDefault());
clipboardButton.addEventListener("click", () => showClipboard(Boolean(clipboard.hidden)));
clipboard.addEventListener("submit", (event) => {
  event.preventDefault();
  rfb?.clipboardPasteFrom(clipboardText.value);
  showClipboard(false);
  rfb?.focus();
});
connect();

function connect(): void {
  const address = screenAddress(location.href);
  if (!address) {
    say("ended", "This link is not whole. Take vnc.http of the session anew.");
    return;
  }
  say("connecting", "Connecting…");
  again.hidden = true;
  let connected = false;
  let refused = false;
  const connection = new RFB(screen, address, { shared: true });
  connection.scaleViewport = true;
  connection.addEventListener("connect", () => {
    connected = true;
    loginHelp.textContent = "It was told to whoever opened the session.";
    say("connected", "Connected");
    clipboardButton.disabled = false;
    connection.focus();
  });
  connection.addEventListener("credentialsrequired", () => {
    say("password", "Waiting for the password");
    login.showModal();
  });
  connection.addEventListener("securityfailure", (event) => {
    refused = true;
    loginHelp.textContent = `The last one was refused${event.detail.reason ? `: ${event.detail.reason}` : ""}.`;
  });
  connection.addEventListener("clipboard", (event) => {
    clipboardText.value = event.detail.text;
    // Where the browser allows it; else it can be copied from the page.
    navigator.clipboard?.writeText(event.detail.text).catch(() => undefined);
  });
  connection.addEventListener("disconnect", () => {
    clipboardButton.disabled = true;
    again.hidden = false;
    say("ended", ending(connected, refused));
  });
  rfb = connection;
}

function ending(connected: boolean, refused: boolean): string {
  if (refused) {
    return "The password was refused.";
  }
  return connected
    ? "The connection has ended. The session may be over."
    : "There is no screen at this link. The session may be over, or the link may be too old.";
}

function say(name: "connecting" | "password" | "connected" | "ended", text: string): void {
  state.dataset.state = name;
  state.textContent = text;
}

function showClipboard(shown: boolean): void {
  clipboard.hidden = !shown;
  clipboardButton.setAttribute("aria-expanded", String(shown));
  if (shown) {
    clipboardText.focus();
  }
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) {
    throw new Error(`the page has no ${id}`);
  }
  return found;
}
