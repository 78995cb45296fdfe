// SPDX-License-Identifier: Apache-2.0
/**
 * Captured sessions: what a browser was signed in to, kept under a name of its owner, encrypted, so that later sessions and
 * jobs begin signed in (docs/adr/0022).
 */
@NullMarked
package dev.drover.vault.control;

import org.jspecify.annotations.NullMarked;
