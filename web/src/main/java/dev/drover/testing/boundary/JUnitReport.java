// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.testing.entity.Execution;
import dev.drover.testing.entity.ExecutionStatus;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * An execution in the XML that CI servers read, as Jenkins and Surefire write it
 * (https://github.com/testmoapp/junitxml). What did not hold is a failure, what could not be done an error, and what has not
 * ended or was cancelled is skipped.
 */
final class JUnitReport {

    private static final String EXPECTATION = "expectation";

    private JUnitReport() {}

    static String of(Execution execution) {
        Execution.Failure failure = execution.failure();
        boolean failed = failure != null && failure.category().equals(EXPECTATION);
        boolean skipped =
                execution.status() != ExecutionStatus.COMPLETED && execution.status() != ExecutionStatus.FAILED;
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            attribute(xml, "name", execution.testCaseName());
            attribute(xml, "tests", "1");
            attribute(xml, "failures", failed ? "1" : "0");
            attribute(xml, "errors", failure != null && !failed ? "1" : "0");
            attribute(xml, "skipped", skipped ? "1" : "0");
            attribute(xml, "time", seconds(execution));
            attribute(
                    xml,
                    "timestamp",
                    execution.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
            xml.writeStartElement("testcase");
            attribute(xml, "name", execution.testCaseName());
            attribute(xml, "classname", where(execution.place()));
            attribute(xml, "time", seconds(execution));
            if (failure != null) {
                xml.writeStartElement(failed ? "failure" : "error");
                attribute(xml, "type", failure.code());
                attribute(xml, "message", failure.message());
                xml.writeEndElement();
            }
            if (skipped) {
                xml.writeStartElement("skipped");
                attribute(xml, "message", execution.status().wireName());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text could not be written to", e);
        }
        return text.toString();
    }

    private static String where(Execution.Place place) {
        String host = place.hostId();
        if (host == null) {
            return String.valueOf(place.engine());
        }
        return place.deviceId() == null ? host : host + "." + place.deviceId();
    }

    private static String seconds(Execution execution) {
        Instant from = execution.startedAt();
        Instant until = execution.finishedAt();
        double seconds = from == null || until == null
                ? 0
                : Duration.between(from, until).toMillis() / 1000.0;
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** What XML 1.0 cannot say, not even escaped, is left out: pages and hosts put whatever they like into messages. */
    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        StringBuilder sayable = new StringBuilder(value.length());
        value.codePoints()
                .filter(c -> c == 0x9
                        || c == 0xA
                        || c == 0xD
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000)
                .forEach(sayable::appendCodePoint);
        xml.writeAttribute(name, sayable.toString());
    }
}
