// SPDX-License-Identifier: Apache-2.0
import { relative } from "./format";

const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A moment, relative to now, with the exact time on hover. */
export function Time({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={FULL.format(new Date(at))}>
      {relative(Date.parse(at), now)}
    </time>
  );
}

export function exactTime(at: string): string {
  return FULL.format(new Date(at));
}
