package dev.wonflow.subscription.notice.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A mail server that answers one command otherwise than well, or hangs up instead. */
final class ScriptedMailServer implements AutoCloseable {

    /** Stands for an answer that is lost. */
    static final String HANGS_UP = "";

    /** What ends the text of a mail, as if it were a command. */
    static final String END_OF_DATA = ".";

    private final ServerSocket socket;
    private final Map<String, String> answers = new HashMap<>(Map.of(
            "EHLO",
            "250 mail.example.com",
            "MAIL",
            "250 ok",
            "RCPT",
            "250 ok",
            "DATA",
            "354 go on",
            END_OF_DATA,
            "250 ok",
            "QUIT",
            "221 bye"));
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    ScriptedMailServer(String command, String answer) {
        answers.put(command, answer);
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The mails whose text has come to its end, whatever was answered then. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    private void accept() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    talk(client);
                }
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        say(client, "220 mail.example.com");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            String answer = answers.getOrDefault(command, "502 not understood");
            if (!say(client, answer)) {
                return;
            }
            if (answer.startsWith("354")) {
                taken.add(text(in));
                if (!say(client, answers.getOrDefault(END_OF_DATA, HANGS_UP))) {
                    return;
                }
            }
        }
    }

    private static String text(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static boolean say(Socket client, String answer) throws IOException {
        if (answer.equals(HANGS_UP)) {
            return false;
        }
        client.getOutputStream().write((answer + "\r\n").getBytes(UTF_8));
        client.getOutputStream().flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
