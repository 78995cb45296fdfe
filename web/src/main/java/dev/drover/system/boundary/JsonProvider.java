// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes all JSON of the API. Texts and bytes are taken to be JSON already. Where a body may be left out, so
 * may its type; nothing but JSON is read.
 */
@Provider
@Consumes(MediaType.WILDCARD)
@Produces({MediaType.APPLICATION_JSON, "application/*+json"})
public class JsonProvider implements MessageBodyReader<Object>, MessageBodyWriter<Object> {

    private final RequestJson requests = new RequestJson();

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isDocument(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isDocument(type);
    }

    private static boolean isDocument(Class<?> type) {
        return type != String.class
                && type != byte[].class
                && !InputStream.class.isAssignableFrom(type)
                && !jakarta.ws.rs.core.StreamingOutput.class.isAssignableFrom(type);
    }

    @Override
    public @Nullable Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        if (!MediaType.APPLICATION_JSON_TYPE.isCompatible(mediaType) || mediaType.isWildcardType()) {
            if (body.read() >= 0) {
                throw new NotSupportedException();
            }
            return null;
        }
        return requests.read(generic, body);
    }

    @Override
    public void writeTo(
            Object document,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        // One write of known length, which the server sends with Content-Length instead of in chunks.
        byte[] json = Json.MAPPER.writeValueAsBytes(document);
        headers.putSingle("Content-Length", json.length);
        body.write(json);
    }
}
