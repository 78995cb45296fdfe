// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.host.control.Hosts;
import dev.drover.system.control.Checks;
import dev.drover.testing.control.TestTarget;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a test case is to be carried out: in a browser of the cluster, or on a registered host. */
@Schema(name = "TestRun", examples = "{\"engine\": \"chromium\", \"start_url\": \"https://example.com/\"}")
public record RunRequest(
        @Schema(
                enumeration = {"chromium", "firefox", "webkit"},
                description = "Of the browser; chromium where nothing is said")
        @Nullable
        String engine,

        @Schema(
                format = "uri",
                maxLength = 8192,
                description = "Where the browser begins; may be left out where the first step is a goto")
        @Nullable
        String startUrl,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "Values that steps use as ${name}, in a browser")
        @Nullable
        ObjectNode variables,

        @Schema(maxLength = LONGEST_NAME, description = "A registered host, or any; for administrators") @Nullable
        String hostId,

        @Schema(maxLength = 64, description = "What the host has to have, where any will do", examples = "mobile")
        @Nullable
        String capability,

        @Schema(maxLength = LONGEST_NAME, description = "What of the host", examples = "device1") @Nullable
        String deviceId) {

    static final RunRequest USUAL = new RunRequest(null, null, null, null, null, null);

    private static final int LONGEST_NAME = 128;

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    TestTarget target() {
        Checks checks = new Checks();
        checks.oneOf("/engine", engine, List.of("chromium", "firefox", "webkit"));
        checks.webAddress("/start_url", startUrl, 8192);
        checks.text("/host_id", hostId, LONGEST_NAME);
        checks.text("/capability", capability, 64);
        checks.text("/device_id", deviceId, LONGEST_NAME);
        boolean onHost = hostId != null || capability != null || deviceId != null;
        if (onHost) {
            refuseOnHost(checks, "/engine", engine);
            refuseOnHost(checks, "/start_url", startUrl);
            refuseOnHost(checks, "/variables", variables);
        }
        checks.refuseIfAny();
        return onHost
                ? new TestTarget.OnHost(hostId == null ? Hosts.ANY : hostId, capability, deviceId)
                : new TestTarget.InBrowser(engine, startUrl, variables);
    }

    private static void refuseOnHost(Checks checks, String pointer, @Nullable Object value) {
        if (value != null) {
            checks.violated(pointer, "is for a browser of the cluster, and a host was named");
        }
    }
}
