// SPDX-License-Identifier: Apache-2.0

/** What the browsers of this node do now. */
@NullMarked
package dev.drover.browser.boundary;

import org.jspecify.annotations.NullMarked;
