// SPDX-License-Identifier: Apache-2.0
// Comes before the trace viewer's own service worker. A trace holds documents of pages that nobody trusts, and the viewer
// shows them under this server's address, where the console keeps its token: so nothing of such a document may run.
(() => {
  const respondWith = FetchEvent.prototype.respondWith;
  FetchEvent.prototype.respondWith = function (answer) {
    respondWith.call(this, this.request.mode === "navigate" ? Promise.resolve(answer).then(guarded) : answer);
  };

  async function guarded(answer) {
    if (answer.type !== "default") {
      return answer; // A file of the viewer, from the server, with the server's own policy.
    }
    const headers = new Headers(answer.headers);
    headers.set("X-Content-Type-Options", "nosniff");
    if (!(headers.get("Content-Type") ?? "").startsWith("text/html")) {
      headers.append("Content-Security-Policy", "sandbox; default-src 'none'");
      return new Response(answer.body, { status: answer.status, headers });
    }
    // Before all that comes from the page stands the one script of the viewer, which sets values and scroll positions.
    const nonce = crypto.randomUUID();
    const html = (await answer.text()).replace("<script>", `<script nonce="${nonce}">`);
    headers.append(
      "Content-Security-Policy",
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src * data: blob: 'unsafe-inline'; ` +
        "img-src * data: blob:; font-src * data: blob:; media-src * data: blob:; frame-src 'self' data: blob:; " +
        "form-action 'none'; frame-ancestors 'self'",
    );
    return new Response(html, { status: answer.status, headers });
  }
})();
