package dev.wonflow.testsupport.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as an attacker writes it: no client mends the address or refuses a method. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** An answer; header names are in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        Set<String> headerNames() {
            return headers.keySet();
        }

        /** The body, read. */
        public JsonNode json() {
            return new JsonMapper().readTree(body);
        }
    }

    /** Sends it as it is, a body as JSON, and reads until the server hangs up. */
    Answer send(String method, String target, String body, String... headers) {
        return sendAs(method, target, body.isEmpty() ? "" : "application/json", body, headers);
    }

    /** The same with another label on the body; an empty one is none. */
    Answer sendAs(String method, String target, String type, String body, String... headers) {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.toString().getBytes(ISO_8859_1));
            all.writeBytes(bytes);
            socket.getOutputStream().write(all.toByteArray());
            return parse(new String(socket.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        String body = text.substring(end + 4);
        return new Answer(
                Integer.parseInt(lines[0].split(" ", 3)[1]),
                headers,
                headers.getOrDefault("transfer-encoding", "").equals("chunked") ? unchunked(body) : body);
    }

    private static String unchunked(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (bytes[line] != '\r') {
                line++;
            }
            int length = Integer.parseInt(new String(bytes, at, line - at, UTF_8), 16);
            whole.write(bytes, line + 2, length);
            at = line + 2 + length + 2;
        }
        return whole.toString(UTF_8);
    }
}
