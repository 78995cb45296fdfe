// SPDX-License-Identifier: Apache-2.0

/** How well the service and the sites do, and what operators do about it. */
@NullMarked
package dev.drover.reliability.boundary;

import org.jspecify.annotations.NullMarked;
