// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.host.control.HostClient.Answer;
import dev.drover.host.entity.Host;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Has hosts do things, and chooses one where any will do. */
@ApplicationScoped
public class HostDispatcher {

    /** How long a host that did not answer is the last to be asked. */
    static final Duration DISTRUST = Duration.ofSeconds(20);

    /** With these a host says that another one might do it. */
    private static final Set<Integer> REFUSALS = Set.of(429, 502, 503, 504);

    /**
     * What came of a request.
     *
     * @param host the name of the one that has answered
     */
    public record Answered(String host, Answer answer) {}

    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private HostClient client;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected HostDispatcher() {}

    @Inject
    public HostDispatcher(HostClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** @throws DroverException {@link ErrorCode#HOST_UNREACHABLE} */
    Answer ask(Host host, String path, String json) {
        return only(host, url -> client.post(url, path, json));
    }

    /** @throws DroverException {@link ErrorCode#HOST_UNREACHABLE}, also when it answers with anything but 200 */
    HostClient.Stream stream(Host host, String path) {
        return only(host, url -> client.stream(url, path));
    }

    private <T> T only(Host host, Request<T> request) {
        try {
            return send(host, request);
        } catch (IOException e) {
            throw unreachable(host.name(), e);
        }
    }

    /**
     * Asks the host of which this node wants the least now, in turn among equals, and the next one when it refuses or dies. One
     * that has taken the request and says nothing may still do it: then no other one is asked.
     *
     * @param hosts at least one
     * @throws DroverException {@link ErrorCode#HOST_UNREACHABLE} when none has answered
     */
    Answered askAny(List<Host> hosts, String path, String json) {
        Host last = hosts.getFirst();
        IOException why = new IOException("nobody was asked");
        Answered refusal = null;
        for (Host host : order(hosts)) {
            try {
                Answered answered = new Answered(host.name(), send(host, url -> client.post(url, path, json)));
                if (!REFUSALS.contains(answered.answer().status())) {
                    return answered;
                }
                refusal = answered;
            } catch (IOException e) {
                last = host;
                why = e;
                if (e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)) {
                    break;
                }
            }
        }
        if (refusal != null) {
            return refusal;
        }
        throw unreachable(last.name(), why);
    }

    private List<Host> order(List<Host> hosts) {
        List<Host> order = new ArrayList<>(hosts);
        Collections.rotate(order, -turn.getAndIncrement());
        Instant distrusted = clock.instant().minus(DISTRUST);
        order.sort(Comparator.comparing((Host host) ->
                        failed.getOrDefault(host.name(), Instant.MIN).isAfter(distrusted))
                .thenComparing(host -> load(host.name()).get()));
        return order;
    }

    /** What is asked of the host at an address. */
    @FunctionalInterface
    private interface Request<T> {
        T send(String url) throws IOException;
    }

    private <T> T send(Host host, Request<T> request) throws IOException {
        String url = host.facts().url();
        if (url == null) {
            throw new IOException("it has no address");
        }
        AtomicInteger load = load(host.name());
        load.incrementAndGet();
        try {
            T answer = request.send(url);
            failed.remove(host.name());
            return answer;
        } catch (IOException e) {
            failed.put(host.name(), clock.instant());
            throw e;
        } finally {
            load.decrementAndGet();
        }
    }

    private AtomicInteger load(String name) {
        return running.computeIfAbsent(name, unused -> new AtomicInteger());
    }

    private static DroverException unreachable(String name, IOException why) {
        return new DroverException(
                ErrorCode.HOST_UNREACHABLE, "The host '" + name + "' does not answer: " + why.getMessage());
    }
}
