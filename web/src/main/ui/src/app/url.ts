// SPDX-License-Identifier: Apache-2.0

/** What keeps an address from being used, as far as it can be told here. */
export function urlMistake(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return "Write an address that starts with https:// or http://.";
  }
  return url.username || url.password ? "Leave the user and the password out." : undefined;
}
