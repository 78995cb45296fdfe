// SPDX-License-Identifier: Apache-2.0
/** Jobs as rows: the entity, its transition table, and the store whose every statement is fenced by the attempt number. */
@NullMarked
package dev.drover.job.entity;

import org.jspecify.annotations.NullMarked;
