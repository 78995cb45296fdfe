// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.uri.ConnectorTransportConfigurationParser;
import org.apache.activemq.artemis.utils.uri.URISchema;

/**
 * Where the broker is.
 *
 * @param connectors the ways to it, tried in turn; at least one
 * @param highAvailability whether clients follow a failover to the broker's backup
 */
record BrokerAddress(List<TransportConfiguration> connectors, boolean highAvailability) {

    BrokerAddress {
        connectors = List.copyOf(connectors);
        if (connectors.isEmpty()) {
            throw new IllegalArgumentException("a broker address names at least one connector");
        }
    }

    /** The broker with this number inside this process. */
    static BrokerAddress inThisProcess(int vmId) {
        return new BrokerAddress(
                List.of(new TransportConfiguration(
                        InVMConnectorFactory.class.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, vmId))),
                false);
    }

    /**
     * Reads an address as Artemis writes it: {@code tcp://host:61616}, {@code tcp://host:61617?sslEnabled=true&…}, or
     * {@code (tcp://a:61616,tcp://b:61616)?ha=true}.
     */
    static BrokerAddress parse(String url) {
        try {
            var parser = new ConnectorTransportConfigurationParser(false);
            URI address = parser.expandURI(url.strip());
            List<TransportConfiguration> connectors = parser.newObject(address, "broker");
            boolean ha = Boolean.parseBoolean(
                    URISchema.parseQuery(address.getQuery(), Map.of()).getOrDefault("ha", "false"));
            return new BrokerAddress(connectors, ha);
        } catch (Exception unreadable) {
            throw new IllegalArgumentException(
                    "BROKER_URL must look like tcp://host:61616, not " + withoutQuery(url), unreadable);
        }
    }

    /** The query may hold key store passwords. */
    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query) + "?…";
    }
}
