// SPDX-License-Identifier: Apache-2.0
/** What is to be tested, and what came of it. */
@NullMarked
package dev.drover.testing.entity;

import org.jspecify.annotations.NullMarked;
