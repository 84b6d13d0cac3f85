package dev.wonflow.payment.payment.messaging;

import dev.wonflow.inbox.Backlogs;
import dev.wonflow.payment.payment.OrderBacklog;
import org.springframework.stereotype.Component;

/** What the group has not read of {@code order.events}. */
@Component
class KafkaOrderBacklog implements OrderBacklog {

    private final Backlogs.Backlog backlog;

    KafkaOrderBacklog(Backlogs backlogs) {
        this.backlog = backlogs.of("order.events", OrderMessages.CONSUMER);
    }

    @Override
    public boolean mayHoldUnread() {
        return backlog.mayHoldUnread();
    }
}
