// SPDX-License-Identifier: Apache-2.0
/** What browsers were signed in to, kept under names, encrypted. */
@NullMarked
package dev.drover.vault.entity;

import org.jspecify.annotations.NullMarked;
