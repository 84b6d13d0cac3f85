package dev.wonflow.web;

import dev.wonflow.runtime.DriverSockets;
import java.net.Socket;

/**
 * Sockets for the driver of a database; TLS, if any, is layered over them. Each answer of a database is read within a
 * limit. A virtual thread sets an alarm for that when it begins to wait, and calls it off when the answer comes; either
 * wakes a thread, which was 7 % of what payment-service did in a confirm. Here limits are watched from outside, by a
 * look once a second, see {@link PatientSocket}.
 */
public final class PatientSockets extends DriverSockets {

    @Override
    public Socket createSocket() {
        return new PatientSocket(ReadWatch.shared());
    }
}
