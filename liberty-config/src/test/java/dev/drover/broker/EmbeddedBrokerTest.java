// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final int VM_ID = 77;
    private static final long SOON = 5_000;
    private static final long NEVER = 200;

    private static final Queue JOBS = new ActiveMQQueue(BrokerLayout.JOBS_BROWSER);
    private static final Topic EVENTS = new ActiveMQTopic(BrokerLayout.EVENTS);

    @TempDir
    Path folder;

    private @Nullable EmbeddedBroker broker;

    @AfterEach
    void stop() throws Exception {
        if (broker != null) {
            broker.stop();
        }
    }

    @Test
    void aMessageSurvivesARestartOfTheBroker() throws Exception {
        broker = EmbeddedBroker.start(folder, VM_ID, null);
        try (JMSContext sender = connect("vm://" + VM_ID)) {
            sender.createProducer().send(JOBS, "job-1");
        }

        broker.stop();
        broker = EmbeddedBroker.start(folder, VM_ID, null);

        assertThat(receiveText(JOBS, SOON)).isEqualTo("job-1");
    }

    @Test
    void afterAnErrorOfItsDiskItIsStartedAgainWithWhatItHad() throws Exception {
        broker = EmbeddedBroker.start(folder, VM_ID, null);
        try (JMSContext sender = connect("vm://" + VM_ID)) {
            sender.createProducer().send(JOBS, "job-1");
        }

        ((ActiveMQServerImpl) broker.artemis())
                .getIoCriticalErrorListener()
                .onIOException(new IOException("no space left on device"), "a test", null);

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> receiveText(JOBS, NEVER), "job-1"::equals);
    }

    @Test
    void anUrgentMessageOvertakesThoseThatWait() throws Exception {
        broker = EmbeddedBroker.start(folder, VM_ID, null);
        try (JMSContext sender = connect("vm://" + VM_ID)) {
            sender.createProducer().setPriority(2).send(JOBS, "low");
            sender.createProducer().setPriority(4).send(JOBS, "normal");
            sender.createProducer().setPriority(9).send(JOBS, "urgent");
        }

        List<String> order = List.of(receiveText(JOBS, SOON), receiveText(JOBS, SOON), receiveText(JOBS, SOON));

        assertThat(order).containsExactly("urgent", "normal", "low");
    }

    @Test
    void aDelayedMessageIsNotHandedOutEarly() throws Exception {
        broker = EmbeddedBroker.start(folder, VM_ID, null);
        try (JMSContext sender = connect("vm://" + VM_ID)) {
            sender.createProducer().setDeliveryDelay(1_000).send(JOBS, "later");
        }

        assertThat(receiveText(JOBS, NEVER)).isNull();
        assertThat(receiveText(JOBS, SOON)).isEqualTo("later");
    }

    @Test
    void aMessageThatNobodyCanTakeComesBackAfterAPauseAndIsNotLost() throws Exception {
        broker = EmbeddedBroker.start(folder, VM_ID, null);
        try (JMSContext sender = connect("vm://" + VM_ID)) {
            sender.createProducer().send(JOBS, "refused");
        }

        refuseOnce();

        assertThat(receiveText(JOBS, NEVER)).as("the pause before the next try").isNull();
        assertThat(receiveText(JOBS, SOON)).isEqualTo("refused");
    }

    @Test
    void everyAddressHasADeadLetterPathExceptTheEventsWhichLiveInTheDatabase() {
        var settings = BrokerLayout.settings();

        assertThat(settings).hasEntrySatisfying("#", policy -> {
            assertThat(String.valueOf(policy.getDeadLetterAddress())).isEqualTo(BrokerLayout.DEAD_LETTERS);
            assertThat(policy.getMaxDeliveryAttempts()).isEqualTo(BrokerLayout.MAX_DELIVERIES);
        });
        assertThat(BrokerLayout.addresses())
                .extracting(address -> address.getName())
                .contains(BrokerLayout.DEAD_LETTERS, BrokerLayout.EXPIRED);
        assertThat(settings).containsOnlyKeys("#", BrokerLayout.EVENTS);
    }

    @Test
    void everySubscriberOfTheTopicHearsAnEvent() throws Exception {
        broker = EmbeddedBroker.start(folder, VM_ID, null);
        List<@Nullable String> heard = new ArrayList<>();
        try (JMSContext one = connect("vm://" + VM_ID);
                JMSContext two = connect("vm://" + VM_ID);
                JMSContext sender = connect("vm://" + VM_ID)) {
            JMSConsumer first = one.createConsumer(EVENTS);
            JMSConsumer second = two.createConsumer(EVENTS);

            sender.createProducer().send(EVENTS, "done");

            heard.add(first.receiveBody(String.class, SOON));
            heard.add(second.receiveBody(String.class, SOON));
        }

        assertThat(heard).containsExactly("done", "done");
    }

    @Test
    void anotherProcessNeedsThePassword() throws Exception {
        int port = freePort();
        broker = EmbeddedBroker.start(folder, VM_ID, new BrokerListener("127.0.0.1", port, "drover", "right"));
        String url = "tcp://127.0.0.1:" + port;

        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
            try (JMSContext context = factory.createContext("drover", "right")) {
                context.createProducer().send(JOBS, "from outside");
            }
            assertThatThrownBy(() -> factory.createContext("drover", "wrong").start())
                    .isInstanceOf(JMSSecurityRuntimeException.class);
            assertThatThrownBy(() -> factory.createContext().start()).isInstanceOf(JMSRuntimeException.class);
        }
    }

    private static void refuseOnce() {
        try (JMSContext context = connect("vm://" + VM_ID);
                JMSContext transacted = context.createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSConsumer consumer = transacted.createConsumer(JOBS);
            assertThat(consumer.receive(SOON)).isNotNull();
            transacted.rollback();
        }
    }

    private static @Nullable String receiveText(Queue queue, long millis) {
        try (JMSContext context = connect("vm://" + VM_ID)) {
            return context.createConsumer(queue).receiveBody(String.class, millis);
        }
    }

    @SuppressWarnings("resource") // the context closes the connection, which is all that the factory holds
    private static JMSContext connect(String url) {
        return new ActiveMQConnectionFactory(url).createContext();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
