// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids and revisions as they stand in addresses and headers. */
public final class RecordIds {

    public static final String EXAMPLE = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";

    private static final int LENGTH = 36;

    private RecordIds() {}

    /** @throws DroverException {@link ErrorCode#NOT_FOUND} for what is no id: nothing is there */
    public static UUID parse(String id) {
        return read(id).orElseThrow(() ->
                new DroverException(ErrorCode.NOT_FOUND, "There is nothing of this id, or it is not yours."));
    }

    /** Empty for what is no id. */
    public static Optional<UUID> read(String id) {
        try {
            return id.length() == LENGTH ? Optional.of(UUID.fromString(id)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An id in the query; its name is in the message. */
    public static @Nullable UUID parameter(Checks checks, String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            checks.violated("", name + ": an id");
            return null;
        }
    }

    /**
     * The revision of an {@code If-Match} header; null where any will do.
     *
     * @throws DroverException {@link ErrorCode#PRECONDITION_FAILED} for a tag that no revision has
     */
    public static @Nullable Integer revision(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        String tag = ifMatch.strip();
        try {
            if (tag.startsWith("\"") && tag.endsWith("\"") && tag.length() > 2) {
                return Integer.valueOf(tag.substring(1, tag.length() - 1));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new DroverException(
                ErrorCode.PRECONDITION_FAILED, "If-Match takes an ETag as it was read, in its double quotes.");
    }
}
