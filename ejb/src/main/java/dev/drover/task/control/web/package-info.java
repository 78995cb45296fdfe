// SPDX-License-Identifier: Apache-2.0

/** The family of tasks for any web page: screenshot, pdf, content, extract and script. */
@NullMarked
package dev.drover.task.control.web;

import org.jspecify.annotations.NullMarked;
