// SPDX-License-Identifier: Apache-2.0
/** What nodes share about how well the service and the sites do, as rows. */
@NullMarked
package dev.drover.reliability.entity;

import org.jspecify.annotations.NullMarked;
