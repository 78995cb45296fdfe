// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Idempotency;
import dev.drover.system.control.Reservation;
import dev.drover.system.control.Sha256;
import dev.drover.system.entity.IdempotencyRecord.Answer;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key} on every POST. The first answer is kept before it is sent; the same request gets the same
 * answer. A refused request is forgotten, since nothing was done for it. Requests without the header pass untouched.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {

    private static final String HEADER = "Idempotency-Key";
    private static final String GRANTED = "drover.idempotency";
    private static final String STATUS = "drover.idempotency-status";
    private static final int LONGEST_KEY = 255;

    private final Idempotency idempotency;

    @Inject
    public IdempotencyFilter(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    @SuppressWarnings("NullAway") // JAX-RS looks for it, and then lets CDI use the other one
    public IdempotencyFilter() {
        this(null);
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !request.getMethod().equals("POST")) {
            return;
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new DroverException(ErrorCode.INVALID_REQUEST, HEADER + " has 1 to " + LONGEST_KEY + " characters.");
        }
        Caller caller = CallerPrincipal.require(request.getSecurityContext().getUserPrincipal());
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        switch (idempotency.begin(caller.owner(), key, fingerprint(request, body))) {
            case Reservation.Granted granted -> {
                request.setProperty(GRANTED, granted);
                request.setProperty(Idempotency.RESERVED_ID, granted.id());
            }
            case Reservation.Answered answered -> request.abortWith(replay(answered.answer()));
            case Reservation.InFlight inFlight ->
                throw new DroverException(
                        ErrorCode.IDEMPOTENCY_IN_FLIGHT, "A request with this " + HEADER + " is being answered.");
            case Reservation.KeyReused reused ->
                throw new DroverException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "This " + HEADER + " came with another request in the last 24 hours.");
        }
    }

    private static Response replay(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status())
                .header("Idempotency-Replayed", true)
                .header(HttpHeaders.LOCATION, answer.location());
        if (answer.contentType() != null) {
            response.type(answer.contentType()).entity(answer.body());
        }
        return response.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(GRANTED) instanceof Reservation.Granted granted)) {
            return;
        }
        if (response.getStatus() >= 400) {
            request.removeProperty(GRANTED);
            idempotency.release(granted);
        } else if (response.hasEntity()) {
            request.setProperty(STATUS, response.getStatus());
        } else {
            idempotency.answer(
                    granted,
                    new Answer(response.getStatus(), response.getHeaderString(HttpHeaders.LOCATION), null, ""));
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(GRANTED) instanceof Reservation.Granted granted)
                || !(context.getProperty(STATUS) instanceof Integer status)) {
            context.proceed();
            return;
        }
        OutputStream wire = context.getOutputStream();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        context.setOutputStream(copy);
        context.proceed();
        Object location = context.getHeaders().getFirst(HttpHeaders.LOCATION);
        MediaType type = context.getMediaType();
        idempotency.answer(
                granted, new Answer(status, textOf(location), textOf(type), copy.toString(StandardCharsets.UTF_8)));
        copy.writeTo(wire);
    }

    private static @Nullable String textOf(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String fingerprint(ContainerRequestContext request, byte[] body) {
        MessageDigest digest = Sha256.digest();
        digest.update(request.getUriInfo().getRequestUri().getRawPath().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '?');
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        digest.update(query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8));
        for (String name : new TreeSet<>(request.getHeaders().keySet())) {
            // Options of a job may come as headers.
            if (name.regionMatches(true, 0, "Drover-", 0, 7)) {
                digest.update(("\n" + name.toLowerCase(Locale.ROOT)
                                + request.getHeaders().get(name))
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        digest.update((byte) '\n');
        return HexFormat.of().formatHex(digest.digest(body));
    }
}
