// SPDX-License-Identifier: Apache-2.0

/** Copies a text, also where the Clipboard API is missing: it exists on https and localhost only. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "drover-offscreen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
