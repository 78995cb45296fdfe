// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the server answered. */
record Reply(HttpResponse<byte[]> response) {

    int status() {
        return response.statusCode();
    }

    byte[] body() {
        return response.body();
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return Json.read(text());
    }

    /** The first value of a header; empty when there is none. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String mediaType() {
        return header("Content-Type").replaceFirst(";.*", "");
    }

    /** The {@code code} of a problem document. */
    String code() {
        return json().path("code").asText();
    }
}
