// SPDX-License-Identifier: Apache-2.0
/** What operators do with the nodes. */
@NullMarked
package dev.drover.host.boundary;

import org.jspecify.annotations.NullMarked;
