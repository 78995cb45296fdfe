// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/**
 * Opens an embedded broker to other processes on one address, for one user.
 *
 * @param host address to listen on
 * @param port TCP port
 * @param user the one user who may connect, from inside and outside alike
 * @param password that user's password; never blank, since the broker hands out work
 */
record BrokerListener(String host, int port, String user, String password) {

    BrokerListener {
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("BROKER_LISTEN: the port must be 1 to 65535, not " + port);
        }
        if (password.isBlank()) {
            throw new IllegalArgumentException(
                    "BROKER_LISTEN opens the broker to other processes: set BROKER_PASSWORD");
        }
    }

    /** Reads {@code host:port}. */
    static BrokerListener parse(String address, String user, String password) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("BROKER_LISTEN must be host:port, not " + address);
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            return new BrokerListener(address.substring(0, colon), port, user, password);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("BROKER_LISTEN must be host:port, not " + address, notANumber);
        }
    }

    TransportConfiguration acceptor() {
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                Map.of(
                        TransportConstants.HOST_PROP_NAME,
                        host,
                        TransportConstants.PORT_PROP_NAME,
                        port,
                        TransportConstants.PROTOCOLS_PROP_NAME,
                        "CORE"),
                "tcp");
    }

    ActiveMQSecurityManager securityManager() {
        return new OneUser(user, password);
    }

    private record OneUser(String user, String password) implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String name, String secret) {
            return user.equals(name) && same(secret, password);
        }

        @Override
        public boolean validateUserAndRole(String name, String secret, Set<Role> roles, CheckType checkType) {
            return validateUser(name, secret);
        }

        private static boolean same(String given, String expected) {
            // Artemis passes null for a client that names no password; comparing in constant time tells nothing.
            return MessageDigest.isEqual(
                    String.valueOf(given).getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        }
    }
}
