// SPDX-License-Identifier: Apache-2.0

/**
 * The browser engine. One worker is one platform thread with its own Playwright connection and its own warm browser;
 * every run gets a fresh browser context. The room starts, watches, recycles and ends these processes, keeps pages off
 * private networks, and turns what a browser does wrong into error categories (docs/adr/0003).
 */
@NullMarked
package dev.drover.browser.control;

import org.jspecify.annotations.NullMarked;
