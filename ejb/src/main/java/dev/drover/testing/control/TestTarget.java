// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Where a test case is carried out. */
public sealed interface TestTarget {

    /**
     * In a fresh browser of the cluster, by the task {@code script}.
     *
     * @param engine null for the usual one
     * @param startUrl where to begin; null where the first step goes there
     * @param variables that steps use as ${name}
     */
    record InBrowser(
            @Nullable String engine,
            @Nullable String startUrl,
            @Nullable ObjectNode variables) implements TestTarget {}

    /**
     * On a registered host, by the task {@code host-steps}.
     *
     * @param host its name, or {@code any}
     * @param capability that it has to have, where any will do
     * @param device what of the host
     */
    record OnHost(
            String host,
            @Nullable String capability,
            @Nullable String device) implements TestTarget {}
}
