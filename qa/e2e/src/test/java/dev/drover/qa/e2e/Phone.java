// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.drover.qa.sites.SampleSites;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The person in front of the booking site, with a phone in the hand; and the one who has set up what the site does. */
final class Phone {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final SampleSites sites;

    Phone(SampleSites sites) {
        this.sites = sites;
    }

    /** The codes that a follower of a job has been told. */
    static List<JsonNode> codes(Feed feed) {
        return feed.events().stream()
                .filter(event -> event.path("event_type").asText().equals("qr_code_update"))
                .map(event -> event.path("data"))
                .toList();
    }

    /** The latest code, once there were so many. */
    static JsonNode awaitCode(Feed feed, int count) {
        return await().atMost(PATIENCE)
                .until(() -> codes(feed), codes -> codes.size() >= count)
                .getLast();
    }

    /** The text of the code that a phone would find on a screen. */
    static Optional<String> read(byte[] screen) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(screen));
            int width = image.getWidth();
            RGBLuminanceSource source = new RGBLuminanceSource(
                    width, image.getHeight(), image.getRGB(0, 0, width, image.getHeight(), null, 0, width));
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scans the latest code, until one is taken. */
    void scan(Feed feed) {
        awaitCode(feed, 1);
        await().atMost(PATIENCE).until(() -> {
            Optional<JsonNode> code = codes(feed).stream().reduce((first, second) -> second);
            return code.isPresent() && takes(code.get().path("qr_payload").asText());
        });
    }

    /** Whether the site takes the text of a code. */
    boolean takes(String payload) {
        String encoded = URLEncoder.encode(payload, StandardCharsets.UTF_8);
        return get("/booking/control/scan?payload=" + encoded).statusCode() == 200;
    }

    /** Says what the site does to those who come to a scene. */
    void script(String scene, String script) {
        assertThat(get("/booking/control/script?scene=" + scene + "&" + script).statusCode())
                .isEqualTo(200);
    }

    JsonNode state(String scene) {
        return Json.read(get("/booking/control/state?scene=" + scene).body());
    }

    private HttpResponse<String> get(String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create(sites.url(path))).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
