package dev.wonflow.local.assembly;

import dev.wonflow.local.NotUnderstood;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ports of one stack; all on the loopback address. */
public final class Ports {

    /** Shifts every port, so that a second stack can run beside the first. */
    static final String OFFSET_VARIABLE = "WONFLOW_PORT_OFFSET";

    private static final int HIGHEST = 65_535;

    private final Map<Port, Integer> numbers;

    private Ports(Map<Port, Integer> numbers) {
        this.numbers = numbers;
    }

    /** Reads them from environment variables, {@code WONFLOW_PORT_ORDER} for instance. */
    public static Ports of(Map<String, String> environment) {
        int offset = number(environment, OFFSET_VARIABLE, 0, 0);
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        Set<Integer> taken = new HashSet<>();
        for (Port port : Port.values()) {
            int number = number(environment, port.variable(), port.usual() + offset, 1);
            if (!taken.add(number)) {
                throw new NotUnderstood(port.variable() + ": " + number + " is the port of another part as well.");
            }
            numbers.put(port, number);
        }
        return new Ports(numbers);
    }

    /** Picks ports that nobody uses at the moment, for tests. */
    public static Ports free() {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Port port : Port.values()) {
                // All are held until the last is found, so that none is found twice.
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                numbers.put(port, socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("free ports: none to be had", e);
        }
        return new Ports(numbers);
    }

    /** The number of a port. */
    public int of(Port port) {
        Integer number = numbers.get(port);
        if (number == null) {
            throw new IllegalStateException("port: " + port + " is not set");
        }
        return number;
    }

    /** The root URL of what listens there with HTTP. */
    public String http(Port port) {
        return "http://127.0.0.1:" + of(port);
    }

    private static int number(Map<String, String> environment, String variable, int usual, int lowest) {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return inRange(variable, Integer.toString(usual), usual, lowest);
        }
        try {
            return inRange(variable, text, Integer.parseInt(text), lowest);
        } catch (NumberFormatException e) {
            throw new NotUnderstood(notAPort(variable, text, lowest), e);
        }
    }

    private static int inRange(String variable, String text, int number, int lowest) {
        if (number < lowest || number > HIGHEST) {
            throw new NotUnderstood(notAPort(variable, text, lowest));
        }
        return number;
    }

    private static String notAPort(String variable, String text, int lowest) {
        return variable + ": " + text + " (expected: a number from " + lowest + " to " + HIGHEST + ").";
    }
}
