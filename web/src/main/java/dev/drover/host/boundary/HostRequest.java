// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.host.entity.Host;
import dev.drover.system.control.Checks;
import dev.drover.system.control.Json;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a machine that is no node says of itself. */
@Schema(
        name = "HostRegistration",
        requiredProperties = {"host_name", "host_url"},
        examples = """
                {"host_name": "sunri-pi2", "host_url": "http://sunri-pi2:6109", "capabilities": ["mobile", "desktop"],
                 "status": "available", "devices": []}""")
public record HostRequest(
        @Schema(maxLength = 128) @Nullable String hostName,

        @Schema(
                format = "uri",
                maxLength = 500,
                description = "Where it answers /host/health and /host/remote/executeAction")
        @Nullable
        String hostUrl,

        @Schema(maxItems = 50) @Nullable List<@Nullable String> capabilities,

        @Schema(maxLength = 16, defaultValue = "available") @Nullable
        String status,

        @Schema(format = "date-time", description = "Taken for the time of the request") @Nullable
        String lastPing,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = Object.class,
                description = "Whatever the host calls a device")
        @Nullable
        JsonNode devices) {

    private static final int LONGEST_CAPABILITY = 64;
    private static final int MOST_CAPABILITIES = 50;
    private static final int LONGEST_DEVICES = 64 * 1024;

    /** @throws dev.drover.system.control.DroverException that names everything that does not fit */
    Host.Facts facts() {
        Checks checks = new Checks();
        checks.required("/host_name", hostName);
        checks.text("/host_name", hostName, 128);
        checks.required("/host_url", hostUrl);
        checks.webAddress("/host_url", hostUrl, 500);
        checks.text("/status", status, 16);
        checks.time("/last_ping", lastPing);
        List<String> known = capabilities == null
                ? List.of()
                : capabilities.stream().filter(Objects::nonNull).toList();
        if (known.size() > MOST_CAPABILITIES
                || known.stream().anyMatch(one -> one.isBlank() || one.length() > LONGEST_CAPABILITY)) {
            checks.violated("/capabilities", "up to 50 texts of 1 to 64 characters");
        }
        String list = devices == null ? "[]" : devices.toString();
        if ((devices != null && !devices.isArray()) || list.length() > LONGEST_DEVICES) {
            checks.violated("/devices", "a list of up to 64 KB");
        }
        checks.refuseIfAny();
        return new Host.Facts(
                String.valueOf(hostUrl).replaceFirst("/+$", ""),
                status == null ? "available" : status,
                Json.write(known),
                list,
                "[]",
                "",
                null,
                0,
                0,
                null);
    }
}
