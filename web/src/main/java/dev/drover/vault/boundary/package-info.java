// SPDX-License-Identifier: Apache-2.0
/** Captured sessions over REST: what there is, never what is in it. */
@NullMarked
package dev.drover.vault.boundary;

import org.jspecify.annotations.NullMarked;
