package dev.wonflow.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a port of this machine is free, and who has it if not. */
public final class PortUse {

    private static final int CONNECT_MILLIS = 200;
    private static final Pattern SS_OWNER = Pattern.compile("\\(\\(\"([^\"]+)\",pid=(\\d+)");

    private PortUse() {}

    /** Tells whether a server could listen on that port of the loopback address. */
    public static boolean isFree(int port) {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException _) {
            return false;
        }
        // Where a server on all addresses does not stand in the way of a bind, it still answers.
        return !isListening(port);
    }

    /** Tells whether someone accepts connections there. */
    public static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Names the process that listens on a port, such as {@code python3 (pid 4711)}, where it can be found out. */
    public static Optional<String> owner(int port) {
        return ownerBySs(port).or(() -> ownerByLsof(port));
    }

    private static Optional<String> ownerBySs(int port) {
        if (!Daemon.isOnPath("ss")) {
            return Optional.empty();
        }
        Matcher owner = SS_OWNER.matcher(output("ss", "-Hltnp", "sport = :" + port));
        return owner.find() ? Optional.of(described(owner.group(1), owner.group(2))) : Optional.empty();
    }

    private static Optional<String> ownerByLsof(int port) {
        if (!Daemon.isOnPath("lsof")) {
            return Optional.empty();
        }
        String pid = "";
        for (String line :
                output("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc").split("\n", -1)) {
            if (line.startsWith("p")) {
                pid = line.substring(1);
            } else if (line.startsWith("c") && !pid.isEmpty()) {
                return Optional.of(described(line.substring(1), pid));
            }
        }
        return Optional.empty();
    }

    private static String described(String name, String pid) {
        return name + " (pid " + pid + ")";
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(5, TimeUnit.SECONDS);
            return output;
        } catch (IOException _) {
            return ""; // The owner's name is a courtesy; without it the message still names the port.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
