// SPDX-License-Identifier: Apache-2.0

/** A request for a terminal; the token comes from the environment and is never printed. */
export function curlPost(url: string, body: unknown): string {
  const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
  return [
    `curl -X POST '${url}' \\`,
    `  -H "Authorization: Bearer $API_SECRET_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${json}'`,
  ].join("\n");
}
