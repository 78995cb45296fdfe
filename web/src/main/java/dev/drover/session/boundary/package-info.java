// SPDX-License-Identifier: Apache-2.0
/** Sessions over REST, and the endpoints through which clients drive their browsers. */
@NullMarked
package dev.drover.session.boundary;

import org.jspecify.annotations.NullMarked;
