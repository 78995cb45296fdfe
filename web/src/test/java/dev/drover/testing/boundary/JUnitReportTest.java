// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.security.entity.Owner;
import dev.drover.testing.entity.Execution;
import dev.drover.testing.entity.TestCase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class JUnitReportTest {

    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00.123456Z");

    @Test
    void oneThatHasNotEndedIsSkippedAndItsNameCannotBreakTheXml() throws Exception {
        String name = "<a> & \"b\" \u0000\u001b å\uD83D\uDE00\uFFFE";
        TestCase testCase = new TestCase(
                UUID.randomUUID(), new Owner("default", "alice"), new TestCase.Content(name, "", "[]"), NOW);
        Execution execution = new Execution(
                UUID.randomUUID(), testCase.owner(), testCase, new Execution.Place(null, "pi", "device1"), NOW);

        Element suite = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitReport.of(execution).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(suite.getAttribute("name")).isEqualTo("<a> & \"b\"  å\uD83D\uDE00");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-23T05:00:00Z");
        Element test = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(test.getAttribute("classname")).isEqualTo("pi.device1");
        assertThat(test.getElementsByTagName("skipped").getLength()).isOne();
    }
}
