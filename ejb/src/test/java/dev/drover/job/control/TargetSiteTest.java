// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSiteTest {

    @ParameterizedTest
    @CsvSource({
        "http://Shop.example:8080/cart?a=b#c, https://mirror.example/cart?a=b#c",
        "https://shop.example, https://mirror.example",
        "https://user:secret@shop.example/x, https://mirror.example/x",
        "http://[::1]:81/x, https://mirror.example/x",
    })
    void anotherSourceHasTheSamePage(String address, String moved) {
        ObjectNode params = Json.readObject("{\"url\": \"" + address + "\", \"selector\": \"h1\"}");

        ObjectNode other = TargetSite.movedTo(params, "https://mirror.example");

        assertThat(other.path("url").asText()).isEqualTo(moved);
        assertThat(other.path("selector").asText()).isEqualTo("h1");
        assertThat(params.path("url").asText()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'url': 'https://shop.example/a'} | shop.example",
                "{'start_url': 'https://shop.example/a', 'steps': [{'url': 'https://other.example/'}]} | shop.example",
                "{'steps': [{'action': 'goto', 'url': 'https://shop.example:8443/a'}]} | shop.example:8443",
                "{'steps': [{'action': 'tap'}]} |",
            })
    void theSiteIsThatOfTheFirstAddress(String params, @Nullable String site) {
        assertThat(TargetSite.of(Json.readObject(params.replace('\'', '"'))).orElse(null))
                .isEqualTo(site);
    }

    @Test
    void aScriptThatBeginsWithAnAddressIsMovedAtItsFirstStep() {
        ObjectNode params = Json.readObject(
                "{\"steps\": [{\"action\": \"goto\", \"url\": \"https://shop.example/a\"}, {\"url\": \"/b\"}]}");

        ObjectNode other = TargetSite.movedTo(params, "https://mirror.example");

        assertThat(other.at("/steps/0/url").asText()).isEqualTo("https://mirror.example/a");
        assertThat(other.at("/steps/1/url").asText()).isEqualTo("/b");
    }
}
