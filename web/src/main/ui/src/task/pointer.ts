// SPDX-License-Identifier: Apache-2.0
import type { FieldError } from "../api/problem";

/** RFC 6901: the pointer to something inside of what `parent` points to. */
export function child(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Messages by pointer; servers may write a pointer as a URI fragment. */
export type Messages = Readonly<Record<string, string>>;

export function messagesOf(errors: readonly FieldError[]): Messages {
  const messages: Record<string, string> = {};
  for (const { pointer, message } of errors) {
    const at = normalise(pointer);
    messages[at] = messages[at] ? `${messages[at]}; ${message}` : sentence(message);
  }
  return messages;
}

/** The API speaks of a field without naming it: `is required`. Below the field it stands for itself. */
export function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** Whether something is wrong at a place or below it. */
export function concerns(messages: Messages, pointer: string): boolean {
  return Object.keys(messages).some((at) => at === pointer || at.startsWith(`${pointer}/`));
}

function normalise(pointer: string): string {
  if (!pointer.startsWith("#")) {
    return pointer;
  }
  try {
    return decodeURIComponent(pointer.slice(1));
  } catch {
    return pointer.slice(1);
  }
}
