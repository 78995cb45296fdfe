// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import dev.drover.system.control.Checks;
import dev.drover.vault.entity.CapturedSession;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What captured sessions may be called: nothing that means something in a path. */
public final class CapturedNames {

    /** As a regular expression of JSON Schema. */
    public static final String PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";

    private static final Pattern FITS = Pattern.compile(PATTERN);

    private CapturedNames() {}

    public static boolean fits(String name) {
        return FITS.matcher(name).matches();
    }

    /** @return null as well for what does not fit, which the checks have told */
    public static @Nullable String checked(Checks checks, String pointer, @Nullable String name) {
        if (name == null || fits(name)) {
            return name;
        }
        checks.violated(
                pointer,
                "1 to " + CapturedSession.LONGEST_NAME + " letters, digits and . _ -, the first a letter or a digit");
        return null;
    }
}
