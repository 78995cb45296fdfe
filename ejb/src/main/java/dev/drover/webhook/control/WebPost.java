// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.system.control.egress.EgressRules;
import dev.drover.system.control.egress.RefusedAddress;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends over HTTP. A name is looked up by the rules of where the server may go, and what they permit is what is dialled.
 * No redirect is followed, nothing is kept or unpacked, and of an answer only its start is read.
 */
@ApplicationScoped
public class WebPost implements Post {

    private static final Logger LOG = Logger.getLogger(WebPost.class.getName());

    /** Of the answer's body. What is longer costs the connection. */
    private static final int MOST_READ = 16 * 1024;

    private static final int START = 1_000;
    private static final byte[] BROKEN_OFF = new byte[0];
    private static final Duration LONGEST_WISH = Duration.ofDays(7);
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    /** For how long after the signal to end the requests may go on that are under way: most are through by then. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Set<HttpPost> underWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;
    private EgressRules rules;
    private WebhookSettings settings;
    private Clock clock;
    private ScheduledExecutorService watch;
    private PoolingHttpClientConnectionManager connections;
    private CloseableHttpClient client;
    private Thread hook;

    @Resource
    private ManagedScheduledExecutorService managed;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected WebPost() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the rest starts with the bean
    public WebPost(EgressRules rules, WebhookSettings settings, Clock clock) {
        this.rules = rules;
        this.settings = settings;
        this.clock = clock;
    }

    /** A server that is told to end waits for its queue listeners, before the application hears of it: see ServerStop. */
    @PostConstruct
    void start() {
        start(managed);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whoever hangs does not hold up the server's end; returns early once the application has stopped. */
    void breakOffAfter(Duration time) {
        try {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopping = true;
        underWay.forEach(HttpPost::cancel);
    }

    void start(ScheduledExecutorService timers) {
        watch = timers;
        hook = Thread.ofPlatform().name("drover-webhooks-stop").unstarted(() -> breakOffAfter(FAREWELL));
        Timeout patience = Timeout.of(settings.timeout());
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new ByTheRules())
                .setMaxConnTotal(settings.concurrency() * 4)
                .setMaxConnPerRoute(settings.concurrency())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(patience)
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(patience)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        // A receiver may have closed what it answered on.
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                        .build())
                .build();
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(patience)
                        .setConnectionRequestTimeout(patience)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .setUserAgent("Drover")
                .build();
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends: the hook runs or has run.
        }
        try {
            client.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "connections to receivers did not close in order", e);
        }
    }

    /** Closes connections that nobody has needed for a while. */
    void tidy() {
        connections.closeExpired();
        connections.closeIdle(IDLE);
    }

    @Override
    public Answer send(Letter letter) {
        HttpPost request = new HttpPost(letter.to());
        letter.headers().forEach(request::setHeader);
        request.setEntity(new StringEntity(letter.body(), ContentType.APPLICATION_JSON));
        // Time-outs of a socket count from byte to byte: who sends one every few seconds would never be through.
        ScheduledFuture<?> end =
                watch.schedule(request::cancel, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        underWay.add(request);
        try {
            if (stopping) {
                request.cancel();
            }
            return answer(letter.to(), request);
        } catch (IOException e) {
            return stopping
                    ? new Unanswered(SERVER_STOPPED, "The server was stopped before an answer came.", false)
                    : unanswered(e, request.isCancelled());
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "no request to " + letter.to().getHost(), e);
            return new Unanswered("invalid_address", "Nothing can be sent to this address.", true);
        } finally {
            underWay.remove(request);
            end.cancel(false);
        }
    }

    private Answer answer(URI to, HttpPost request) throws IOException {
        HttpHost host = new HttpHost(to.getScheme(), bare(to.getHost()), to.getPort());
        ClassicHttpResponse response = client.executeOpen(host, request, null);
        boolean isWhole = false;
        try {
            byte[] body = start(response);
            isWhole = body != BROKEN_OFF && body.length <= MOST_READ;
            return new Answered(response.getCode(), text(body), retryAfter(response.getFirstHeader("Retry-After")));
        } finally {
            if (!isWhole) {
                // Closing alone would read to the end of it.
                request.cancel();
            }
            close(response);
        }
    }

    private static void close(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "the rest of an answer was not wanted", e);
        }
    }

    /** One byte more than is wanted, where there is more. The status is the answer: what it says beside may get lost. */
    private static byte[] start(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try {
            InputStream body = entity.getContent();
            return body.readNBytes(MOST_READ + 1);
        } catch (IOException e) {
            LOG.log(Level.FINE, "an answer broke off after its status", e);
            return BROKEN_OFF;
        }
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .replace("\uFFFD", "?");
        return text.length() <= START ? text : text.substring(0, START) + "…";
    }

    private @Nullable Duration retryAfter(@Nullable Header header) {
        if (header == null) {
            return null;
        }
        String value = header.getValue().strip();
        try {
            Duration wish = value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wish.isNegative() ? null : wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Answer unanswered(IOException e, boolean cancelled) {
        LOG.log(Level.FINE, "a receiver gave no answer", e);
        if (cancelled || e instanceof SocketTimeoutException) {
            return new Unanswered("timeout", "No answer came in time.", false);
        }
        return switch (e) {
            case RefusedAddress refused ->
                new Unanswered("refused_address", "The address is none that this server may reach.", true);
            case UnknownHostException unknown ->
                new Unanswered("name_not_resolved", "The host name cannot be resolved.", false);
            case SSLException tls -> new Unanswered("tls", "No encrypted connection: " + tls.getMessage(), false);
            default -> new Unanswered("connection", "The connection failed: " + e.getMessage(), false);
        };
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private final class ByTheRules implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return rules.permitted(bare(host)).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
