// SPDX-License-Identifier: Apache-2.0

/** RFC 3339 to what `<input type="datetime-local">` holds: the same moment on the user's clock, without a zone. */
export function toLocalTime(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) {
    return "";
  }
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** And back, in UTC; undefined while the input is incomplete. */
export function fromLocalTime(local: string): string | undefined {
  const date = new Date(local);
  return local === "" || Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(".000Z", "Z");
}
