// SPDX-License-Identifier: Apache-2.0

/**
 * The browser engine. One worker is one platform thread with its own Playwright connection and its own warm browser;
 * every run gets a fresh browser context. The room starts, watches, recycles and ends these processes, keeps pages off
 * private networks, and turns what a browser does wrong into error categories (docs/adr/0003).
 *
 * <h2>What the server needs on disk</h2>
 *
 * <ul>
 *   <li>Node.js 20 or later as {@code node} on the {@code PATH}, or where {@code DROVER_BROWSER_NODE_EXECUTABLE} says.
 *   <li>A Chromium: Debian's {@code chromium-headless-shell} (and {@code chromium} for windows), else what
 *       {@code DROVER_BROWSER_CHROMIUM_HEADLESS_EXECUTABLE} says, else one that {@code playwright install} has put into
 *       its cache. It must be the binary, not a script. Firefox is optional.
 *   <li>For windows over VNC: Xvnc and vncpasswd of TigerVNC, or Xvfb and x11vnc (docs/adr/0020).
 *   <li>Fonts, and {@code ffmpeg} on the {@code PATH} for videos.
 *   <li>Nothing of Playwright besides its two jars: the driver's files are unpacked from {@code driver-1.62.0.jar} to
 *       {@code DATA_ROOT/node/playwright} at the first start (13 MB, under a second). An image with a read-only data
 *       folder unpacks {@code driver/package} of that jar to {@code /some/folder/package} at build time and sets
 *       {@code PLAYWRIGHT_DRIVER_DIR=/some/folder}.
 * </ul>
 *
 * Written below {@code DATA_ROOT}: {@code node/playwright}, {@code node/processes} (pids of what was started, for the
 * next start after a kill) and {@code tmp/browser} (profiles, downloads and recordings; emptied at start and end).
 */
@NullMarked
package dev.drover.browser.control;

import org.jspecify.annotations.NullMarked;
