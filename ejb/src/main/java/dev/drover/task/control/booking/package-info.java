// SPDX-License-Identifier: Apache-2.0

/**
 * Books driving tests on a site behind a login with BankID. What the site looks like is data, a {@link
 * dev.drover.task.control.booking.SiteProfile}; the code knows only how one books: log in, search, choose, confirm.
 */
@NullMarked
package dev.drover.task.control.booking;

import org.jspecify.annotations.NullMarked;
