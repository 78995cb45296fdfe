// SPDX-License-Identifier: Apache-2.0

/**
 * Where the screen of a session is, for a page that was opened with `#session=…&token=…`; undefined where the link is not
 * whole. It is sought beside the page, so that both may lie below any path of a reverse proxy.
 */
export function screenAddress(page: string): string | undefined {
  const link = new URL(page);
  const wanted = new URLSearchParams(link.hash.slice(1));
  const session = wanted.get("session");
  const token = wanted.get("token");
  if (!session || !token || !/^[0-9a-f-]{36}$/i.test(session)) {
    return undefined;
  }
  const address = new URL(`ws/sessions/${session}/vnc`, link);
  address.protocol = link.protocol === "https:" ? "wss:" : "ws:";
  address.hash = "";
  address.search = new URLSearchParams({ token }).toString();
  return address.href;
}
