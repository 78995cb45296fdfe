// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.apache.activemq.artemis.ra.inflow.ActiveMQActivation;
import org.apache.activemq.artemis.ra.inflow.ActiveMQActivationSpec;
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

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int UNBOUNDED = -1;
    private static final int SCHEDULING_THREADS = 5;
    private static final int FLOW_CONTROL_THREADS = 10;

    private String brokerUrl = "";
    private String folder = "";
    private String listen = "";
    private transient @Nullable FutureTask<EmbeddedBroker> embedded;
    private transient @Nullable BrokerWatch watch;
    private final transient IdentityHashMap<ActivationSpec, MessageEndpointFactory> listeners = new IdentityHashMap<>();

    public BrokerAdapter() {
        // A message-driven bean works on one of these threads for as long as its job takes. Artemis' default of eight
        // for
        // each core would let the long jobs of one bean keep the others from starting; each bean is bounded by its
        // sessions.
        ActiveMQClient.setGlobalThreadPoolProperties(UNBOUNDED, SCHEDULING_THREADS, FLOW_CONTROL_THREADS);
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

    /**
     * Begins to start the embedded broker and does not wait for it: reading its journal takes seconds in which the
     * application starts. Who needs the broker then waits in {@link #endpointActivation}.
     */
    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            if (brokerUrl.isEmpty()) {
                embedded = begin(Path.of(folder), listener());
                connectTo(BrokerAddress.inThisProcess(VM_ID));
            } else {
                connectTo(BrokerAddress.parse(brokerUrl));
            }
        } catch (RuntimeException failure) {
            throw new ResourceAdapterInternalException("The message broker cannot be used: " + failure, failure);
        }
        super.start(context);
    }

    private static FutureTask<EmbeddedBroker> begin(Path folder, @Nullable BrokerListener listener) {
        FutureTask<EmbeddedBroker> starting = new FutureTask<>(() -> EmbeddedBroker.start(folder, VM_ID, listener));
        Thread.ofPlatform().daemon().name("broker-start").start(starting);
        return starting;
    }

    /** Lets a message-driven bean listen, once the embedded broker takes messages. */
    @Override
    public void endpointActivation(MessageEndpointFactory endpoint, ActivationSpec spec) throws ResourceException {
        if (embedded != null) {
            await(embedded);
        }
        super.endpointActivation(endpoint, spec);
        synchronized (listeners) {
            listeners.put(spec, endpoint);
            if (watch == null) {
                watch = BrokerWatch.start(this::connect, this::listenAnew, BETWEEN_TRIES);
            }
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory endpoint, ActivationSpec spec) {
        synchronized (listeners) {
            listeners.remove(spec);
        }
        super.endpointDeactivation(endpoint, spec);
    }

    private Connection connect() throws JMSException {
        try {
            return getDefaultActiveMQConnectionFactory().createConnection(getUserName(), getPassword());
        } catch (ResourceException e) {
            throw (JMSException) new JMSException("no connection factory").initCause(e);
        }
    }

    /**
     * Gives every message-driven bean a new listener at once. The old one ends when the bean has ended what it works on,
     * which may take as long as a job.
     */
    private void listenAnew() {
        synchronized (listeners) {
            listeners.forEach((spec, endpoint) -> {
                try {
                    ActiveMQActivation anew = new ActiveMQActivation(this, endpoint, (ActiveMQActivationSpec) spec);
                    ActiveMQActivation old = getActivations().put(spec, anew);
                    anew.start();
                    if (old != null) {
                        Thread.ofPlatform().daemon().name("broker-lost").start(old::stop);
                    }
                } catch (ResourceException e) {
                    System.getLogger(BrokerAdapter.class.getName())
                            .log(System.Logger.Level.ERROR, "A message-driven bean cannot listen any more", e);
                }
            });
        }
    }

    private static EmbeddedBroker await(Future<EmbeddedBroker> starting) throws ResourceException {
        try {
            return starting.get();
        } catch (ExecutionException failure) {
            throw new ResourceException("The message broker cannot be used: " + failure.getCause(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ResourceException("Interrupted while the message broker started", interrupted);
        }
    }

    @Override
    public void stop() {
        if (watch != null) {
            watch.stop();
        }
        super.stop();
        if (embedded == null) {
            return;
        }
        try {
            await(embedded).stop();
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
