// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The MXBeans of one room, in an MBean server for as long as the room is there. All are in the domain {@code dev.drover}.
 * What cannot be shown costs the server nothing but a line in the log.
 */
public final class MBeanRegistrations implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MBeanRegistrations.class.getName());
    private static final String DOMAIN = "dev.drover:";

    private final MBeanServer server;
    private final List<ObjectName> names = new ArrayList<>();

    /** In the server of this JVM, which Liberty's REST connector opens to administrators. */
    public MBeanRegistrations() {
        this(ManagementFactory.getPlatformMBeanServer());
    }

    public MBeanRegistrations(MBeanServer server) {
        this.server = server;
    }

    /**
     * Shows a bean. One that an application which did not stop in order has left under the name makes room.
     *
     * @param keys of the name, as in {@code type=Queue,name=browser}
     * @param type the MXBean interface
     */
    public synchronized <T> void add(String keys, Class<T> type, T bean) {
        try {
            ObjectName name = nameOf(keys);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(new StandardMBean(bean, type, true), name);
            names.add(name);
        } catch (JMException e) {
            LOG.log(Level.WARNING, "DROVER0002 the MXBean " + keys + " cannot be shown", e);
        }
    }

    /** The full name that the keys stand for. */
    public static ObjectName nameOf(String keys) throws MalformedObjectNameException {
        return new ObjectName(DOMAIN + keys);
    }

    @Override
    public synchronized void close() {
        for (ObjectName name : names) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                // Someone else took it away: it is not there, which is what is wanted.
            } catch (JMException e) {
                LOG.log(Level.FINE, "the MXBean " + name + " stays", e);
            }
        }
        names.clear();
    }
}
