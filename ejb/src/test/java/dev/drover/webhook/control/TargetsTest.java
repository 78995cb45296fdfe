// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.security.entity.Owner;
import dev.drover.system.control.InvalidSetting;
import dev.drover.system.control.Transactions;
import dev.drover.webhook.control.Targets.Target;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.EndpointStore;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    private final Targets targets = new Targets(
            new Endpoints(new EndpointStore() {}, new Transactions()),
            new WebhookBeans.ServerSecret(MailRoom.SECRET),
            MailRoom.settings(),
            Clock.systemUTC());

    @Test
    void theAddressOfAllBookingsGetsItsKey() {
        assertThat(to(MailRoom.BOOKINGS_URL).headers())
                .isEqualTo(Map.of("apikey", "service-key", "Authorization", "Bearer service-key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.com/hook",
                MailRoom.BOOKINGS_URL + "/other",
                MailRoom.BOOKINGS_URL + "?select=*"
            })
    void noOtherAddressDoes(String url) {
        assertThat(to(url).headers()).isEmpty();
    }

    @Test
    void anAddressOfAllBookingsThatIsNoneIsRefusedAtTheStart() {
        assertThatThrownBy(() -> MailRoom.settings("project.supabase.co/rest"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("DROVER_WEBHOOKS_BOOKINGS_URL");
    }

    private Target to(String url) {
        return (Target) targets.of(Delivery.toAddressOfJob(
                new Owner("default", "alice"),
                UUID.randomUUID(),
                1,
                "job_completed",
                url,
                "{}",
                null,
                Clock.systemUTC().instant()));
    }
}
