// SPDX-License-Identifier: Apache-2.0
/** Events of jobs as rows, numbered per job without gaps. */
@NullMarked
package dev.drover.event.entity;

import org.jspecify.annotations.NullMarked;
