// SPDX-License-Identifier: Apache-2.0

/** `team:shop, env:test` as labels; undefined when a part of it is none. */
export function labelsOf(text: string): Record<string, string> | undefined {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const labels = parts.map((part) =>
    /^([^:]+):(.*)$/
      .exec(part)
      ?.slice(1)
      .map((word) => word.trim()),
  );
  return labels.every((label) => label?.[0]) ? Object.fromEntries(labels as [string, string][]) : undefined;
}
