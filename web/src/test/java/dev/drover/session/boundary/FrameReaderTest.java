// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.session.boundary.FrameReader.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final Heard heard = new Heard();

    /** Remembers frames as texts. */
    private static final class Heard implements FrameReader.Frames {

        private final List<String> frames = new ArrayList<>();
        private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

        @Override
        public void begin(Head head) {
            payload.reset();
        }

        @Override
        public void payload(Head head, byte[] bytes, int offset, int count) {
            payload.write(bytes, offset, count);
        }

        @Override
        public void end(Head head) {
            frames.add(head.opcode() + (head.last() ? " " : "+ ") + payload.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void framesComeWholeHoweverTheyWereCut(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<String> said = new ArrayList<>();
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 200_000, 3}) {
            String text = "x".repeat(length);
            boolean last = length != 127;
            wire.writeBytes(masked(new Head(FrameReader.TEXT, last, length), text, random.nextInt()));
            said.add("1" + (last ? " " : "+ ") + text);
        }
        FrameReader reader = new FrameReader(heard, true);

        byte[] bytes = wire.toByteArray();
        int at = 0;
        while (at < bytes.length) {
            int part = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 100_000));
            reader.take(bytes, at, part);
            at += part;
        }

        assertThat(heard.frames).isEqualTo(said);
    }

    @Test
    void whatAServerSaysHasNoMask() throws IOException {
        byte[] head = FrameReader.head(Head.of(FrameReader.TEXT, 2), false);
        FrameReader reader = new FrameReader(heard, false);

        reader.take(head, 0, head.length);
        reader.take("ok".getBytes(StandardCharsets.UTF_8), 0, 2);

        assertThat(heard.frames).containsExactly("1 ok");
    }

    @Test
    void whatIsNoFrameOfItsSideIsRefused() {
        byte[] unmasked = FrameReader.head(Head.of(FrameReader.TEXT, 2), false);
        byte[] masked = FrameReader.head(Head.of(FrameReader.TEXT, 2), true);
        byte[] compressed = masked.clone();
        compressed[0] |= 0x40;
        byte[] largePing = FrameReader.head(Head.of(FrameReader.PING, 126), true);

        for (byte[] wrong : List.of(unmasked, compressed, largePing)) {
            assertThatThrownBy(() -> new FrameReader(heard, true).take(wrong, 0, wrong.length))
                    .isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> new FrameReader(heard, false).take(masked, 0, masked.length))
                .isInstanceOf(ProtocolException.class);
    }

    private static byte[] masked(Head head, String text, int key) {
        byte[] bytes = FrameReader.head(head, true);
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[bytes.length + payload.length];
        System.arraycopy(bytes, 0, frame, 0, bytes.length);
        for (int i = 0; i < 4; i++) {
            frame[bytes.length - 4 + i] = (byte) (key >>> (8 * i));
        }
        for (int i = 0; i < payload.length; i++) {
            frame[bytes.length + i] = (byte) (payload[i] ^ (key >>> (8 * (i % 4))));
        }
        return frame;
    }
}
