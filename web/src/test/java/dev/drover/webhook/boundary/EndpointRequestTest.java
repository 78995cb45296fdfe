// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.RecordIds;
import dev.drover.webhook.boundary.EndpointRequest.EndpointChange;
import dev.drover.webhook.control.EndpointWish;
import dev.drover.webhook.entity.DeliveryFilter;
import dev.drover.webhook.entity.DeliveryStatus;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRequestTest {

    private static final String URL = "https://shop.example.com/hook";
    private static final String ID = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";

    @Test
    void whatIsLeftOutIsTheServersToDecide() {
        EndpointWish wish = new EndpointRequest(URL, null, null, null, null).wish();

        assertThat(wish.url()).isEqualTo(URL);
        assertThat(wish.eventTypes()).isNull();
        assertThat(wish.allOwners()).isNull();
        assertThat(wish.user()).isNull();
    }

    @Test
    void everythingThatDoesNotFitIsNamedAtOnce() {
        EndpointRequest request =
                new EndpointRequest("ftp://example.com", "x".repeat(501), List.of("log", "nothing"), "some", "");

        assertThatThrownBy(request::wish)
                .asInstanceOf(InstanceOfAssertFactories.type(DroverException.class))
                .satisfies(refused -> assertThat(refused.violations())
                        .extracting(Violation::pointer)
                        .containsExactlyInAnyOrder("/scope", "/url", "/description", "/event_types/1", "/user_id"));
    }

    @Test
    void anAddressIsRequiredOfANewOneOnly() {
        assertThatThrownBy(() -> new EndpointRequest(null, null, null, null, null).wish())
                .isInstanceOf(DroverException.class);
        assertThat(new EndpointChange(null, "", null, false).wish())
                .isEqualTo(new EndpointWish(null, "", null, false, null, null));
    }

    @Test
    void anEndpointThatHearsOfNothingIsRefused() {
        assertThatThrownBy(() -> new EndpointChange(null, null, List.of(), null).wish())
                .isInstanceOf(DroverException.class);
    }

    @ParameterizedTest
    @CsvSource({"'\"7\"', 7", "' \"12\" ', 12"})
    void aRevisionIsReadFromItsTag(String tag, int revision) {
        assertThat(RecordIds.revision(tag)).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "W/\"7\"", "\"seven\"", "\"\"", "\"99999999999\""})
    void anotherTagFitsNoRevision(String tag) {
        assertThatThrownBy(() -> RecordIds.revision(tag))
                .asInstanceOf(InstanceOfAssertFactories.type(DroverException.class))
                .extracting(DroverException::code)
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);
    }

    @Test
    void anyRevisionWillDoWhereNoneIsNamed() {
        assertThat(RecordIds.revision(null)).isNull();
        assertThat(RecordIds.revision("*")).isNull();
    }

    @Test
    void aListIsNarrowedByAllThatIsSaid() {
        Checks fine = new Checks();
        DeliveryFilter filter = DeliveryFilters.of(fine, List.of("failed,discarded"), ID, ID, "job_completed", null);
        fine.refuseIfAny();

        assertThat(filter.statuses()).containsExactlyInAnyOrder(DeliveryStatus.FAILED, DeliveryStatus.DISCARDED);
        assertThat(filter.endpointId()).hasToString(ID);
        assertThat(filter.eventType()).isEqualTo("job_completed");
    }

    @Test
    void everythingThatDoesNotFitIsNamed() {
        Checks checks = new Checks();
        DeliveryFilters.of(checks, List.of("lost"), "x", "y", "nothing", null);

        assertThatThrownBy(checks::refuseIfAny)
                .asInstanceOf(InstanceOfAssertFactories.type(DroverException.class))
                .satisfies(refused -> assertThat(refused.violations()).hasSize(4));
    }
}
