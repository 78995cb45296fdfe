// SPDX-License-Identifier: Apache-2.0

/** `0.42 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 0) {
    return "0 s";
  }
  if (ms < 1000) {
    return `${(ms / 1000).toFixed(2)} s`;
  }
  if (ms < 10_000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return two(minutes, "min", seconds % 60, "s");
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? two(hours, "h", minutes % 60, "min") : two(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** What is left until something happens, in whole seconds. */
export function countdown(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 10 ? `${seconds} s` : duration(seconds * 1000);
}

export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `just now`, `4 min ago`, `in 3 h`. */
export function relative(then: number, now: number): string {
  const distance = Math.abs(now - then);
  if (distance < 5_000) {
    return "just now";
  }
  const [unit, ms] = RELATIVE.find(([, size]) => distance >= size * 0.95) ?? ["s", 1_000];
  const words = `${Math.round(distance / ms)} ${unit}`;
  return then > now ? `in ${words}` : `${words} ago`;
}

const RELATIVE: [string, number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
];

/** `1 job`, `12 jobs`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? "" : "s"}`;
}

/** `full_page` → `Full page`, `url` → `URL`. */
export function humanise(name: string): string {
  const words = name
    .replace(/[_.-]+/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .trim();
  const sentence = words
    .toLowerCase()
    .replace(/\b(url|html|pdf|har|id|css|json|ttl|http|jvm|cpu|os|ok|pid)\b/g, (word) => word.toUpperCase());
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The part of an id that tells it from its neighbours; ids that begin with the time differ at their end. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : id.slice(-8);
}

function two(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
