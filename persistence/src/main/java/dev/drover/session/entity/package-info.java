// SPDX-License-Identifier: Apache-2.0
/** Browsers that someone holds, and why they ended. */
@NullMarked
package dev.drover.session.entity;

import org.jspecify.annotations.NullMarked;
