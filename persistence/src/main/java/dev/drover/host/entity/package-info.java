// SPDX-License-Identifier: Apache-2.0
/** The nodes of the cluster and the machines of others, as the nodes know them together. */
@NullMarked
package dev.drover.host.entity;

import org.jspecify.annotations.NullMarked;
