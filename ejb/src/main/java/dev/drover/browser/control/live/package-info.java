// SPDX-License-Identifier: Apache-2.0
/** Pages that people watch and use from afar. */
@NullMarked
package dev.drover.browser.control.live;

import org.jspecify.annotations.NullMarked;
