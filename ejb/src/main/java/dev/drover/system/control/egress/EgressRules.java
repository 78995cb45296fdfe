// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control.egress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Where the server itself sends what others asked it to send. */
@ApplicationScoped
public class EgressRules {

    /** A text of an address, which is not looked up: IPv4 in all its spellings, or IPv6. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){0,3}|.*:.*");

    private AddressFilter filter;
    private NameResolver resolver;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected EgressRules() {}

    @Inject
    public EgressRules(Config config) {
        this(new AddressFilter(EgressSettings.from(config).opened()), NameResolver.system());
    }

    public EgressRules(AddressFilter filter, NameResolver resolver) {
        this.filter = filter;
        this.resolver = resolver;
    }

    /**
     * The addresses of a host that may be dialled. Who looks the name up a second time gets no promise for what is found.
     *
     * @throws RefusedAddress when the host has addresses, and none of them may be reached
     */
    public List<InetAddress> permitted(String host) throws UnknownHostException {
        List<InetAddress> permitted =
                resolver.resolve(host).stream().filter(filter::permits).toList();
        if (permitted.isEmpty()) {
            throw new RefusedAddress(host);
        }
        return permitted;
    }

    /**
     * Why nothing can ever be sent to an address, as far as that can be told without looking a name up.
     *
     * @return a sentence; empty for an address that may be tried
     */
    public Optional<String> refusal(URI address) {
        if (address.getRawUserInfo() != null) {
            return Optional.of("may not hold a user or password");
        }
        if (address.getHost() == null) {
            return Optional.of("names no host");
        }
        String host = bare(address.getHost());
        try {
            boolean closed = isLocalName(host)
                    ? !filter.permits(InetAddress.getLoopbackAddress())
                    : LITERAL.matcher(host).matches() && !filter.permits(InetAddress.getByName(host));
            return closed
                    ? Optional.of("is an address that this server may not reach: only public ones, unless"
                            + " DROVER_EGRESS_ALLOW opens others")
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("is no address that can be reached");
        }
    }

    /** Names that mean this machine wherever they are looked up (RFC 6761). */
    private static boolean isLocalName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
