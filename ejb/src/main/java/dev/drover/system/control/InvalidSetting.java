// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

/** A configuration value that cannot be used; the server does not start with it. */
public final class InvalidSetting extends RuntimeException {

    public InvalidSetting(String variable, String value, String description, Throwable cause) {
        super(
                "%s is '%s', which does not fit: %s. %s".formatted(variable, value, cause.getMessage(), description),
                cause);
    }
}
