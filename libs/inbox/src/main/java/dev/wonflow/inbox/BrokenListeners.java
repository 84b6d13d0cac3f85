package dev.wonflow.inbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;

/**
 * Reports the service as no longer alive when a listener dies, of an {@code Error} for instance: only a restart brings
 * it back. A database that is away is no such case; there the listener waits.
 */
final class BrokenListeners {

    private static final Logger log = LoggerFactory.getLogger(BrokenListeners.class);

    private final ApplicationContext context;

    BrokenListeners(ApplicationContext context) {
        this.context = context;
    }

    @EventListener
    void on(ConsumerStoppedEvent event) {
        if (event.getReason() != Reason.NORMAL) {
            log.error("Listener {} stopped: {}; this service needs a restart", event.getSource(), event.getReason());
            AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
        }
    }
}
