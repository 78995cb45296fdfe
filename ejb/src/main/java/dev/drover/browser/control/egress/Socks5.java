// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks a SOCKS5 proxy for a connection (RFC 1928, RFC 1929). */
final class Socks5 {

    private static final int VERSION = 5;
    private static final int NO_LOGIN = 0;
    private static final int PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private Socks5() {}

    static void connect(Socket proxy, @Nullable String user, String password, String host, int port)
            throws IOException {
        DataInputStream in = new DataInputStream(proxy.getInputStream());
        DataOutputStream out = new DataOutputStream(proxy.getOutputStream());
        int method = user == null ? NO_LOGIN : PASSWORD;
        out.write(new byte[] {VERSION, 1, (byte) method});
        if (in.readUnsignedByte() != VERSION || in.readUnsignedByte() != method) {
            throw refused();
        }
        if (user != null) {
            login(in, out, user, password);
        }
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[7 + name.length];
        request[0] = VERSION;
        request[1] = CONNECT;
        request[3] = NAME;
        request[4] = length(name);
        System.arraycopy(name, 0, request, 5, name.length);
        request[5 + name.length] = (byte) (port >> 8);
        request[6 + name.length] = (byte) port;
        out.write(request);
        in.readUnsignedByte();
        boolean granted = in.readUnsignedByte() == 0;
        in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int rest =
                switch (type) {
                    case IPV4 -> 4;
                    case IPV6 -> 16;
                    case NAME -> in.readUnsignedByte();
                    default -> throw refused();
                };
        in.readNBytes(rest + 2);
        if (!granted) {
            throw refused();
        }
    }

    private static void login(DataInputStream in, DataOutputStream out, String user, String password)
            throws IOException {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] word = password.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[3 + name.length + word.length];
        message[0] = 1;
        message[1] = length(name);
        System.arraycopy(name, 0, message, 2, name.length);
        message[2 + name.length] = length(word);
        System.arraycopy(word, 0, message, 3 + name.length, word.length);
        out.write(message);
        in.readUnsignedByte();
        if (in.readUnsignedByte() != 0) {
            throw refused();
        }
    }

    private static byte length(byte[] text) throws ConnectionRefusal {
        if (text.length > 255) {
            throw refused();
        }
        return (byte) text.length;
    }

    private static ConnectionRefusal refused() {
        return new ConnectionRefusal(Traffic.Cause.PROXY_FAILED, "the SOCKS proxy refuses");
    }
}
