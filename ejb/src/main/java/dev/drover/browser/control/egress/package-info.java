// SPDX-License-Identifier: Apache-2.0

/**
 * The only way out for browsers: a small forward proxy on loopback, one for each browser worker, that resolves a name,
 * checks what it resolved to, and dials that same address, so that no redirect, WebSocket, worker or rebinding name gets
 * around the check. It counts what a run loads, and remembers why a connection failed, since a browser behind a proxy
 * cannot tell.
 */
@NullMarked
package dev.drover.browser.control.egress;

import org.jspecify.annotations.NullMarked;
