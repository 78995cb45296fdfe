// SPDX-License-Identifier: Apache-2.0
/** The nodes of the cluster and other machines: who lives, how much each does, and what is wanted of it. */
@NullMarked
package dev.drover.host.control;

import org.jspecify.annotations.NullMarked;
