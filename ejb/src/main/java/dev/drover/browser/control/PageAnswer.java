// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import org.jspecify.annotations.Nullable;

/**
 * What an action leaves.
 *
 * @param url of the page, after it
 * @param value that the action tells; bytes for a picture
 */
public record PageAnswer(String url, String title, @Nullable Object value) {}
