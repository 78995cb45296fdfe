// SPDX-License-Identifier: Apache-2.0

/** Where a file of a job is. Made here, not taken from the artifact's `url`: the token goes to this server only. */
export function artifactPath(jobId: string, name: string): string {
  return `/api/v1/jobs/${encodeURIComponent(jobId)}/artifacts/${encodeURIComponent(name)}`;
}

/** The console's page that shows a trace; a dot in the path itself would ask the server for a file. */
export function tracePath(jobId: string, name: string): string {
  return `/jobs/${encodeURIComponent(jobId)}/trace?name=${encodeURIComponent(name)}`;
}

/** Whether a file is a trace that Playwright's viewer can show. */
export function isTrace({ kind, content_type }: { kind: string; content_type: string }): boolean {
  return kind === "trace" && content_type === "application/zip";
}
