// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.drover.broker;

import org.jspecify.annotations.NullMarked;
