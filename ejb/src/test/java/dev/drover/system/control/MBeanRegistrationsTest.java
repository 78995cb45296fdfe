// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class MBeanRegistrationsTest {

    /** A bean of a room. */
    public interface KettleMXBean {
        int getLitres();
    }

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final MBeanRegistrations registrations = new MBeanRegistrations(server);

    @Test
    void aBeanIsThereUntilItsRoomCloses() throws Exception {
        registrations.add("type=Kettle,name=blue", KettleMXBean.class, () -> 2);
        ObjectName name = MBeanRegistrations.nameOf("type=Kettle,name=blue");
        assertThat(server.getAttribute(name, "Litres")).isEqualTo(2);

        registrations.close();
        registrations.close();

        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void whatAnEarlierApplicationHasLeftMakesRoom() throws Exception {
        new MBeanRegistrations(server).add("type=Kettle", KettleMXBean.class, () -> 1);

        registrations.add("type=Kettle", KettleMXBean.class, () -> 3);

        assertThat(server.getAttribute(MBeanRegistrations.nameOf("type=Kettle"), "Litres"))
                .isEqualTo(3);
    }

    @Test
    void aNameThatIsNoneStopsNobody() {
        registrations.add("no key", KettleMXBean.class, () -> 1);

        assertThat(server.queryNames(null, null))
                .extracting(ObjectName::getDomain)
                .isEqualTo(Set.of("JMImplementation").stream().toList());
    }
}
