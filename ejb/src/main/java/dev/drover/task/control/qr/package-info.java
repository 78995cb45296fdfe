// SPDX-License-Identifier: Apache-2.0

/** QR codes that pages show: watched as they change, read, and drawn anew for other screens. */
@NullMarked
package dev.drover.task.control.qr;

import org.jspecify.annotations.NullMarked;
