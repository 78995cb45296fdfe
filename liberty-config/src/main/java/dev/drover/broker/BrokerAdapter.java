// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Artemis' resource adapter which brings its own broker when it is given no other.
 *
 * <p>The setters are the configuration properties of {@code ra.xml}; the container calls them before {@link #start}.
 * An empty text counts as not set, since that is what an unset variable of the server's configuration becomes.
 */
public final class BrokerAdapter extends ActiveMQResourceAdapter {

    private static final long serialVersionUID = 1L;

    /** One server holds one embedded broker. */
    private static final int VM_ID = 0;

    private String brokerUrl = "";
    private String folder = "";
    private String listen = "";
    private transient @Nullable EmbeddedBroker embedded;

    public BrokerAdapter() {
        // These have getters of primitive types beside setters of boxed ones: no bean properties to the container,
        // so they cannot be set from XML.
        setUseAutoRecovery(true);
        setUseJNDI(true);
        setIgnoreJTA(true);
        setEnable1xPrefixes(false);
        setCacheDestinations(true);
        setUseTopologyForLoadBalancing(true);
        outboundFailsFast();
    }

    /**
     * A sender must learn soon that the broker is away: the job is safe in the database and is sent again later. Only
     * consumers wait for ever ({@link WorkActivation}).
     */
    private void outboundFailsFast() {
        setReconnectAttempts(0);
        setInitialConnectAttempts(1);
        setCallTimeout(5_000L);
        setCallFailoverTimeout(5_000L);
        setConnectionTTL(20_000L);
        setClientFailureCheckPeriod(8_000L);
    }

    /** Address of an external broker; empty for the embedded one. */
    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl = brokerUrl.strip();
    }

    public String getBrokerUrl() {
        return brokerUrl;
    }

    /** Folder of the embedded broker's journal. */
    public void setFolder(String folder) {
        this.folder = folder.strip();
    }

    public String getFolder() {
        return folder;
    }

    /** {@code host:port} on which the embedded broker also serves other processes; empty for none. */
    public void setListen(String listen) {
        this.listen = listen.strip();
    }

    public String getListen() {
        return listen;
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            if (brokerUrl.isEmpty()) {
                embedded = EmbeddedBroker.start(Path.of(folder), VM_ID, listener());
                connectTo(BrokerAddress.inThisProcess(VM_ID));
            } else {
                connectTo(BrokerAddress.parse(brokerUrl));
            }
        } catch (Exception failure) {
            throw new ResourceAdapterInternalException("The message broker cannot be used: " + failure, failure);
        }
        super.start(context);
    }

    @Override
    public void stop() {
        super.stop();
        EmbeddedBroker broker = embedded;
        if (broker == null) {
            return;
        }
        try {
            broker.stop();
        } catch (Exception failure) {
            // The journal was written as messages came; what a failed stop leaves behind the next start reads again.
            System.getLogger(BrokerAdapter.class.getName())
                    .log(System.Logger.Level.WARNING, "The embedded broker did not stop in order", failure);
        }
        embedded = null;
    }

    private @Nullable BrokerListener listener() {
        if (listen.isEmpty()) {
            return null;
        }
        return BrokerListener.parse(listen, textOf(getUserName()), textOf(getPassword()));
    }

    private void connectTo(BrokerAddress address) {
        List<String> factories = new ArrayList<>();
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (TransportConfiguration connector : address.connectors()) {
            factories.add(connector.getFactoryClassName());
            parameters.add(new HashMap<>(connector.getParams()));
        }
        getProperties().setParsedConnectorClassNames(factories);
        getProperties().setParsedConnectionParameters(parameters);
        setHA(address.highAvailability());
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }
}
