// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    /** The example of the specification's own libraries. */
    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1614265330);
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void theSignatureIsThatOfThePublishedExample() {
        assertThat(Signature.header(List.of(SECRET), ID, TIME, BODY)).isEqualTo(EXPECTED);
    }

    @Test
    void theTimeIsSignedInWholeSeconds() {
        assertThat(Signature.header(List.of(SECRET), ID, TIME.plusMillis(999), BODY))
                .isEqualTo(EXPECTED);
    }

    @Test
    void whileASecretIsReplacedBothSign() {
        WebhookSecret newer = WebhookSecret.parse(WebhookSecret.generate());

        String header = Signature.header(List.of(newer, SECRET), ID, TIME, BODY);

        assertThat(header.split(" "))
                .hasSize(2)
                .contains(EXPECTED)
                .allMatch(signature -> signature.matches("v1,[A-Za-z0-9+/]{43}="));
    }

    @Test
    void anotherBodyIdOrTimeHasAnotherSignature() {
        assertThat(List.of(
                        Signature.header(List.of(SECRET), ID, TIME, BODY + " "),
                        Signature.header(List.of(SECRET), "msg_other", TIME, BODY),
                        Signature.header(List.of(SECRET), ID, TIME.plusSeconds(1), BODY)))
                .doesNotContain(EXPECTED)
                .doesNotHaveDuplicates();
    }

    @Test
    void aSecretWithoutThePrefixIsTheKeyItself() {
        assertThat(WebhookSecret.parse("your-webhook-secret").key())
                .isEqualTo("your-webhook-secret".getBytes(StandardCharsets.UTF_8));
        assertThat(SECRET.key()).hasSize(24);
    }

    @Test
    void aGeneratedSecretHas256BitsOfItsOwn() {
        String one = WebhookSecret.generate();

        assertThat(one).startsWith("whsec_").isNotEqualTo(WebhookSecret.generate());
        assertThat(WebhookSecret.parse(one).key()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "whsec_c2hvcnQ=", "whsec_not base64 at all!", "whsec_"})
    void aSecretThatCannotBeUsedIsRefusedWithoutBeingShown(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(text.replace("whsec_", "") + "!");
        assertThat(SECRET).asString().isEqualTo("WebhookSecret[24 bytes]");
    }
}
