// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.MessageDriven;
import jakarta.ws.rs.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

/** Every X has its Y. */
class CompletenessTest {

    @Test
    void everyResourceMethodSaysWhoMayCallIt() {
        List<String> open = House.WEB.classes().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .filter(method -> !saysWhoMayCall(method))
                .map(JavaMethod::getFullName)
                .toList();

        assertThat(open)
                .as("resource methods with neither a role nor @PermitAll")
                .isEmpty();
    }

    private static boolean saysWhoMayCall(JavaMethod method) {
        JavaClass resource = method.getOwner();
        return List.of(RolesAllowed.class, PermitAll.class, DenyAll.class).stream()
                .anyMatch(answer -> method.isAnnotatedWith(answer) || resource.isAnnotatedWith(answer));
    }

    @Test
    void thereAreResourcesToSpeakOf() {
        assertThat(House.WEB.classes().stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class)))
                .hasSizeGreaterThan(5);
    }

    @Test
    void everyErrorCodeIsADocumentedProblemType() {
        String page = House.read(House.CHECKOUT.resolve("docs/reference/errors.md"));

        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName))
                .allMatch(code -> page.contains("`" + code + "`"), "has a line in docs/reference/errors.md");
    }

    @Test
    void everyMessageDrivenBeanHasADeadLetterPath() throws Exception {
        Messaging messaging = Messaging.read();
        Set<String> queues = messaging.queues();
        List<JavaClass> beans = House.EJB.classes().stream()
                .filter(type -> type.isAnnotatedWith(MessageDriven.class))
                .toList();

        assertThat(beans).isNotEmpty();
        for (JavaClass bean : beans) {
            String address = messaging.addressOf(bean.getSimpleName());
            AddressSettings settings = messaging.settingsOf(address);

            assertThat(queues)
                    .as("%s listens on %s, whose dead letters go there", bean.getSimpleName(), address)
                    .contains(String.valueOf(settings.getDeadLetterAddress()));
            assertThat(settings.getMaxDeliveryAttempts())
                    .as("-1 delivers for ever")
                    .isPositive();
        }
    }
}
